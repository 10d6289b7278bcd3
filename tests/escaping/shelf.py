"""A material in each vorm, with every kind of rubriek, and small enough to print in no time."""

from pathlib import Path
from typing import Any

import yaml

from dialoogfiches.domain.content import BEVRAGINGSOORTEN, WOORDEN
from dialoogfiches.models import Rubrieksoort
from dossiers.materialen.domain.loading import load_materialen
from dossiers.materialen.models import Vorm
from tests.dossiers.materialen.kleinplan import small_plan
from tests.escaping.words import Typist

FICHES = [vorm for vorm in Vorm if vorm != Vorm.PREVENTIEPLAN]
SURVEY = "vraag"
# The one whose PLG has members: a name that is chosen, and never typed.
OF_A_PLG = str(Vorm.TIPS)
# The kinds of rubriek that a page draws each in its own way; a gesprek gets all of them.
FEW = [
    *(Rubrieksoort.WAT, Rubrieksoort.RICHTVRAGEN, Rubrieksoort.VERDIEPEND),
    *(Rubrieksoort.RESULTAAT, Rubrieksoort.TIPS),
]
# What in a file is no sentence.
NO_WORDS = {
    *("slug", "soort", "doelgroepen", "fases", "versie", "datum", "status", "vorm", "fase"),
    *("onderdeelnaam", "herkomst", "code", "stap", "acties", "over", "regels", "leeg"),
}
LONGEST = {"kort": 24, "fiche": 40, "plg": 60}


def fill_shelf(folder: Path, typist: Typist) -> None:
    """Load a plan and a fiche in each vorm, which is also the slug of a fiche."""
    fiches = [(str(vorm), _fiche(vorm)) for vorm in FICHES]
    for slug, document in [("preventieplan", yaml.safe_load(small_plan())), *fiches]:
        (folder / slug).mkdir()
        chosen = {"plg": document["materiaal"].pop("plg")} if slug == OF_A_PLG else {}
        typed = _typed(typist, document, slug)
        typed["materiaal"] |= chosen
        text = yaml.safe_dump(typed, sort_keys=False)
        (folder / slug / "2026.1.yaml").write_text(text)
    load_materialen(folder)


def _typed(typist: Typist, found: Any, place: str, key: str = "") -> Any:
    """A document with every sentence in it typed in its own place."""
    if isinstance(found, dict):
        return {
            name: value
            if name in NO_WORDS and not isinstance(value, dict)
            else _typed(typist, value, place, f"{key}-{name}")
            for name, value in found.items()
        }
    if isinstance(found, list):
        return [_typed(typist, one, place, key) for one in found]
    parts = key.split("-")[1:]
    return typist.words("-".join([place, *parts[-2:]]), LONGEST.get(parts[-1]))


def _fiche(vorm: Vorm) -> dict[str, object]:
    return {
        "materiaal": {
            "slug": str(vorm),
            "titel": f"Titel van {vorm}",
            "plg": "Limburg",
            "soort": "fiche",
            "doelgroepen": ["school", "clb"],
            "fases": [0, 1],
        },
        "versie": {
            "versie": "2026.1",
            "datum": "2026-06-02",
            "status": "gepubliceerd",
            "bron": "De presentatie",
        },
        "vorm": str(vorm),
        "onderdeelnaam": "thema",
        "inleiding": _text(),
        **({"woorden": {woord: _text() for woord in WOORDEN[vorm]}} if vorm in WOORDEN else {}),
        "onderdelen": _parts(vorm),
    }


def _parts(vorm: Vorm) -> list[dict[str, Any]]:
    if vorm == Vorm.BEVRAGING:
        return [_part(SURVEY, [soort for soort in Rubrieksoort if soort in BEVRAGINGSOORTEN])]
    every = [soort for soort in Rubrieksoort if soort not in BEVRAGINGSOORTEN]
    beforehand = _part("vooraf", [Rubrieksoort.INFO], stap=False)
    step = _part("plannen", every if vorm == Vorm.GESPREK else FEW, acties="plannen")
    later = [
        _part(werk, [Rubrieksoort.RICHTVRAGEN], acties=werk) for werk in ("opvolgen", "vieren")
    ]
    if vorm == Vorm.LEZEN:
        step["rubrieken"][0]["items"][0]["invulblad"] = _sheet()
    return [beforehand, step, *(later if vorm == Vorm.GESPREK else [])]


def _part(code: str, soorten: list[Rubrieksoort], **more: object) -> dict[str, Any]:
    return {
        "code": code,
        "titel": f"Het deel {code}",
        "kort": code,
        "herkomst": "voorstel",
        "stap": True,
        "fase": 0,
        "rubrieken": [_rubriek(code, soort) for soort in soorten],
        **more,
    }


def _rubriek(code: str, soort: Rubrieksoort) -> dict[str, object]:
    return {
        "soort": str(soort),
        "herkomst": "voorstel",
        "fiche": "Een blad",
        "kop": f"Over {soort}",
        "tekst": "Een tekst",
        "items": [
            {
                "code": f"{code}-{soort}",
                "herkomst": "voorstel",
                "tekst": "Een punt",
                "uitleg": _text(),
            }
        ],
    }


def _sheet() -> dict[str, object]:
    tabel = {"kolommen": ["Een kolom"], "rijen": ["Een rij"]}
    return {
        "titel": "Een blad",
        "herkomst": "voorstel",
        "over": "school",
        "hoe": "Zo vul je het in",
        "vakken": [
            {"kop": "Lijnen", "uitleg": "Om op te schrijven", "regels": 1},
            {"kop": "Een tabel", "tabel": tabel},
        ],
    }


def _text() -> dict[str, str]:
    return {"herkomst": "voorstel", "tekst": "Een zin"}
