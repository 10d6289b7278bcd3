"""Where a text comes from, said where the text around it comes from elsewhere."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dossiers.materialen.models import Herkomst

register = template.Library()


@register.simple_tag
def herkomst(herkomst: str, rond: str = Herkomst.BRON) -> SafeString | str:
    """A mark behind a text.

    herkomst: of the text.
    rond: of what stands around it; nothing is said when that is the same.
    """
    if herkomst == rond:
        return ""
    words = "voorstel" if is_voorstel(herkomst) else "uit de bron"
    return format_html('<span class="herkomst">{}</span>', words)


@register.filter
def is_voorstel(herkomst: str) -> bool:
    """Whether a text still has to be confirmed by the PLG."""
    return herkomst == Herkomst.VOORSTEL
