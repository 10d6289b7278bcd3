"""Marks the herkomst of a text where it differs from that of the surrounding text."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dossiers.materialen.models import Herkomst

register = template.Library()


@register.simple_tag
def herkomst(herkomst: str, rond: str = Herkomst.BRON) -> SafeString | str:
    """Render a mark after a text.

    herkomst: of the text.
    rond: herkomst of the surrounding text; when it is the same, nothing is rendered.
    """
    if herkomst == rond:
        return ""
    words = "voorstel" if is_voorstel(herkomst) else "uit de bron"
    return format_html('<span class="herkomst">{}</span>', words)


@register.filter
def is_voorstel(herkomst: str) -> bool:
    """Whether a text still has to be confirmed by the PLG."""
    return herkomst == Herkomst.VOORSTEL
