"""A workbook of what people typed: each text stays one, letter for letter."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from stsdialoog.spreadsheet import LONGEST_CELL, Sheet, workbook

KOPPEN = (("wat", 30), ("wanneer", 12), ("score", 8))


def a_workbook(*rijen) -> bytes:
    return workbook(Sheet("Acties", KOPPEN, rijen))


def read(made: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_name("Acties").to_python()


def test_a_spreadsheet_reads_what_was_written():
    made = a_workbook(("onthaaldag\nmet koffie", date(2026, 12, 1), 7), ("bellen", None, None))

    assert read(made) == [
        ["wat", "wanneer", "score"],
        ["onthaaldag\nmet koffie", date(2026, 12, 1), 7],
        ["bellen", "", ""],
    ]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "=HYPERLINK(0)", "https://x.test", "0123", "\t=1"],
)
def test_a_text_is_a_text_whatever_it_begins_with(text):
    made = a_workbook((text, None, None))

    assert read(made)[1][0] == text.strip("\t")
    with ZipFile(BytesIO(made)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in parts.namelist()
    # Of the first row and of this one: every cell refers to a text, and none has a formula.
    assert sheet.count('t="s"') == len(KOPPEN) + 1
    assert "<f>" not in sheet


@pytest.mark.parametrize("inside", ["&raar", "</t></si><si><t>=1", "<t>vet</t>", ""])
def test_what_looks_like_markup_of_a_workbook_is_text_too(inside):
    """Written as it is, it would make a workbook that nothing can open, or say something else."""
    text = f"<r>{inside}</r>"

    assert read(a_workbook((text, None, 7), ("bellen", None, None)))[1:] == [
        [text, "", 7],
        ["bellen", "", ""],
    ]


def test_the_same_rows_give_the_same_bytes():
    rij = ("bellen", date(2026, 12, 1), 7)

    assert a_workbook(rij) == a_workbook(rij)


def test_what_no_cell_can_hold_is_cut_and_what_nobody_sees_is_left_out():
    long, hidden = "x" * (LONGEST_CELL + 1), "a\x00b\x1b\r\nc"
    # Excel counts two for each, and opens no workbook with more.
    emoji = "\N{GRINNING FACE}" * LONGEST_CELL
    rows = read(a_workbook(*((text, None, None) for text in (long, hidden, emoji))))

    assert rows[1][0] == "x" * LONGEST_CELL
    assert rows[2][0] == "ab\nc"
    assert rows[3][0] == "\N{GRINNING FACE}" * (LONGEST_CELL // 2)
