"""What is kept about somebody, in parts that a page and a file have in common."""
