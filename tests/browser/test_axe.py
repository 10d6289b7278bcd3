"""Every page passes axe (WCAG 2.2 AA and best practice) on a laptop and on a phone."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.briefhoofd.domain.briefhoofd import save_briefhoofd
from dossiers.briefhoofd.domain.logo import draw_logo
from dossiers.briefhoofd.models import Briefhoofd
from dossiers.cijfers.domain import save_cijfers
from dossiers.cijfers.models import Groep, Reden
from dossiers.domain import ask_to_erase, close_dossier
from dossiers.materialen.models import Fase
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import Lidmaatschap
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Antwoord, Inschaling
from tests.dossiers.briefhoofd.files import logo
from tests.dossiers.sociale_kaart.kaart import place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def filled(huis, doel, vraag):
    """A dossier with some of every kind of content."""
    tom, an = huis.team, huis.ankerfiguur
    antwoord = Antwoord(dossier=huis.dossier, vraag=vraag)
    save_veld(record=antwoord, veld="toelichting", waarde="een", basis=0, door=tom)
    save_veld(record=antwoord, veld="toelichting", waarde="twee", basis=1, door=an)
    save_veld(record=antwoord, veld="stand", waarde="deels", basis=0, door=tom)
    inschaling = Inschaling(dossier=huis.dossier, doelstelling=doel)
    for basis, score in enumerate((3, 7)):
        save_veld(record=inschaling, veld="score", waarde=score, basis=basis, door=tom)
    inschaling.history().filter(revisie=1).update(op=timezone.now() - timedelta(days=40))
    create_planactie(dossier=huis.dossier, doelstelling=doel, wat="onthaaldag", wie="Tom", door=tom)
    choose_priorities(dossier=huis.dossier, fase=Fase(0), codes=["f0-1"], door=tom)
    invite(school=huis.school, email="gast@test.be", rol="lezer", door=an)
    counts = {naam: 20 for reden in Reden for naam in reden.fields}
    save_cijfers(
        dossier=huis.dossier,
        seen="0",
        geteld_tot=None,
        op_routekaart=True,
        groepen={Groep.SCHOOL: {"leerlingen": 412, **counts}},
        door=tom,
    )
    place(huis.clb, nagekeken=date(2024, 1, 1))
    save_briefhoofd(
        van=huis.school,
        naam="Sint-Jozef",
        contact="",
        logo=draw_logo(logo()),
        seen=Briefhoofd().mark,
        door=tom,
    )
    return huis


def addresses(huis):
    dossier, school = [huis.dossier.pk], [huis.school.pk]
    clb, plek = [huis.clb.pk], huis.clb.voorzieningen.get().pk
    lid = Lidmaatschap.objects.get(user=huis.team)
    return [
        reverse("scholen"),
        reverse("scholen") + "?zoek=bestaat-niet",
        reverse("scholen") + "?weergave=tabel",
        reverse("toegang"),
        reverse("school-nieuw"),
        reverse("school", args=school),
        reverse("school-wijzigen", args=school),
        reverse("lidmaatschap-beeindigen", args=[lid.pk]),
        reverse("school-op-papier", args=school),
        reverse("clb-op-papier", args=clb),
        reverse("sociale-kaart", args=clb),
        reverse("voorziening-nieuw", args=clb),
        reverse("voorziening-wijzigen", args=[*clb, plek]),
        reverse("voorziening-weghalen", args=[*clb, plek]),
        reverse("dossier", args=dossier),
        reverse("dossier-afsluiten", args=dossier),
        reverse("dossier-wissen", args=dossier),
        reverse("dossier-logboek", args=dossier),
        reverse("dossier-logboek", args=dossier) + "?sinds=7&wat=wissen",
        reverse("uitvoer", args=dossier),
        reverse("clb-logboek", args=clb),
        reverse("dossier-heropenen", args=dossier),
        reverse("preventieplan", args=dossier),
        reverse("doelstelling", args=[*dossier, "f0-1"]) + "?weergave=lijst&stop=f0-1-v01",
        reverse("doelstelling", args=[*dossier, "f3-1"]),
        reverse("overzicht", args=dossier),
        reverse("overzicht", args=dossier) + "?toon=van-mij&fase=3",
        reverse("scores", args=dossier),
        reverse("voor-je-binnengaat", args=dossier),
        reverse("fase-rond", args=[*dossier, 0]),
        reverse("fase-rond", args=[*dossier, 2]),
        reverse("historiek", args=[*dossier, "antwoord-f0-1-v01-toelichting"]),
        reverse("historiek", args=[*dossier, "inschaling-f0-1-focus"]),
        reverse("cijfers", args=dossier),
        reverse("cijfers", args=dossier) + "?per=deel",
        reverse("doelstelling", args=[*dossier, "f0-4"]) + "?weergave=lijst",
        reverse("routekaart", args=dossier),
        reverse("hulp"),
        reverse("hulp-hoofdstuk", args=["schoolteam"]),
        reverse("toegankelijkheid"),
        reverse("toegankelijkheidsverklaring"),
        reverse("account_change_password"),
        reverse("account_logout"),
        "/bestaat-niet/",
    ]


@pytest.fixture
def walk(page, live_server, check):
    """Look at every address; of what refuses somebody, or leads elsewhere, once."""

    def go(who, addresses):
        seen = set()
        for address in addresses:
            status = page.goto(live_server.url + address).status
            shown = page.url if status == HTTPStatus.OK else status
            if shown not in seen:
                check(f"{who} {address}")
            seen.add(shown)

    return go


@pytest.mark.parametrize("user", ["team", "lezer"])
def test_each_stop_of_a_goal(page, live_server, log_in, check, filled, user):
    log_in(page, getattr(filled, user))
    goal = live_server.url + reverse("doelstelling", args=[filled.dossier.pk, "f0-1"])
    page.goto(f"{goal}?weergave=lijst&stop=f0-1-v01")
    check(f"{user} lijst", widths=(1280, 390, 320))
    for stop in ("f0-1-v01", "score", "focus", "acties", "einde"):
        page.goto(f"{goal}?weergave=bespreken&stop={stop}")
        if user == "team" and stop == "f0-1-v01":
            page.locator("[name='antwoord-f0-1-v01-groeikans']").fill("een groeikans")
            page.get_by_role("button", name="Wat gaan jullie doen?").first.click()
        check(f"{user} {stop}", widths=(1280, 390, 320))
    if user == "team":
        page.set_viewport_size({"width": 1280, "height": 900})
        page.get_by_role("button", name="Toetsen").click()
        check("the keys", widths=(1280,))


def test_every_page_of_the_ankerfiguur(page, log_in, walk, filled):
    log_in(page, filled.ankerfiguur)
    walk("ankerfiguur", addresses(filled))


def test_the_pages_of_a_reader_and_of_a_closed_dossier(page, log_in, walk, filled):
    close_dossier(dossier=filled.dossier, door=filled.ankerfiguur)
    log_in(page, filled.lezer)
    walk("lezer", addresses(filled))


def test_the_pages_of_a_dossier_that_waits_to_be_erased(page, live_server, log_in, check, filled):
    ask_to_erase(dossier=filled.dossier, door=filled.ankerfiguur, today=timezone.localdate())
    log_in(page, filled.ankerfiguur)
    here = [filled.dossier.pk]
    for address in (
        reverse("dossier", args=here),
        reverse("dossier-wissen", args=here),
        reverse("clb-logboek", args=[filled.clb.pk]),
        reverse("school", args=[filled.school.pk]),
    ):
        page.goto(live_server.url + address)
        check(f"waits {address}", widths=(1280, 390, 320))


def test_the_pages_of_an_oefendossier(page, live_server, log_in, check, huis):
    log_in(page, huis.ankerfiguur)
    page.goto(live_server.url + reverse("scholen"))
    page.get_by_role("link", name="Open het oefendossier").click()
    check("the way in")
    page.get_by_role("button", name="Start met oefenen").click()
    page.get_by_text("hier mag alles misgaan").wait_for()
    check("an oefendossier", widths=(1280, 390, 320))
    dossier = Dossier.objects.get(school__oefen=True)
    page.goto(live_server.url + reverse("doelstelling", args=[dossier.pk, "f0-1"]))
    check("a goal to practise with", widths=(1280, 390, 320))
    page.goto(live_server.url + reverse("dossier", args=[dossier.pk]))
    page.get_by_role("link", name="Maak het oefendossier leeg").click()
    check("the question before it is emptied")
    page.get_by_role("button", name="Maak het leeg").click()
    page.get_by_text("Het oefendossier is leeg").wait_for()
    check("an oefendossier that was emptied")


def test_the_pages_before_logging_in(page, live_server, check, huis):
    _, token = invite(school=huis.school, email="nieuw@test.be", rol="lezer", door=huis.ankerfiguur)
    for address in (
        reverse("account_login"),
        reverse("account_request_login_code"),
        reverse("account_reset_password"),
        reverse("account_reset_password_done"),
        reverse("account_reset_password_from_key", args=["abc", "rommel"]),
        reverse("account_signup"),
        reverse("account_inactive"),
        reverse("uitnodiging", args=[token]),
        reverse("uitnodiging", args=["rommel"]),
        reverse("toegankelijkheid"),
        reverse("toegankelijkheidsverklaring"),
    ):
        page.goto(live_server.url + address)
        check(address)


def test_the_pages_of_somebody_who_is_invited(page, live_server, log_in, check, huis, oscar):
    _, for_oscar = invite(school=huis.school, email=oscar.email, rol="lezer", door=huis.ankerfiguur)
    mine = live_server.url + reverse("uitnodiging", args=[for_oscar])
    page.goto(mine)
    check("an invitation for an account that is not logged in")
    log_in(page, oscar)
    page.goto(mine)
    check("an invitation for who is logged in")
    _, for_other = invite(
        school=huis.school, email="iemand@test.be", rol="lezer", door=huis.ankerfiguur
    )
    page.goto(live_server.url + reverse("uitnodiging", args=[for_other]))
    check("an invitation for somebody else")


def test_the_page_for_a_code_and_the_admin(page, live_server, log_in, check, huis):
    page.goto(live_server.url + reverse("account_request_login_code"))
    page.locator("input[name=email]").fill(huis.team.email)
    page.locator("input[name=email]").press("Enter")
    page.wait_for_url(lambda url: "bevestigen" in url)
    check("the page that asks for the code")
    page.context.clear_cookies()

    huis.ankerfiguur.is_staff = huis.ankerfiguur.is_superuser = True
    huis.ankerfiguur.save()
    log_in(page, huis.ankerfiguur)
    page.goto(live_server.url + reverse("admin:index"))
    check("the admin")


def sent_and_shown(button) -> str:
    """The page that comes back when one presses a button that sends a form."""
    with button.page.expect_event("load"):
        button.click()
    return button.page.content()


def test_words_that_come_back_and_an_overview_with_errors(
    browser, live_server, log_in, check, page, filled
):
    dossier = filled.dossier
    log_in(page, filled.team)
    overview = live_server.url + reverse("overzicht", args=[dossier.pk])
    page.goto(overview)
    page.get_by_role("link", name="onthaaldag", exact=True).click()
    page.locator("[name^=actie-][name$=-wat]").wait_for()
    check("an overview with an open row")
    page.get_by_text("Meer over deze actie").click()
    page.locator("button[name=schrap]").click()
    page.get_by_text("De actie is geschrapt").wait_for()
    page.goto(overview)
    page.get_by_text("Geschrapte acties").click()
    check("an overview with a struck action")

    plain = browser.new_context(java_script_enabled=False).new_page()
    log_in(plain, filled.team)
    plain.goto(overview)
    plain.locator("[name='nieuw-f0-1-wie']").evaluate("e => e.closest('details').open = true")
    plain.locator("[name='nieuw-f0-1-wie']").fill("Sofie")
    wrong = sent_and_shown(plain.get_by_role("button", name="Zet bij de acties").first)
    plain.goto(overview)
    plain.context.clear_cookies(name="csrftoken")
    stale = sent_and_shown(plain.get_by_role("button", name="Bewaar alles"))
    plain.context.close()
    for name, html in (("an overview with an error", wrong), ("words that come back", stale)):
        page.set_content(html, wait_until="load")
        check(name)


def test_an_empty_list_an_error_and_a_conflict(page, live_server, log_in, check, filled, oscar):
    log_in(page, filled.team)
    goal = live_server.url + reverse("doelstelling", args=[filled.dossier.pk, "f0-1"])
    page.goto(f"{goal}?weergave=lijst&stop=f0-1-v01")
    naam = "antwoord-f0-1-v01-toelichting"
    save_veld(
        record=Antwoord.objects.get(),
        veld="toelichting",
        waarde="drie",
        basis=2,
        door=filled.ankerfiguur,
    )
    page.locator(f"textarea[name='{naam}']").fill("vier")
    page.locator(f"[data-veld]:has(> #{naam})[data-staat='conflict']").wait_for()
    groeikans = "antwoord-f0-1-v01-groeikans"
    page.locator(f"textarea[name='{groeikans}']").fill("x" * 20_001)
    page.locator(f"[data-veld]:has(> #{groeikans})[data-staat='fout']").wait_for()
    check("a conflict and an error on the goal page")
    page.goto(f"{goal}?weergave=bespreken&stop=f0-1-v01")
    page.locator(f"[data-veld]:has(> #{naam})[data-staat='conflict']").wait_for()
    check("a conflict and an error at a stop")

    page.context.clear_cookies()
    log_in(page, oscar)
    page.goto(live_server.url + reverse("scholen"))
    check("a list without schools")
