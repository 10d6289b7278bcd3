"""All of fase 0 without JavaScript, from login to the routekaart, in either view of a goal."""

import io
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from dossiers.acties.models import Actie
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling, Prioriteit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

STANDEN = ("doen we", "deels", "nog niet", "weten we niet", "n.v.t.")


@pytest.fixture
def doelen(huis):
    return list(Doelstelling.objects.filter(versie=huis.dossier.planversie_id, fase=0))


@pytest.fixture
def an(browser, log_in_by_hand, huis):
    context = browser.new_context(locale="nl-BE", java_script_enabled=False)
    context.set_default_timeout(30_000)
    yield log_in_by_hand(context.new_page(), huis.ankerfiguur)
    context.close()


def vragen_of(doel):
    """Those that any school needs: this one has no kleuters."""
    return Checklistvraag.objects.filter(doelstelling=doel, niveaus="").order_by("volgorde")


def stand_of(number):
    return STANDEN[number % len(STANDEN)]


def by_stops(page, doel):
    for number, vraag in enumerate(vragen_of(doel)):
        stop = page.locator(f"#vraag-{vraag.code}")
        stop.get_by_role("radio", name=stand_of(number), exact=True).check()
        if number % 3 == 0:
            stop.get_by_label("Toelichting").fill(f"Zo doen we {vraag.code}.")
        page.get_by_role("button", name="Volgende").click()
    page.locator("#score .score-6").click()
    page.locator("[name$='-want']").fill("het lukt vaak")
    page.locator("[name$='-hoger']").fill("het altijd lukt")
    page.get_by_role("button", name="Volgende").click()
    page.locator("#focus textarea").first.fill(f"Focus van {doel.code}")
    page.locator("#focus").get_by_role("button", name="Wat gaan jullie doen?").click()
    plan_an_action(page.locator("#focus"), doel)
    page.goto(page.url.split("?")[0] + "?weergave=bespreken&stop=einde")


def in_the_list(page, doel):
    for number, vraag in enumerate(vragen_of(doel)):
        row = page.locator(f"#vraag-{vraag.code}")
        row.locator("summary").first.click()
        row.get_by_role("radio", name=stand_of(number), exact=True).check()
        if number % 3 == 0:
            row.get_by_label("Toelichting").fill(f"Zo doen we {vraag.code}.")
    page.locator("#score .score-6").click()
    page.locator("#score .open-vraag > summary").click()
    page.locator("[name$='-want']").fill("het lukt vaak")
    page.locator("[name$='-hoger']").fill("het altijd lukt")
    page.locator("#focus summary").first.click()
    page.locator("#focus textarea").first.fill(f"Focus van {doel.code}")
    page.get_by_role("button", name="Bewaar alles").click()
    page.get_by_text("Alles is bewaard.").wait_for()
    page.locator("#focus summary").first.click()
    page.locator("#focus").get_by_role("button", name="Wat gaan jullie doen?").click()
    plan_an_action(page.locator("#focus"), doel)


def plan_an_action(place, doel):
    place.get_by_label("Wat gaan jullie doen?").fill(f"Actie van {doel.code}")
    place.get_by_label("Wie").fill("Tom")
    place.get_by_label("Wanneer").fill("voor de paasvakantie")
    place.get_by_role("button", name="Zet bij de acties").click()


def test_fase_0_from_the_login_page_to_the_routekaart(an, live_server, huis, doelen):
    an.get_by_role("link", name=re.compile("Sint-Jozefschool")).first.click()
    an.get_by_role("link", name="Start", exact=True).click()
    # The first goals in the list, the last one question by question.
    for doel in doelen:
        expect(an.get_by_role("heading", level=1)).to_have_text(doel.kort)
        if doel == doelen[-1]:
            an.get_by_role("link", name="Bespreken", exact=True).click()
            by_stops(an, doel)
        else:
            in_the_list(an, doel)
        an.locator("[data-verder]").click()

    expect(an.get_by_role("heading", level=1)).to_have_text("Fase 0 is rond")
    for box in an.get_by_role("checkbox").all()[:2]:
        box.check()
    an.get_by_role("button", name="Bewaar jullie keuze").click()
    an.get_by_role("link", name="Maak de routekaart").click()
    pdf = an.get_by_role("link", name="Routekaart (PDF)").get_attribute("href")
    response = an.request.get(live_server.url + pdf, timeout=60_000)

    words = " ".join(PdfReader(io.BytesIO(response.body())).pages[0].extract_text().split())
    assert f"Actie van {doelen[0].code}" in words
    every_question = Checklistvraag.objects.filter(doelstelling__in=doelen).asked_of(huis.dossier)
    assert Antwoord.objects.exclude(stand="").count() == every_question.count()
    assert Antwoord.objects.filter(toelichting__startswith="Zo doen we").count() >= len(doelen)
    said = {"score": 6, "want": "het lukt vaak", "hoger": "het altijd lukt"}
    assert Inschaling.objects.filter(**said, focus__startswith="Focus van").count() == len(doelen)
    assert Actie.objects.filter(wie="Tom").count() == len(doelen)
    assert Prioriteit.objects.count() == 2
    an.goto(live_server.url + reverse("overzicht", args=[huis.dossier.pk]))
    expect(an.locator(".actie-rij")).to_have_count(len(doelen))
