"""Marks the herkomst of a text where it differs from that of the surrounding text."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dossiers.materialen.models import Herkomst, Punt

register = template.Library()


@register.simple_tag(takes_context=True)
def herkomst(context: Context, herkomst: str, rond: str = Herkomst.BRON) -> SafeString | str:
    """Render a mark after a text, on the pages that weigh a material: toolbox and beheer.

    They have `met_herkomst` in their context. A page where a team works says once that the PLG
    still has to confirm its text, and has the same parts without a mark.

    herkomst: of the text.
    rond: herkomst of the surrounding text; when it is the same, nothing is rendered.
    """
    if herkomst == rond or not context.get("met_herkomst"):
        return ""
    words = "voorstel" if is_voorstel(herkomst) else "uit de bron"
    return format_html('<span class="herkomst">{}</span>', words)


@register.simple_tag(takes_context=True)
def alleen_in(context: Context, punt: Punt) -> SafeString | str:
    """Render which schools need a point, on those pages: a dossier has what its school needs."""
    if not punt.niveaus or not context.get("met_herkomst"):
        return ""
    return format_html('<span class="stil">alleen in {}</span>', punt.voor)


@register.filter
def is_voorstel(herkomst: str) -> bool:
    """Whether a text still has to be confirmed by the PLG."""
    return herkomst == Herkomst.VOORSTEL
