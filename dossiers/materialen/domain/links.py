"""The links in the materials: how each is written, and when somebody last followed it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.models import ADRES, Materiaalversie


@dataclass(frozen=True)
class FoundLink:
    """A link in a version of a material, behind the question or point with this code."""

    versie: Materiaalversie
    code: str
    adres: str
    nagekeken: date

    @property
    def is_well_formed(self) -> bool:
        return re.fullmatch(ADRES, self.adres) is not None

    def is_stale(self, today: date) -> bool:
        return is_stale(self.nagekeken, today=today)


def is_stale(seen: date, *, today: date) -> bool:
    """Whether nobody looked at something for a year, when it was last seen on this day."""
    year_ago = (today.year - 1, today.month, today.day)
    return (seen.year, seen.month, seen.day) < year_ago


def links_in_use() -> Iterator[FoundLink]:
    """The links of the newest published version of every material, in order of their slugs.

    Older versions never change, so there is nothing to correct in them.
    """
    for versie in Materiaalversie.objects.newest().order_by("materiaal__slug"):
        for code, link in _links_of(document_of(versie)):
            nagekeken = date.fromisoformat(link["nagekeken"])
            yield FoundLink(versie, code, link["adres"], nagekeken)


def _links_of(part: Any) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(part, dict):
        if "link" in part:
            yield part["code"], part["link"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _links_of(one)
