"""What the typeface of PDFs lacks: what comes in its place, and that one can know it before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stsdialoog.typeface import (
    covered,
    limit_to_typeface,
    missing_from,
    reads_from_right,
    script_files,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (f"Het gezin {FAMILY} eet", "Het gezin ◊ eet"),
        ("\U0001f44d\U0001f3fd\U0001f44d", "◊◊"),
        ("\U0001f1e7\U0001f1ea!", "◊!"),
        ("1\ufe0f\u20e3 eerst", "1 eerst"),
        ("\u0633\u064e\u0644\u0627\u0645", "◊◊◊◊"),
        ("\u0928\u092e\u0938\u094d\u0924\u0947", "◊◊◊"),
        ("\u1230\u120b\u121d \u5b66\u6821", "◊◊◊ ◊◊"),
        ("\ue123", "◊"),
        ("◊", "◊"),
    ],
)
def test_what_is_seen_as_one_sign_is_one_lozenge(typed, printed):
    assert limit_to_typeface(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\uf0b7 een", "• een"),
        ("▪ een ◦ twee", "• een • twee"),
        ("\uf0a7 een", "■ een"),
        ("\uf0fc klaar ✔\ufe0f ✅", "✓ klaar ✓ ✓"),
        ("☐ ☑ ☒ \uf0a8 \uf0fe", "☐ ☑ × ☐ ☑"),
        ("\uf0e0 verder ➔ ⇒", "→ verder → →"),
        ("\uf0d8 punt ➢", "▶ punt ▶"),
        ("niet\u2011waar", "niet-waar"),
        ("twee\u2009woorden", "twee woorden"),
        ("on\u00adzichtbaar\u200b \u202e", "on\u00adzichtbaar "),
        ("Zoe\u0308 e\u0f71", "Zo\u00eb e"),
    ],
)
def test_the_signs_of_word_are_those_of_the_typeface(typed, printed):
    assert limit_to_typeface(typed) == printed
    assert missing_from(typed) == ()


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_break_stays_one(line_break):
    assert limit_to_typeface(f"een{line_break}twee") == "een\ntwee"


def test_the_words_that_cannot_be_printed_are_named_once_in_their_order():
    typed = f"a \u5b66 {FAMILY} ◊ é \u5b66 <b>x\u5b66\u6821y</b>"

    assert missing_from(typed) == ("\u5b66", FAMILY, "x\u5b66\u6821y")


ARABIC, HEBREW, ETHIOPIC = (
    "\u0627\u0628\u0646\u064a",
    "\u05e9\u05dc\u05d5\u05dd",
    "\u1230\u120b\u121d",
)
PERSIAN = "\u0645\u06cc\u200c\u0631\u0648\u0645"


@pytest.mark.skipif(not script_files(), reason="fonts-noto-core is not installed")
@pytest.mark.parametrize("typed", [ARABIC, f"{ARABIC}\u064e", HEBREW, ETHIOPIC, PERSIAN], ids=ascii)
def test_a_talk_with_parents_is_printed_in_their_script(typed):
    assert limit_to_typeface(typed, scripts=True) == typed
    assert missing_from(typed, scripts=True) == ()
    assert missing_from(typed) == (typed,)
    # Another script beside it still is not.
    assert missing_from(f"{typed} \u5b66", scripts=True) == ("\u5b66",)


@pytest.mark.parametrize("typed", [ARABIC, HEBREW, ETHIOPIC], ids=ascii)
def test_without_the_package_their_words_are_named(settings, tmp_path, typed):
    settings.NOTO_DIR = tmp_path

    assert missing_from(f"ja {typed}", scripts=True) == (typed,)
    assert "◊" in limit_to_typeface(typed, scripts=True)


@pytest.mark.parametrize(
    ("line", "from_right"),
    [
        (ARABIC, True),
        (f"8:30 - {HEBREW} en dan Nederlands", True),
        (f"thuis: {ARABIC}", False),
        (ETHIOPIC, False),
        ("8:30", False),
        ("", False),
    ],
    ids=ascii,
)
def test_a_line_is_read_from_the_side_of_its_first_letter(line, from_right):
    assert reads_from_right(line) == from_right


@given(st.text())
def test_nothing_else_reaches_the_page(typed):
    printed = limit_to_typeface(typed)

    assert set(printed) <= covered()
    assert limit_to_typeface(printed) == printed
    assert bool(missing_from(typed)) <= ("◊" in printed)
