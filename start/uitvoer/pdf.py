"""The documents of a whole dossier, as on its pages: each is kept and found again as any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from dialoogfiches.bevragingen.pdf import resultaat_pdf
from dialoogfiches.gesprekken.pdf import gesprek_pdf
from preventieplan.pdf import overzicht_pdf, preventieplan_pdf
from preventieplan.routekaart.pdf import routekaart_pdf
from preventieplan.spiegel.pdf import resultaat_pdf as spiegel_pdf
from start.avond.pdf import verslag_pdf
from start.avond.queries.verslag import minutes_of
from start.uitvoer.queries.dossier import Contents
from stsdialoog.documents.document import KeptDocument

LONGEST_NAME = 60


@dataclass(frozen=True)
class Part:
    """A document with its path in the ZIP."""

    path: str
    document: KeptDocument


def documents_of(contents: Contents, *, today: date) -> Iterator[Part]:
    """The documents of a dossier, one by one: each is rendered when it is asked for.

    today: the day that decides what is late.
    """
    dossier = contents.dossier
    yield Part("routekaart.pdf", routekaart_pdf(dossier, today=today))
    yield Part("preventieplan.pdf", preventieplan_pdf(dossier))
    yield Part("overzicht-van-de-acties.pdf", overzicht_pdf(dossier))
    # With a number, because two can have the same title.
    for number, gesprek in enumerate(contents.gesprekken, start=1):
        name = _name(number, gesprek.titel)
        yield Part(f"gesprekken/{name}.pdf", gesprek_pdf(dossier, gesprek))
    for number, one in enumerate(contents.bevragingen, start=1):
        name = _name(number, one.stand.bevraging.titel)
        yield Part(f"bevragingen/{name}.pdf", resultaat_pdf(one.stand, one.resultaat))
    for number, een in enumerate(contents.spiegels, start=1):
        path = f"spiegels/{number:02}-{een.stand.einde:%Y-%m-%d}.pdf"
        yield Part(path, spiegel_pdf(een.stand, een.resultaat))
    for number, avond in enumerate(contents.avonden, start=1):
        path = f"verslagen/{number:02}-{avond.dag:%Y-%m-%d}.pdf"
        yield Part(path, verslag_pdf(dossier, minutes_of(dossier, avond)))


def _name(number: int, titel: str) -> str:
    # A title in another script gives an empty slug.
    return f"{number:02}-{slugify(titel)[:LONGEST_NAME]}".strip("-")
