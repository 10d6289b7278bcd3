"""A .csv of what people typed: RFC 4180, one line for each row, and no formula in it."""

import csv
from collections.abc import Sequence
from io import StringIO

import pytest

from stsdialoog.csv_file import BOM, csv_lines


def read(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    text = "".join(csv_lines(rows))
    assert text.startswith(BOM)
    assert text.endswith("\r\n")
    return list(csv.reader(StringIO(text.removeprefix(BOM), newline=""), strict=True))


def test_what_has_no_meaning_to_a_spreadsheet_stays_what_it_was():
    rows = [("An, van het CLB", 'zei "goed"'), ("", "3 + 4 = 7; é ‘x’")]

    assert read(rows) == [list(row) for row in rows]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", " =1", "\t=1", "\r=1", "＝1", "＠A1"])
def test_a_formula_is_shown_and_not_worked_out(text):
    ((cell,),) = read([(text,)])

    assert cell.startswith("'")
    assert cell.lstrip("' ") == text.lstrip()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x00", "\x1b[2J", "\u2028"])
def test_a_line_break_makes_no_line_of_its_own(end):
    lines = list(csv_lines([("wie", "wat"), (f'x"{end}"Tom","logde in."', "opende")]))

    assert len(lines) == 3
    assert "".join(lines).count("\n") == 2
    assert "".join(lines).count("\r") == 2
    assert end not in "".join(lines).replace("\r\n", "")
    assert len(read([("wie", "wat"), (f"x{end}y", "z")])) == 2
