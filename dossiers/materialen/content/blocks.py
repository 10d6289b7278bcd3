"""Shared by the content of every kind of material: items with a code and a herkomst."""

from collections.abc import Iterable, Iterator
from typing import Any

from dossiers.materialen.content.files import Finding, Place
from dossiers.materialen.content.schema import Schema
from dossiers.materialen.models import Herkomst

HERKOMST: Schema = {"enum": list(Herkomst.values)}


def some(item: Schema) -> Schema:
    """The schema of a non-empty list."""
    return {"type": "array", "minItems": 1, "items": item}


def items(parent: Any, key: str, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield the blocks in the list `parent[key]`, each with its place.

    Skips anything that is not a block: the schema check already reports it.
    """
    found = parent.get(key) if isinstance(parent, dict) else None
    for index, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict):
            yield (*place, key, index), item


def once(found: Iterable[tuple[Place, Any]]) -> Iterator[Finding]:
    """Check that every value occurs only once. The finding is for the later occurrence."""
    seen = set()
    for place, value in found:
        if str(value) in seen:
            yield Finding(place, f"{place[-1]} {value} bestaat al hierboven: kies een andere.")
        if value is not None:
            seen.add(str(value))
