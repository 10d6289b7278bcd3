"""Searching in the text of the materials."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection
from django.db.models import Q, QuerySet

from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.shelf import ShelfRow
from stsdialoog.text import folded

# More words than anybody types to find a material; each one is a condition in the query.
MAX_WORDS = 8


def search(rijen: Sequence[ShelfRow], zoek: str) -> list[ShelfRow]:
    """The materials in whose text one finds some words, the best first. One query.

    Every word has to stand in the text, also inside a longer one (Dutch writes "spijbelcontract");
    PostgreSQL moreover finds the other forms of a word.
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
