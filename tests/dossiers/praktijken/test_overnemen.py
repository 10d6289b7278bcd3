"""Thea makes an action of her own after what worked at Sint-Jozef, in words of her own."""

import pytest
from django.urls import reverse

from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.models import Dossier
from dossiers.praktijken.domain.delen import change_praktijk, withdraw_praktijk
from dossiers.praktijken.domain.navolgen import make_own_action
from dossiers.praktijken.models import Navolging
from dossiers.praktijken.views.plank import WEG_ACTIE
from start.domain.erasing import erase_dossier
from tests.dossiers.praktijken.praktijken import VERTELD, of_huis
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

EIGEN = "Onze leerlingbegeleider belt de eerste dag"


def here(huis, praktijk) -> str:
    return reverse("praktijk-naar-actie", args=[huis.dossier.pk, praktijk.pk])


def check(actie) -> str:
    return reverse("check", args=[actie.dossier_id, actie.pk])


def test_thea_takes_it_over_in_her_own_words(als, huis, ander_huis):
    shared = of_huis(huis)
    thea = als(ander_huis.team)
    choose = reverse("praktijk-overnemen", args=[shared.pk])
    assert choose in thea.get(reverse("uit-een-school", args=[shared.pk])).text
    assert thea.get(choose).url == here(ander_huis, shared)
    form = whole_form(thea.get(here(ander_huis, shared)).text)
    assert form["nieuw-uit-wat"] == shared.wat

    same = thea.post(here(ander_huis, shared), form)
    assert same.status_code == 422
    assert "Zeg in jullie eigen woorden" in same.text
    page = thea.post(here(ander_huis, shared), form | {"nieuw-uit-wat": EIGEN}, follow=True).text

    assert "De actie staat bij jullie acties." in page
    actie = Actie.objects.get(dossier=ander_huis.dossier)
    assert (actie.wat, actie.hoort_bij) == (EIGEN, "f1-1")
    said = "Naar een idee van een school uit het secundair onderwijs"
    assert said in thea.get(check(actie)).text


def test_the_name_stands_at_the_action_when_the_school_wants_that(als, huis, ander_huis):
    shared = of_huis(huis, toon_school=True)
    actie, _ = make_own_action(
        praktijk=shared, dossier=ander_huis.dossier, wat=EIGEN, door=ander_huis.team
    )
    thea = als(ander_huis.team)
    assert "Naar een idee van Sint-Jozefschool, Mechelen" in thea.get(check(actie)).text

    words = VERTELD | {"toon_school": False}
    change_praktijk(praktijk=shared, woorden=words, seen=shared.mark, door=huis.team)
    assert "Sint-Jozef" not in thea.get(check(actie)).text


def test_a_second_click_makes_no_second_action(als, huis, ander_huis):
    shared = of_huis(huis)
    thea = als(ander_huis.team)
    form = whole_form(thea.get(here(ander_huis, shared)).text) | {"nieuw-uit-wat": EIGEN}
    for _ in range(2):
        thea.post(here(ander_huis, shared), form)

    assert Actie.objects.filter(dossier=ander_huis.dossier).count() == 1
    assert Navolging.objects.count() == 1


def test_what_is_taken_back_leaves_her_action_and_her_words(als, huis, ander_huis):
    shared = of_huis(huis, toon_school=True)
    actie, _ = make_own_action(
        praktijk=shared, dossier=ander_huis.dossier, wat=EIGEN, door=ander_huis.team
    )

    withdraw_praktijk(praktijk=shared, door=huis.team)

    assert Actie.objects.get().wat == EIGEN
    page = als(ander_huis.team).get(check(actie)).text
    assert EIGEN in page
    assert "Naar een idee" not in page


def test_what_was_taken_back_while_she_typed_drops_none_of_her_words(als, huis, ander_huis):
    shared = of_huis(huis)
    withdraw_praktijk(praktijk=shared, door=huis.team)

    actie, is_there = make_own_action(
        praktijk=shared, dossier=ander_huis.dossier, wat=EIGEN, door=ander_huis.team
    )

    assert (actie.wat, is_there) == (EIGEN, False)
    assert "intussen ingetrokken" in WEG_ACTIE
    assert not Navolging.objects.exists()


def test_who_works_in_several_dossiers_chooses_one(als, huis, ander_huis, volgt_beide):
    shared = of_huis(huis)
    page = als(volgt_beide).get(reverse("praktijk-overnemen", args=[shared.pk])).text

    assert "In welk dossier?" in page
    assert here(huis, shared) in page
    assert here(ander_huis, shared) in page


def test_who_may_not_write_makes_no_action(als, huis, ander_huis, oscar):
    shared = of_huis(huis)
    typed = {"nieuw-uit-wat": EIGEN}
    leo = als(ander_huis.lezer)

    assert "Je leest mee" in leo.get(reverse("praktijk-overnemen", args=[shared.pk])).text
    assert leo.post_late(here(ander_huis, shared), typed).status_code == 403
    assert als(oscar).post_late(here(ander_huis, shared), typed).status_code == 404
    close_dossier(dossier=ander_huis.dossier, door=ander_huis.ankerfiguur)
    thea = als(ander_huis.team)
    assert thea.post_late(here(ander_huis, shared), typed).status_code == 403
    assert not Actie.objects.exists()


def test_an_erased_dossier_takes_its_practices_along_and_leaves_the_actions(als, huis, ander_huis):
    shared = of_huis(huis)
    actie, _ = make_own_action(
        praktijk=shared, dossier=ander_huis.dossier, wat=EIGEN, door=ander_huis.team
    )

    erase_dossier(huis.dossier, among=Dossier.objects.all(), door=huis.ankerfiguur)

    assert not Navolging.objects.exists()
    assert "Naar een idee" not in als(ander_huis.team).get(check(actie)).text
    assert als(ander_huis.team).get(reverse("uit-een-school", args=[shared.pk])).status_code == 404
