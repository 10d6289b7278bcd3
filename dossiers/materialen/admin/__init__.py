"""Materials in the admin: the materials that exist, and creating their next version."""

from dossiers.materialen.admin import versions

__all__ = ("versions",)
