"""The parts by which two versions of a preventieplan are compared."""

from collections.abc import Iterator

from dossiers.materialen.content.blocks import items, marked_part, punt_parts, toont_parts
from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Inhoud

TEKSTEN = {"aanloop": "Boven de vragen", "inschaling": "Boven de score", "focus": "Boven de focus"}


def parts(inhoud: Inhoud) -> Iterator[Part]:
    """Yield every text of the plan: its inleiding, its goals with their questions, the rest."""
    if inleiding := inhoud.get("inleiding"):
        yield marked_part("inleiding", "Inleiding", inleiding, ("inleiding",))
    for place, doel in items(inhoud, "doelstellingen"):
        code, waar = doel["code"], f"Fase {doel['fase']}, {doel['kort']}"
        titel = f"{doel['kort']}: {doel['titel']}"
        yield Part(code, f"Fase {doel['fase']}, doelstelling", titel, doel["herkomst"], place)
        yield marked_part(
            f"{code}-inleiding", f"{waar}, inleiding", doel["inleiding"], (*place, "inleiding")
        )
        yield from toont_parts(doel, waar)
        for vraag_place, vraag in items(doel, "vragen", place):
            yield from punt_parts(vraag, waar, vraag_place)
    for naam, waar in TEKSTEN.items():
        yield Part(naam, waar, inhoud[naam])
    routekaart = inhoud["routekaart"]
    for naam in ("titel", "doel"):
        yield Part(f"routekaart-{naam}", f"Routekaart, {naam}", routekaart[naam])
    for place, trede in items(routekaart, "treden", ("routekaart",)):
        blokken = [f"{blok['kop']}: {', '.join(blok['woorden'])}" for blok in trede["blokken"]]
        yield Part(
            f"trede-{trede['fase']}",
            f"Routekaart, fase {trede['fase']}",
            "\n".join([trede["naam"], *blokken]),
            trede["herkomst"],
            place,
        )
