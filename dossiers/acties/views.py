"""Shared view code for pages of fields: render one, or save it whole and run its button."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.domain.acties import choose_trekkers
from dossiers.acties.finders import find_actie
from dossiers.acties.forms import (
    ActionPlace,
    NieuweActieForm,
    TrekkersForm,
    struck_meanwhile,
)
from dossiers.acties.models import Actie
from dossiers.acties.queries.trekkers import candidates_for
from dossiers.mensen.access import Recht
from dossiers.mensen.models import User
from dossiers.mensen.queries import names_of_team
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.velden.domain.striking import restore, strike
from dossiers.velden.forms import VeldenForm
from dossiers.velden.offers import take_over
from dossiers.velden.registry import GeenVeld, find_veld
from dossiers.velden.views import attention, save_all, status_of, tell_saved
from dossiers.velden.weergave import PageWithStops, Weergave, address, asked_stop, weergave_of
from stsdialoog.links import PageLink

INTUSSEN_GESCHRAPT = (
    "Iemand schrapte intussen een actie waarin jij nog iets typte. Je tekst is bewaard: "
    "onderaan het overzicht kan je de actie terugzetten."
)
# True on every page: an action of a talk, a tip or a survey need not stand in the plan.
GEMAAKT = "De actie staat bij jullie acties."
STAAT_AL_IETS = "Hier is niets over te nemen: kijk na wat er in het veld staat."
NIET_MEER_IN_HET_TEAM = (
    "Iemand die je koos, werkt hier intussen niet meer mee, en krijgt dus geen herinnering."
)
NIET_ALLES = "Niet alles is bewaard. Kijk bij de velden die gemarkeerd zijn; je tekst staat er nog."


class EditablePage(Protocol):
    @property
    def forms(self) -> Iterable[VeldenForm]:
        """The forms of all self-saving fields on the page."""

    @property
    def typed_actions(self) -> list[tuple[Any, NieuweActieForm]]:
        """The new actions that were filled in, each with the place it belongs to."""


class PageInTwoViews(PageWithStops, Protocol):
    def place(self, naam: str) -> ActionPlace | None:
        """The place with this name where an action is made."""


@dataclass(frozen=True)
class Pressed:
    """The result of a button: a message, and a redirect to an anchor on this page or to a URL."""

    anchor: str = ""
    melding: str = "Alles is bewaard."
    url: str = ""


def post_data(request: UserRequest) -> QueryDict | None:
    """What was submitted, to bind the forms of a page to; None for a request that only reads."""
    return request.POST if request.method == "POST" else None


def answer_page(
    request: UserRequest,
    dossier: Dossier,
    page: EditablePage,
    *,
    template: str,
    here: str,
    press: Callable[[], Pressed],
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Render a page; on POST, save everything that was submitted and run the pressed button.

    here: the URL of the page.
    press: runs the pressed button; only called when everything was saved.
    context: what the template needs in addition to the page.
    Returns a redirect when everything was saved; otherwise the page, with status 409 for a conflict
    or 422 for an invalid field.
    """
    status: int = HTTPStatus.OK
    if request.method == "POST":
        struck = struck_meanwhile(dossier, request.POST)
        saved = save_all([*page.forms, *struck], request.user)
        # Only create new actions when the page is not rendered again: it would submit them twice.
        planned = [form.is_valid() for _, form in page.typed_actions]
        if saved and all(planned):
            pressed = press()
            messages.success(request, pressed.melding)
            if any(form.has_saved for form in struck):
                messages.warning(request, INTUSSEN_GESCHRAPT)
            return tell_saved(redirect(pressed.url or here + pressed.anchor), request)
        status = status_of(page.forms) if all(planned) else HTTPStatus.UNPROCESSABLE_ENTITY
        messages.error(request, NIET_ALLES)
    known = {
        "dossier": dossier,
        "page": page,
        "pad": here,
        "aandacht": attention(page.forms) if request.method == "POST" else (),
        "schrijven": may_write(dossier),
    }
    return render(request, template, {**known, **(context or {})}, status=status)


def answer_new_action(
    request: UserRequest,
    *,
    page: EditablePage,
    place: ActionPlace,
    make: Callable[[], tuple[ActionPlace, Any]],
    made: str = "acties/delen/gemaakt.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Create the action that htmx sent from its place, and draw that place as a reload would.

    make: creates it; gives its place anew, and the action as `made` draws it where the page lists
        it. Only called when what was typed is right.
    made: the template that draws both.
    context: what that needs in addition.
    """
    known: dict[str, Any] = {"pad": request.path, "schrijven": True, "plaats": place}
    template, status = "acties/delen/plaats.html", HTTPStatus.UNPROCESSABLE_ENTITY
    if all(form.is_valid() for _, form in page.typed_actions):
        known["plaats"], known["deel"] = make()
        template, status = made, HTTPStatus.OK
    response = render(request, template, {**known, **(context or {})}, status=status)
    return reswap(retarget(response, f"#plaats-{place.naam}"), "outerHTML")


def asks_for_team(request: UserRequest, dossier: Dossier) -> bool:
    """Whether htmx asks for the names that Wie suggests: somebody who may write came there."""
    return bool(request.htmx) and "team" in request.GET and may_write(dossier)


def answer_team(request: UserRequest, dossier: Dossier) -> HttpResponse:
    context = {"team": names_of_team(dossier.school)}
    return render(request, "acties/delen/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def trekkers(request: UserRequest, pk: UUID, actie_pk: UUID) -> HttpResponse:
    """Who of the team does an action; htmx asks for it in the row, and sends each tick."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    actie, page = _actie_on_its_page(dossier, actie_pk)
    form = TrekkersForm(post_data(request), actie=actie)
    gone: frozenset[UUID] = frozenset()
    if request.method == "POST":
        if not form.is_valid():
            raise Http404
        gone = choose_trekkers(actie=actie, door=request.user, **form.cleaned_data)
        if not request.htmx:
            if gone:
                messages.warning(request, NIET_MEER_IN_HET_TEAM)
            else:
                messages.success(request, "Bewaard wie deze actie doet.")
            return redirect(page.url)
    context = {
        "dossier": dossier,
        "actie": actie,
        "naam": form.prefix,
        "page": page,
        "team": candidates_for(actie),
        "ter_plaatse": bool(request.htmx),
        "bewaard": request.method == "POST" and not gone,
        "weg": NIET_MEER_IN_HET_TEAM if gone else "",
    }
    template = "acties/trekkers.html"
    if request.htmx:
        part = "trekkers_stand" if request.method == "POST" else "trekkers"
        template = f"acties/delen/{part}.html"
    return render(request, template, context)


def moved(request: UserRequest, page: PageInTwoViews, pad: str) -> Pressed | None:
    """Without JavaScript: go to another stop, or open the form of an action in its place.

    Returns None when neither was asked for.
    """
    if (naar := request.POST.get("naar")) in {stop.code for stop in page.stops}:
        return Pressed(url=address(pad, Weergave.BESPREKEN, str(naar)))
    naam = request.POST.get("open_actie", "")
    if page.place(naam) is None:
        return None
    here = address(pad, weergave_of(request), asked_stop(request))
    return Pressed(url=f"{here}&actie={naam}#nieuw-{naam}-wat")


def press_on_actie(post: QueryDict, dossier: Dossier, door: User) -> Pressed | None:
    """Run the buttons that every list of actions has: strike an action, restore one, close its row.

    Returns None when neither was pressed. Raises Http404 for an action outside this dossier.
    """
    if pk := post.get("schrap"):
        strike(record=_actie(dossier, pk), door=door)
        return Pressed(melding="De actie is geschrapt. In het overzicht kan je ze terugzetten.")
    if pk := post.get("zet_terug"):
        restore(record=_actie(dossier, pk), door=door)
        return Pressed(f"#actie-{pk}", "De actie staat weer bij jullie acties.")
    if pk := post.get("klaar"):
        return Pressed(f"#actie-{_actie(dossier, pk).pk}")
    return None


def press_on_offer(post: QueryDict, page: EditablePage, door: User) -> Pressed | None:
    """Run the button that takes words over from elsewhere in the dossier; None without it."""
    naam = post.get("neem_over")
    if not naam:
        return None
    taken = take_over(forms=page.forms, naam=naam, door=door)
    if taken is None:
        return Pressed(melding=STAAT_AL_IETS)
    return Pressed(f"#{taken.html_name}", "De woorden van toen staan erin.")


def _actie_on_its_page(dossier: Dossier, pk: UUID) -> tuple[Actie, PageLink]:
    try:
        found = find_veld(dossier=dossier, naam=f"actie-{pk}-wie")
    except GeenVeld as error:
        raise Http404 from error
    return cast(Actie, found.record), found.page


def _actie(dossier: Dossier, pk: str) -> Actie:
    try:
        return find_actie(dossier, pk)
    except GeenVeld as error:
        raise Http404 from error
