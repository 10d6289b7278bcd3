"""The scores of one phase as small bars."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.models import MAX_SCORE, Inschaling


@dataclass(frozen=True)
class Bar:
    """A bar with its score below it, in SVG units from the top left."""

    x: int
    y: int
    height: int
    score: int | None
    middle: int


@dataclass(frozen=True)
class Bars:
    """The scores of one phase as small bars.

    scores: (short name, score or None) per goal.
    """

    fase: int
    scores: tuple[tuple[str, int | None], ...]

    WIDTH: ClassVar = 20
    STEP: ClassVar = 25
    GROUND: ClassVar = 26

    def __iter__(self) -> Iterator[Bar]:
        for index, (_, score) in enumerate(self.scores):
            # Without a score there is a line on the ground, which is not the bar of a 0.
            height = 1 if score is None else max(round(score / MAX_SCORE * self.GROUND), 2)
            x = index * self.STEP
            yield Bar(x, self.GROUND - height, height, score, x + self.WIDTH // 2)

    @property
    def width(self) -> int:
        return len(self.scores) * self.STEP - (self.STEP - self.WIDTH)

    @property
    def text(self) -> str:
        """The scores in words, as the text alternative of the chart."""
        return ", ".join(
            f"{kort} {'nog niet ingeschaald' if score is None else f'{score} op 10'}"
            for kort, score in self.scores
        )

    @property
    def first_without_score(self) -> str:
        """The short name of the first goal without a score; "" when each has one."""
        return next((kort for kort, score in self.scores if score is None), "")

    @property
    def is_empty(self) -> bool:
        return all(score is None for _, score in self.scores)


def fase_0_bars(pks: list[UUID]) -> dict[UUID | None, Bars]:
    scores = Inschaling.objects.filter(
        dossier=OuterRef("pk"), doelstelling=OuterRef("planversie__doelstellingen")
    )
    rows = (
        Dossier.objects.filter(pk__in=pks, planversie__doelstellingen__fase=Fase.BASISZORG)
        .order_by("pk", "planversie__doelstellingen__volgorde")
        .annotate(
            kort=F("planversie__doelstellingen__kort"), score=Subquery(scores.values("score"))
        )
        .values_list("pk", "kort", "score")
    )
    return {
        pk: Bars(int(Fase.BASISZORG), tuple((kort, score) for _, kort, score in bars))
        for pk, bars in groupby(rows, key=lambda row: row[0])
    }
