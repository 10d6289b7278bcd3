"""The chart of a goal's scores over time: a line with dots, the last one labelled."""

from dataclasses import dataclass

from preventieplan.models import MAX_SCORE
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
