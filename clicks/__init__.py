"""How many clicks the main jobs take, counted in a real browser: `make clicks`."""
