"""The schools of somebody with their agreed scores of a schooljaar and of the one before.

Scores and nothing else of a plan: none of the words of a team.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Max, Q, QuerySet
from django.db.models.functions import Lower

from dossiers.domain import schooljaar_of
from dossiers.materialen.models import NIVEAUS, Fase
from dossiers.mensen.access import Places
from dossiers.mensen.models import CLB_ROLLEN, Lidmaatschap, Niveau, School
from dossiers.models import Dossier
from preventieplan.models import Doelstelling, Inschaling
from start.clb_overzicht.domain import NOT_SCORED, Score, movement
from start.queries.changes import last_change
from start.queries.scholen import Selection, gemeenten_of, selected

NO_GOAL: Mapping[str, Score] = {}


@dataclass(frozen=True)
class Choices:
    """What one can choose from: of all schools, whatever was chosen.

    nu: the schooljaar of today. schooljaren: that one and all others with a dossier, newest first.
    volgers: who works for the CLB in one of the schools itself, by key and name; an ankerfiguur
        follows all schools, and is only among these with such a role as well.
    """

    nu: int
    schooljaren: tuple[int, ...]
    gemeenten: tuple[str, ...]
    volgers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chosen:
    """Which schools are asked for, in which schooljaar; "" for whatever it is.

    volger: the key of somebody who works for the CLB in the school itself.
    """

    schooljaar: int
    niveau: str = ""
    gemeente: str = ""
    volger: str = ""


@dataclass(frozen=True)
class Goal:
    """A goal of the plan, as its newest version among those in use calls it."""

    code: str
    fase: Fase
    volgorde: int
    kort: str

    @property
    def nummer(self) -> str:
        """Its code as people read it: F0-3."""
        return self.code.upper()


@dataclass(frozen=True)
class SchoolRow:
    """A school with what it scored.

    dossier: that of the schooljaar; None when there is none. gewijzigd: when anything last changed
        in it.
    scores: by the code of a goal; of what was scored in neither of both schooljaren nothing.
    verschil: how much higher it scores by now, as `movement` has it.
    """

    school: UUID
    naam: str
    gemeente: str
    niveau: Niveau
    dossier: UUID | None
    gewijzigd: datetime | None
    scores: Mapping[str, Score]
    verschil: float | None

    @property
    def niveau_kort(self) -> str:
        return NIVEAUS[self.niveau]

    def score(self, goal: Goal) -> Score:
        return self.scores.get(goal.code, NOT_SCORED)


@dataclass(frozen=True)
class Overview:
    """The schools that are asked for, by name, and the goals of their plans, by phase."""

    doelen: tuple[Goal, ...]
    scholen: tuple[SchoolRow, ...]


def choices_of(places: Places, *, today: date) -> Choices:
    """What one can choose from. Three queries."""
    scholen = places.schools()
    found = (
        Dossier.objects.filter(school__in=scholen).order_by().values_list("schooljaar", flat=True)
    )
    volgers = (
        Lidmaatschap.objects.active()
        .filter(school__in=scholen, rol__in=CLB_ROLLEN, user__is_active=True)
        .order_by(Lower("user__naam"), "user")
        .values_list("user", "user__naam")
    )
    nu = schooljaar_of(today)
    return Choices(
        nu,
        tuple(sorted({nu, *found.distinct()}, reverse=True)),
        gemeenten_of(places),
        tuple((str(key), naam) for key, naam in dict.fromkeys(volgers)),
    )


def overview_of(*, places: Places, chosen: Chosen) -> Overview:
    """The schools of these places with their scores. Three queries, however many there are."""
    scholen = selected(places, Selection(niveau=chosen.niveau, gemeente=chosen.gemeente))
    if chosen.volger:
        follows = Lidmaatschap.objects.active().filter(user=UUID(chosen.volger), rol__in=CLB_ROLLEN)
        scholen = scholen.filter(pk__in=follows.values("school"))
    found = list(_with_dossier(scholen, chosen.schooljaar))
    scores = _scores(scholen, chosen.schooljaar)
    return Overview(
        _goals({row["planversie"] for row in found if row["planversie"]}),
        tuple(_row(row, scores.get(row["instellingsnummer"], NO_GOAL)) for row in found),
    )


def _with_dossier(scholen: QuerySet[School], schooljaar: int) -> QuerySet[School, dict[str, Any]]:
    return (
        scholen.annotate(
            jaar=FilteredRelation("dossiers", condition=Q(dossiers__schooljaar=schooljaar)),
            dossier=F("jaar__pk"),
            planversie=F("jaar__planversie"),
            gewijzigd=last_change(of="jaar__pk"),
        )
        .order_by(Lower("naam"), "pk")
        .values(
            *("pk", "naam", "gemeente", "niveau", "instellingsnummer"),
            *("dossier", "planversie", "gewijzigd"),
        )
    )


def _scores(scholen: QuerySet[School], schooljaar: int) -> Mapping[str, Mapping[str, Score]]:
    """By the number of a school and the code of a goal: what each dossier shows itself, so without
    what stayed on an earlier version of the plan. One query.
    """
    found = (
        Inschaling.objects.filter(
            score__isnull=False,
            dossier__school__in=scholen,
            dossier__schooljaar__in=(schooljaar - 1, schooljaar),
            doelstelling__versie=F("dossier__planversie"),
        )
        .values_list("dossier__school__instellingsnummer", "doelstelling__code")
        .annotate(
            # A dossier has one score of a goal, and a school one dossier in a schooljaar.
            nu=Max("score", filter=Q(dossier__schooljaar=schooljaar)),
            toen=Max("score", filter=Q(dossier__schooljaar=schooljaar - 1)),
        )
    )
    scores: dict[str, dict[str, Score]] = defaultdict(dict)
    for nummer, code, nu, toen in found:
        scores[nummer][code] = Score(nu, toen)
    return scores


def _row(found: dict[str, Any], scores: Mapping[str, Score]) -> SchoolRow:
    return SchoolRow(
        school=found["pk"],
        naam=found["naam"],
        gemeente=found["gemeente"],
        niveau=Niveau(found["niveau"]),
        dossier=found["dossier"],
        gewijzigd=found["gewijzigd"],
        scores=scores,
        verschil=movement(scores.values()),
    )


def _goals(versies: set[int]) -> tuple[Goal, ...]:
    """The goals of versions of the plan, each once. One query; none without a version."""
    found = Doelstelling.objects.filter(versie__in=versies).order_by("versie__datum", "pk")
    newest = {
        code: Goal(code, Fase(fase), volgorde, kort)
        for code, fase, volgorde, kort in found.values_list("code", "fase", "volgorde", "kort")
    }
    return tuple(sorted(newest.values(), key=lambda one: (one.fase, one.volgorde)))
