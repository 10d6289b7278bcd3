"""The parts of a preventieplan by which two versions of it are compared."""

from collections.abc import Iterator

from dossiers.domain.materialen import Inhoud
from dossiers.domain.wijzigingen import Stuk

TEKSTEN = {"aanloop": "Boven de vragen", "inschaling": "Boven de score", "focus": "Boven de focus"}


def stukken(inhoud: Inhoud) -> Iterator[Stuk]:
    """Each sentence of the plan: per goal its titel, inleiding and questions, then the rest."""
    for doel in inhoud["doelstellingen"]:
        code, waar = doel["code"], f"Fase {doel['fase']}, {doel['kort']}"
        titel = f"{doel['kort']}: {doel['titel']}"
        yield Stuk(code, f"Fase {doel['fase']}, doelstelling", titel, doel["herkomst"])
        inleiding = doel["inleiding"]
        yield Stuk(
            f"{code}-inleiding", f"{waar}, inleiding", inleiding["tekst"], inleiding["herkomst"]
        )
        for vraag in doel["vragen"]:
            yield Stuk(vraag["code"], waar, vraag["tekst"], vraag["herkomst"])
    for naam, waar in TEKSTEN.items():
        yield Stuk(naam, waar, inhoud[naam])
    routekaart = inhoud["routekaart"]
    for naam in ("titel", "doel"):
        yield Stuk(f"routekaart-{naam}", f"Routekaart, {naam}", routekaart[naam])
    for trede in routekaart["treden"]:
        blokken = [f"{blok['kop']}: {', '.join(blok['woorden'])}" for blok in trede["blokken"]]
        yield Stuk(
            f"trede-{trede['fase']}",
            f"Routekaart, fase {trede['fase']}",
            "\n".join([trede["naam"], *blokken]),
            trede["herkomst"],
        )
