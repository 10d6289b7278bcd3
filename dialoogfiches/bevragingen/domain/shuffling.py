"""Rows that tell of no order: which of them count, and how new ones are put among the others."""

from collections.abc import Sequence
from random import SystemRandom
from typing import TypeVar

from django.db.models import Manager, Model, QuerySet

from dialoogfiches.bevragingen.models import Bevraging

# The maximum number of existing rows that are shuffled together with those of a new answer: all
# rows of a large school, and a bound on the work if somebody floods a link.
MAX_SHUFFLED = 500

Rij = TypeVar("Rij", bound=Model)
_chance = SystemRandom()


def counted(rows: "QuerySet[Rij] | Manager[Rij]") -> QuerySet[Rij]:
    """The answers or texts that were not set aside."""
    return rows.exclude(golf__opzij=True)


def store_shuffled(bevraging: Bevraging, model: type[Rij], new: Sequence[Rij]) -> None:
    """Insert rows at random positions among those of the same survey, which are written again.

    A table remembers the order in which its rows were inserted, and PostgreSQL which rows were
    inserted together (xmin); either would reveal which texts have the same author, and what the
    last respondent answered.

    new: may be empty, to shuffle only.
    """
    manager = model._default_manager
    there = counted(manager.filter(bevraging=bevraging)).order_by("?")[:MAX_SHUFFLED]
    rows = [*there, *new]
    manager.filter(pk__in=[row.pk for row in rows]).delete()
    _chance.shuffle(rows)
    manager.bulk_create(rows)
