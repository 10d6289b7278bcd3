"""What people typed, for a program that works with rows and columns: shown, and never worked out.

A spreadsheet takes a text for a formula when it begins in a certain way. In a workbook (.xlsx) each
cell says what it is, so a text stays one, letter for letter; in a .csv it gets a mark before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from stsdialoog.text import INVISIBLE, with_plain_line_breaks

# With one of these at its start a spreadsheet takes a text for a formula; the wide ones too.
FORMULA = tuple("=+-@＝＋－＠")
# What a cell of a workbook can hold, in UTF-16 (ECMA-376, and Excel): an emoji counts for two.
LONGEST_CELL = 32_767
UTF_16 = "utf-16-le"
BYTES = 2  # of each unit
# What begins and ends like this, XlsxWriter writes as it is: it takes it for markup of its own.
RAW = ("<r>", "</r>")
# No workbook says when it was made, so that the same rows give the same bytes.
MADE_AT = datetime(1980, 1, 1)  # noqa: DTZ001 (as a workbook writes it: without a zone)

Cell = str | float | date | None


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    naam: at most 31 characters, as a workbook wants it.
    koppen: the first row, which stays in sight; each with how wide its column is, in characters.
    rijen: as many cells in each as there are headings.
    """

    naam: str
    koppen: tuple[tuple[str, int], ...]
    rijen: tuple[Sequence[Cell], ...]


def plain_cell(text: str) -> str:
    """A text as one line of a .csv that no spreadsheet takes for a formula.

    A line break that somebody got into a name makes no row of its own.
    """
    plain = INVISIBLE.sub(" ", with_plain_line_breaks(text))
    return f"'{plain}" if plain.lstrip().startswith(FORMULA) else plain


def workbook(*sheets: Sheet) -> bytes:
    """An .xlsx in which a text is a text, whatever it begins with: no formula, link or number.

    The same sheets give the same bytes.
    """
    made = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": MADE_AT})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.naam)
            page.freeze_panes(1, 0)
            for column, (kop, width) in enumerate(sheet.koppen):
                page.set_column(column, column, width)
                page.write_string(0, column, kop, head)
            for row, cells in enumerate(sheet.rijen, start=1):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        _write_text(page, row, column, _in_cell(cell), plain)
                    elif isinstance(cell, date):
                        page.write_datetime(row, column, cell, day)
                    elif cell is not None:
                        page.write_number(row, column, cell, plain)
    return made.getvalue()


def _write_text(page: Worksheet, row: int, column: int, text: str, plain: Format) -> None:
    begin, end = RAW
    if text.startswith(begin) and text.endswith(end):
        # In two pieces it is escaped, and reads the same.
        page.write_rich_string(row, column, text[:1], plain, text[1:], plain)
    else:
        page.write_string(row, column, text, plain)


def _in_cell(text: str) -> str:
    """What a cell can hold: its lines, without characters that nobody sees."""
    lines = with_plain_line_breaks(text).split("\n")
    seen = "\n".join(INVISIBLE.sub("", line) for line in lines)
    return seen.encode(UTF_16)[: LONGEST_CELL * BYTES].decode(UTF_16, errors="ignore")
