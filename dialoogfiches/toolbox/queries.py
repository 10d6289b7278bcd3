"""The shelf by what one wants to do, and search in its texts, the same on every database."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex
import snowballstemmer

from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Materiaal, Materiaalversie, Vorm
from dossiers.materialen.shelf import ShelfRow
from stsdialoog.text import search_key, search_words

# Nobody needs more than this to find a material.
MAX_WORDS = 8
TOKEN = regex.compile(r"[\w']+")


# What one wants to do, in the order of the page, with the kinds of material for it.
WANTED = (
    ("plannen", "Zien waar jullie staan, en plannen", (Vorm.PREVENTIEPLAN,)),
    ("gesprek", "Een gesprek voeren", (Vorm.GESPREK,)),
    ("ouders", "Met ouders praten", (Vorm.OUDERS,)),
    ("bevragen", "Bevragen", (Vorm.BEVRAGING,)),
    ("lezen", "Lezen en ideeën opdoen", (Vorm.LEZEN, Vorm.TIPS, Vorm.FLOW)),
)


@dataclass(frozen=True)
class ShelfGroup:
    """The materials for one thing that one wants to do; `naam` is its place on the page."""

    naam: str
    titel: str
    rijen: tuple[ShelfRow, ...]

    @property
    def pictogram(self) -> str:
        return self.rijen[0].pictogram


def by_what_one_wants(rijen: Sequence[ShelfRow]) -> list[ShelfGroup]:
    """The materials in groups; a group without any is left out."""
    groups = [
        ShelfGroup(naam, titel, tuple(rij for rij in rijen if rij.vorm in vormen))
        for naam, titel, vormen in WANTED
    ]
    return [group for group in groups if group.rijen]


@dataclass(frozen=True)
class Words:
    """The search key of some words, and the stems of them: what the forms of a word share."""

    key: str
    stems: frozenset[str]


@dataclass(frozen=True)
class SearchedText:
    """What is searched of one material; `titel` has the other names that it is known by too."""

    titel: Words
    tekst: Words

    def has(self, word: Words) -> bool:
        return _has(self.tekst, word)

    def rank(self, words: Sequence[Words]) -> tuple[int, int]:
        """How many of the words the title has, and how often they occur in the text."""
        in_titel = sum(_has(self.titel, word) for word in words)
        return in_titel, sum(self.tekst.key.count(word.key) for word in words)


def search(rijen: Sequence[ShelfRow], zoek: str) -> list[ShelfRow]:
    """The materials that contain all search words, best match first.

    rijen: the whole shelf. Its texts are read once per process: one query for a shelf that was not
        searched before.
    """
    words = [_words(word) for word in search_words(zoek, at_most=MAX_WORDS)]
    texts = zip(rijen, _texts_of(*(rij.versie for rij in rijen)), strict=True)
    found = [(text.rank(words), rij) for rij, text in texts if all(map(text.has, words))]
    return [rij for _, rij in sorted(found, key=lambda one: one[0], reverse=True)]


def _has(text: Words, word: Words) -> bool:
    """Whether a word occurs in a text, possibly inside a longer one (Dutch has compounds such as
    "spijbelcontract") or in another form.
    """
    return word.key in text.key or (bool(word.stems) and word.stems <= text.stems)


def _words(key: str) -> Words:
    # A new stemmer each time: it keeps the word it works on, so threads cannot share one.
    stemmer = snowballstemmer.stemmer("dutch")
    return Words(key, frozenset(stemmer.stemWords(set(TOKEN.findall(key)))))


def _read_texts(*versies: Materiaalversie) -> tuple[SearchedText, ...]:
    found = Materiaalversie.objects.filter(pk__in=[versie.pk for versie in versies])
    texts = dict(found.values_list("pk", "zoektekst"))
    return tuple(
        SearchedText(_words(search_key(_names(versie.materiaal))), _words(texts[versie.pk]))
        for versie in versies
    )


def _names(materiaal: Materiaal) -> str:
    return "\n".join((materiaal.titel, *materiaal.ook))


_texts_of = KeptPerProcess(_read_texts, max_size=1)
