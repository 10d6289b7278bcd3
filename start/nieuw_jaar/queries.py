"""What comes along when a schooljaar starts from a dossier, for the page that asks to confirm."""

from dataclasses import dataclass
from datetime import date

from dialoogfiches.gesprekken.models import Gesprek
from dossiers.acties.models import Actie
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.queries import newer_version
from dossiers.models import Dossier
from preventieplan.domain.last_year import answers_before, scores_before
from preventieplan.models import Prioriteit
from preventieplan.queries.earlier import codes_in
from start.nieuw_jaar.domain.acties import days_behind, open_acties
from start.nieuw_jaar.domain.gesprekken import planned_gesprekken
from start.nieuw_jaar.domain.starting import Next


@dataclass(frozen=True)
class ComingAlong:
    """What of a dossier goes on in the next schooljaar.

    acties: the open ones. dagen_voorbij: how many of them have a day that is past.
    gesprekken: the talks that are still to come.
    antwoorden, focussen, scores, prioriteiten: how many were filled in, or chosen.
    nieuwere: a newer version of the plan to choose, if there is one and the next dossier is not
        there yet. zonder_plaats: for how many of the answers and focuses that has no place.
    """

    following: Next
    acties: tuple[Actie, ...]
    dagen_voorbij: int
    gesprekken: tuple[Gesprek, ...]
    antwoorden: int
    focussen: int
    scores: int
    prioriteiten: int
    nieuwere: Materiaalversie | None
    zonder_plaats: int


def coming_along(vorig: Dossier, following: Next, *, today: date) -> ComingAlong:
    """Count what comes along. Five queries, and three more for a newer version.

    vorig: with its version and the material of it.
    """
    acties = open_acties(vorig)
    answers, scores = answers_before(vorig), scores_before(vorig)
    focuses = {code for code, one in scores.items() if one.focus.strip()}
    nieuwere = None if following.there else newer_version(vorig.planversie)
    left = {*answers, *focuses} - codes_in(nieuwere) if nieuwere else set()
    return ComingAlong(
        following=following,
        acties=tuple(acties),
        dagen_voorbij=days_behind(acties, today=today),
        gesprekken=tuple(planned_gesprekken(vorig, today=today)),
        antwoorden=len(answers),
        focussen=len(focuses),
        scores=sum(one.score is not None for one in scores.values()),
        prioriteiten=Prioriteit.objects.filter(dossier=vorig).count(),
        nieuwere=nieuwere,
        zonder_plaats=len(left),
    )
