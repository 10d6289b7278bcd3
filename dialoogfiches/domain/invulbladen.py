"""The sheets of a material to print and fill in by hand: their schema, and what it cannot check.

A sheet is one side of A4 and goes with an item, usually a tool: a title, a sentence on how to use
it, and boxes, each with lines to write on, room to draw, or a table.
"""

from collections.abc import Iterator
from enum import StrEnum

from dossiers.materialen.content.blocks import HERKOMST, items, some
from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Finding, Inhoud, Place
from dossiers.materialen.content.schema import Schema, block, optional, text

# What a box holds: exactly one of these.
KINDS = ("regels", "ruimte", "tabel")
# More lines or rows than this do not fit on a sheet.
MAX_LINES = 18
COUNT: Schema = {"enum": list(range(1, MAX_LINES + 1))}


class Over(StrEnum):
    """Whom a sheet is about: what is about a pupil stays on paper, out of every dossier."""

    LEERLING = "leerling"
    SCHOOL = "school"


VAK = optional(
    block({"kop": text(maxLength=90)}),
    {
        "uitleg": text(maxLength=160),
        # Beside the box before or after it, when that is half too.
        "half": {"type": "boolean"},
        "regels": COUNT,
        "ruimte": {"enum": ["klein", "groot"]},
        "tabel": optional(
            block({"kolommen": some(text(maxLength=40))}),
            {"rijen": some(text(maxLength=60)), "leeg": COUNT},
        ),
    },
)
INVULBLAD = block(
    {
        "titel": text(maxLength=50),
        "herkomst": HERKOMST,
        "over": {"enum": [over.value for over in Over]},
        "hoe": text(maxLength=300),
        "vakken": some(VAK),
    }
)


def check_invulblad(item: Inhoud, place: Place) -> Iterator[Finding]:
    """Check that each box of the sheet of an item, if it has one, can be filled in."""
    for box_place, vak in items(item.get("invulblad"), "vakken", (*place, "invulblad")):
        if sum(kind in vak for kind in KINDS) != 1:
            wrong = "een vak heeft regels, ruimte of een tabel, en maar één daarvan."
            yield Finding(box_place, wrong)
        tabel = vak.get("tabel")
        if isinstance(tabel, dict) and not ("rijen" in tabel or "leeg" in tabel):
            wrong = "deze tabel heeft geen rijen: geef rijen, of leeg met een aantal."
            yield Finding((*box_place, "tabel"), wrong)


def invulblad_parts(item: Inhoud, waar: str, place: Place) -> Iterator[Part]:
    """The sheet of an item, if it has one, for comparing versions."""
    if blad := item.get("invulblad"):
        boxes = (_words(vak) for vak in blad["vakken"])
        tekst = "\n".join([blad["titel"], blad["hoe"], *boxes])
        code, here = f"{item['code']}/invulblad", (*place, "invulblad")
        yield Part(code, f"{waar}, blad", tekst, blad["herkomst"], here)


def _words(vak: Inhoud) -> str:
    tabel = vak.get("tabel", {})
    words = [vak["kop"], vak.get("uitleg", ""), *tabel.get("kolommen", ()), *tabel.get("rijen", ())]
    return ", ".join(filter(None, words))
