"""The page of a survey for who opened it: its last day, closing it, and waves of answers; and the
door of that for who has its link.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from dossiers.anoniem.domain.bevragingen import (
    ErLooptEenBevraging,
    MagNuNiet,
    ResultaatStaatVast,
    close_bevraging,
    set_last_day,
)
from dossiers.anoniem.domain.golven import Effect, NotAgreed, let_count, set_aside
from dossiers.anoniem.forms import GolvenForm, LaatsteDagForm, wave_in_words
from dossiers.anoniem.models import AnoniemeBevraging, AntwoordGolf
from dossiers.anoniem.queries import SurveyState
from dossiers.mensen.requests import UserRequest
from stsdialoog.strangers import for_strangers

LOOPT_AL = (
    "Er loopt al een bevraging bij jullie leerkrachten. Sluit die eerst af: zo gaat er één link "
    "rond, en vergelijkt niemand twee resultaten met elkaar."
)
STAAT_VAST = (
    "De resultaten van deze bevraging staan vast: er komen geen antwoorden meer bij. "
    "Wil je verder vragen? Start dan een nieuwe."
)
# The value of the button that sets answers aside.
OPZIJ = "opzij"


@dataclass(frozen=True)
class Golven:
    """The waves of answers to a survey, and the form in which the team decides about them."""

    rijen: tuple[AntwoordGolf, ...]
    form: GolvenForm

    @property
    def lines(self) -> list[str]:
        return [wave_in_words(golf) for golf in self.rijen]

    @property
    def chosen(self) -> tuple[AntwoordGolf, ...]:
        return tuple(golf for golf in self.rijen if golf.pk in self.form.cleaned_data["golf"])


def with_the_link(
    behind: Callable[[str], AnoniemeBevraging | None],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Allow anybody with the link of a survey to a view, which gets that survey.

    behind: the survey with the secret key of a link, or None.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @for_strangers
        @wraps(view)
        def answer(request: HttpRequest, sleutel: str) -> HttpResponse:
            bevraging = behind(sleutel)
            if bevraging is None:
                raise Http404
            return view(request, bevraging)

        return answer

    return decorate


def press(
    request: UserRequest,
    stand: SurveyState[Any],
    form: LaatsteDagForm,
    golven: Golven | None,
    *,
    kruimels: str,
) -> HttpResponse | None:
    """Handle the submit button; returns None if the last day or a moment is invalid.

    kruimels: the template that says where one is, for the page that asks to agree.
    """
    found = stand.bevraging
    if "golven" in request.POST:
        valid = golven and golven.form.is_valid()
        return _decide(request, found, golven, kruimels) if golven and valid else None
    if "sluit" in request.POST:
        close_bevraging(bevraging=found, door=request.user)
        messages.success(request, "De bevraging is afgesloten.")
        return redirect(found)
    if not form.is_valid():
        return None
    try:
        set_last_day(bevraging=found, tot=form.cleaned_data["tot"], door=request.user)
    except ResultaatStaatVast:
        messages.error(request, STAAT_VAST)
    except ErLooptEenBevraging:
        messages.error(request, LOOPT_AL)
    except MagNuNiet as error:
        messages.error(request, str(error))
    else:
        gedaan = (
            "De laatste dag is gewijzigd." if stand.is_open else "De bevraging staat weer open."
        )
        messages.success(request, gedaan)
    return redirect(found)


def _decide(
    request: UserRequest, found: AnoniemeBevraging, golven: Golven, kruimels: str
) -> HttpResponse:
    """Set waves of answers aside, or let them count; first ask about what can't be undone."""
    aside = request.POST["golven"] == OPZIJ
    decide = set_aside if aside else let_count
    try:
        decide(
            bevraging=found,
            golven=golven.form.cleaned_data["golf"],
            agreed=request.POST.getlist("akkoord"),
            door=request.user,
        )
    except NotAgreed as error:
        return _ask(request, found, golven, error.args, kruimels)
    except ResultaatStaatVast:
        messages.error(request, STAAT_VAST)
    except MagNuNiet as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, "Die antwoorden staan opzij." if aside else "Die antwoorden tellen mee."
        )
    return redirect(found)


def _ask(
    request: UserRequest,
    found: AnoniemeBevraging,
    golven: Golven,
    effects: Collection[Effect],
    kruimels: str,
) -> HttpResponse:
    context = {
        "dossier": found.dossier,
        "bevraging": found,
        "kruimels": kruimels,
        "golven": [(golf, wave_in_words(golf)) for golf in golven.chosen],
        "opzij": request.POST["golven"] == OPZIJ,
        "effects": effects,
        "zet_terug": Effect.PUTS_BACK in effects,
        "opent": Effect.OPENS_RESULTS in effects,
    }
    return render(request, "anoniem/golven_bevestigen.html", context)


def waves(
    request: UserRequest, stand: SurveyState[Any], golven: Iterable[AntwoordGolf]
) -> Golven | None:
    """The waves that the team can still decide about; None if there are none.

    golven: those of the survey, in order, each with its `aantal`.
    """
    found = () if stand.is_settled else tuple(golven)
    if not found:
        return None
    deciding = request.method == "POST" and "golven" in request.POST
    return Golven(found, GolvenForm(request.POST if deciding else None, golven=found))


def last_day_form(request: UserRequest, stand: SurveyState[Any]) -> LaatsteDagForm:
    others = {"sluit", "golven"}
    moving = request.method == "POST" and not others & request.POST.keys()
    return LaatsteDagForm(
        request.POST if moving else None,
        today=timezone.localdate(),
        tot=stand.bevraging.tot if stand.is_open else None,
        knop="Wijzig de laatste dag" if stand.is_open else "Zet de bevraging weer open",
    )
