"""Saying that a line of a material works, or not: from a dossier, or from the toolbox."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import TE_KLEINE_ROL, Recht
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.reacties.access import Spreker, speakers_for
from dossiers.reacties.domain.zeggen import AlGezegd, say
from dossiers.reacties.forms import ReactieForm
from dossiers.reacties.queries.regels import Regel, find_line, silent
from dossiers.thresholds import MIN_SCHOLEN

BEDANKT = f"Bedankt. De PLG leest dit zodra er van {MIN_SCHOLEN} scholen iets is."
OEFENEN = "Zo zeg je het. Dit is een oefendossier: dit gaat naar niemand."
AL_GEZEGD = "Hier zeiden jullie al iets over. Dat telt één keer, en de PLG leest het later."


@require_http_methods(["GET", "HEAD", "POST"])
def react(request: UserRequest, slug: str, code: str, pk: UUID | None = None) -> HttpResponse:
    """Two buttons and one text. pk: of the dossier whose school one speaks for."""
    dossier = _dossier(request, pk) if pk else None
    regel = find_line(slug, code)
    if regel is None:
        raise Http404
    terug = _way_back(request, slug, dossier)
    sprekers = [Spreker(school=dossier.school)] if dossier else speakers_for(request.user)
    open_for = silent(sprekers, regel)
    form = ReactieForm(request.POST or None, sprekers=open_for) if open_for else None
    if request.method == "POST" and not sprekers:
        raise PermissionDenied(TE_KLEINE_ROL)
    if request.method == "POST" and (form is None or form.is_valid()):
        _say(request, regel, form)
        return redirect(terug)
    context = {
        "dossier": dossier,
        "regel": regel,
        "form": form,
        "sprekers": sprekers,
        "terug": terug,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form and form.is_bound else HTTPStatus.OK
    return render(request, "reacties/reactie.html", context, status=status)


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    """A closed one says so on its page."""
    writes = request.method == "POST"
    return get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=not writes)


def _say(request: UserRequest, regel: Regel, form: ReactieForm | None) -> None:
    """Say what a valid form says, or tell that it was said already (None)."""
    try:
        if form is None:
            raise AlGezegd
        counts = say(materiaal=regel.materiaal, code=regel.code, **form.gezegd)
    except AlGezegd:
        messages.info(request, AL_GEZEGD)
    else:
        messages.success(request, BEDANKT if counts else OEFENEN)


def _way_back(request: UserRequest, slug: str, dossier: Dossier | None) -> str:
    """The page that one came from: of this dossier, or of the toolbox."""
    here = reverse("dossier", args=[dossier.pk]) if dossier else reverse("toolbox")
    asked = request.GET.get("terug", "")
    if asked.startswith(here) and ".." not in asked:
        return asked
    return here if dossier else reverse("materiaal", args=[slug])
