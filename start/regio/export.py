"""The figures as a table for others, with its description: CSV on the Web (W3C, 2015).

The description stands at the address of the table followed by `-metadata.json`, where the standard
looks for it ("Model for Tabular Data and Metadata on the Web", 5.3).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from dossiers.thresholds import MIN_CLBS, MIN_SCHOLEN
from preventieplan.models import MAX_SCORE, Antwoordstand
from start.regio.queries.figures import Figures, GoalFigure

# Name, datatype, and what stands in it.
COLUMNS = (
    ("schooljaar", "string", "Het schooljaar, bijvoorbeeld 2026-2027."),
    ("gebied", "string", "Een provincie, of Vlaanderen: de som van de provincies in deze tabel."),
    ("soort", "string", "score, stand, groeikans of materiaal."),
    ("code", "string", "De vaste code van de doelstelling, de vraag of het materiaal."),
    ("naam", "string", "Hoe de doelstelling, de vraag of het materiaal vandaag heet."),
    (
        "waarde",
        "string",
        f"Van een score: 0 tot {MAX_SCORE}. Van een stand: {', '.join(Antwoordstand.labels)}. "
        "Van een groeikans en een materiaal: ja.",
    ),
    ("scholen", "integer", "Hoeveel scholen dat gaven."),
)
JA = "ja"


def rows(all_figures: Iterable[Figures]) -> Iterator[tuple[str, ...]]:
    """The heading, and then a row for each number that is told."""
    yield tuple(name for name, _, _ in COLUMNS)
    for figures in all_figures:
        for soort, code, naam, waarde, scholen in _facts(figures):
            yield (
                *(figures.schooljaar_label, figures.naam),
                *(soort, code, naam, waarde, str(scholen)),
            )


def description(*, table: str, schooljaar_label: str) -> dict[str, Any]:
    """The description of the table.

    table: the name of its file.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": table,
        "dc:title": f"Aanwezigheidsbeleid: scores, standen en materialen, {schooljaar_label}",
        "dc:description": (
            f"Aantallen van minstens {MIN_SCHOLEN} scholen van minstens {MIN_CLBS} CLB's, per "
            "maand vastgelegd. Geen school staat erin."
        ),
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "datatype": datatype, "dc:description": what}
                for name, datatype, what in COLUMNS
            ],
            "primaryKey": ["schooljaar", "gebied", "soort", "code", "waarde"],
        },
    }


def _facts(figures: Figures) -> Iterator[tuple[str, str, str, str, int]]:
    for one in figures.doelen:
        yield from _of_goal(one)
    for used in figures.materialen:
        yield "materiaal", used.materiaal.slug, used.materiaal.titel, JA, used.scholen


def _of_goal(one: GoalFigure) -> Iterator[tuple[str, str, str, str, int]]:
    if one.scores:
        for score, scholen in enumerate(one.scores.counts):
            yield "score", one.doel.code, one.doel.kort, str(score), scholen
    for asked in one.vragen:
        naam = asked.vraag.code, asked.vraag.tekst
        for stand in Antwoordstand:
            yield "stand", *naam, stand.label, asked.standen[stand]
        yield "groeikans", *naam, JA, asked.groeikansen
