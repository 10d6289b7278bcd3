"""The letterhead of school and CLB on every paper that comes out of a dossier."""

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pypdf
import pytest
from django.http import HttpResponse
from django.urls import reverse

from dialoogfiches.invulbladen import invulbladen, invulbladen_pdf
from dialoogfiches.oudergesprekken.access import get_oudergesprek_or_404
from dialoogfiches.oudergesprekken.pages import parent_talk_page
from dialoogfiches.oudergesprekken.pdf import blank_oudergesprek_pdf, oudergesprek_pdf
from dialoogfiches.queries import fiche_of
from dossiers.access import get_dossier_or_404
from dossiers.briefhoofd.domain.briefhoofd import save_briefhoofd
from dossiers.briefhoofd.domain.logo import draw_logo
from dossiers.briefhoofd.models import Briefhoofd
from dossiers.briefhoofd.queries import find_briefhoofd, letterhead_of
from dossiers.mensen.access import Recht
from dossiers.mensen.models import Lidmaatschap, Rol, School
from preventieplan.pdf import blank_pdf, preventieplan_pdf
from preventieplan.routekaart.pdf import routekaart_pdf
from start.domain.oefendossier import open_oefendossier
from stsdialoog.documents.document import LETTERHEAD, MATERIALS, Document, KeptDocument
from tests.conftest import SCHOOLJAAR, load_material
from tests.dossiers.briefhoofd import files
from tests.elders import Vol
from tests.paper import on_paper, on_paper_again
from tests.start.test_oefenband import papers

pytestmark = pytest.mark.django_db

SCHOOL, CLB = "Campus Aan de Dijle", "Ten Berg en omstreken"
CONTACT = "015 00 00 00 <b>&\"'"
TODAY = date(2026, 11, 29)
WITH_PARENTS = {"talk with parents"}


@pytest.fixture
def vol(huis) -> Vol:
    marie = huis.medewerker
    dossier = get_dossier_or_404(user=marie, pk=huis.dossier.pk, recht=Recht.SCHRIJVEN)
    return Vol(dossier, marie)


@pytest.fixture
def both(huis) -> None:
    put(huis.school, SCHOOL, files.logo())
    put(huis.clb, CLB, files.other_logo())


def put(van: Any, naam: str, logo: bytes, *, door: Any = None) -> None:
    door = door or van.lidmaatschappen.first().user
    seen = (find_briefhoofd(van) or Briefhoofd()).mark
    save_briefhoofd(van=van, naam=naam, contact=CONTACT, logo=draw_logo(logo), seen=seen, door=door)


def read(document: Document) -> Any:
    return pypdf.PdfReader(io.BytesIO(on_paper(document)))


def words(page: Any) -> str:
    return " ".join(page.extract_text().split())


def pictures(page: Any) -> int:
    """How many are drawn on a page; what may be drawn is the same for all of them."""
    known = page["/Resources"].get("/XObject", {})
    drawn = re.findall(r"(/\S+) Do", page.get_contents().get_data().decode("latin-1"))
    return sum(known[one].get_object()["/Subtype"] == "/Image" for one in drawn)


@pytest.mark.looks
def test_each_paper_bears_it_on_its_first_page_and_a_talk_with_parents_only_that_of_the_clb(
    both, vol
):
    for name, document in papers(vol):
        first, *others = read(document).pages
        here = 1 if name in WITH_PARENTS else 2
        assert pictures(first) == here, name
        assert (SCHOOL in words(first)) == (here == 2), name
        assert CLB in words(first), name
        assert CONTACT in words(first), name
        assert [pictures(one) for one in others] == [0] * len(others), name
        assert not any(SCHOOL in words(one) or CLB in words(one) for one in others), name


@pytest.mark.looks
def test_it_stands_beside_what_is_read_and_takes_no_room(vol, huis):
    """It is an artefact for a screen reader, or a picture with a name; and moves nothing."""
    plain = {name: len(read(document).pages) for name, document in papers(vol)}
    put(huis.school, SCHOOL, files.logo())

    for name, document in papers(vol):
        made = read(document)
        assert len(made.pages) == plain[name], name
        told = [*_alternatives(made.trailer["/Root"]["/StructTreeRoot"])]
        assert told, name
        # There the logos stand in the page, beside the heading.
        assert (f"Logo van {huis.school}" in told) == name.startswith("routekaart"), name
        assert b"pdfuaid:part" in made.trailer["/Root"]["/Metadata"].get_object().get_data(), name


def _alternatives(node: Any) -> Iterator[str]:
    """The texts beside a drawing, in all that a screen reader is told."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from _alternatives(one)
    elif isinstance(node, dict):
        yield str(node.get("/Alt", ""))
        yield from _alternatives(node.get("/K", pypdf.generic.NullObject()))


@pytest.mark.looks
def test_the_same_logo_gives_the_same_bytes_and_another_one_another_document(both, vol, huis):
    for make in (preventieplan_pdf, lambda dossier: routekaart_pdf(dossier, today=TODAY)):
        before = make(vol.dossier)
        assert make(vol.dossier).key == before.key
        assert on_paper_again(before) == on_paper_again(make(vol.dossier))

        put(huis.school, SCHOOL, files.photo())
        assert make(vol.dossier).key != before.key
        put(huis.school, SCHOOL, files.logo())
        assert make(vol.dossier).key == before.key


def test_nothing_is_printed_of_who_chose_nothing(vol, huis):
    document = preventieplan_pdf(vol.dossier)

    assert LETTERHEAD not in document.styles
    assert "briefhoofd" not in document.html
    put(huis.school, "", files.logo())
    known = find_briefhoofd(huis.school)
    assert known
    save_briefhoofd(
        van=huis.school,
        naam="",
        contact="",
        without_logo=True,
        seen=known.mark,
        door=huis.ankerfiguur,
    )
    assert preventieplan_pdf(vol.dossier).key == document.key


def test_the_oefendossier_has_none(both, huis):
    made = open_oefendossier(clb=huis.clb, today=date(SCHOOLJAAR, 11, 29), door=huis.medewerker)
    vol = Vol(
        get_dossier_or_404(user=huis.medewerker, pk=made.pk, recht=Recht.SCHRIJVEN),
        huis.medewerker,
    )

    for name, document in papers(vol):
        assert LETTERHEAD not in document.styles, name
        assert "data:image" not in document.html, name


def test_what_is_printed_from_the_toolbox_has_that_of_who_prints_it(
    both, vol, huis, ander_huis, als, monkeypatch
):
    """Her own school, or else her CLB; with several, nobody's. A talk with parents: a CLB's."""
    made: list[KeptDocument] = []

    def keep(_request: object, document: KeptDocument, **_: object) -> HttpResponse:
        made.append(document)
        return HttpResponse()

    monkeypatch.setattr("dialoogfiches.toolbox.views.pdf_response", keep)
    papers = [
        reverse("materiaal-pdf", args=["preventieplan"]),
        reverse("materiaal-pdf", args=[vol.gesprek.versie.materiaal.slug]),
        reverse("materiaal-pdf", args=[vol.oudergesprek.versie.materiaal.slug]),
    ]

    def names(user) -> list[tuple[bool, bool]]:
        made.clear()
        for one in papers:
            als(user).get(one)
        return [(SCHOOL in one.html, CLB in one.html) for one in made]

    of_school = [(True, True), (True, True), (False, True)]
    assert names(huis.team) == names(huis.lezer) == names(huis.medewerker) == of_school
    assert {one.owner for one in made} == {str(huis.school.pk), str(huis.clb.pk)}
    assert names(huis.ankerfiguur) == [(False, True)] * 3
    # Nothing of theirs on the paper of somebody else.
    assert names(ander_huis.team) == [(False, False)] * 3
    assert {one.owner for one in made} == {MATERIALS}
    # Of two schools nobody can tell which; who works for one CLB prints for that one.
    second = School.objects.create(
        clb=huis.clb,
        naam="Tweede",
        instellingsnummer="999999",
        niveau="so",
        gemeente="Velpe",
        provincie="limburg",
    )
    for user, rol in ((huis.team, Rol.SCHOOLTEAM), (huis.medewerker, Rol.CLB_MEDEWERKER)):
        Lidmaatschap.objects.create(user=user, school=second, rol=rol)
    assert names(huis.team) == [(False, False)] * 3
    assert names(huis.medewerker) == [(False, True)] * 3
    # Somebody whose part in the one school ended, prints for the other.
    Lidmaatschap.objects.filter(user=huis.team, school=second).delete()
    assert names(huis.team) == of_school


@pytest.mark.looks
def test_a_sheet_with_it_still_fits_on_one_page(both, huis):
    fiche = fiche_of(load_material("psychisch-kwetsbare-jongeren"))
    sheets = [one for deel in fiche.parts for one in invulbladen(fiche, deel.onderdeel.code)]

    made = [invulbladen_pdf(fiche, (one,), huis.school) for one in sheets]

    assert len(made) > 1
    for document in made:
        assert SCHOOL in document.html
        assert len(read(document).pages) == 1, document.titel
    assert on_paper(made[0]) == on_paper_again(invulbladen_pdf(fiche, (sheets[0],), huis.school))


def test_a_blank_form_has_it_only_when_printed_from_a_dossier(both, vol, huis):
    talk = get_oudergesprek_or_404(user=vol.door, pk=vol.oudergesprek.pk, recht=Recht.LEZEN)

    assert CLB in blank_oudergesprek_pdf(talk.versie, dossier=vol.dossier).html
    assert SCHOOL not in blank_oudergesprek_pdf(talk.versie, dossier=vol.dossier).html
    assert CLB not in blank_oudergesprek_pdf(talk.versie).html
    assert SCHOOL not in blank_pdf(vol.dossier.planversie).html
    assert SCHOOL not in oudergesprek_pdf(parent_talk_page(gesprek=talk)).html


def test_it_costs_one_query(both, vol, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [one.naam for one in letterhead_of(vol.dossier.school)] == [SCHOOL, CLB]
