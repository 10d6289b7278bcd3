"""How scores went over time: which of all that was saved counts as a score that a team gave."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import mean

from preventieplan.domain.words import own_words

# A team that gave no score of a phase for so long is done with that round of scoring.
PAUSE = timedelta(weeks=4)


@dataclass(frozen=True)
class Saved:
    """What a field of the score of a goal (score, want, hoger) held at the end of a day."""

    code: str
    schooljaar: int
    veld: str
    waarde: str
    op: date


@dataclass(frozen=True)
class Point:
    """A score that a team gave on a day, in the dossier of a schooljaar, with its words.

    score: None when the score of before was taken back.
    has_new_words: whether any of its words was written for it; without, those of the score before
        stood there still.
    """

    schooljaar: int
    op: date
    score: int | None
    want: str = ""
    hoger: str = ""
    has_new_words: bool = False

    @property
    def schooljaar_label(self) -> str:
        return f"{self.schooljaar}-{self.schooljaar + 1}"

    @property
    def woorden(self) -> tuple[tuple[str, str], ...]:
        """What the team said about it, each answer after what was asked."""
        if self.score is None:
            return ()
        return own_words(score=self.score, want=self.want, hoger=self.hoger)


@dataclass(frozen=True)
class PhasePoint:
    """Where a phase stood at the end of a round: the mean of the scores of its goals.

    gegeven, doelen: how many of its goals had a score then, and how many goals it has.
    """

    schooljaar: int
    op: date
    score: float
    gegeven: int
    doelen: int

    @property
    def schooljaar_label(self) -> str:
        return f"{self.schooljaar}-{self.schooljaar + 1}"

    @property
    def is_whole(self) -> bool:
        return self.gegeven == self.doelen

    @property
    def in_dutch(self) -> str:
        return in_dutch(self.score)


def course(saved: Sequence[Saved]) -> tuple[Point, ...]:
    """The scores of one goal, the oldest first.

    One point is the score with which a day ended: a slip that was put right on the same day does
    not count, nor does a day that ended as the one before. Its words are those that stood with it
    when the next one was given: a team often writes them later.

    saved: of one goal, in any order, with no more than one value of a field on a day.
    """
    by_year = groupby(
        sorted(saved, key=lambda one: (one.schooljaar, one.op)), key=lambda one: one.schooljaar
    )
    points = [point for _, one_year in by_year for point in _of_year(list(one_year))]
    return tuple(sorted(points, key=lambda point: (point.op, point.schooljaar)))


def _of_year(saved: Sequence[Saved]) -> Iterator[Point]:
    """The points of one dossier, from what was saved in it, the oldest first."""
    given: list[tuple[date, int | None]] = []
    for one in saved:
        if one.veld == "score":
            score = int(one.waarde) if one.waarde else None
            if score != (given[-1][1] if given else None):
                given.append((one.op, score))
    before = ("", "")
    for index, (op, score) in enumerate(given):
        until = given[index + 1][0] if given[index + 1 :] else date.max
        words = {one.veld: one.waarde for one in saved if one.op < until and one.veld != "score"}
        want, hoger = words.get("want", ""), words.get("hoger", "")
        yield Point(saved[0].schooljaar, op, score, want, hoger, (want, hoger) != before)
        before = want, hoger


def scored(points: Iterable[Point]) -> tuple[Point, ...]:
    """Those that are a score, and not that one was taken back."""
    return tuple(point for point in points if point.score is not None)


def before_last(points: Sequence[Point], *, schooljaar: int) -> Point | None:
    """The score that a team gave before the one that stands in the dossier of this schooljaar.

    When that has none yet, the last one of the years before. None when there is none.
    """
    given = scored(points)
    here = [point for point in given if point.schooljaar == schooljaar]
    before = [point for point in given if not here or point is not here[-1]]
    return before[-1] if before else None


def phase_course(courses: Mapping[str, Sequence[Point]]) -> tuple[PhasePoint, ...]:
    """How a phase as a whole went: one point for each round of scoring, the oldest first.

    A round goes on until four weeks pass without a score. A dossier begins without scores, so
    what was given in another schooljaar does not count in its mean.

    courses: of each goal of the phase, by its code; also of a goal that never had a score.
    """
    years = sorted({point.schooljaar for points in courses.values() for point in points})
    found = [point for year in years for point in _rounds(courses, year)]
    return tuple(sorted(found, key=lambda point: (point.op, point.schooljaar)))


def _rounds(courses: Mapping[str, Sequence[Point]], year: int) -> Iterator[PhasePoint]:
    here = {
        code: [point for point in points if point.schooljaar == year]
        for code, points in courses.items()
    }
    days = sorted({point.op for points in here.values() for point in points})
    for end in _ends_of_rounds(days):
        last = [
            next((point.score for point in reversed(points) if point.op <= end), None)
            for points in here.values()
        ]
        given = [score for score in last if score is not None]
        if given:
            yield PhasePoint(year, end, round(mean(given), 1), len(given), len(courses))


def _ends_of_rounds(days: Sequence[date]) -> Iterator[date]:
    """The last day of each round, of days in order."""
    for index, day in enumerate(days):
        if not days[index + 1 :] or days[index + 1] - day >= PAUSE:
            yield day


def sentence(points: Sequence[Point | PhasePoint]) -> str:
    """How it went from the first score to the last, for beside the chart. "" without a score."""
    given = [point.score for point in points if point.score is not None]
    if not given:
        return ""
    first, last = in_dutch(given[0]), in_dutch(given[-1])
    if points[-1].score is None:
        return f"Was {last}, nu geen score"
    if len(given) == 1:
        return f"{last} op 10"
    if given[0] == given[-1]:
        return f"Toen {first}, nu {'weer' if set(given) != {given[0]} else 'nog altijd'} {last}"
    return f"Van {first} naar {last}"


def in_dutch(score: float) -> str:
    """A score or a mean as one writes it: 4, or 4,3."""
    return str(int(score)) if score == int(score) else f"{score:.1f}".replace(".", ",")
