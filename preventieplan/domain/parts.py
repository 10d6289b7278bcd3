"""The parts by which two versions of a preventieplan are compared."""

from collections.abc import Iterator

from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Inhoud

TEKSTEN = {"aanloop": "Boven de vragen", "inschaling": "Boven de score", "focus": "Boven de focus"}


def parts(inhoud: Inhoud) -> Iterator[Part]:
    """Yield every text of the plan: per goal its titel, inleiding and questions, then the rest."""
    for doel in inhoud["doelstellingen"]:
        code, waar = doel["code"], f"Fase {doel['fase']}, {doel['kort']}"
        titel = f"{doel['kort']}: {doel['titel']}"
        yield Part(code, f"Fase {doel['fase']}, doelstelling", titel, doel["herkomst"])
        inleiding = doel["inleiding"]
        yield Part(
            f"{code}-inleiding", f"{waar}, inleiding", inleiding["tekst"], inleiding["herkomst"]
        )
        for vraag in doel["vragen"]:
            yield Part(vraag["code"], waar, vraag["tekst"], vraag["herkomst"])
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
