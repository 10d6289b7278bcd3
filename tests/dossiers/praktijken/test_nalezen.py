"""An reads what Tom told, and then Sofie of the PLG; each of them can ask him something."""

from datetime import date

import pytest
from django.urls import reverse

from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.praktijken.domain.delen import change_praktijk, withdraw_praktijk
from dossiers.praktijken.domain.nalezen import ask_back
from dossiers.praktijken.forms import TOCH_EEN_VRAAG
from dossiers.praktijken.models import MAX_VRAAG, Praktijk, Stand
from dossiers.praktijken.views.nalezen import AL_BESLIST, INTUSSEN, WEG
from start.domain.oefendossier import open_oefendossier
from tests.dossiers.praktijken.praktijken import GETYPT, VERTELD, on_the_shelf, told, with_plg
from tests.elders import WOORDEN, Vol
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

NAAM = "Yassine El Amrani"


def of_an(praktijk) -> str:
    return reverse("praktijk-lezen", args=[praktijk.dossier_id, praktijk.pk])


def of_sofie(praktijk) -> str:
    return reverse("praktijk-nalezen", args=[praktijk.pk])


def test_it_goes_from_tom_by_an_and_sofie_to_the_shelf(als, huis, tom, redacteur, ander_huis):
    made = told(huis.dossier, tom)
    an, sofie = als(huis.ankerfiguur), als(redacteur)
    assert of_an(made) in an.get(reverse("praktijken", args=[huis.dossier.pk])).text
    assert of_an(made) not in als(tom).get(reverse("praktijken", args=[huis.dossier.pk])).text
    assert "Er wacht niets." in sofie.get(reverse("praktijken-nalezen")).text

    page = an.post(of_an(made), whole_form(an.get(of_an(made)).text), follow=True).text
    assert "Doorgestuurd naar de PLG." in page
    assert "Bij de PLG sinds" in page
    assert "Na te lezen (1)" in sofie.get(reverse("uit-de-scholen")).text
    assert of_sofie(made) in sofie.get(reverse("praktijken-nalezen")).text
    sofie.post(of_sofie(made), whole_form(sofie.get(of_sofie(made)).text))

    made.refresh_from_db()
    assert made.stand == Stand.GEDEELD
    assert made.titel in als(ander_huis.lezer).get(reverse("uit-de-scholen")).text
    done = Logregel.objects.filter(record_id=str(made.pk)).order_by("pk")
    assert [(line.handeling, line.door) for line in done] == [
        ("praktijk-verteld", tom),
        ("praktijk-doorgestuurd", huis.ankerfiguur),
        ("praktijk-goedgekeurd", redacteur),
    ]
    assert {line.dossier_id for line in done} == {huis.dossier.pk}


@pytest.mark.parametrize("who", ["an", "sofie"])
def test_each_of_them_can_ask_tom_something(als, huis, tom, redacteur, who):
    made = (told if who == "an" else with_plg)(huis.dossier, tom)
    here, user = (of_an(made), huis.ankerfiguur) if who == "an" else (of_sofie(made), redacteur)
    browser = als(user)
    form = whole_form(browser.get(here).text) | {"terug": "1"}

    assert "Schrijf je vraag erbij." in browser.post(here, form | {"vraag": " \n "}).text
    long = browser.post(here, form | {"vraag": "a" * (MAX_VRAAG + 1)})
    assert (long.status_code, "maak het korter" in long.text) == (422, True)
    # A question that was typed is not passed over by the other button.
    other = {naam: waarde for naam, waarde in form.items() if naam != "terug"}
    kept = browser.post(here, other | {"vraag": "Hoe vaak bellen jullie?"})
    assert (kept.status_code, TOCH_EEN_VRAAG in kept.text) == (422, True)
    browser.post(here, form | {"vraag": "Hoe vaak bellen jullie?"})

    made.refresh_from_db()
    assert (made.stand, made.vraag) == (Stand.VRAAG, "Hoe vaak bellen jullie?")
    lijst = als(tom).get(reverse("praktijken", args=[huis.dossier.pk])).text
    assert "Hoe vaak bellen jullie?" in lijst
    change = reverse("praktijk-wijzigen", args=[huis.dossier.pk, made.pk])
    page = als(tom).get(change).text
    assert "Hoe vaak bellen jullie?" in page
    # He may also leave his words as they are.
    als(tom).post(change, whole_form(page))
    made.refresh_from_db()
    assert (made.stand, made.vraag) == (Stand.ANKERFIGUUR, "")


@pytest.mark.parametrize("who", ["an", "sofie"])
def test_a_name_that_was_planted_is_marked_for_who_reads(als, huis, tom, redacteur, who):
    woorden = {"wat": f"{NAAM} uit 2B werd gebeld.", "werkte_niet": "Een brief aan <b>ouders</b>."}
    made = (told if who == "an" else with_plg)(huis.dossier, tom, **woorden)
    browser = als(huis.ankerfiguur if who == "an" else redacteur)

    page = browser.get(of_an(made) if who == "an" else of_sofie(made)).text

    marked = page.partition("<mark>")[2].partition("<")[0]
    assert marked in f"{NAAM} uit 2B"
    assert "Amrani" in marked
    assert "&lt;b&gt;ouders" in page


def test_words_that_tom_changed_are_read_again_before_they_are_passed_on(als, huis, tom):
    made = told(huis.dossier, tom)
    an = als(huis.ankerfiguur)
    form = whole_form(an.get(of_an(made)).text)
    words = VERTELD | {"wat": "Nu iets anders."}
    change_praktijk(praktijk=made, woorden=words, seen=made.mark, door=tom)

    page = an.post(of_an(made), form)

    assert page.status_code == 409
    assert INTUSSEN in page.text
    assert "Nu iets anders." in page.text
    made.refresh_from_db()
    assert made.stand == Stand.ANKERFIGUUR
    an.post(of_an(made), whole_form(page.text))
    made.refresh_from_db()
    assert made.stand == Stand.PLG


def test_what_tom_changed_while_sofie_had_it_open_is_not_approved(als, huis, tom, redacteur):
    """His words go by An first, also when she passed them on meanwhile."""
    made = with_plg(huis.dossier, tom)
    sofie, an = als(redacteur), als(huis.ankerfiguur)
    form = whole_form(sofie.get(of_sofie(made)).text)
    words = VERTELD | {"wat": "Nu iets anders."}
    change_praktijk(praktijk=made, woorden=words, seen=made.mark, door=tom)

    assert WEG in sofie.post(of_sofie(made), form, follow=True).text
    an.post(of_an(made), whole_form(an.get(of_an(made)).text))
    page = sofie.post(of_sofie(made), form)
    assert (page.status_code, INTUSSEN in page.text) == (409, True)
    made.refresh_from_db()
    assert made.stand == Stand.PLG


def test_what_tom_took_back_while_sofie_had_it_open_stays_gone(als, huis, tom, redacteur):
    made = with_plg(huis.dossier, tom)
    sofie = als(redacteur)
    form = whole_form(sofie.get(of_sofie(made)).text)
    withdraw_praktijk(praktijk=made, door=tom)

    assert WEG in sofie.post(of_sofie(made), form, follow=True).text
    assert sofie.get(of_sofie(made)).status_code == 404
    assert not Praktijk.objects.exists()


def test_a_second_click_decides_once(als, huis, tom, redacteur):
    made = with_plg(huis.dossier, tom)
    sofie = als(redacteur)
    form = whole_form(sofie.get(of_sofie(made)).text)
    for _ in range(2):
        sofie.post(of_sofie(made), form)
    an = als(huis.ankerfiguur)
    an.post(of_an(made), form)

    made.refresh_from_db()
    assert made.stand == Stand.GEDEELD
    assert Logregel.objects.filter(handeling="praktijk-goedgekeurd").count() == 1
    assert AL_BESLIST in an.get(of_an(made), follow=True).text


def test_what_waits_for_the_year_to_end_is_still_read(als, huis, tom, redacteur):
    made = told(huis.dossier, tom)
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    an, sofie = als(huis.ankerfiguur), als(redacteur)

    an.post(of_an(made), whole_form(an.get(of_an(made)).text))
    sofie.post(of_sofie(made), whole_form(sofie.get(of_sofie(made)).text))

    made.refresh_from_db()
    assert made.stand == Stand.GEDEELD


def test_an_editor_reaches_no_dossier_by_any_address(als, huis, redacteur):
    """She reads the words, without the school when its team wants that."""
    vol = Vol(huis.dossier, huis.medewerker)
    shared = with_plg(huis.dossier, huis.team)
    named = with_plg(huis.dossier, huis.team, toon_school=True)
    sofie = als(redacteur)
    page = sofie.get(of_sofie(shared)).text
    assert "Sint-Jozef" not in page
    assert str(huis.dossier.pk) not in page
    assert "Sint-Jozefschool, Mechelen" in sofie.get(of_sofie(named)).text
    assert sofie.get(of_sofie(told(huis.dossier, huis.team))).status_code == 404

    assert vol.actie.wat == WOORDEN
    for name, keys in (
        ("praktijken", []),
        ("praktijk-delen", []),
        ("praktijken-bij", ["f1-1"]),
        ("praktijk-wijzigen", [shared.pk]),
        ("praktijk-lezen", [shared.pk]),
        ("praktijk-intrekken", [shared.pk]),
        ("praktijk-naar-actie", [shared.pk]),
        ("dossier", []),
        ("overzicht", []),
    ):
        assert sofie.get(reverse(name, args=[huis.dossier.pk, *keys])).status_code == 404, name


@pytest.mark.parametrize("lacks", ["is_staff", "beheert_materialen"])
def test_who_is_no_editor_reads_nothing_for_the_plg(als, huis, tom, redacteur, lacks):
    made = with_plg(huis.dossier, tom)
    setattr(redacteur, lacks, False)
    redacteur.save()
    sofie = als(redacteur)

    assert sofie.get(reverse("praktijken-nalezen")).status_code == 403
    assert sofie.get(of_sofie(made)).status_code == 403
    assert "Na te lezen" not in sofie.get(reverse("uit-de-scholen")).text


def test_the_ankerfiguur_of_another_clb_reads_nothing_first(als, huis, tom, ander_huis):
    made = told(huis.dossier, tom)

    assert als(ander_huis.ankerfiguur).get(of_an(made)).status_code == 404
    assert als(huis.medewerker).get(of_an(made)).status_code == 403
    assert als(tom).get(of_an(made)).status_code == 403


def test_a_school_that_moves_is_read_by_the_ankerfiguur_of_its_new_clb(als, huis, tom, ander_huis):
    made = told(huis.dossier, tom)
    huis.school.clb = ander_huis.clb
    huis.school.save()

    assert als(ander_huis.ankerfiguur).get(of_an(made)).status_code == 200
    assert als(huis.ankerfiguur).get(of_an(made)).status_code == 404


def test_nothing_of_an_oefendossier_goes_to_anybody(als, huis, redacteur):
    oefen = open_oefendossier(clb=huis.clb, today=date(2026, 12, 1), door=huis.ankerfiguur)
    an = als(huis.ankerfiguur)
    new = reverse("praktijk-delen", args=[oefen.pk])
    page = an.post(new, whole_form(an.get(new).text) | GETYPT, follow=True)
    assert "er gaat niets naar andere scholen" in page.text
    made = Praktijk.objects.get()
    assert an.get(of_an(made)).status_code == 403

    # Not even where its stand says so.
    Praktijk.objects.update(stand=Stand.PLG)
    assert als(redacteur).get(of_sofie(made)).status_code == 404
    assert "Er wacht niets." in als(redacteur).get(reverse("praktijken-nalezen")).text
    Praktijk.objects.update(stand=Stand.GEDEELD, gedeeld_op="2026-12-01")
    assert an.get(reverse("uit-een-school", args=[made.pk])).status_code == 404
    assert "Nog geen school deelde" in an.get(reverse("uit-de-scholen")).text


def test_a_question_that_was_asked_is_not_asked_again(huis, tom, redacteur):
    made = with_plg(huis.dossier, tom)
    for _ in range(2):
        ask_back(praktijk=made, van=Stand.PLG, vraag="Hoe?", seen=made.mark, door=redacteur)

    assert Logregel.objects.filter(handeling="praktijk-gevraagd").count() == 1


def test_an_ankerfiguur_who_left_reads_nothing(als, huis, tom):
    made = told(huis.dossier, tom)
    Lidmaatschap.objects.filter(user=huis.ankerfiguur, rol=Rol.ANKERFIGUUR).delete()

    assert als(huis.ankerfiguur).get(of_an(made)).status_code == 404
    assert on_the_shelf(huis.dossier, tom).stand == Stand.GEDEELD
