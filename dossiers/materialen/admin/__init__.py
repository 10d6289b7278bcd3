"""Beheer of the materials: what of them exists, and how a next version is made."""

from dossiers.materialen.admin import versions

__all__ = ("versions",)
