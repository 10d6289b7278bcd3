"""What every PDF does to its text."""

import re

import pytest

from stsdialoog.pdf import LONG_WORD


@pytest.mark.parametrize(("letters", "breaks"), [(124, 0), (125, 1), (126, 1), (249, 1), (250, 2)])
def test_a_word_may_break_after_each_125_letters(letters, breaks):
    assert len(LONG_WORD.findall(f"<td>{'a' * letters}</td>")) == breaks


@pytest.mark.parametrize(
    ("between", "breaks"), [(" ", 0), ("\n", 0), ("\u00a0", 1), ("\u202f", 1), ("\u2007", 1)]
)
def test_words_that_may_not_be_parted_are_one_long_word(between, breaks):
    words = between.join(["a" * 24] * 5)

    assert len(words) == 124
    assert len(LONG_WORD.findall(f"<td>{words}{between}{'a' * 20}</td>")) == breaks


@pytest.mark.parametrize("letter", ["&amp;", "&#x27;"])
@pytest.mark.parametrize("before", ["", "a", "aa"])
def test_a_letter_written_as_an_entity_stays_whole(letter, before):
    parts = LONG_WORD.sub(r"\g<0><wbr>", before + letter * 126).split("<wbr>")
    assert len(parts) == 2
    assert all(re.fullmatch(rf"a*({letter})*", part) for part in parts)
