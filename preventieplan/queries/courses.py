"""Every score that a school gave, over all its schooljaren until that of a dossier."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber, TruncDate

from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.domain.courses import (
    PhasePoint,
    Point,
    Saved,
    course,
    phase_course,
    scored,
)
from preventieplan.models import Doelstelling, Inschalingrevisie
from preventieplan.queries.plan import goals_of


@dataclass(frozen=True)
class GoalCourse:
    """A goal with its scores. is_weg: whether the version in use no longer has it."""

    doelstelling: Doelstelling
    points: tuple[Point, ...]
    is_weg: bool = False

    @property
    def scored(self) -> tuple[Point, ...]:
        return scored(self.points)

    @property
    def has_course(self) -> bool:
        """Whether there is more than one score to draw."""
        return len(self.scored) > 1


@dataclass(frozen=True)
class PhaseCourse:
    """A phase with its goals, and how it went as a whole."""

    fase: Fase
    doelen: tuple[GoalCourse, ...]
    points: tuple[PhasePoint, ...]

    @property
    def ingeschaald(self) -> tuple[GoalCourse, ...]:
        """The goals that have, or had, a score."""
        return tuple(doel for doel in self.doelen if doel.points)

    @property
    def zonder(self) -> tuple[GoalCourse, ...]:
        """The goals that never had a score."""
        return tuple(doel for doel in self.doelen if not doel.points)

    @property
    def has_course(self) -> bool:
        return len(self.points) > 1


def course_of(dossier: Dossier, code: str) -> tuple[Point, ...]:
    """The scores of the goal with this code, over the years, the oldest first. One query."""
    return course([one for one, _ in _saved(dossier, code)])


def courses_of(dossier: Dossier) -> tuple[PhaseCourse, ...]:
    """The scores of every goal over the years, by phase from fase 0 to 3. One query, and one more
    for goals that the version in use no longer has.

    A goal is the same in every version and every year by its code.
    """
    saved: dict[str, list[Saved]] = defaultdict(list)
    records: dict[str, int] = {}
    for one, doel in _saved(dossier):
        saved[one.code].append(one)
        records[one.code] = doel
    points = {code: course(found) for code, found in saved.items()}
    here = goals_of(dossier.planversie)
    gone = _gone(records, points, {doel.code for doel in here})
    return tuple(
        PhaseCourse(
            fase,
            (
                *(
                    GoalCourse(doel, points.get(doel.code, ()))
                    for doel in here
                    if doel.fase == fase
                ),
                *(GoalCourse(doel, points[doel.code], True) for doel in gone if doel.fase == fase),
            ),
            # Of the goals of now, so that what is compared is the same.
            phase_course(
                {doel.code: points.get(doel.code, ()) for doel in here if doel.fase == fase}
            ),
        )
        for fase in Fase
    )


def _gone(
    records: Mapping[str, int], points: Mapping[str, tuple[Point, ...]], here: set[str]
) -> list[Doelstelling]:
    keys = [key for code, key in records.items() if code not in here and points[code]]
    return list(Doelstelling.objects.filter(pk__in=keys)) if keys else []


def _saved(dossier: Dossier, code: str = "") -> list[tuple[Saved, int]]:
    """What each field held at the end of each day, the oldest first, with the key of its goal."""
    of_goal = {"record__doelstelling__code": code} if code else {}
    rows = (
        Inschalingrevisie.objects.filter(
            record__dossier__school=dossier.school_id,
            record__dossier__schooljaar__lte=dossier.schooljaar,
            veld__in=("score", "want", "hoger"),
            **of_goal,
        )
        .annotate(
            dag=TruncDate("op"),
            from_the_last=Window(
                RowNumber(),
                partition_by=["record", "veld", TruncDate("op")],
                order_by=[F("op").desc(), F("revisie").desc()],
            ),
        )
        .filter(from_the_last=1)
        .order_by("record__dossier__schooljaar", "dag")
        .values_list(
            "record__doelstelling__code",
            "record__dossier__schooljaar",
            "veld",
            "waarde",
            "dag",
            "record__doelstelling",
        )
    )
    return [(Saved(*row[:5]), row[5]) for row in rows]
