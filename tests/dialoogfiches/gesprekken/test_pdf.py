"""The report of a talk as a PDF: its content and its page breaks."""

import io
from datetime import date
from typing import Any

import pypdf
import pytest
from django.urls import reverse

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import finish_stap
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie, Uitwerking
from dialoogfiches.gesprekken.pdf import gesprek_pdf
from dialoogfiches.gesprekken.queries.gesprekken import find_gesprek
from dialoogfiches.models import VRAAGSOORTEN, Item
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.domain.striking import strike
from tests.dossiers.acties.looking_back import look_back
from tests.paper import on_paper, on_paper_again

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

LONG = "Elke week bekijken we samen de cijfers. " * 500


def make(dossier: Dossier, gesprek: Gesprek) -> bytes:
    return on_paper(gesprek_pdf(*loaded(dossier, gesprek)))


def loaded(dossier: Dossier, gesprek: Gesprek) -> tuple[Dossier, Gesprek]:
    """Both as a view loads them."""
    fresh = Dossier.objects.select_related("school__clb").get(pk=dossier.pk)
    found = find_gesprek(fresh, gesprek.pk)
    assert found is not None
    return fresh, found


def pages(data: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


def questions(gesprek: Gesprek) -> list[Item]:
    return list(
        Item.objects.filter(versie=gesprek.versie, rubriek__soort__in=VRAAGSOORTEN)
        .select_related("rubriek__onderdeel")
        .order_by("rubriek__onderdeel__volgorde", "rubriek__volgorde", "volgorde")
    )


@pytest.fixture
def note(dossier, gesprek, tom):
    def write(item: Item, tekst: str) -> Notitie:
        notitie = Notitie(dossier=dossier, gesprek=gesprek, item=item)
        save_veld(record=notitie, veld="tekst", waarde=tekst, basis=0, door=tom)
        return notitie

    return write


@pytest.fixture
def filled(gesprek, dossier, tom, note):
    """Two notes, a result, a finished step, and an action with answers to the sjabloon."""
    Gesprek.objects.update(datum=date(2026, 11, 12), deelnemers="directie\nen CLB")
    first, second = questions(gesprek)[:2]
    note(first, "Elk lesuur, in Smartschool.")
    notitie = note(second, "Het secretariaat kijkt na.")
    onderdeel = first.rubriek.onderdeel
    finish_stap(gesprek=gesprek, onderdeel=onderdeel, door=tom)
    save_veld(
        record=Gesprekstap.objects.get(),
        veld="resultaat",
        waarde="We willen één lijn.",
        basis=0,
        door=tom,
    )
    actie = create_gespreksactie(
        onderdeel=onderdeel,
        gesprek=gesprek,
        notitie=notitie,
        wat="Codes op één blad",
        wie="Sofie",
        door=tom,
    )
    uitwerking = Uitwerking(dossier=dossier, actie=actie)
    save_veld(record=uitwerking, veld="vieren", waarde="met taart", basis=0, door=tom)
    look_back(actie, tom, vaststelling="het helpt")
    return gesprek


def test_the_report_holds_what_was_said(filled, dossier):
    text = " ".join(pages(make(dossier, filled)))

    for part in (
        *("Ons gesprek", "Sint-Jozefschool", "12 november 2026", "directie en CLB"),
        *("Dialoogdocument, PLG BHG en Vlaams-Brabant", "1 van 4 afgerond"),
        *("Elk lesuur, in Smartschool.", "Het secretariaat kijkt na.", "We willen één lijn."),
        *("Codes op één blad", "uit ‘Registratie’", "Sofie", "door Tom"),
        *("Zo vieren we dit met taart", "Wat zagen jullie bij de check? het helpt"),
        "(12 vragen)",
    ):
        assert part in text, part
    assert "Nog niet besproken" in text
    assert "Welke codes gebruiken jullie" in text


def test_the_report_comes_through_the_front_door(als, tom, filled):
    url = reverse("gesprek-pdf", args=[filled.dossier_id, filled.pk])

    response = als(tom).get(url)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'inline; filename="gesprek-ons-gesprek-sint-jozefschool.pdf"'
    )


def test_a_title_without_letters_still_gives_a_file_name(als, tom, gesprek):
    Gesprek.objects.update(titel="???")

    response = als(tom).get(reverse("gesprek-pdf", args=[gesprek.dossier_id, gesprek.pk]))

    assert "gesprek-zonder-titel-sint-jozefschool.pdf" in response["Content-Disposition"]


def test_an_empty_talk_has_a_report_too(gesprek, dossier):
    text = " ".join(pages(make(dossier, gesprek)))

    assert "nog niet ingevuld" in text
    assert "Uit dit gesprek kwamen nog geen acties." in text


def test_a_struck_action_is_not_on_it(filled, dossier, tom):
    strike(record=dossier.acties.get(), door=tom)

    assert "Codes op één blad" not in " ".join(pages(make(dossier, filled)))


def test_the_same_talk_gives_the_same_bytes_and_a_tagged_pdf(filled, dossier):
    first = make(dossier, filled)

    assert on_paper_again(gesprek_pdf(*loaded(dossier, filled))) == first
    root: Any = pypdf.PdfReader(io.BytesIO(first)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-BE"


def test_long_texts_and_very_many_notes_break_well(gesprek, dossier, tom, note):
    items = questions(gesprek)
    for item in items:
        note(item, LONG if item == items[0] else "Dit bespraken we.\nMet iedereen.")
    onderdeel = items[0].rubriek.onderdeel
    for number in range(60):
        create_gespreksactie(
            onderdeel=onderdeel,
            gesprek=gesprek,
            wat=LONG if number == 3 else f"Actie nummer {number}",
            door=tom,
        )

    found = pages(make(dossier, gesprek))

    text = " ".join(found)
    assert text.count("cijfers.") >= 1000
    assert all(f"Actie nummer {number}" in text for number in range(60) if number != 3)
    # No page is left mostly empty: all but the last have a fair amount of text.
    assert min(map(len, found[1:-1])) > 400
    # No question is left alone at the bottom of a page.
    for item in items:
        (page,) = [sheet for sheet in found if item.tekst in sheet] or [""]
        after = page.partition(item.tekst)[2].strip()
        assert not after.startswith("pagina "), item.code


def test_the_report_takes_as_many_queries_however_much_was_said(
    filled, dossier, note, django_assert_num_queries
):
    fresh, found = loaded(dossier, filled)
    for item in questions(filled)[2:4]:
        note(item, "ook gezegd")
    gesprek_pdf(fresh, found)
    with django_assert_num_queries(5):
        gesprek_pdf(fresh, found)
    for item in questions(filled)[4:]:
        note(item, "ook gezegd")

    # One more for the figures, which stand at a step that was now begun.
    with django_assert_num_queries(6):
        gesprek_pdf(fresh, found)
