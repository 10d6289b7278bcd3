"""The way from a line of a material to saying that it works, or not."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dossiers.materialen.models import Materiaalversie

register = template.Library()


@register.simple_tag(takes_context=True)
def werkt_dit(
    context: Context, punt: Any, versie: Materiaalversie | None = None
) -> SafeString | str:
    """Render the way from a question, a tip or a sheet, on a page that somebody asked for.

    Of a page of a dossier it speaks for its school, and is there for whoever may write. What is
    drawn once for all (the side of a talk, a document) has none, and neither has a concept.

    punt: has a `code` and a `tekst`.
    versie: where it stands; without it that of the page.
    """
    request = context.get("request")
    found = versie or context.get("versie") or getattr(context.get("fiche"), "versie", None)
    dossier = context.get("dossier")
    if request is None or found is None or found.is_concept:
        return ""
    if dossier and not context.get("schrijven"):
        return ""
    keys = [found.materiaal.slug, punt.code]
    here = reverse("reactie", args=keys)
    if dossier:
        back = urlencode({"terug": request.path}, safe="/")
        here = f"{reverse('reactie-dossier', args=[dossier.pk, *keys])}?{back}"
    return format_html(
        '<a class="werkt" href="{}">Werkt dit?<span class="visually-hidden"> {}</span></a>',
        here,
        truncatechars(punt.tekst, 60),
    )
