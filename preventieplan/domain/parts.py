"""The parts by which two versions of a preventieplan are compared."""

from collections.abc import Iterator

from dossiers.materialen.content.blocks import punt_parts, toont_parts
from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Inhoud

TEKSTEN = {"aanloop": "Boven de vragen", "inschaling": "Boven de score", "focus": "Boven de focus"}


def parts(inhoud: Inhoud) -> Iterator[Part]:
    """Yield every text of the plan: its inleiding, its goals with their questions, the rest."""
    if inleiding := inhoud.get("inleiding"):
        yield Part("inleiding", "Inleiding", inleiding["tekst"], inleiding["herkomst"])
    for doel in inhoud["doelstellingen"]:
        code, waar = doel["code"], f"Fase {doel['fase']}, {doel['kort']}"
        titel = f"{doel['kort']}: {doel['titel']}"
        yield Part(code, f"Fase {doel['fase']}, doelstelling", titel, doel["herkomst"])
        inleiding = doel["inleiding"]
        yield Part(
            f"{code}-inleiding", f"{waar}, inleiding", inleiding["tekst"], inleiding["herkomst"]
        )
        yield from toont_parts(doel, waar)
        for vraag in doel["vragen"]:
            yield from punt_parts(vraag, waar)
            if niveaus := vraag.get("niveaus"):
                yield Part(f"{vraag['code']}/niveaus", f"{waar}, voor wie", ", ".join(niveaus))
    for naam, waar in TEKSTEN.items():
        yield Part(naam, waar, inhoud[naam])
    routekaart = inhoud["routekaart"]
    for naam in ("titel", "doel"):
        yield Part(f"routekaart-{naam}", f"Routekaart, {naam}", routekaart[naam])
    for trede in routekaart["treden"]:
        blokken = [f"{blok['kop']}: {', '.join(blok['woorden'])}" for blok in trede["blokken"]]
        yield Part(
            f"trede-{trede['fase']}",
            f"Routekaart, fase {trede['fase']}",
            "\n".join([trede["naam"], *blokken]),
            trede["herkomst"],
        )
