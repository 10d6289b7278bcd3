"""The mark that every page of an oefendossier bears."""

from typing import Any

from django import template

from dossiers.models import Dossier

register = template.Library()


@register.inclusion_tag("dossiers/delen/oefenband.html", takes_context=True)
def oefenband(context: dict[str, Any]) -> dict[str, bool]:
    """Drawn by the base of all pages, so that no page can forget it: many are of no dossier."""
    dossier = context.get("dossier")
    return {"is_oefen": isinstance(dossier, Dossier) and dossier.school.oefen}
