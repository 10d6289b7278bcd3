"""A page of fields: drawn, or sent in whole and saved, with what its pressed button says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from dossiers.acties.finders import find_actie
from dossiers.acties.forms import NieuweActieForm, struck_meanwhile
from dossiers.acties.models import Actie
from dossiers.mensen.access import Recht
from dossiers.mensen.models import User
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.velden.domain.striking import restore, strike
from dossiers.velden.forms import VeldenForm
from dossiers.velden.registry import GeenVeld
from dossiers.velden.views import ONGELDIG, attention, save_all, status_of

INTUSSEN_GESCHRAPT = (
    "Iemand schrapte intussen een actie waarin jij nog iets typte. Je tekst is bewaard: "
    "onderaan het overzicht kan je de actie terugzetten."
)
NIET_ALLES = "Niet alles is bewaard. Kijk bij de velden die gemarkeerd zijn; je tekst staat er nog."


class EditablePage(Protocol):
    @property
    def forms(self) -> Iterable[VeldenForm]:
        """The forms of everything on the page that saves itself."""

    @property
    def getypt(self) -> list[tuple[Any, NieuweActieForm]]:
        """The new actions that were typed, each with the place it was typed in."""


@dataclass(frozen=True)
class Pressed:
    """What a button did: where to go (an anchor of this page, or a URL), and what to say."""

    anchor: str = ""
    melding: str = "Alles is bewaard."
    url: str = ""


def answer_page(
    request: UserRequest,
    dossier: Dossier,
    pagina: EditablePage,
    *,
    template: str,
    here: str,
    press: Callable[[], Pressed],
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Draw a page, or save all that was sent in and do what the pressed button says.

    here: the URL of the page.
    press: does what the button says; only called when everything was saved.
    context: what the template needs besides the page.
    """
    status = 200
    if request.method == "POST":
        struck = struck_meanwhile(dossier, request.POST)
        saved = save_all([*pagina.forms, *struck], request.user)
        # A new action is planned only when the page will not come back: it would be sent twice.
        planned = [form.is_valid() for _, form in pagina.getypt]
        if saved and all(planned):
            pressed = press()
            messages.success(request, pressed.melding)
            if any(form.has_saved for form in struck):
                messages.warning(request, INTUSSEN_GESCHRAPT)
            return redirect(pressed.url or here + pressed.anchor)
        status = status_of(pagina.forms) if all(planned) else ONGELDIG
        messages.error(request, NIET_ALLES)
    known = {
        "dossier": dossier,
        "pagina": pagina,
        "pad": here,
        "aandacht": attention(pagina.forms) if request.method == "POST" else (),
        "schrijven": dossier.recht >= Recht.SCHRIJVEN and dossier.is_open,
    }
    return render(request, template, {**known, **(context or {})}, status=status)


def press_on_actie(post: QueryDict, dossier: Dossier, door: User) -> Pressed | None:
    """The buttons that every list of actions has: strike one, put one back.

    Raises Http404 for an action outside this dossier.
    """
    if pk := post.get("schrap"):
        strike(record=_actie(dossier, pk), door=door)
        return Pressed(melding="De actie is geschrapt. In het overzicht kan je ze terugzetten.")
    if pk := post.get("zet_terug"):
        restore(record=_actie(dossier, pk), door=door)
        return Pressed(f"#actie-{pk}", "De actie staat weer in het plan.")
    return None


def _actie(dossier: Dossier, pk: str) -> Actie:
    try:
        return find_actie(dossier, pk)
    except GeenVeld as error:
        raise Http404 from error
