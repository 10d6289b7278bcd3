"""What a material says about others: a question asked elsewhere too, a goal that a part is about.

`zelfde_als: <slug>/<code>` stands at a question that is asked in another material as well;
`hoort_bij: <code>` at a part that is about a goal of the plan. Codes are for ever, so a reference
is right when any published version has it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dossiers.materialen.content.files import Finding, Inhoud, Place
from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.registry import Codes, contents

SAME, BELONGS = "zelfde_als", "hoort_bij"


@dataclass(frozen=True)
class Known:
    """What can be referred to: per material what a team answers, and the goals of the plan."""

    said: Mapping[str, frozenset[str]]
    doelen: frozenset[str]


def known_in(documents: Iterable[Inhoud]) -> Known:
    """Everything that can be referred to in these valid documents and in what was published.

    A constant number of queries per material that is in none of them.
    """
    said: dict[str, frozenset[str]] = {}
    doelen: frozenset[str] = frozenset()
    documents = list(documents)
    slugs = {inhoud["materiaal"]["slug"] for inhoud in documents}
    others = Materiaalversie.objects.published().exclude(materiaal__slug__in=slugs)
    stored = (document_of(versie) for versie in others.select_related("materiaal"))
    for inhoud in (*documents, *stored):
        codes = _codes(inhoud)
        slug = inhoud["materiaal"]["slug"]
        said[slug] = said.get(slug, frozenset()) | codes.said
        doelen |= codes.doelen
    return Known(said, doelen)


def has_references(inhoud: Inhoud) -> bool:
    return any(_references(inhoud))


def check_references(inhoud: Inhoud, known: Known) -> Iterator[Finding]:
    """Find the references of a valid document to what does not exist."""
    for place, found in _references(inhoud):
        if place[-1] == BELONGS:
            if found not in known.doelen:
                yield Finding(place, f'geen enkel preventieplan heeft een doelstelling "{found}".')
            continue
        slug, code = found.split("/")
        if slug not in known.said:
            yield Finding(place, f'er is geen materiaal "{slug}": kijk de naam van zijn map na.')
        elif code not in known.said[slug]:
            wrong = f'{slug} heeft geen vraag of stap "{code}" waarop een team antwoordt.'
            yield Finding(place, wrong)


def _references(part: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in (SAME, BELONGS):
                yield (*place, key), value
            else:
                yield from _references(value, (*place, key))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from _references(value, (*place, number))


def _codes(inhoud: Inhoud) -> Codes:
    return contents()[inhoud["materiaal"]["soort"]].codes(inhoud)
