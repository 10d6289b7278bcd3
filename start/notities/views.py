"""The notes of a CLB about its work with a school."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dialoogfiches.oudergesprekken.access import get_clb_dossier_or_404
from dialoogfiches.oudergesprekken.views.guard import parent_talk_view
from dossiers.acties.views import Pressed, answer_page, post_data
from dossiers.logboek.domain import log_once_a_day
from dossiers.logboek.models import Logregel
from dossiers.mensen.access import right_needed
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.velden.views import save_one
from start.notities.access import stayed_notes_or_404
from start.notities.finders import finder_for
from start.notities.forms import NotitieForm
from start.notities.pages import NotesPage
from start.notities.queries import notes_of, notes_of_last_year


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def notities(request: UserRequest, pk: UUID) -> HttpResponse:
    """The notes in one dossier, with each field saved by itself."""
    dossier = get_clb_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    notes = notes_of(dossier)
    notes.require_readable()
    _log(request, dossier)
    if request.htmx and request.method == "POST":
        return save_one(request, dossier, find=finder_for(notes))
    page = NotesPage(
        notes=notes,
        form=NotitieForm(record=notes, data=post_data(request)),
        vorig=notes_of_last_year(dossier),
    )
    return answer_page(
        request,
        dossier,
        page,
        template="notities/notities.html",
        here=reverse("notities", args=[pk]),
        press=Pressed,
    )


@parent_talk_view
@require_safe
def stayed(request: UserRequest) -> HttpResponse:
    """The notes about schools that are with another CLB by now, to read."""
    found = stayed_notes_or_404(request.user).select_related("dossier__school", "clb")
    notes = list(found.order_by("dossier__school__naam", "-dossier__schooljaar", "pk"))
    handeling = Logregel.Handeling.NOTITIES_GELEZEN
    log_once_a_day(door=request.user, handeling=handeling, records=notes)
    return render(request, "notities/gebleven.html", {"notities": notes})


def _log(request: UserRequest, dossier: Dossier) -> None:
    """Log, once a day, that somebody read or changed them, and not a word of them."""
    written = Logregel.Handeling.NOTITIES_GESCHREVEN
    read = Logregel.Handeling.NOTITIES_GELEZEN
    handeling = written if request.method == "POST" else read
    log_once_a_day(door=request.user, handeling=handeling, records=[dossier])
