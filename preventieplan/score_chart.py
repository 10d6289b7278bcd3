"""How the score of a goal went: what the team said of it before, and a chart of all scores."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from dossiers.models import Dossier
from preventieplan.models import MAX_SCORE, Doelstelling, Inschaling, Inschalingrevisie
from preventieplan.queries.plan import Score

WIDTH, HEIGHT, MARGIN = 240, 72, 10  # SVG units


@dataclass(frozen=True)
class ChartPoint:
    x: float
    y: float
    score: int


@dataclass(frozen=True)
class ScoreChart:
    """The scores in the chart; a score that was cleared has no dot."""

    scores: tuple[Score, ...]

    @property
    def points(self) -> tuple[ChartPoint, ...]:
        given = [score.score for score in self.scores if score.score is not None]
        step = (WIDTH - 3 * MARGIN) / max(len(given) - 1, 1)
        return tuple(
            ChartPoint(round(MARGIN + i * step, 1), round(_height(score), 1), score)
            for i, score in enumerate(given)
        )

    @property
    def line(self) -> str:
        """The `points` of an SVG polyline."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def last(self) -> ChartPoint | None:
        return self.points[-1] if self.points else None

    @property
    def bottom(self) -> float:
        return _height(0)

    @property
    def top(self) -> float:
        return _height(MAX_SCORE)


def _height(score: int) -> float:
    return HEIGHT - MARGIN - score * (HEIGHT - 2 * MARGIN) / MAX_SCORE


@dataclass(frozen=True)
class EarlierWords:
    """What a team said of this goal at an earlier moment, in its own words.

    since: the moment it is looked back from.
    """

    score: int
    op: datetime
    since: datetime
    want: str
    hoger: str

    @property
    def is_other_year(self) -> bool:
        return self.op.year != self.since.year


@dataclass(frozen=True)
class ScoreStory:
    """Every score that was saved, the oldest first, and the words of the moment before."""

    scores: tuple[Score, ...]
    eerder: EarlierWords | None


def score_story(inschaling: Inschaling, doelstelling: Doelstelling) -> ScoreStory:
    """How the score of a goal went. At most two queries."""
    rows = list(_history(inschaling))
    scores = tuple(
        Score(int(row.waarde) if row.waarde else None, row.op, str(row.door))
        for row in rows
        if row.veld == "score"
    )
    here = _before_today_of(rows)
    return ScoreStory(scores, here or _last_year(inschaling.dossier, doelstelling))


def _history(inschaling: Inschaling) -> list[Inschalingrevisie]:
    if inschaling._state.adding:
        return []
    rows = Inschalingrevisie.objects.filter(record=inschaling, veld__in=("score", "want", "hoger"))
    return list(rows.select_related("door").order_by("op", "revisie"))


def _before_today_of(rows: list[Inschalingrevisie]) -> EarlierWords | None:
    """The last score of a day before that of the score that stands now, with its words."""
    given = [row for row in rows if row.veld == "score" and row.waarde]
    if not given:
        return None
    now = given[-1]
    before = [row for row in rows if _day(row.op) < _day(now.op)]
    last = {row.veld: row.waarde for row in before if row.veld != "score" or row.waarde}
    moments = [row.op for row in before if row.veld == "score" and row.waarde]
    if not moments:
        return None
    return EarlierWords(
        score=int(last["score"]),
        op=moments[-1],
        since=now.op,
        want=last.get("want", ""),
        hoger=last.get("hoger", ""),
    )


def _last_year(dossier: Dossier, doelstelling: Doelstelling) -> EarlierWords | None:
    """The score and words that the dossier of an earlier schooljaar of this school ended with."""
    last = (
        Inschaling.objects.filter(
            dossier__school=dossier.school_id,
            dossier__schooljaar__lt=dossier.schooljaar,
            doelstelling__code=doelstelling.code,
            score__isnull=False,
        )
        .order_by("-dossier__schooljaar")
        .first()
    )
    if last is None or last.score is None or last.gewijzigd_op is None:
        return None
    return EarlierWords(last.score, last.gewijzigd_op, timezone.now(), last.want, last.hoger)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
