"""When somebody is reminded, how the mail leaves once, and whose calendar reads along."""
