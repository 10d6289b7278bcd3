"""Beheer: where the STS-team makes CLB's and edits the materials. No answers, no actions."""

from dossiers.admin import materialen, mensen
from dossiers.admin.site import beheer

__all__ = ("beheer", "materialen", "mensen")
