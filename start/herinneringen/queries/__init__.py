"""What is new for whom, and what of it still holds."""
