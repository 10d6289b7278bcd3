"""What STS-Dialoog does under a storm: `make storm`. Saves while processes are killed, and requests
that no browser sends."""
