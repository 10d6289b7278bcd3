"""The parts of a fiche by which two versions of it are compared."""

from collections import Counter
from collections.abc import Iterator

from dialoogfiches.models import Rubrieksoort
from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Inhoud


def parts(inhoud: Inhoud) -> Iterator[Part]:
    """Each sentence of the fiche: its inleiding, its parts with all that stands under them."""
    yield _gemerkt("/inleiding", "Inleiding", inhoud["inleiding"])
    for onderdeel in inhoud["onderdelen"]:
        titel, kort = onderdeel["titel"], onderdeel["kort"]
        tekst = titel if titel == kort else f"{titel} ({kort})"
        yield Part(
            onderdeel["code"], f"Titel van {inhoud['onderdeelnaam']}", tekst, onderdeel["herkomst"]
        )
        yield from _rubrieken(onderdeel)
    for naam, woord in inhoud.get("woorden", {}).items():
        yield _gemerkt(f"/woorden/{naam}", "Vaste woorden", woord)


def _gemerkt(code: str, waar: str, gemerkt: Inhoud) -> Part:
    return Part(code, waar, gemerkt["tekst"], gemerkt["herkomst"])


def _rubrieken(onderdeel: Inhoud) -> Iterator[Part]:
    # A rubriek has no code: it is known by its soort, and by which one of those it is.
    seen: Counter[str] = Counter()
    for rubriek in onderdeel["rubrieken"]:
        soort = rubriek["soort"]
        seen[soort] += 1
        kop = rubriek.get("kop") or str(Rubrieksoort(soort).label)
        waar = f"{onderdeel['titel']}, {kop}"
        # A stroke stands in no code of a file, so these never meet one.
        code = f"{onderdeel['code']}/{soort}/{seen[soort]}"
        tekst = "\n\n".join(filter(None, (kop, rubriek.get("tekst"))))
        yield Part(code, waar, tekst, rubriek["herkomst"])
        for item in rubriek.get("items", ()):
            yield Part(item["code"], waar, item["tekst"], item["herkomst"])
            if "uitleg" in item:
                yield _gemerkt(f"{item['code']}/uitleg", f"{waar}, info", item["uitleg"])
