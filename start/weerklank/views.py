"""What schools made of the lines of a material, for whoever edits materials."""

import logging
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.domain.versions import may_edit
from dossiers.materialen.models import Materiaal
from dossiers.materialen.queries import find_published
from dossiers.materialen.registry import soort_of
from dossiers.mensen.access import plgs_of
from dossiers.mensen.requests import UserRequest
from dossiers.reacties.domain.redenen import erase_reden
from dossiers.reacties.models import Reactie
from dossiers.regels.models import address_of
from dossiers.thresholds import MIN_CLBS, MIN_SCHOLEN
from start.weerklank.queries.regels import weerklank_of
from stsdialoog.wislijst import NotRemembered

logger = logging.getLogger(__name__)

ALLEEN_PLG = "Wat scholen van een materiaal maken, lezen de redacteuren van de PLG."
GEWIST = "De reden is weg, voor iedereen en voorgoed."
AL_WEG = "Die reden was al weggehaald."
NIET_GEWIST = "Weghalen lukte niet. Probeer het straks opnieuw, of verwittig het STS-team."


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


@require_http_methods(["GET", "HEAD", "POST"])
def reden(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask first; POST erases a reason that was told, for whoever reads it."""
    reactie = Reactie.objects.filter(pk=pk, maand__isnull=False).first()
    if reactie is None:
        raise Http404
    materiaal = Materiaal.objects.get(slug=reactie.slug)
    is_member = materiaal.plg in plgs_of(request.user)
    if not is_member and not may_edit(request.user):
        raise PermissionDenied(ALLEEN_PLG)
    terug = _way_back(reactie, is_member=is_member)
    if request.method == "POST":
        _erase(request, reactie)
        return redirect(terug)
    if not reactie.omdat:
        messages.info(request, AL_WEG)
        return redirect(terug)
    context = {"reactie": reactie, "materiaal": materiaal, "terug": terug}
    return render(request, "weerklank/reden.html", context)


def _erase(request: UserRequest, reactie: Reactie) -> None:
    try:
        done = erase_reden(reactie=reactie, door=request.user)
    except NotRemembered as error:
        logger.error("Nothing was erased: %s", error)
        messages.error(request, NIET_GEWIST)
    else:
        messages.success(request, GEWIST if done else AL_WEG)


def _way_back(reactie: Reactie, *, is_member: bool) -> str:
    """To the line where one read it: of a member in the list, of an editor on her page."""
    if not is_member:
        return f"{reverse('weerklank', args=[reactie.slug])}#{reactie.code}"
    adres = address_of(reactie.code)
    asked = urlencode({"bij": adres})
    return f"{reverse('plg-materiaal', args=[reactie.slug])}?{asked}#{adres}"
