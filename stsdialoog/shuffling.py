"""Rows that tell of no order: which came first, and which came together."""

from collections.abc import Sequence
from random import SystemRandom
from typing import TypeVar

from django.db.models import Model, QuerySet

# The maximum number of existing rows that are written again with new ones: all answers of a large
# school, and a bound on the work if somebody floods a link.
MAX_SHUFFLED = 500

Rij = TypeVar("Rij", bound=Model)
_chance = SystemRandom()


def store_shuffled(among: QuerySet[Rij], new: Sequence[Rij]) -> None:
    """Insert rows at random positions among others, which are written again.

    A table remembers the order in which its rows were inserted, and PostgreSQL which rows were
    inserted together (xmin); either would reveal which texts have the same author, and what the
    last respondent answered.

    new: may be empty, to shuffle only.
    """
    rows = [*among.order_by("?")[:MAX_SHUFFLED], *new]
    manager = among.model._default_manager
    manager.filter(pk__in=[row.pk for row in rows]).delete()
    _chance.shuffle(rows)
    manager.bulk_create(rows)
