"""Full-text search in the materials."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection
from django.db.models import Q, QuerySet

from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.shelf import ShelfRow
from stsdialoog.text import folded

# Each word is a condition in the query; nobody needs more than this to find a material.
MAX_WORDS = 8


def search(rijen: Sequence[ShelfRow], zoek: str) -> list[ShelfRow]:
    """The materials that contain the search words, best match first. One query.

    Every word must occur in the text, possibly inside a longer one (Dutch has compounds such as
    "spijbelcontract"); PostgreSQL also finds inflected forms and ranks the matches.
    """
    words = folded(zoek).split()[:MAX_WORDS]
    versies = Materiaalversie.objects.filter(pk__in=[rij.versie.pk for rij in rijen])
    found = (
        _ranked(versies, words)
        if connection.vendor == "postgresql"
        else versies.filter(_all_inside(words))
    )
    place = {pk: number for number, pk in enumerate(found.values_list("pk", flat=True))}
    return sorted(
        (rij for rij in rijen if rij.versie.pk in place), key=lambda rij: place[rij.versie.pk]
    )


def _all_inside(words: Sequence[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(zoektekst__contains=word)
    return condition


def _ranked(versies: QuerySet[Materiaalversie], words: Sequence[str]) -> QuerySet[Materiaalversie]:
    vector = SearchVector("materiaal__titel", weight="A", config="dutch") + SearchVector(
        "zoektekst", weight="B", config="dutch"
    )
    query = SearchQuery(" ".join(words), config="dutch")
    return (
        versies.annotate(vector=vector, rang=SearchRank(vector, query))
        .filter(Q(vector=query) | _all_inside(words))
        .order_by("-rang", "materiaal__titel")
    )
