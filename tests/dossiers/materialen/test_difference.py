"""Which words of a reworded text are marked."""

import pytest

from dossiers.materialen.content.difference import Part, Rewritten

# "een" and "twee" stay; of ten words in both texts together these four are 0.4, of eight 0.5.
BEFORE = "een twee drie vier"


def marked(before: str, after: str) -> list[str]:
    """The words of the newer text that the older one lacks."""
    parts = Rewritten(Part("a", "", before), Part("a", "", after))
    return [words.tekst for words in parts.woorden_nieuw if words.anders and words.tekst]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("een twee zes zeven acht", []),
        ("een twee zes zeven", ["zes zeven"]),
        ("een twee zes", ["zes"]),
    ],
    ids=["less than half alike", "half alike", "more than half alike"],
)
def test_words_are_marked_in_texts_that_are_half_alike_or_more(after, found):
    assert marked(BEFORE, after) == found
