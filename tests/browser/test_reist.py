"""In a browser: words are taken over by one button, and an action moves to where it belongs."""

from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.models import Notitie, Notitierevisie
from dossiers.acties.domain.acties import create_actie
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Checklistvraag
from tests.conftest import load_material

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

BEL = "Om half negen.\nElke leerkracht noteert meteen."


@pytest.fixture
def gesprek(huis):
    vraag = Checklistvraag.objects.get(
        doelstelling__versie=huis.dossier.planversie_id, code="f0-3-v01"
    )
    record = Antwoord(dossier=huis.dossier, vraag=vraag)
    save_veld(record=record, veld="toelichting", waarde=BEL, basis=0, door=huis.team)
    return start_gesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument"),
        sleutel=uuid4(),
        titel="Rond de tafel",
        door=huis.team,
    )


def test_one_button_takes_the_words_over_and_they_are_saved(
    page, log_in, live_server, huis, gesprek, console
):
    log_in(page, huis.team)
    url = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "registratie"])
    page.goto(f"{live_server.url}{url}?weergave=bespreken&stop=registratie-b01")

    page.get_by_role("button", name="Neem over").press("Enter")

    box = page.locator(f"[name='notitie-{gesprek.pk}-registratie-b01-tekst']")
    expect(box).to_be_focused()
    expect(box).to_have_value(BEL)
    expect(page.locator(".aanbod")).to_be_hidden()
    expect(page.locator("#vraag-registratie-b01 .veld-bewaard")).to_be_visible()
    assert Notitie.objects.get().tekst == BEL
    assert Notitierevisie.objects.get().pagina is not None

    box.fill("")
    expect(page.locator(".aanbod")).to_be_visible()
    assert console == []


def test_an_action_moves_on_the_page_when_its_row_closes(page, log_in, live_server, huis, console):
    actie = create_actie(dossier=huis.dossier, wat="Een kringgesprek", door=huis.team)
    log_in(page, huis.team)
    page.goto(live_server.url + reverse("overzicht", args=[huis.dossier.pk]))
    assert page.locator("#andere-acties").get_by_text("Een kringgesprek", exact=True).is_visible()

    page.locator(f"#actie-{actie.pk} [data-veld-naam=wat]").click()
    page.get_by_label("Hoort bij").select_option(label="Nauwe opvolging en acties op maat")
    expect(page.locator(f"#actie-{actie.pk} .veld-hoort_bij .veld-bewaard")).to_be_visible()
    page.get_by_role("button", name="Klaar met deze actie").click()

    expect(page.locator(f"#fase-1 #actie-{actie.pk} a.rij-open")).to_be_visible()
    expect(page.locator("#andere-acties")).to_have_count(0)
    assert console == []
