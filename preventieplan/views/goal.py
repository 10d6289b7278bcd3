"""One goal: its checklist, score, focus and actions, in two views. The most used page."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.forms import ActionPart, ActionPlace
from dossiers.acties.queries.trekkers import OpenActie, agreed_before, open_lines
from dossiers.acties.views import (
    Pressed,
    answer_new_action,
    answer_page,
    answer_team,
    asks_for_team,
    moved,
    post_data,
)
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.queries import names_of_team
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.overnemen.views import offered_version
from dossiers.velden.views import save_one
from dossiers.velden.weergave import (
    Road,
    Weergave,
    asked_stop,
    in_its_view,
    in_same_view,
    leads,
    weergave_of,
)
from preventieplan.goal_page import GoalPage, goal_page
from preventieplan.inschalen.queries.beside import GoalSpread, spread_beside
from preventieplan.queries.plan import kaart_beside
from preventieplan.views.buttons import plan_typed, press
from preventieplan.views.last_year import press_on_last_year
from stsdialoog.links import PageLink

TEMPLATES = {
    Weergave.BESPREKEN: "preventieplan/bespreken.html",
    Weergave.LIJST: "preventieplan/lijst.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def doelstelling(request: UserRequest, pk: UUID, code: str) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    if request.htmx and request.method == "POST":
        if naam := request.POST.get("nieuwe_actie"):
            return _new_action(request, dossier, code, naam)
        return save_one(request, dossier)
    if asks_for_team(request, dossier):
        return answer_team(request, dossier)
    view = weergave_of(request)
    page = _page(
        *(dossier, code, post_data(request), request.GET.get("actie", "")),
        remarks=_shows_remarks(dossier, view),
    )
    pad = reverse("doelstelling", args=[pk, code])

    def pressed() -> Pressed:
        confirmed = press_on_last_year(request.POST, dossier, page, request.user)
        done = press(post=request.POST, dossier=dossier, page=page, door=request.user)
        return moved(request, page, pad) or confirmed or done

    response = answer_page(
        request,
        dossier,
        page,
        template=TEMPLATES[view],
        here=in_same_view(request, pad, request.POST.get("stop", "")),
        press=pressed,
        context=_context(request, dossier, page, view, pad),
    )
    return in_its_view(response, request)


def _page(
    dossier: Dossier,
    code: str,
    data: QueryDict | None = None,
    opened: str = "",
    *,
    remarks: bool = False,
) -> GoalPage:
    page = goal_page(dossier=dossier, code=code, data=data, opened=opened, remarks=remarks)
    if page is None:
        raise Http404
    return page


def _context(
    request: UserRequest, dossier: Dossier, page: GoalPage, view: Weergave, pad: str
) -> dict[str, Any]:
    asked = asked_stop(request)
    return {
        "pad": pad,
        "weergave": view,
        # A room reads along.
        "zonder_herkenning": view == Weergave.BESPREKEN,
        "weg": Road(page, pad, asked, leidt=leads(request, dossier)),
        "vorige_keer": _agreed_before(dossier, page) if view == Weergave.BESPREKEN else (),
        # The question that is open in the list.
        "open": asked,
        "spreiding": _spread_of_team(dossier, page),
        "opmerkingen": _shows_remarks(dossier, view),
        "einde_fase": phase_end(dossier, page.fase),
        "kaart": kaart_beside(
            dossier, page.fase, today=timezone.localdate(), toont=page.doelstelling.toont
        ),
        # With JavaScript they are asked for when somebody comes to Wie.
        "team": names_of_team(dossier.school) if "actie" in request.GET else (),
        "nieuwere": (
            None if request.method == "POST" else offered_version(dossier, dossier.planversie)
        ),
    }


def _spread_of_team(dossier: Dossier, page: GoalPage) -> GoalSpread | None:
    """How the scores of a round lay, for who could score in it: a board reads what was agreed."""
    if dossier.recht < Recht.SCHRIJVEN:
        return None
    return spread_beside(page.inschaling.record)


def _shows_remarks(dossier: Dossier, view: Weergave) -> bool:
    """Whether remarks are shown: never where a room or a board reads along."""
    return view == Weergave.LIJST and dossier.recht >= Recht.SCHRIJVEN


def _agreed_before(dossier: Dossier, page: GoalPage) -> tuple[OpenActie, ...]:
    """What an earlier talk about this goal left open; of a closed dossier nothing is any more."""
    if not dossier.is_open:
        return ()
    today = timezone.localdate()
    acties = agreed_before((deel.actie for deel in page.acties), today=today)
    return open_lines(acties, today=today, may_write=may_write(dossier))


def phase_end(dossier: Dossier, fase: int) -> PageLink:
    """Where a team goes on after the last goal of a phase."""
    return PageLink(reverse("fase-rond", args=[dossier.pk, fase]), f"Fase {fase} is rond")


def _new_action(request: UserRequest, dossier: Dossier, code: str, naam: str) -> HttpResponse:
    page = _page(dossier, code, data=request.POST)
    place = page.place(naam)
    if place is None:
        raise Http404

    def made() -> tuple[ActionPlace, ActionPart | None]:
        anchor = plan_typed(dossier, page, request.user).anchor
        fresh = _page(dossier, code)
        new = next((deel for deel in fresh.acties if f"#actie-{deel.actie.pk}" == anchor), None)
        return fresh.place(naam) or place, new

    return answer_new_action(request, page=page, place=place, make=made)
