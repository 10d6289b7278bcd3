"""Files of lines (.csv, RFC 4180): written so that a spreadsheet executes nothing, and read as they
come from elsewhere.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from stsdialoog.spreadsheet import plain_cell
from stsdialoog.text import without_invisible

# By which Excel knows that it is UTF-8.
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# How a file that was zipped begins, as a workbook (.xlsx, .ods) is.
ZIPPED = b"PK\x03\x04"

LEEG = "Het bestand is leeg."
WERKMAP = "Dit is een werkmap en geen .csv. Bewaar het in je rekenblad als «CSV UTF-8»."
GEEN_TEKST = "Dit is geen tekstbestand. Bewaar het in je rekenblad als «CSV UTF-8»."
GEEN_UTF8 = "Regel {line}: dit is geen UTF-8. Bewaar het in je rekenblad als «CSV UTF-8»."
GEEN_CSV = "Regel {line}: hier klopt het bestand niet als .csv (een aanhalingsteken te veel?)."
ONTBREEKT = (
    "Regel 1: deze kolommen ontbreken: {missing}. Gevonden: {found}. Tussen twee kolommen hoort "
    "een puntkomma."
)
DUBBELE_KOLOM = "Regel 1: de kolom {name} staat er twee keer."


class GeenCsv(Exception):
    """A file that cannot be read as lines with the columns that are needed; says what to do."""


@dataclass(frozen=True)
class Row:
    """A row of a file.

    line: on which it begins, the heading being line 1.
    values: what stands in it by `column_name`, each as one line that one can see all of: it is
        told again in a terminal.
    is_whole: whether it has as many fields as the heading.
    """

    line: int
    values: Mapping[str, str]
    is_whole: bool


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a file, each with its CRLF, the mark of Excel before the first.

    A text is one line in it: a line break that somebody got into a name makes no row of its own.
    """
    yield BOM
    for row in rows:
        line = StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(
            map(plain_cell, row)
        )
        yield line.getvalue()


def column_name(heading: str) -> str:
    """A heading as code asks for it: "Status erkenning" and "status_erkenning" are one column."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


def read_rows(data: bytes, *, needed: Iterable[str]) -> list[Row]:
    """The rows of a file in UTF-8 with `;` between its fields, whatever its line ends are.

    A line end or a `;` in quotes is part of its field. Empty lines are left out.

    needed: the columns that have to be there, as `column_name` gives them.
    Raises GeenCsv.
    """
    reader = csv.reader(StringIO(_text_of(data), newline=""), delimiter=";", strict=True)
    try:
        columns = [column_name(heading) for heading in next(reader, [])]
        _check(columns, needed)
        return list(_rows(reader, columns))
    except csv.Error as error:
        raise GeenCsv(GEEN_CSV.format(line=reader.line_num)) from error


def _text_of(data: bytes) -> str:
    if data.startswith(ZIPPED):
        raise GeenCsv(WERKMAP)
    if b"\0" in data:
        raise GeenCsv(GEEN_TEKST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        raise GeenCsv(GEEN_UTF8.format(line=before.count(b"\n") + 1)) from error
    if not text.strip():
        raise GeenCsv(LEEG)
    return text


def _check(columns: list[str], needed: Iterable[str]) -> None:
    missing = [name for name in needed if name not in columns]
    if missing:
        found = ", ".join(filter(None, columns)) or "geen enkele"
        raise GeenCsv(ONTBREEKT.format(missing=", ".join(missing), found=found))
    for name in needed:
        if columns.count(name) > 1:
            raise GeenCsv(DUBBELE_KOLOM.format(name=name))


def _rows(reader: Iterator[list[str]], columns: list[str]) -> Iterator[Row]:
    begin = reader.line_num + 1  # type: ignore[attr-defined]
    for fields in reader:
        if any(field.strip() for field in fields):
            values = {name: _seen(field) for name, field in zip(columns, fields, strict=False)}
            yield Row(begin, values, is_whole=len(fields) == len(columns))
        begin = reader.line_num + 1  # type: ignore[attr-defined]


def _seen(field: str) -> str:
    # A line break becomes a space before it would be left out.
    return without_invisible(" ".join(field.split())).strip()
