"""Shared by the content of every kind of material: items with a code and a herkomst."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Finding, Inhoud, Place
from dossiers.materialen.content.schema import Schema, block, text
from dossiers.materialen.models import (
    ADRES,
    ADRES_VOORBEELD,
    MAX_ADRES,
    MAX_LABEL,
    MAX_VERWIJZING,
    NIVEAUS,
    VERWIJZING,
    VERWIJZING_VOORBEELD,
    Herkomst,
    Punt,
    Toont,
)

HERKOMST: Schema = {"enum": list(Herkomst.values)}
GEMERKT = block({"herkomst": HERKOMST, "tekst": text()})
# The schools that need something that not every school needs.
SOME_NIVEAUS: Schema = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": {"enum": list(NIVEAUS.values())},
}
# What of its own a dossier shows beside a goal or a part.
TOONT: Schema = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": {"enum": list(Toont.values)},
}
# What can go with a question or a point; all of it may be left out.
ACHTER_EEN_PUNT: Schema = {
    "niveaus": SOME_NIVEAUS,
    "uitleg": GEMERKT,
    "link": block(
        {
            "label": text(maxLength=MAX_LABEL),
            "adres": text(pattern=ADRES, maxLength=MAX_ADRES, examples=[ADRES_VOORBEELD]),
            "nagekeken": text(format="date"),
        }
    ),
}

# A question of another material: <slug>/<code>.
REFERENCE: Schema = text(
    pattern=VERWIJZING, maxLength=MAX_VERWIJZING, examples=[VERWIJZING_VOORBEELD]
)


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


def punt_fields(item: Inhoud) -> dict[str, Any]:
    """The fields of a Punt from its block in a valid document."""
    uitleg, link = item.get("uitleg", {}), item.get("link", {})
    return {
        "code": item["code"],
        "tekst": item["tekst"],
        "herkomst": item["herkomst"],
        "niveaus": " ".join(item.get("niveaus", ())),
        "uitleg": uitleg.get("tekst", ""),
        "uitleg_herkomst": uitleg.get("herkomst", ""),
        "link_label": link.get("label", ""),
        "link_adres": link.get("adres", ""),
        "link_nagekeken": date.fromisoformat(link["nagekeken"]) if link else None,
        "zelfde_als": item.get("zelfde_als", ""),
    }


def read_punt(punt: Punt) -> Inhoud:
    """The block of a Punt in a document: the reverse of `punt_fields`."""
    inhoud: Inhoud = {field: getattr(punt, field) for field in ("code", "herkomst", "tekst")}
    if punt.niveaus:
        inhoud["niveaus"] = punt.niveaus.split()
    if punt.uitleg:
        inhoud["uitleg"] = {"herkomst": punt.uitleg_herkomst, "tekst": punt.uitleg}
    if punt.link_nagekeken:
        inhoud["link"] = {
            "label": punt.link_label,
            "adres": punt.link_adres,
            "nagekeken": punt.link_nagekeken.isoformat(),
        }
    if punt.zelfde_als:
        inhoud["zelfde_als"] = punt.zelfde_als
    return inhoud


def toont_field(inhoud: Inhoud) -> str:
    """The column `toont` of a goal or a part, from its block in a valid document."""
    return " ".join(inhoud.get("toont", ()))


def read_toont(toont: str) -> Inhoud:
    """The key `toont` of a block, if it has one: the reverse of `toont_field`."""
    return {"toont": toont.split()} if toont else {}


def toont_parts(inhoud: Inhoud, waar: str) -> Iterator[Part]:
    """What stands beside a goal or a part, for comparing versions."""
    if toont := inhoud.get("toont"):
        namen = ", ".join(str(Toont(naam).label) for naam in toont)
        yield Part(f"{inhoud['code']}/toont", f"{waar}, ernaast", namen)


def marked_part(code: str, waar: str, marked: Inhoud, place: Place) -> Part:
    """A text with its herkomst, for comparing versions."""
    return Part(code, waar, marked["tekst"], marked["herkomst"], place)


def punt_parts(item: Inhoud, waar: str, place: Place) -> Iterator[Part]:
    """The texts of a question or a point, for comparing versions.

    place: of the item in its document.
    That a link was looked at again is no change to who reads it.
    """
    yield Part(item["code"], waar, item["tekst"], item["herkomst"], place)
    if uitleg := item.get("uitleg"):
        yield marked_part(f"{item['code']}/uitleg", f"{waar}, info", uitleg, (*place, "uitleg"))
    if link := item.get("link"):
        tekst = f"{link['label']}: {link['adres']}"
        yield Part(f"{item['code']}/link", f"{waar}, link", tekst)
    if niveaus := item.get("niveaus"):
        yield Part(f"{item['code']}/niveaus", f"{waar}, voor wie", ", ".join(niveaus))
