"""When there is school, and what words about time mean in a school."""
