"""The drawing of figures: for each reason a row of bars, last year's beside those of this year."""

from collections.abc import Iterator
from dataclasses import dataclass

from dossiers.cijfers.models import DREMPELS, Cell, Cijfergroep, Reden

# In units of the drawing. A slot holds the two bars of a threshold.
WIDTH, HEIGHT, SLOT, BAR = 232, 128, 58, 22
TOP, BOTTOM = 20, 104


@dataclass(frozen=True)
class Bar:
    """One bar. is_nu: of this year. is_under: whether it ends where the count surely is less."""

    x: float
    top: float
    cell: Cell
    is_nu: bool

    @property
    def middle(self) -> float:
        return self.x + BAR / 2

    @property
    def height(self) -> float:
        return round(BOTTOM - self.top, 1)

    @property
    def above(self) -> float:
        """Where its number stands."""
        return self.top - 4

    @property
    def is_under(self) -> bool:
        return self.cell.onder is not None


@dataclass(frozen=True)
class Row:
    """What there is to tell of one reason, in a drawing and in a table."""

    reden: Reden
    nu: tuple[Cell, ...]
    vorig: tuple[Cell, ...]
    most: int

    @property
    def bars(self) -> Iterator[Bar]:
        for place, pair in enumerate(zip(self.vorig or self._none, self.nu, strict=True)):
            # Without a year before, the bar of this year stands in the middle of its slot.
            left = SLOT * place + (SLOT - 2 * BAR) / 2
            for cell, is_nu in zip(pair, (False, True), strict=True):
                x = left + BAR * is_nu if self.vorig else left + BAR / 2
                if cell.waarde is not None:
                    yield Bar(x, self._top(cell), cell, is_nu)

    @property
    def thresholds(self) -> list[tuple[int, int]]:
        """Each threshold with the middle of its slot."""
        return [(drempel, SLOT * place + SLOT // 2) for place, drempel in enumerate(DREMPELS)]

    @property
    def columns(self) -> list[tuple[int, Cell, Cell | None]]:
        """Each threshold with the count of this year and that of the year before."""
        vorig = self.vorig or (None,) * len(DREMPELS)
        return list(zip(DREMPELS, self.nu, vorig, strict=True))

    @property
    def is_told(self) -> bool:
        return any(cell.waarde is not None for cell in (*self.nu, *self.vorig))

    @property
    def _none(self) -> tuple[Cell, ...]:
        return (Cell(None),) * len(DREMPELS)

    def _top(self, cell: Cell) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * cell.hoogstens / max(self.most, 1), 1)


def rows(nu: Cijfergroep, vorig: Cijfergroep | None) -> tuple[Row, ...]:
    """The reasons of which anything is known; all on one scale, so that they compare."""
    pairs = [(reden, nu.cells(reden), vorig.cells(reden) if vorig else ()) for reden in Reden]
    most = max(cell.hoogstens for _, now, before in pairs for cell in (*now, *before))
    found = (Row(reden, now, before, most) for reden, now, before in pairs)
    return tuple(row for row in found if row.is_told)
