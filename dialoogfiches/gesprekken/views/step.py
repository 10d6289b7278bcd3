"""One step of a talk: its questions, its actions and its result, in two views."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dialoogfiches.gesprekken.domain.acties import plan_at
from dialoogfiches.gesprekken.domain.gesprekken import finish_stap, reopen_stap
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.gesprekken.pages.step import AFRONDEN, StepPage, step_page
from dialoogfiches.gesprekken.pages.step_actions import TalkActionPart
from dialoogfiches.gesprekken.queries.gesprekken import find_gesprek
from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.forms import ActionPlace
from dossiers.acties.views import (
    GEMAAKT,
    Pressed,
    answer_new_action,
    answer_page,
    answer_team,
    asks_for_team,
    moved,
    post_data,
    press_on_actie,
    press_on_offer,
)
from dossiers.ernaast import asks_for
from dossiers.materialen.models import Toont
from dossiers.mensen.access import right_needed
from dossiers.mensen.models import User
from dossiers.mensen.queries import names_of_team
from dossiers.mensen.requests import UserRequest
from dossiers.sociale_kaart.queries import KaartBeside
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

TEMPLATES = {
    Weergave.BESPREKEN: "gesprekken/stap_bespreken.html",
    Weergave.LIJST: "gesprekken/stap_lijst.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def gesprekstap(request: UserRequest, pk: UUID, gesprek_pk: UUID, code: str) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    makes_action = "nieuwe_actie" in request.POST
    if request.htmx and request.method == "POST" and not makes_action:
        return save_one(request, dossier)
    if asks_for_team(request, dossier):
        return answer_team(request, dossier)
    gesprek = find_gesprek(dossier, gesprek_pk)
    if gesprek is None:
        raise Http404
    page = _page(gesprek, code, post_data(request), request.GET.get("actie", ""))
    if request.htmx and makes_action:
        return _new_action(request, page)

    def pressed() -> Pressed:
        done = _press(request, page)
        return moved(request, page, request.path) or done

    response = answer_page(
        request,
        dossier,
        page,
        template=TEMPLATES[weergave_of(request)],
        here=in_same_view(request, request.path, request.POST.get("stop", "")),
        press=pressed,
        context=_context(request, page),
    )
    return in_its_view(response, request)


def _page(gesprek: Gesprek, code: str, data: QueryDict | None = None, opened: str = "") -> StepPage:
    page = step_page(gesprek=gesprek, code=code, data=data, opened=opened)
    if page is None:
        raise Http404
    return page


def _context(request: UserRequest, page: StepPage) -> dict[str, Any]:
    dossier, view, asked = page.gesprek.dossier, weergave_of(request), asked_stop(request)
    # A struck talk is read-only, but what somebody was still typing in it at that moment is saved,
    # and is there when the talk is restored.
    open_to_write = page.gesprek.geschrapt_op is None or request.method == "POST"
    asked_kaart = asks_for(Toont.SOCIALE_KAART, page.onderdeel.toont)
    kaart = KaartBeside(dossier.school.clb, timezone.localdate()) if asked_kaart else None
    return {
        "schrijven": may_write(dossier) and open_to_write,
        # Without the view that was asked for: the links to the other view come after it.
        "pad": request.path,
        "mag_terugzetten": may_write(dossier),
        "weergave": view,
        # A room reads along.
        "zonder_herkenning": view == Weergave.BESPREKEN,
        "kaart": kaart,
        "weg": Road(page, request.path, asked, leidt=leads(request, dossier)),
        # The question that is open in the list.
        "open": asked or page.begin,
        # With JavaScript they are asked for when somebody comes to Wie.
        "team": names_of_team(dossier.school) if "actie" in request.GET else (),
    }


def _new_action(request: UserRequest, page: StepPage) -> HttpResponse:
    naam = request.POST["nieuwe_actie"]
    place = page.place(naam)
    if place is None:
        raise Http404

    def made() -> tuple[ActionPlace, TalkActionPart | None]:
        anchor = _plan_typed(page, request.user).anchor
        fresh = _page(page.gesprek, page.onderdeel.code)
        new = (deel for deel in fresh.acties if f"#actie-{deel.actie.pk}" == anchor)
        return fresh.place(naam) or place, next(new, None)

    return answer_new_action(
        request, page=page, place=place, make=made, made="gesprekken/delen/gemaakt.html"
    )


def _press(request: UserRequest, page: StepPage) -> Pressed:
    """Create the new actions that were typed, then handle the submit button of the step."""
    post, door = request.POST, request.user
    planned = _plan_typed(page, door)
    if (naam := post.get("nieuwe_actie")) and page.place(naam) is None:
        raise Http404
    if "afronden" in post:
        finish_stap(gesprek=page.gesprek, onderdeel=page.onderdeel, door=door)
        return _go_on(request, page)
    if "heropen" in post:
        reopen_stap(gesprek=page.gesprek, onderdeel=page.onderdeel, door=door)
        return Pressed(f"#{AFRONDEN}", f"‘{page.onderdeel.kort}’ is weer open.")
    pressed = press_on_actie(post, page.gesprek.dossier, door) or press_on_offer(post, page, door)
    return pressed or planned


def _plan_typed(page: StepPage, door: User) -> Pressed:
    """Create every action that was typed, whichever button was pressed, so that no text is lost."""
    result = Pressed()
    for place, form in page.typed_actions:
        actie = plan_at(place, door=door, **form.cleaned_data)
        result = Pressed(f"#actie-{actie.pk}", GEMAAKT)
    return result


def _go_on(request: UserRequest, page: StepPage) -> Pressed:
    """Go to the next step; after the last one to the cover, which shows what is still open."""
    gesprek, done = page.gesprek, page.onderdeel.kort
    address = [gesprek.dossier_id, gesprek.pk]
    following = page.content.volgende
    if following is None:
        return Pressed(melding=f"‘{done}’ is afgerond.", url=reverse("gesprek", args=address))
    return Pressed(
        melding=f"‘{done}’ is afgerond. Verder met ‘{following.kort}’.",
        url=in_same_view(request, reverse("gesprekstap", args=[*address, following.code])),
    )
