"""One form for each kind of text, and one in which all of them are searched."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.velden.models import MAX_TEKST
from stsdialoog.text import (
    address,
    has_letter,
    invisible_in,
    line,
    opening,
    paragraph,
    search_key,
    search_words,
    with_plain_line_breaks,
)

INVISIBLE = "\u200b\u00ad\u200d\u2060\ufeff\u200e\u200f\u202a\u202e\u2066\u2069\u061c\u180e\u3164"


@pytest.mark.parametrize(
    "line_break", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"], ids=ascii
)
def test_a_line_break_of_any_program_is_one(line_break):
    assert with_plain_line_breaks(f"een{line_break}twee{line_break}") == "een\ntwee\n"


@pytest.mark.parametrize("sign", INVISIBLE, ids=ascii)
def test_what_nobody_sees_stands_in_no_name(sign):
    assert line(f"{sign}De {sign} Lin{sign}de{sign}") == "De Linde"
    assert line(sign) == ""
    assert not has_letter(f"{sign} 12")


@pytest.mark.parametrize("space", [" ", "\n", "\r\n", "\t", "\u00a0", "\u2028", "  "], ids=ascii)
def test_a_name_stands_on_one_line(space):
    assert line(f"{space}De{space}Linde{space}") == "De Linde"


def test_a_name_of_a_mac_is_the_same_name():
    assert line("Zoe\u0308") == line("Zo\u00eb") == "Zo\u00eb"
    # Also when what nobody sees stands between the letter and its mark.
    assert line("Zoe\u200b\u0308") == "Zo\u00eb"


@pytest.mark.parametrize(
    ("text", "seen"), [("1", False), ("1a", True), ("é", True), ("–", False), ("ሰላም", True)]
)
def test_a_letter_of_any_script_is_one(text, seen):
    assert has_letter(text) == seen


@pytest.mark.parametrize(
    "typed",
    [
        "an@xn--caf-dma.be",
        "An@Caf\u00e9.be",
        " an@cafe\u0301.be\n",
        "an@CAF\u00c9.BE",
        "an@XN--CAF-DMA.be",
        "an@caf\u00e9\u3002be",
        "an@\uff43\uff41\uff46\u00e9.be",
        *(f"an@ca{sign}f\u00e9.be" for sign in INVISIBLE),
        *(f"{sign}an{sign}@caf\u00e9.be" for sign in INVISIBLE),
    ],
    ids=ascii,
)
def test_an_address_is_the_same_however_it_is_spelled(typed):
    assert address(typed) == "an@xn--caf-dma.be"


def test_the_address_of_a_german_street_is_its_own():
    assert address("an@stra\u00dfe.de") == "an@xn--strae-oqa.de" != address("an@strasse.de")


@pytest.mark.parametrize("typed", ["an@-\u00e9.be", "an@\u00e9..be", "\u00e9", "@", ""], ids=ascii)
def test_what_is_no_address_stays_what_it_is(typed):
    assert address(typed) == typed


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("\u00c9COLE", "ecole"),
        ("E\u0301cole", "ecole"),
        ("D\u2019Hondt", "d'hondt"),
        ("D\u00b4Hondt", "d'hondt"),
        ("\u201cDe Linde\u201d", '"de linde"'),
        ("Sint-Jozef", "sint jozef"),
        ("Sint\u2011Jozef", "sint jozef"),
        ("Sint\u2013Jozef", "sint jozef"),
        ("Sint\u00ad\u200bjozef", "sintjozef"),
        ("Sacr\u00e9-C\u0153ur", "sacre coeur"),
        ("\u0141ukasz S\u00f8ren", "lukasz soren"),
        ("Stra\u00dfe", "strasse"),
        (" \u00a0 twee\n\nregels ", "twee regels"),
        ("037804", "037804"),
        ("\x00", ""),
    ],
)
def test_a_search_sees_no_difference(typed, key):
    assert search_key(typed) == key


@pytest.mark.parametrize(("at_most", "found"), [(1, ["sint"]), (2, ["sint", "jozef"])])
def test_the_first_words_are_looked_for(at_most, found):
    assert search_words("Sint-Jozef", at_most=at_most) == found


@pytest.mark.parametrize("form", [line, address, search_key, with_plain_line_breaks])
@given(text=st.text())
def test_a_form_is_made_once(form, text):
    once = form(text)

    assert form(once) == once
    assert form is with_plain_line_breaks or not list(invisible_in(once.replace("\n", "\0")))


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("Een. Twee. Drie.\n\nVier.", "Een. Twee.", "Drie.\n\nVier."),
        ("Een. Twee.\n\nDrie.", "Een. Twee.", "Drie."),
        ("Een.\n\nTwee. Drie.", "Een.", "Twee. Drie."),
        ("Een? Twee! Drie", "Een? Twee!", "Drie"),
        ("Op 1.5 keer. Twee. Drie.", "Op 1.5 keer. Twee.", "Drie."),
        ("Een", "Een", ""),
        ("", "", ""),
    ],
)
def test_a_text_opens_with_its_first_two_sentences(text, first, rest):
    assert opening(text) == (first, rest)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Dag\r\n\r\n\r\n\r\nTot  dinsdag \n", "Dag\n\nTot dinsdag"),
        ("\u202eDag\u2066\x00\nTot", "Dag\nTot"),
        ("Een\n\nTwee", "Een\n\nTwee"),
        ("\u200b\n ", ""),
    ],
)
def test_a_few_plain_lines_have_one_form(typed, kept):
    assert paragraph(typed) == paragraph(kept) == kept


@pytest.mark.parametrize("form", [search_key, line, paragraph])
@pytest.mark.parametrize("marks", ["\u0345\u0327", "\u0345\uff9e"])
def test_many_combining_marks_take_no_time(form, marks):
    first, last = marks
    longest = "a" + first * (MAX_TEKST // 2 - 1) + last * (MAX_TEKST // 2)
    start = time.process_time()

    form(longest)

    assert time.process_time() - start < 0.2


@given(text=st.text())
def test_a_search_key_is_that_of_the_text_in_any_normal_form(text):
    for form in ("NFC", "NFD"):
        assert search_key(unicodedata.normalize(form, text)) == search_key(text)
