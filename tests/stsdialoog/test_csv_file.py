"""A .csv of what people typed: RFC 4180, one line for each row, and no formula in it."""

import csv
from collections.abc import Sequence
from io import StringIO

import pytest

from stsdialoog.csv_file import BOM, GeenCsv, csv_lines, read_rows


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


# --- reading what comes from elsewhere ----------------------------------------------------------

NAMES = ("nr", "naam")
ROWS = [{"nr": "1", "naam": "De Linde; hoofdgebouw"}, {"nr": "2", "naam": "De Eik"}]


def a_file(end: str) -> bytes:
    lines = ("Nr;Naam", '1;"De Linde; hoofdgebouw"', "2;De Eik", "")
    return (BOM + end.join(lines)).encode()


@pytest.mark.parametrize("hidden", ["\x1b[2J", "\u202e", "\x07", "\ufeff"])
def test_what_a_terminal_would_do_is_left_out(hidden):
    """A command tells what stands in a file: nothing of it moves the cursor or turns words."""
    (row,) = read_rows(f"nr;naam\n1;De{hidden} Linde\n".encode(), needed=NAMES)

    assert hidden[0] not in row.values["naam"]
    assert row.values["naam"].endswith(" Linde")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_file_is_read_whatever_its_line_ends_are(end):
    rows = read_rows(a_file(end), needed=NAMES)

    assert [row.values for row in rows] == ROWS
    assert [row.line for row in rows] == [2, 3]
    assert all(row.is_whole for row in rows)


def test_without_a_line_end_or_a_mark_of_excel_it_is_the_same_file():
    bare = a_file("\n").decode("utf-8-sig").strip().encode()

    assert [row.values for row in read_rows(bare, needed=NAMES)] == ROWS


def test_a_row_says_on_which_line_it_begins():
    data = b'nr;naam\r\r1;"De\rLinde"\r;\r2;De Eik\r'

    rows = read_rows(data, needed=NAMES)

    assert [(row.line, row.values["naam"]) for row in rows] == [(3, "De Linde"), (6, "De Eik")]


def test_a_heading_may_be_written_in_many_ways():
    (row,) = read_rows(b" Status Erkenning ;E-mail\nja;x\n", needed=("status_erkenning", "e_mail"))

    assert row.values == {"status_erkenning": "ja", "e_mail": "x"}


def test_a_row_with_other_fields_than_the_heading_says_so():
    rows = read_rows(b"nr;naam\n1\n2;De Eik;te veel\n3;goed\n", needed=NAMES)

    assert [row.is_whole for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Het bestand is leeg"),
        (BOM.encode() + b"\r\r", "Het bestand is leeg"),
        (b"PK\x03\x04 and a workbook", "Dit is een werkmap"),
        (b"nr;naam\n1;\x00\n", "Dit is geen tekstbestand"),
        ("nr;naam\r1;De Eik\r2;Zoë\r".encode("latin-1"), "Regel 3: dit is geen UTF-8"),
        ("nr;naam\r\n1;Zoë\r\n".encode("latin-1"), "Regel 2: dit is geen UTF-8"),
        (b'nr;naam\n1;"De Linde\n', "hier klopt het bestand niet als .csv"),
        (b"nr,naam\n1,De Linde\n", "deze kolommen ontbreken: nr, naam. Gevonden: nr_naam"),
        (b"nr;adres\n", "deze kolommen ontbreken: naam. Gevonden: nr, adres"),
        (b"nr;naam;Nr\n", "de kolom nr staat er twee keer"),
        (b"nr;naam\n1;" + b"x" * 200_000, "hier klopt het bestand niet als .csv"),
    ],
)
def test_what_is_no_file_with_these_columns_is_refused_with_what_to_do(data, says):
    with pytest.raises(GeenCsv, match=says):
        read_rows(data, needed=NAMES)
