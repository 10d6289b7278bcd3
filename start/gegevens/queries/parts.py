"""A part of what is kept about somebody: rows under the same headings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

Cell = str | int | date | datetime | None
Row = tuple[Cell, ...]
# As many rows of a part as one overlooks; the rest is in the file.
SHOWN = 5
# Rows that are read at once: few for a page that shows the first of them, many for a file.
FIRST, MOST = 10, 500


@dataclass(frozen=True)
class Deel:
    """naam: in the file. rijen: read when they are asked for, once; one cell for each heading."""

    naam: str
    titel: str
    uitleg: str
    kolommen: tuple[str, ...]
    rijen: Iterable[Row]

    def as_data(self) -> Iterator[dict[str, str | int | None]]:
        """The rows as JSON has them, one by one."""
        for rij in self.rijen:
            yield dict(zip(self.kolommen, map(_plain, rij), strict=True))


@dataclass(frozen=True)
class Shown:
    """A part as one reads it: of each row the headings that have something, with what that is.

    meer: whether there are more rows than these.
    """

    deel: Deel
    rijen: list[list[tuple[str, str]]]
    meer: bool

    @property
    def in_a_sentence(self) -> str:
        return f"{self.deel.titel[0].lower()}{self.deel.titel[1:]}"


def shown(deel: Deel, *, limit: int | None = None) -> Shown:
    """limit: the number of rows; None for all of them."""
    rows = list(islice(deel.rijen, None if limit is None else limit + 1))
    return Shown(
        deel,
        [
            [
                (kolom, _words(cell))
                for kolom, cell in zip(deel.kolommen, rij, strict=True)
                if cell not in ("", None)
            ]
            for rij in rows[:limit]
        ],
        meer=limit is not None and len(rows) > limit,
    )


def newest_first(rows: QuerySet[Any], *, op: str) -> Iterator[Any]:
    """Records by their moment, read some at a time: who stops early leaves nothing open.

    op: the field that holds the moment; one without it is left out.
    """
    rows = rows.filter(**{f"{op}__isnull": False}).order_by(f"-{op}", "-pk")
    size, before = FIRST, Q()
    while batch := list(rows.filter(before)[:size]):
        yield from batch
        last = batch[-1]
        moment = getattr(last, op)
        before = Q(**{f"{op}__lt": moment}) | Q(**{op: moment, "pk__lt": last.pk})
        size = min(size * 5, MOST)


def _plain(cell: Cell) -> str | int | None:
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else cell


def _words(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return date_format(timezone.localtime(cell), "j F Y, H:i")
    return date_format(cell, "j F Y") if isinstance(cell, date) else str(cell)
