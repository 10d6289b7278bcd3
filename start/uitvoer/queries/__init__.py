"""The data of a dossier as they leave the application.

Each value has its place in the published schema (`dossier-2.json`); what has none does not leave.
No name of an account is among them, and of talks with parents nothing is even read.
"""
