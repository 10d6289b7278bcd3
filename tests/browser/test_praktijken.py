"""What worked elsewhere, in a real browser: unfolded beside a goal, found, and taken over."""

import pytest
from django.urls import reverse

from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Inschaling
from tests.dossiers.praktijken.praktijken import VERTELD, of_huis, on_the_shelf, told, with_plg

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

KOP = "Wat werkte in andere scholen?"


@pytest.fixture
def shared(ander_huis):
    return on_the_shelf(ander_huis.dossier, ander_huis.team, hoort_bij="f0-1", toon_school=True)


@pytest.fixture
def goal(huis, doel, live_server) -> str:
    record = Inschaling(dossier=huis.dossier, doelstelling=doel)
    save_veld(record=record, veld="score", waarde=4, basis=0, door=huis.team)
    here = reverse("doelstelling", args=[huis.dossier.pk, doel.code])
    return f"{live_server.url}{here}?weergave=lijst&stop=score"


def test_from_a_low_score_to_an_action_of_our_own(
    page, live_server, log_in, huis, shared, goal, check, console
):
    log_in(page, huis.team)
    page.goto(goal)
    assert page.get_by_role("link", name=shared.titel).count() == 0
    page.get_by_text(KOP).press("Enter")
    page.get_by_role("link", name=shared.titel).wait_for()
    check("a goal with what worked elsewhere")

    page.get_by_role("link", name=shared.titel).press("Enter")
    page.get_by_role("heading", name=shared.titel).wait_for()
    check("a practice on the shelf")
    page.get_by_role("link", name="Neem over als actie").press("Enter")
    page.get_by_label("Wat gaan jullie doen?").fill("Wij bellen de eerste dag zelf")
    page.get_by_label("Wie", exact=True).fill("Tom")
    check("taking it over")
    page.get_by_role("button", name="Zet bij onze acties").press("Enter")

    page.get_by_text("De actie staat bij jullie acties.").wait_for()
    assert Actie.objects.get().navolging.praktijk == shared
    assert console == []


def test_without_a_script_the_shelf_is_one_link_away(
    browser, live_server, log_in, huis, shared, goal
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, huis.team)
    page.goto(goal)
    page.get_by_text(KOP).click()
    page.get_by_role("link", name="Alles bij deze doelstelling").click()
    page.get_by_role("link", name=shared.titel).wait_for()
    context.close()


def test_the_shelf_is_searched_while_one_types(
    page, live_server, log_in, huis, ander_huis, shared, check
):
    on_the_shelf(ander_huis.dossier, ander_huis.team, wat="Een warm welkom aan de poort.")
    log_in(page, huis.team)
    page.goto(live_server.url + reverse("uit-de-scholen"))
    page.get_by_label("Zoek in de tekst").fill("welkom")
    page.get_by_text("1 gevonden.").wait_for()
    assert page.get_by_role("link", name=shared.titel).count() == 0
    check("the shelf, searched")


def test_the_pages_of_who_tells_and_who_reads(page, live_server, log_in, huis, check):
    marked = {"wat": "Yassine El Amrani uit 2B werd gebeld."}
    one, other = told(huis.dossier, huis.team, **marked), of_huis(huis)
    log_in(page, huis.ankerfiguur)
    for name, keys, what in (
        ("praktijken", [], "what a dossier shared"),
        ("praktijk-delen", [], "telling what worked"),
        ("praktijk-wijzigen", [other.pk], "changing what is shared"),
        ("praktijk-lezen", [one.pk], "reading it first, with a name"),
        ("praktijk-intrekken", [one.pk], "taking it back"),
    ):
        page.goto(live_server.url + reverse(name, args=[huis.dossier.pk, *keys]))
        check(what)
    page.goto(live_server.url + reverse("praktijk-delen", args=[huis.dossier.pk]))
    page.get_by_label("Wat deden jullie?").fill(marked["wat"])
    page.get_by_label("Wat veranderde er?").fill(VERTELD["veranderde"])
    page.get_by_role("button", name="Deel dit").click()
    page.get_by_text("Deel het dan nog eens.").wait_for()
    check("what the guard saw")


def test_the_pages_of_an_editor_of_the_plg(page, live_server, log_in, huis, oscar, check):
    waits = with_plg(huis.dossier, huis.team, wat="Yassine El Amrani uit 2B werd gebeld.")
    oscar.is_staff = oscar.beheert_materialen = True
    oscar.save()
    log_in(page, oscar)
    page.goto(live_server.url + reverse("uit-de-scholen"))
    page.get_by_role("link", name="Na te lezen (1)").press("Enter")
    page.get_by_role("heading", name="Na te lezen").wait_for()
    check("what waits for the PLG")
    page.get_by_role("link", name=waits.titel).press("Enter")
    page.get_by_role("button", name="Vraag het team").press("Enter")
    page.get_by_text("Schrijf je vraag erbij.").wait_for()
    check("reading it for the PLG")
    page.get_by_role("button", name="Zet in de toolbox").press("Enter")
    page.get_by_text("Het staat in de toolbox.").wait_for()
