"""What every PDF does to its text."""

import re
from base64 import b64encode

import pytest

from stsdialoog.pdf import LONG_WORD, PNG, _fetcher, picture_in


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


GOOD = f"data:image/png;base64,{b64encode(PNG + b'more').decode()}"


def test_the_picture_that_stands_in_the_html_itself_is_a_png():
    assert picture_in(GOOD) == PNG + b"more"
    # On lines, so that no word is too long.
    assert picture_in(GOOD.replace(",", ",\n")) == PNG + b"more"


@pytest.mark.parametrize(
    "url",
    [
        GOOD.replace("png", "svg+xml"),
        GOOD.replace(";base64", ""),
        GOOD.upper(),
        f"data:image/png;base64,{b64encode(b'<svg/>').decode()}",
        "data:image/png;base64,",
        "data:text/css,*{}",
        "https://school.example/logo.png",
        "file:///etc/passwd",
    ],
)
def test_nothing_else_is_fetched(url):
    assert picture_in(url) is None
    with pytest.raises(ValueError, match="may not load"):
        _fetcher().fetch(url)
