"""The plan of an earlier schooljaar beside that of now: what is not confirmed, goal by goal."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from dossiers.acties.models import Actie
from dossiers.acties.queries.stories import with_findings
from dossiers.models import Dossier
from preventieplan.domain.last_year import (
    Before,
    answers_before,
    scores_before,
    unconfirmed_answer,
    unconfirmed_focus,
)
from preventieplan.domain.words import difference_in_words, own_words
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from preventieplan.queries.plan import answers_of, goals_of, inschaling_of


@dataclass(frozen=True)
class Unconfirmed:
    """What of an earlier schooljaar nobody confirmed or wrote anew yet.

    schooljaar: such as "2025-2026". doelen: each goal with the number of its questions, and of its
    focus, that are left.
    """

    schooljaar: str
    doelen: tuple[tuple[Doelstelling, int], ...]

    @property
    def aantal(self) -> int:
        return sum(aantal for _, aantal in self.doelen)


@dataclass(frozen=True)
class AnswerBeside:
    """A question with what was answered then and now; None when that is nothing."""

    vraag: Checklistvraag
    toen: Antwoord | None
    nu: Antwoord | None
    te_bevestigen: Before | None


@dataclass(frozen=True)
class ActieBeside:
    """An action of then. vervolg: what it went on in, if it did."""

    actie: Actie
    vervolg: Actie | None


@dataclass(frozen=True)
class GoalBeside:
    """A goal in an earlier schooljaar and in this one.

    toen, nu: unsaved when nothing was scored or chosen. verdwenen: answers to questions of then
        that the version of now does not have at this goal.
    """

    doelstelling: Doelstelling
    vorig: Dossier
    toen: Inschaling
    nu: Inschaling
    vragen: tuple[AnswerBeside, ...]
    verdwenen: tuple[Antwoord, ...]
    acties_toen: tuple[ActieBeside, ...]
    acties_nu: tuple[Actie, ...]

    @property
    def woorden_toen(self) -> tuple[tuple[str, str], ...]:
        return _words(self.toen)

    @property
    def woorden_nu(self) -> tuple[tuple[str, str], ...]:
        return _words(self.nu)

    @property
    def verschil(self) -> str:
        """How much higher or lower the score is now; "" as long as one of both is missing."""
        if self.toen.score is None or self.nu.score is None:
            return ""
        return difference_in_words(self.nu.score - self.toen.score)


def unconfirmed_of(dossier: Dossier) -> Unconfirmed | None:
    """What is left to confirm; None when a dossier goes on from no other. At most five queries."""
    if dossier.vorig is None:
        return None
    answers, scores = answers_before(dossier.vorig), scores_before(dossier.vorig)
    given = {one.vraag_id: one for one in Antwoord.objects.filter(dossier=dossier)}
    chosen = {one.doelstelling_id: one for one in Inschaling.objects.filter(dossier=dossier)}
    doelen = []
    for doel in goals_of(dossier.planversie):
        asked = (vraag for vraag in doel.vragen.all() if _is_asked(vraag, dossier, given))
        left = sum(
            unconfirmed_answer(given.get(vraag.pk) or Antwoord(), answers.get(vraag.code))
            is not None
            for vraag in asked
        )
        now = chosen.get(doel.pk) or Inschaling()
        left += unconfirmed_focus(now, scores.get(doel.code)) is not None
        if left:
            doelen.append((doel, left))
    return Unconfirmed(dossier.vorig.schooljaar_label, tuple(doelen))


def _is_asked(vraag: Checklistvraag, dossier: Dossier, given: Mapping[int, Antwoord]) -> bool:
    answered = vraag.pk in given and given[vraag.pk].is_filled
    return answered or vraag.is_for(dossier)


def goal_beside(dossier: Dossier, code: str) -> GoalBeside | None:
    """A goal of then and of now; None when the version in use does not have it.

    dossier: one that goes on from another. A constant number of queries.
    """
    vorig = dossier.vorig
    doel = next((one for one in goals_of(dossier.planversie) if one.code == code), None)
    if doel is None or vorig is None:
        return None
    answers = answers_before(vorig)
    here = answers_of(dossier, doel).vragen
    toen = scores_before(vorig, [code]).get(code) or Inschaling()
    codes = {vraag.code for vraag in doel.vragen.all()}
    of_goal = set(Doelstelling.objects.filter(code=code).values_list("pk", flat=True))
    return GoalBeside(
        doelstelling=doel,
        vorig=vorig,
        toen=toen,
        nu=inschaling_of(dossier, doel),
        vragen=tuple(
            AnswerBeside(
                vraag,
                answers.get(vraag.code),
                antwoord if antwoord.is_filled else None,
                unconfirmed_answer(antwoord, answers.get(vraag.code)),
            )
            for vraag, antwoord in here
        ),
        verdwenen=tuple(
            one
            for one in answers.values()
            if one.vraag.doelstelling_id in of_goal and one.vraag.code not in codes
        ),
        acties_toen=tuple(
            ActieBeside(actie, actie.vervolg.actie if hasattr(actie, "vervolg") else None)
            for actie in with_findings(_acties(vorig, code)).select_related("vervolg__actie")
        ),
        acties_nu=tuple(_acties(dossier, code)),
    )


def _acties(dossier: Dossier, code: str) -> QuerySet[Actie]:
    return Actie.objects.filter(dossier=dossier, hoort_bij=code, geschrapt_op__isnull=True)


def _words(inschaling: Inschaling) -> tuple[tuple[str, str], ...]:
    return own_words(score=inschaling.score, want=inschaling.want, hoger=inschaling.hoger)
