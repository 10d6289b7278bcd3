"""What schools made of the lines of a material, for whoever edits materials."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.domain.versions import may_edit
from dossiers.materialen.queries import find_published
from dossiers.materialen.registry import soort_of
from dossiers.mensen.requests import UserRequest
from dossiers.thresholds import MIN_CLBS, MIN_SCHOLEN
from start.weerklank.queries.regels import weerklank_of

ALLEEN_PLG = "Wat scholen van een materiaal maken, lezen de redacteuren van de PLG."


@require_safe
def weerklank(request: UserRequest, slug: str) -> HttpResponse:
    """The lines of the newest version of which something is told, and how many others it has."""
    if not may_edit(request.user):
        raise PermissionDenied(ALLEEN_PLG)
    versie = find_published(slug=slug)
    if versie is None:
        raise Http404
    told = weerklank_of(versie.materiaal)
    # What belongs to a line, such as its explanation, has a code with a slash.
    stukken = [
        one for one in soort_of(versie).content.parts(document_of(versie)) if "/" not in one.code
    ]
    regels = [(one, told[one.code]) for one in stukken if one.code in told]
    context = {
        "versie": versie,
        "regels": regels,
        "andere": len(stukken) - len(regels),
        "min_scholen": MIN_SCHOLEN,
        "min_clbs": MIN_CLBS,
    }
    return render(request, "weerklank/materiaal.html", context)
