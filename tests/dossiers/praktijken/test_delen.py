"""Tom tells what worked: from an action or without one, with a guard that looks along."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import escape

from dialoogfiches.oudergesprekken.models import Vrijgave
from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.praktijken.forms import TOCH
from dossiers.praktijken.models import MAX_TEKST, MAX_VOOR_WIE, HielpOok, Praktijk, Stand
from tests.concurrency import at_once
from tests.dossiers.praktijken.conftest import GEVONDEN
from tests.dossiers.praktijken.praktijken import GETYPT, VERTELD, on_the_shelf, told, with_plg
from tests.elders import WOORDEN, Vol
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

NAAM = "Yassine El Amrani uit 2B"


def lijst(dossier) -> str:
    return reverse("praktijken", args=[dossier.pk])


def nieuw(dossier) -> str:
    return reverse("praktijk-delen", args=[dossier.pk])


def test_an_empty_list_says_the_first_step(als, tom, dossier):
    page = als(tom).get(lijst(dossier)).text

    assert "Rond een actie af en kijk erop terug" in page
    assert nieuw(dossier) in page


def test_tom_shares_an_action_with_what_the_team_found(als, tom, dossier, klaar):
    browser = als(tom)
    assert klaar.wat in browser.get(lijst(dossier)).text
    address = f"{nieuw(dossier)}?actie={klaar.pk}"
    form = whole_form(browser.get(address).text)
    assert (form["wat"], form["veranderde"], form["hoort_bij"]) == (klaar.wat, GEVONDEN, "f1-1")
    assert "toon_school" not in form

    page = browser.post(address, form, follow=True).text

    assert "De ankerfiguur van je CLB leest het eerst." in page
    made = Praktijk.objects.get()
    assert (made.actie, made.stand, made.toon_school) == (klaar, Stand.ANKERFIGUUR, False)
    assert "Dit kan je nog delen" not in page
    line = Logregel.objects.get(handeling="praktijk-verteld")
    assert (line.door, line.dossier_id, line.record_id) == (tom, dossier.pk, str(made.pk))


def test_something_without_an_action_can_be_shared_too(als, tom, dossier):
    als(tom).post(nieuw(dossier), GETYPT | {"toon_school": "on"})

    made = Praktijk.objects.get()
    assert made.actie is None
    assert {naam: getattr(made, naam) for naam in VERTELD} == VERTELD | {"toon_school": True}


@pytest.mark.parametrize(
    ("stand", "besluit", "is_offered"),
    [
        (Actiestand.GEPLAND, "", False),
        (Actiestand.BEZIG, Besluit.STOPPEN, False),
        (Actiestand.BEZIG, Besluit.BORGEN, True),
        (Actiestand.KLAAR, "", True),
    ],
)
def test_what_is_done_or_kept_can_be_shared(als, tom, dossier, klaar, stand, besluit, is_offered):
    Actie.objects.filter(pk=klaar.pk).update(stand=stand, besluit=besluit)
    browser = als(tom)

    assert (klaar.wat in browser.get(lijst(dossier)).text) == is_offered
    answer = browser.get(f"{nieuw(dossier)}?actie={klaar.pk}")
    assert answer.status_code == (200 if is_offered else 404)


def test_what_is_sealed_is_never_offered(als, huis, dossier, klaar):
    """A talk with parents in the same dossier, with what the school may know of it."""
    vol = Vol(dossier, huis.medewerker)
    assert vol.vrijgave
    assert Vrijgave.objects.get().tekst == WOORDEN
    browser = als(huis.medewerker)

    for address in (nieuw(dossier), f"{nieuw(dossier)}?actie={klaar.pk}", lijst(dossier)):
        assert WOORDEN not in browser.get(address).text


def test_a_second_click_shares_nothing_twice(als, tom, dossier, klaar):
    browser, sleutel = als(tom), str(uuid4())
    for _ in range(2):
        browser.post(nieuw(dossier), GETYPT | {"sleutel": sleutel})
        browser.post(f"{nieuw(dossier)}?actie={klaar.pk}", GETYPT)

    assert Praktijk.objects.count() == 2
    again = browser.get(f"{nieuw(dossier)}?actie={klaar.pk}")
    known = Praktijk.objects.get(actie=klaar)
    assert again.url == reverse("praktijk-wijzigen", args=[dossier.pk, known.pk])


@pytest.mark.parametrize(
    ("naam", "most"), [("wat", MAX_TEKST), ("veranderde", MAX_TEKST), ("voor_wie", MAX_VOOR_WIE)]
)
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_text_fits_up_to_its_length(als, tom, dossier, naam, most, more):
    answer = als(tom).post(nieuw(dossier), GETYPT | {naam: "a" * (most + more)})

    assert answer.status_code == (422 if more > 0 else 302)
    assert Praktijk.objects.count() == (0 if more > 0 else 1)


def test_twenty_thousand_signs_come_back_with_what_to_do(als, tom, dossier):
    page = als(tom).post(nieuw(dossier), GETYPT | {"wat": "woord " * 3_333 + "ab"})

    assert page.status_code == 422
    assert "Dit telt 20000 tekens en er passen er 2000: maak het korter." in page.text
    assert "woord woord woord" in page.text


def test_the_database_takes_no_other_shape(dossier):
    for wrong in (
        {"wat": ""},
        {"veranderde": ""},
        {"wat": "a" * (MAX_TEKST + 1)},
        {"hoort_bij": "g9"},
        {"stand": "weg"},
        {"stand": Stand.VRAAG},
        {"vraag": "Hoe dan?"},
        {"stand": Stand.GEDEELD},
        {"gedeeld_op": "2026-12-01"},
    ):
        with pytest.raises((IntegrityError, Exception)) as raised, transaction.atomic():
            Praktijk.objects.create(**{"dossier": dossier, **VERTELD, **wrong})
        assert type(raised.value).__name__ in ("IntegrityError", "DataError"), wrong


def test_the_guard_sees_a_name_that_was_planted_and_stops_once(als, tom, dossier):
    typed = GETYPT | {"veranderde": f"{NAAM} komt weer elke dag."}
    browser = als(tom)

    page = browser.post(nieuw(dossier), typed)

    assert page.status_code == 422
    assert escape(TOCH) in page.text
    assert "El Amrani" in page.text
    assert not Praktijk.objects.exists()
    # It is a warning and no lock: the same words go the second time, other words do not.
    form = whole_form(page.text)
    other = form | {"wat": f"{NAAM} werd gebeld."}
    assert browser.post(nieuw(dossier), other).status_code == 422
    assert browser.post(nieuw(dossier), form).status_code == 302
    assert Praktijk.objects.get().veranderde == typed["veranderde"]


def test_two_people_who_change_it_both_see_each_others_words(als, huis, dossier, tom):
    made = told(dossier, tom)
    here = reverse("praktijk-wijzigen", args=[dossier.pk, made.pk])
    form = whole_form(als(tom).get(here).text)
    assert als(huis.medewerker).post(here, form | {"wat": "Wij bellen samen."}).status_code == 302

    page = als(tom).post(here, form | {"wat": "Ik bel alleen."})

    assert page.status_code == 409
    assert "Wij bellen samen." in page.text
    assert "Ik bel alleen." in page.text
    assert als(tom).post(here, whole_form(page.text)).status_code == 302
    made.refresh_from_db()
    assert made.wat == "Ik bel alleen."


def test_what_changes_is_read_again_from_the_start(als, tom, dossier):
    """Also when it was shared: it is off the shelf until then."""
    made = on_the_shelf(dossier, tom)
    here = reverse("praktijk-wijzigen", args=[dossier.pk, made.pk])
    form = whole_form(als(tom).get(here).text)

    als(tom).post(here, form)
    made.refresh_from_db()
    assert made.stand == Stand.GEDEELD  # nothing was changed

    als(tom).post(here, form | {"voor_wie": "Iedereen"})
    made.refresh_from_db()
    assert (made.stand, made.gedeeld_op) == (Stand.ANKERFIGUUR, None)
    assert als(tom).get(reverse("uit-een-school", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("make", [told, with_plg, on_the_shelf])
def test_it_can_be_taken_back_at_any_time_and_is_gone_everywhere(
    als, tom, dossier, make, wislijst, ander_huis
):
    made = make(dossier, tom, wat="Zeldzaam woord: klokkenluiderspraktijk")
    HielpOok.objects.create(praktijk=made, school=ander_huis.school)
    away = reverse("praktijk-intrekken", args=[dossier.pk, made.pk])
    assert "Dit intrekken?" in als(tom).get(away).text

    page = als(tom).post(away, follow=True).text

    assert "Het is weg" in page
    assert not Praktijk.objects.exists()
    assert not HielpOok.objects.exists()
    assert str(made.pk) in wislijst.read_text()
    assert "klokkenluider" not in wislijst.read_text()
    thea = als(ander_huis.team)
    assert thea.get(reverse("uit-een-school", args=[made.pk])).status_code == 404
    shelf = thea.get(reverse("uit-de-scholen"), {"zoek": "klokkenluiderspraktijk"}).text
    assert "Niets gevonden." in shelf
    # A second click, or a colleague was first.
    assert "Dit was al ingetrokken." in als(tom).post_late(away, {}, follow=True).text


def test_a_closed_dossier_is_read_and_gives_back_and_nothing_else(als, huis, dossier, tom):
    made = on_the_shelf(dossier, tom)
    close_dossier(dossier=dossier, door=huis.ankerfiguur)
    browser = als(tom)
    page = browser.get(lijst(dossier)).text
    assert made.titel in page
    assert f'{reverse("praktijk-wijzigen", args=[dossier.pk, made.pk])}"' not in page
    assert browser.get(nieuw(dossier)).status_code == 403

    away = reverse("praktijk-intrekken", args=[dossier.pk, made.pk])
    assert away in page
    assert browser.get(away).status_code == 200
    browser.post(away)
    assert not Praktijk.objects.exists()


def test_a_reader_reads_where_it_stands_and_does_nothing(als, huis, dossier, tom, klaar):
    made = told(dossier, tom)
    lies = als(huis.lezer)
    page = lies.get(lijst(dossier)).text

    assert made.titel in page
    assert "Trek in" not in page
    assert klaar.wat not in page
    assert lies.get(nieuw(dossier)).status_code == 403
    away = reverse("praktijk-intrekken", args=[dossier.pk, made.pk])
    assert lies.post_late(away, {}).status_code == 403
    assert Praktijk.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_share_an_action_once(dossier, tom, klaar):
    def share() -> None:
        told(dossier, tom, actie=klaar)

    at_once(share, share)

    assert Praktijk.objects.count() == 1


def test_a_list_asks_as_many_queries_for_many_as_for_one(
    als, tom, dossier, klaar, django_assert_num_queries
):
    told(dossier, tom, actie=klaar)
    for nummer in range(5):
        told(dossier, tom, wat=f"Idee {nummer}")
    browser = als(tom)
    browser.get(lijst(dossier))

    with django_assert_num_queries(5):
        browser.get(lijst(dossier))


# --- where a team is at that moment -----------------------------------------------------------


def test_after_a_check_and_at_an_action_that_is_done_one_link_leads_there(
    als, huis, tom, dossier, klaar
):
    to_do = create_actie(dossier=dossier, wat="Nog te doen", door=tom)
    browser = als(tom)
    for actie, stands in ((klaar, True), (to_do, False)):
        link = f"{nieuw(dossier)}?actie={actie.pk}"
        row = browser.get(reverse("overzicht", args=[dossier.pk]), {"open": str(actie.pk)}).text
        assert (link in row) == stands
        check = browser.get(reverse("check", args=[dossier.pk, actie.pk])).text
        assert (link in check) == stands
    check = reverse("check", args=[dossier.pk, klaar.pk])
    assert nieuw(dossier) not in als(huis.lezer).get(check).text
    assert lijst(dossier) in browser.get(reverse("dossier", args=[dossier.pk])).text


def test_the_last_step_of_a_talk_leads_there_and_no_step_before(als, tom, dossier):
    gesprek = Vol(dossier, tom).gesprek
    codes = [one.code for one in gesprek.versie.onderdelen.order_by("volgorde")]
    steps = [
        als(tom).get(reverse("gesprekstap", args=[dossier.pk, gesprek.pk, code])).text
        for code in (codes[0], codes[-1])
    ]

    assert [lijst(dossier) in page for page in steps] == [False, True]
