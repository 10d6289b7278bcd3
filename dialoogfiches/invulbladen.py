"""The sheets of a fiche to print and fill in by hand: each is one side of A4."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dialoogfiches.domain.invulbladen import Over
from dialoogfiches.models import Item, Onderdeel
from dialoogfiches.queries import Fiche
from dossiers.briefhoofd.queries import printed_for
from dossiers.materialen.models import Herkomst
from dossiers.mensen.models import CLB, School
from stsdialoog.documents.document import KeptDocument, render_kept

Vak = dict[str, Any]


@dataclass(frozen=True)
class Box:
    """One box of a sheet.

    lines: one for each line to write on.
    drawing: how much room to draw there is; empty when there is none.
    columns, rows: of a table; a row is the words in its first cell, which may be empty.
    """

    kop: str
    uitleg: str
    lines: range
    drawing: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Invulblad:
    """One sheet, with the part of the fiche that it goes with.

    bands: its boxes from top to bottom: one, or two that stand beside each other.
    """

    item: Item
    onderdeel: Onderdeel
    titel: str
    hoe: str
    is_of_pupil: bool
    is_voorstel: bool
    bands: tuple[tuple[Box, ...], ...]


def invulbladen(fiche: Fiche, code: str) -> tuple[Invulblad, ...]:
    """The sheets of the part with this code, or the sheet of the item with this code."""
    return tuple(
        _invulblad(item, deel.onderdeel)
        for deel in fiche.parts
        for item in deel.invulbladen
        if code in (deel.onderdeel.code, item.code)
    )


def invulbladen_pdf(
    fiche: Fiche, bladen: tuple[Invulblad, ...], van: School | CLB | None = None
) -> KeptDocument:
    """The PDF of some sheets of a fiche, each on a page of its own.

    van: for whom they are printed, for the letterhead.
    """
    name = bladen[0].titel if len(bladen) == 1 else f"Bladen bij {bladen[0].onderdeel.titel}"
    context = {
        "titel": f"{name}: {fiche.versie.materiaal.titel}",
        "versie": fiche.versie,
        "bladen": bladen,
    }
    letterhead, owner = printed_for(van)
    return render_kept(
        "dialoogfiches/pdf/invulbladen.html",
        context,
        styles=("invulblad.css",),
        owner=owner,
        letterhead=letterhead,
    )


def _invulblad(item: Item, onderdeel: Onderdeel) -> Invulblad:
    blad = item.invulblad
    return Invulblad(
        item=item,
        onderdeel=onderdeel,
        titel=blad["titel"],
        hoe=blad["hoe"],
        is_of_pupil=blad["over"] == Over.LEERLING,
        is_voorstel=blad["herkomst"] == Herkomst.VOORSTEL,
        bands=tuple(_bands(blad["vakken"])),
    )


def _bands(vakken: list[Vak]) -> Iterator[tuple[Box, ...]]:
    waiting: list[Box] = []
    for vak in vakken:
        box = _box(vak)
        if not vak.get("half"):
            if waiting:
                yield tuple(waiting)
            waiting = []
            yield (box,)
            continue
        waiting.append(box)
        if len(waiting) == 2:
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def _box(vak: Vak) -> Box:
    tabel = vak.get("tabel", {})
    return Box(
        kop=vak["kop"],
        uitleg=vak.get("uitleg", ""),
        lines=range(vak.get("regels", 0)),
        drawing=vak.get("ruimte", ""),
        columns=tuple(tabel.get("kolommen", ())),
        rows=(*tabel.get("rijen", ()), *[""] * tabel.get("leeg", 0)),
    )
