"""How each kind of material is read, printed and started: what the toolbox and a preview show.

The app that owns a soort registers its Weergave when it is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from dossiers.models import Dossier, Herkomst, Materiaalversie


@dataclass(frozen=True)
class Weergave:
    """The pages of one soort.

    template: the part of a page that shows the content (static/css/toolbox.css lays it out).
    context: what that part needs, for a version.
    blank_pdf: the version to print and fill in by hand.
    start_url: where one begins with it in a dossier; None when it can only be read.
    with_proposals: condition on a Materiaalversie: something in its content, its `waarvoor` and its
        `teksten` aside, still waits for the PLG.
    """

    template: str
    context: Callable[[Materiaalversie], dict[str, Any]]
    blank_pdf: Callable[[Materiaalversie], bytes]
    start_url: Callable[[Dossier, Materiaalversie], str | None]
    with_proposals: Q


_weergaven: dict[str, Weergave] = {}


def register(soort: str, weergave: Weergave) -> None:
    """Make the pages of a soort known."""
    _weergaven[soort] = weergave


def weergave_of(versie: Materiaalversie) -> Weergave:
    """The pages of a version's soort."""
    return _weergaven[versie.materiaal.soort]


def mark_proposals(versies: QuerySet[Materiaalversie]) -> QuerySet[Materiaalversie]:
    """Annotate versions with what `has_proposals` needs, whatever their soort."""
    conditions = [weergave.with_proposals for weergave in _weergaven.values()]
    return versies.annotate(met_voorstel=reduce(or_, conditions))


def has_proposals(versie: Any) -> bool:
    """Whether any sentence of a version that `mark_proposals` annotated waits for the PLG."""
    return versie.met_voorstel or _waits([versie.waarvoor, versie.teksten])


def _waits(part: Any) -> bool:
    if isinstance(part, list):
        return any(map(_waits, part))
    if isinstance(part, dict):
        return part.get("herkomst") == Herkomst.VOORSTEL or any(map(_waits, part.values()))
    return False
