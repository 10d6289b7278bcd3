"""The overview as a file: the schools of the page, in its order, and only their scores.

A score stands beside that of the schooljaar before, where the page says how much it differs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from preventieplan.domain.words import difference_in_words
from start.clb_overzicht.pages import OverviewPage
from start.clb_overzicht.queries import SchoolRow
from stsdialoog.csv_file import csv_lines
from stsdialoog.spreadsheet import Cell, Sheet, workbook

SCHOLEN, DOELEN = "Scholen", "Doelen"


@dataclass(frozen=True)
class Format:
    ending: str
    content_type: str
    make: Callable[[OverviewPage], bytes]

    def name(self, page: OverviewPage) -> str:
        return f"overzicht-{page.schooljaar}.{self.ending}"


def _xlsx(page: OverviewPage) -> bytes:
    """The schools, and on a second sheet the goals in words."""
    return workbook(
        Sheet(SCHOLEN, tuple(_headings(page)), tuple(_rows(page))),
        Sheet(
            DOELEN,
            (
                ("Doel", 8),
                ("Naam", 40),
                ("Fase", 30),
                ("Scholen met een score", 12),
                ("Mediaan", 10),
            ),
            tuple(
                (one.doel.nummer, one.doel.kort, str(fase.fase.label), one.aantal, one.mediaan)
                for fase in page.fasen
                for one in fase.kolommen
            ),
        ),
    )


def _csv(page: OverviewPage) -> bytes:
    heading = [kop for kop, _ in _headings(page)]
    rows = (["" if cell is None else str(cell) for cell in row] for row in _rows(page))
    return "".join(csv_lines([heading, *rows])).encode()


FORMATS = {
    one.ending: one
    for one in (
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _xlsx,
        ),
        Format("csv", "text/csv; charset=utf-8", _csv),
    )
}


def _headings(page: OverviewPage) -> Iterator[tuple[str, int]]:
    """Each with how wide its column is, in characters."""
    yield from (("School", 32), ("Gemeente", 20), ("Niveau", 8))
    yield f"Tegenover {page.vorig_schooljaar}", 12
    for one in page.kolommen:
        yield f"{one.doel.nummer} {one.doel.kort}", 14
        yield f"{one.doel.nummer} in {page.vorig_schooljaar}", 12
    yield "Laatst bijgewerkt", 12


def _rows(page: OverviewPage) -> Iterator[list[Cell]]:
    for row in page.scholen:
        yield [
            *(row.naam, row.gemeente, row.niveau_kort),
            None if row.verschil is None else difference_in_words(row.verschil),
            *_scores(row, page),
            timezone.localdate(row.gewijzigd) if row.gewijzigd else None,
        ]


def _scores(row: SchoolRow, page: OverviewPage) -> Iterator[int | None]:
    for one in page.kolommen:
        yield from row.score(one.doel)
