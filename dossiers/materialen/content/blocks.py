"""What the content of every kind of material has in common: items with a code and a herkomst."""

from collections.abc import Iterable, Iterator
from typing import Any

from dossiers.materialen.content.files import Finding, Place
from dossiers.materialen.content.schema import Schema
from dossiers.materialen.models import Herkomst

HERKOMST: Schema = {"enum": list(Herkomst.values)}


def some(item: Schema) -> Schema:
    """The schema of a list that is not empty."""
    return {"type": "array", "minItems": 1, "items": item}


def items(parent: Any, key: str, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The blocks of a list with their place; what is no block, the schema already named."""
    found = parent.get(key) if isinstance(parent, dict) else None
    for index, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict):
            yield (*place, key, index), item


def once(found: Iterable[tuple[Place, Any]]) -> Iterator[Finding]:
    """Each value stands in only one place; the finding is for the second one."""
    seen = set()
    for place, value in found:
        if str(value) in seen:
            yield Finding(place, f"{place[-1]} {value} bestaat al hierboven: kies een andere.")
        if value is not None:
            seen.add(str(value))
