"""What the tests let pass: `make mutants ARGS=dossiers/velden`. It breaks the rules of a chamber
one by one, in copies of the project, and shows which of those changes no test objects to."""
