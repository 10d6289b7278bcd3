"""What the typeface of PDFs lacks: what comes in its place, and that one can know it before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stsdialoog.typeface import covered, limit_to_typeface, missing_from

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


def test_what_cannot_be_printed_is_named_once_in_its_order():
    assert missing_from(f"a \u5b66 {FAMILY} ◊ é \u5b66\u6821") == ("\u5b66", FAMILY, "\u6821")


@given(st.text())
def test_nothing_else_reaches_the_page(typed):
    printed = limit_to_typeface(typed)

    assert set(printed) <= covered()
    assert limit_to_typeface(printed) == printed
    assert bool(missing_from(typed)) <= ("◊" in printed)
