"""Where else one may log in, on the pages of a chamber below this one."""

from typing import Any

from django import template
from django.conf import settings

from dossiers.aanmelden.queries import links_of

register = template.Library()


@register.inclusion_tag("aanmelden/delen/knoppen.html", takes_context=True)
def aanmeldknoppen(context: dict[str, Any], naar: str = "", uitleg: str = "") -> dict[str, Any]:
    """A button for each provider that is switched on. naar: the page that one goes on to."""
    return {
        "aanbieders": list(settings.AANBIEDERS.values()),
        "next": naar,
        "uitleg": uitleg,
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("aanmelden/delen/mijn_aanmeldingen.html", takes_context=True)
def mijn_aanmeldingen(context: dict[str, Any]) -> dict[str, Any]:
    """How somebody logs in elsewhere, and where else she could. No query without a provider."""
    aanbieders = list(settings.AANBIEDERS.values())
    return {
        "aanbieders": aanbieders,
        "koppelingen": links_of(context["request"].user) if aanbieders else [],
        "csrf_token": context["csrf_token"],
    }
