"""No page of any paper is a tail: two lines of what went before, one row, or a last heading."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from dialoogfiches.invulbladen import invulbladen, invulbladen_pdf
from dialoogfiches.oudergesprekken.pdf import blank_oudergesprek_pdf
from dialoogfiches.pdf import blank_fiche_pdf
from dialoogfiches.queries import fiche_of
from dossiers.access import get_dossier_or_404
from dossiers.materialen.models import Fase, Vorm
from dossiers.mensen.access import Recht
from preventieplan.pdf import (
    Excerpt,
    blank_pdf,
    blank_preventieplan_pdf,
    overzicht_pdf,
    preventieplan_pdf,
)
from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog.documents.document import Document
from tests.elders import Vol
from tests.paper import headings_at_the_foot, on_paper, page_count, short_pages
from tests.preventieplan.routekaart.test_papier import ALLE, FASE_0, TODAY, fill
from tests.start.test_oefenband import papers

# A page ends on a drawing with words in it, or all is written larger.
WITHOUT_HEADINGS = {"talk with parents", "routekaart on A3"}

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def vol(huis) -> Vol:
    marie = huis.medewerker
    dossier = get_dossier_or_404(user=marie, pk=huis.dossier.pk, recht=Recht.SCHRIJVEN)
    return Vol(dossier, marie)


def tails(made: Iterator[tuple[str, Document]]) -> dict[str, list[str]]:
    found = {}
    for name, document in made:
        data = on_paper(document)
        found[name] = short_pages(data)
        if name not in WITHOUT_HEADINGS:
            found[name] += headings_at_the_foot(data)
    return {name: pages for name, pages in found.items() if pages}


def test_none_in_a_dossier_with_a_little_of_each(vol):
    assert tails(papers(vol)) == {}


@pytest.mark.parametrize(
    ("acties", "codes"), [(3, FASE_0[:2]), (13, FASE_0), (40, ALLE), (125, ALLE)]
)
def test_none_however_many_actions_there_are(vol, acties, codes):
    fill(vol.dossier, vol.door, acties, codes)

    def made() -> Iterator[tuple[str, Document]]:
        yield "routekaart", routekaart_pdf(vol.dossier, today=TODAY)
        yield "overview", overzicht_pdf(vol.dossier)
        yield "plan", preventieplan_pdf(vol.dossier)
        yield "fase 0, annex", preventieplan_pdf(vol.dossier, Excerpt(Fase(0)), bijlage=True)

    assert tails(made()) == {}


def test_none_in_a_plan_to_fill_in(vol):
    def made() -> Iterator[tuple[str, Document]]:
        yield "whole", blank_preventieplan_pdf(vol.dossier)
        for fase in Fase:
            yield f"fase {fase}", blank_preventieplan_pdf(vol.dossier, Excerpt(fase))

    assert tails(made()) == {}


@pytest.mark.parametrize("slug", sorted(one.name for one in settings.MATERIALEN_DIR.iterdir()))
def test_none_in_a_material(laad, slug):
    versie = laad(slug)
    if versie.materiaal.soort == "preventieplan":
        documents = [blank_pdf(versie)]
    else:
        fiche = fiche_of(versie)
        is_of_parents = fiche.vorm == Vorm.OUDERS
        documents = [(blank_oudergesprek_pdf if is_of_parents else blank_fiche_pdf)(versie)]
        bladen = [invulbladen(fiche, deel.onderdeel.code) for deel in fiche.parts]
        documents += [invulbladen_pdf(fiche, some) for some in bladen if some]

    assert [short_pages(on_paper(one)) for one in documents] == [[]] * len(documents)


def test_the_leidraad_ends_on_a_full_sheet(laad):
    assert page_count(on_paper(blank_fiche_pdf(laad("leidraad-dialoogdocument")))) == 5
