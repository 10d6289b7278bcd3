"""The scores of a school over time, as charts and tables: on the page and on paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dossiers.models import Dossier
from preventieplan.domain.courses import Point, sentence
from preventieplan.queries.courses import GoalCourse, PhaseCourse, courses_of
from preventieplan.score_chart import ScoreChart

# Of each phase, as in static/css/stijl.css: on paper a style sheet does not reach into an SVG.
COLOURS = ("#2b7548", "#855d00", "#a8440f", "#663a96")
# Words that take more than half a sheet of paper.
LONG = 1_000


@dataclass(frozen=True)
class ScoredGoal:
    course: GoalCourse

    @property
    def chart(self) -> ScoreChart:
        return ScoreChart(self.course.points)

    @property
    def zin(self) -> str:
        return sentence(self.course.points)


@dataclass(frozen=True)
class ScoredPhase:
    fase: PhaseCourse

    @property
    def nummer(self) -> int:
        return int(self.fase.fase)

    @property
    def naam(self) -> str:
        return self.fase.fase.label

    @property
    def kleur(self) -> str:
        return COLOURS[self.nummer]

    @property
    def chart(self) -> ScoreChart:
        return ScoreChart(self.fase.points)

    @property
    def zin(self) -> str:
        return sentence(self.fase.points)

    @property
    def is_partial(self) -> bool:
        """Whether one of its means is of some of its goals only."""
        return any(not point.is_whole for point in self.fase.points)

    @property
    def doelen(self) -> tuple[ScoredGoal, ...]:
        """The goals that have, or had, a score."""
        return tuple(map(ScoredGoal, self.fase.ingeschaald))

    @property
    def bewogen(self) -> tuple[ScoredGoal, ...]:
        """The goals with more than one score."""
        return tuple(one for one in self.doelen if one.course.has_course)


def scored_phases(dossier: Dossier) -> tuple[ScoredPhase, ...]:
    """Each phase with how its scores went. The queries are those of `courses_of`."""
    return tuple(map(ScoredPhase, courses_of(dossier)))


@dataclass(frozen=True)
class EarlierWords:
    """What a team said of a score that it gave before the one of now."""

    doelstelling: str
    point: Point

    @property
    def is_lang(self) -> bool:
        return len(self.point.want) + len(self.point.hoger) > LONG


def earlier_words(fasen: Iterable[ScoredPhase], *, schooljaar: int) -> tuple[EarlierWords, ...]:
    """What was said of earlier scores, goal by goal, the oldest first.

    schooljaar: that of the dossier, whose own last words stand at its goals.
    """
    found = []
    for one in fasen:
        for doel in one.bewogen:
            *before, last = doel.course.scored
            points = before if last.schooljaar == schooljaar else [*before, last]
            kort = doel.course.doelstelling.kort
            told = (point for point in points if point.woorden and point.has_new_words)
            found += [EarlierWords(kort, point) for point in told]
    return tuple(found)


def first_without(fasen: tuple[ScoredPhase, ...]) -> GoalCourse | None:
    """The first goal that never had a score."""
    return next(_without(fasen), None)


def _without(fasen: tuple[ScoredPhase, ...]) -> Iterator[GoalCourse]:
    for one in fasen:
        yield from one.fase.zonder
