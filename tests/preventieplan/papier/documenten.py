"""The documents of a plan, what is written in them, and what stands on their pages."""

import io
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pypdf

from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan import pdf
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Inschaling
from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog.documents.document import KeptDocument

TODAY = date(2026, 11, 29)
ROUTEKAART_STYLES = ("cijfers.css", "routekaart.css")
KINDS: dict[str, Callable[[Dossier], KeptDocument]] = {
    "routekaart": partial(routekaart_pdf, today=TODAY),
    "routekaart-a3": partial(routekaart_pdf, today=TODAY, is_a3=True),
    "plan": partial(pdf.preventieplan_pdf, bijlage=True),
    "blanco": pdf.blank_preventieplan_pdf,
    "overzicht": pdf.overzicht_pdf,
    "fase": partial(pdf.preventieplan_pdf, excerpt=pdf.Excerpt(Fase.BASISZORG)),
    "fase-blanco": partial(pdf.blank_preventieplan_pdf, excerpt=pdf.Excerpt(Fase.BASISZORG)),
}
LONG = "Elke week bekijken we samen de cijfers. " * 500


def read(data: bytes) -> Any:
    """The parsed PDF, typed as Any because pypdf's own types are too general to be useful."""
    return pypdf.PdfReader(io.BytesIO(data))


def text(data: bytes, page_number: int | None = None) -> str:
    """The text of one page or of all pages, with whitespace collapsed."""
    pages = read(data).pages
    chosen = pages if page_number is None else [pages[page_number - 1]]
    return " ".join(" ".join(sheet.extract_text() for sheet in chosen).split())


def fonts(data: bytes) -> list[dict]:
    return [
        font.get_object()
        for sheet in read(data).pages
        for font in sheet["/Resources"]["/Font"].values()
    ]


def score(dossier, doel, tom, cijfer, focus=""):
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=inschaling, veld="score", waarde=cijfer, basis=0, door=tom)
    if focus:
        save_veld(record=inschaling, veld="focus", waarde=focus, basis=0, door=tom)


def answer(dossier, vraag, tom, **velden):
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    for veld, waarde in velden.items():
        save_veld(record=antwoord, veld=veld, waarde=waarde, basis=0, door=tom)


def own_words(doel):
    Inschaling.objects.filter(doelstelling=doel).update(
        want="iedereen kent elkaar.", hoger="ook wie later komt."
    )


def plan(dossier, doel, tom, wat, **velden):
    """Create an action; `velden` are column values."""
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat=wat, door=tom)
    for veld, waarde in velden.items():
        setattr(actie, veld, waarde)
    actie.save()
    return actie
