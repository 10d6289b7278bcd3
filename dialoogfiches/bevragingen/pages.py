"""The results of a survey with, at each answer, what the team does about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from dialoogfiches.bevragingen.models import Bevraging, Openantwoord
from dialoogfiches.bevragingen.queries import SurveyResult, result_of
from dossiers.acties.forms import (
    ActionPlace,
    NieuweActieForm,
    example_in_own_words,
    forms_in_own_words,
)
from dossiers.anoniem.queries import SurveyState
from dossiers.velden.forms import VeldenForm

WAAROM = (
    "Wie dit schreef, deed dat zonder naam. Zeg het daarom in jullie eigen woorden, zodat niemand "
    "te herkennen is."
)


@dataclass(frozen=True)
class ResultPage:
    """The results of a survey.

    answers: all that is shown, by the name of the place where an action is made of it.
    opened: the forms of the places where one is being made.
    """

    resultaat: SurveyResult
    answers: Mapping[str, Openantwoord]
    opened: Mapping[str, NieuweActieForm]

    @property
    def forms(self) -> Iterator[VeldenForm]:
        """No field of it saves itself."""
        return iter(())

    @property
    def typed_actions(self) -> list[tuple[Openantwoord, NieuweActieForm]]:
        """The new actions that were filled in, each with the answer it comes from."""
        return [(self.answers[naam], form) for naam, form in self.opened.items() if form.is_bound]

    def place_of(self, antwoord: Openantwoord) -> ActionPlace:
        actie, naam = antwoord.actie, _place(antwoord)
        return ActionPlace(
            naam=naam,
            bij=f"het antwoord ‘{antwoord.tekst[:60]}’",
            form=self.opened.get(naam),
            citaat=antwoord.tekst,
            acties=(actie,) if actie and not actie.geschrapt_op else (),
            lijst=reverse("overzicht", args=[antwoord.bevraging.dossier_id]),
        )

    def place(self, naam: str) -> ActionPlace | None:
        """The place with this name."""
        antwoord = self.answers.get(naam)
        return self.place_of(antwoord) if antwoord else None

    @property
    def example(self) -> ActionPlace:
        return example_in_own_words(WAAROM)


def result_page(
    stand: SurveyState[Bevraging], *, data: Mapping[str, str] | None = None, opened: str = ""
) -> ResultPage | None:
    """The results of a survey; None as long as they may not be shown. Six queries.

    data: the POST, for bound forms.
    opened: the name of the place where a new action is asked for.
    """
    resultaat = result_of(stand)
    if resultaat is None:
        return None
    answers = {_place(antwoord): antwoord for antwoord in resultaat.shown}
    citaten = {naam: antwoord.tekst for naam, antwoord in answers.items()}
    forms = forms_in_own_words(citaten, WAAROM, data=data, opened=opened)
    return ResultPage(resultaat, answers, forms)


def _place(antwoord: Openantwoord) -> str:
    return f"antwoord-{antwoord.pk}"
