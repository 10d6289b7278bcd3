"""A .csv of what people typed, by RFC 4180, that a spreadsheet reads and never executes."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from stsdialoog.text import INVISIBLE, with_plain_line_breaks

# By which Excel knows that it is UTF-8.
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# With one of these at its start a spreadsheet takes a text for a formula; the wide ones too.
FORMULA = tuple("=+-@＝＋－＠")


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a file, each with its CRLF, the mark of Excel before the first.

    A text is one line in it: a line break that somebody got into a name makes no row of its own.
    """
    yield BOM
    for row in rows:
        line = StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(_cell, row))
        yield line.getvalue()


def _cell(text: str) -> str:
    plain = INVISIBLE.sub(" ", with_plain_line_breaks(text))
    return f"'{plain}" if plain.lstrip().startswith(FORMULA) else plain
