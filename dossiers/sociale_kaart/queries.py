"""The sociale kaart as it is read: beside a phase, on its own page, on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from dossiers.materialen.domain.links import is_stale
from dossiers.mensen.models import CLB
from dossiers.sociale_kaart.models import Voorziening
from stsdialoog.text import search_key, search_words

# How many stand beside something else; the rest is on its own page.
BESIDE = 8
# Of what somebody looks for.
MAX_WORDS = 6


@dataclass(frozen=True)
class KaartRij:
    """A line of the map. is_oud: whether nobody looked at it for a year."""

    voorziening: Voorziening
    is_oud: bool


@dataclass(frozen=True)
class KaartBeside:
    """The beginning of the sociale kaart of a CLB, beside what a team discusses.

    One query, when a page shows it; none when it does not.
    """

    clb: CLB
    today: date

    @property
    def rijen(self) -> list[KaartRij]:
        return self._found[:BESIDE]

    @property
    def has_more(self) -> bool:
        return len(self._found) > BESIDE

    @cached_property
    def _found(self) -> list[KaartRij]:
        return _rijen(voorzieningen_of(self.clb)[: BESIDE + 1], self.today)


def voorzieningen_of(clb: CLB) -> QuerySet[Voorziening]:
    return Voorziening.objects.filter(clb=clb)


def find_voorziening(clb: CLB, pk: UUID) -> Voorziening | None:
    return voorzieningen_of(clb).filter(pk=pk).first()


def kaart_of(clb: CLB, *, today: date) -> list[KaartRij]:
    """The whole map, by name. One query."""
    return _rijen(voorzieningen_of(clb), today)


def with_words(rijen: Iterable[KaartRij], zoek: str) -> list[KaartRij]:
    """The lines in which each of the first words stands that somebody looks for."""
    words = search_words(zoek, at_most=MAX_WORDS)
    return [rij for rij in rijen if all(word in _searched(rij.voorziening) for word in words)]


def _searched(one: Voorziening) -> str:
    return search_key(f"{one.naam} {one.waarvoor} {one.adres}")


def _rijen(found: Iterable[Voorziening], today: date) -> list[KaartRij]:
    return [KaartRij(one, is_stale(one.nagekeken, today=today)) for one in found]
