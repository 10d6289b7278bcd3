"""Splits a fiche into the units by which two versions of it are compared."""

import re
from collections import Counter
from collections.abc import Iterator

from dialoogfiches.domain.invulbladen import invulblad_parts
from dialoogfiches.models import Rubrieksoort
from dossiers.materialen.content.blocks import items, marked_part, punt_parts, toont_parts
from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Inhoud, Place

FASE = "fase"


def onderdeelnaam(naam: str) -> str:
    """What a numbered part is called; "fase" is kept for the phases of the zorgcontinuüm."""
    return "stap" if naam == FASE else naam


# How the word of the source is written, and the one that stands for it in a talk.
_STEPS = {"fases": "stappen", "fase": "stap", "Fase": "Stap", "FASE": "STAP"}
_AS_A_WORD = re.compile(rf"\b({'|'.join(_STEPS)})\b")


def in_steps(tekst: str) -> str:
    """A text of a material whose parts are called fase, in the words of a talk about it.

    In such a material the word is that of its own parts alone, never of the zorgcontinuüm.
    """
    return _AS_A_WORD.sub(lambda found: _STEPS[found[0]], tekst)


def parts(inhoud: Inhoud) -> Iterator[Part]:
    """Every text of the fiche: its inleiding, its parts with their contents, its fixed texts."""
    yield marked_part("/inleiding", "Inleiding", inhoud["inleiding"], ("inleiding",))
    for place, onderdeel in items(inhoud, "onderdelen"):
        titel, kort = onderdeel["titel"], onderdeel["kort"]
        tekst = titel if titel == kort else f"{titel} ({kort})"
        yield Part(
            onderdeel["code"],
            f"Titel van {onderdeelnaam(inhoud['onderdeelnaam'])}",
            tekst,
            onderdeel["herkomst"],
            place,
        )
        yield from toont_parts(onderdeel, titel)
        yield from _rubrieken(onderdeel, place)
    for naam, woord in inhoud.get("woorden", {}).items():
        yield marked_part(f"/woorden/{naam}", "Vaste woorden", woord, ("woorden", naam))


def _rubrieken(onderdeel: Inhoud, onderdeel_place: Place) -> Iterator[Part]:
    # A rubriek has no code: it is identified by its soort and its position among that soort.
    seen: Counter[str] = Counter()
    for place, rubriek in items(onderdeel, "rubrieken", onderdeel_place):
        soort = rubriek["soort"]
        seen[soort] += 1
        kop = rubriek.get("kop") or str(Rubrieksoort(soort).label)
        waar = f"{onderdeel['titel']}, {kop}"
        # Codes in a content file cannot contain a slash, so these cannot collide with one.
        code = f"{onderdeel['code']}/{soort}/{seen[soort]}"
        tekst = "\n\n".join(filter(None, (kop, rubriek.get("tekst"))))
        yield Part(code, waar, tekst, rubriek["herkomst"], place)
        for item_place, item in items(rubriek, "items", place):
            yield from punt_parts(item, waar, item_place)
            yield from invulblad_parts(item, waar, item_place)
