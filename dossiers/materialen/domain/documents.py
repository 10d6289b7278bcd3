"""A version as a document, in the form of its content file: check, digest and search text."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from dossiers.materialen.content.blocks import HERKOMST, SOME_NIVEAUS
from dossiers.materialen.content.files import Finding, Inhoud, Place
from dossiers.materialen.content.schema import Schema, block, check_shape, optional, text
from dossiers.materialen.models import Doelgroep, Fase, Materiaalversie
from dossiers.materialen.registry import contents, soort_of
from stsdialoog.text import search_key

HEAD: Schema = {
    "type": "object",
    "required": ["materiaal", "versie"],
    "properties": {
        "materiaal": optional(
            block(
                {
                    "slug": text(
                        pattern="^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=50, examples=["preventieplan"]
                    ),
                    "titel": text(maxLength=120),
                    "plg": text(maxLength=60),
                    "soort": text(),
                    "doelgroepen": {
                        "type": "array",
                        "minItems": 1,
                        "uniqueItems": True,
                        "items": {"enum": list(Doelgroep.values)},
                    },
                    "fases": {
                        "type": "array",
                        "minItems": 1,
                        "uniqueItems": True,
                        "items": {"enum": list(Fase.values)},
                    },
                }
            ),
            {
                "ook": {"type": "array", "minItems": 1, "uniqueItems": True, "items": text()},
                "niveaus": SOME_NIVEAUS,
            },
        ),
        "versie": block(
            {
                "versie": text(pattern=r"^[0-9]{4}\.[1-9][0-9]{0,3}$", examples=["2026.1"]),
                "datum": text(format="date"),
                "status": {"enum": list(Materiaalversie.Status.values)},
                "bron": text(),
            }
        ),
        "waarvoor": block({"herkomst": HERKOMST, "tekst": text(maxLength=160)}),
    },
}
# The keys of the `materiaal` block that are stored per version: see `Materiaalversie.kop`.
KOP = ("titel", "plg", "doelgroepen", "fases")
# Those that may be left out; then the material has none.
KOP_OPTIONAL = ("ook", "niveaus")
# The keys of a content file whose values no page shows.
NOT_READ = frozenset(
    (
        *("slug", "soort", "status", "herkomst", "code", "vorm", "onderdeelnaam", "begeleidt"),
        *("acties", "niveaus", "toont", "adres", "nagekeken"),
    )
)


def document_of(versie: Materiaalversie) -> Inhoud:
    """Read a version from the database in the form of its content file.

    A version that was loaded from a file gives the document of that file, so the same digest.
    """
    materiaal, kop = versie.materiaal, versie.kop
    return {
        "materiaal": {
            "slug": materiaal.slug,
            "titel": kop["titel"],
            "plg": kop["plg"],
            "soort": materiaal.soort,
            "doelgroepen": kop["doelgroepen"],
            "fases": kop["fases"],
            **{naam: kop[naam] for naam in KOP_OPTIONAL if naam in kop},
        },
        "versie": {
            "versie": versie.versie,
            "datum": versie.datum.isoformat(),
            "status": str(versie.status),
            "bron": versie.bron,
        },
        **({"waarvoor": versie.waarvoor} if versie.waarvoor else {}),
        **soort_of(versie).content.read(versie),
    }


def kop_of(inhoud: Inhoud) -> Inhoud:
    """The head of a material that is stored with a version: see `Materiaalversie.kop`."""
    materiaal = inhoud["materiaal"]
    return {naam: materiaal[naam] for naam in (*KOP, *KOP_OPTIONAL) if naam in materiaal}


def whole_kop(versie: Materiaalversie) -> Inhoud:
    """The head of a version with all that it leaves out, as the material itself has it."""
    return {naam: [] for naam in KOP_OPTIONAL} | versie.kop


def check_document(data: Any, *, slug: str, versie: str) -> Iterator[Finding]:
    """Find everything that is wrong with a document.

    slug, versie: the names of its directory and file, or of its record; the head must match them.
    """
    yield from check_shape(data, HEAD)
    if not isinstance(data, dict):
        return
    yield from _check_name(data, "materiaal", "slug", slug, "de map")
    yield from _check_name(data, "versie", "versie", versie, "het bestand")
    soort = _at(data, "materiaal", "soort")
    content = contents().get(soort) if isinstance(soort, str) else None
    if content:
        body = {key: value for key, value in data.items() if key not in HEAD["properties"]}
        yield from check_shape(body, content.schema)
        yield from content.check(data)
    elif soort:
        known = " of ".join(f'"{soort}"' for soort in contents())
        yield Finding(("materiaal", "soort"), f'soort "{soort}" bestaat niet: kies {known}.')


def _check_name(data: Inhoud, part: str, key: str, wanted: str, of: str) -> Iterator[Finding]:
    found = _at(data, part, key)
    if isinstance(found, str) and found != wanted:
        yield Finding((part, key), f'{key} is "{found}", maar {of} heet "{wanted}": kies er één.')


def _at(data: Inhoud, part: str, key: str) -> Any:
    head = data.get(part)
    return head.get(key) if isinstance(head, dict) else None


def as_if_published(inhoud: Inhoud) -> Inhoud:
    """Copy a document with the status of a published version."""
    head = {**inhoud["versie"], "status": Materiaalversie.Status.GEPUBLICEERD.value}
    return {**inhoud, "versie": head}


def sentences_of(part: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text of a document that a page shows, with its place in it."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in NOT_READ:
                yield from sentences_of(value, (*place, key))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from sentences_of(value, (*place, number))
    elif isinstance(part, str):
        yield place, part


def digest_of(inhoud: Inhoud) -> str:
    """The SHA-256 hex digest of a document, independent of the order of its keys."""
    canonical = json.dumps(inhoud, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def searchable(inhoud: Inhoud) -> str:
    """The search key of every text of a document that a page shows."""
    return search_key("\n".join(text for part in inhoud.values() for text in _texts(part)))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        # Codes and the like are not meant for readers.
        part = [value for key, value in part.items() if key not in NOT_READ]
    if isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, str):
        yield part
