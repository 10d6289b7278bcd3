"""The file that a dossier leaves in: what is in it, and the same bytes for the same dossier."""
