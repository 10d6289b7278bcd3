"""Documents beside what they are compared with, in processor time, most of it of the layout."""

from collections.abc import Callable, Iterator
from functools import partial

from django.utils import timezone

from bench.cpu import ratio_of
from bench.data import PAPER, PAPER_ACTIONS
from bench.databases import use_database
from bench.flanders import Compared
from bench.pages import SIZES, cost
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.pdf import Excerpt, preventieplan_pdf
from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog import pdf
from stsdialoog.documents.document import Document

# A layout takes half a second, and its processor time differs little from one run to the next.
RUNS = 10


def measure_documents() -> Iterator[Compared]:
    """The routekaart beside its static page, and a phase of the plan beside all of it."""
    use_database(str(SIZES[0]))
    for name, base, other, limit in pairs(paper_dossier()):
        ratio = ratio_of((_nothing, base), (_nothing, other), runs=RUNS)
        yield Compared(name, ratio, limit, *cost(other))


def paper_dossier() -> Dossier:
    """The dossier that `fill` made for documents, as a view loads it."""
    related = Dossier.objects.select_related("school__clb", "planversie__materiaal")
    return related.get(schooljaar=PAPER)


def pairs(
    dossier: Dossier,
) -> Iterator[tuple[str, Callable[[], int], Callable[[], int], float]]:
    """What is compared: a name, the base, the other, and how many times the base it may take.

    The static page of a routekaart is the same drawing with its HTML fixed: a layout alone, without
    a database, a rule or a template.
    """
    routekaart = partial(routekaart_pdf, dossier, today=timezone.localdate())
    fase_0 = partial(preventieplan_pdf, dossier, Excerpt(Fase.BASISZORG))
    name = f"routekaart of {PAPER_ACTIONS} actions / its static page"
    yield name, partial(_lay_out, routekaart()), _made(routekaart), 1.2
    whole = partial(preventieplan_pdf, dossier)
    yield "plan: fase 0 / all phases", _made(whole), _made(fase_0), 0.5


def _made(document: Callable[[], Document]) -> Callable[[], int]:
    return lambda: _lay_out(document())


def _lay_out(document: Document) -> int:
    return len(pdf.write_pdf(document.html, styles=document.styles))


def _nothing() -> None:
    """There is nothing to prepare."""
