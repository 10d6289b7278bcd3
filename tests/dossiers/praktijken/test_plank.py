"""The shelf "Uit de scholen": everybody reads it, and finds by words, phase, goal and niveau."""

import pytest
from django.urls import reverse

from dossiers.praktijken.domain.delen import withdraw_praktijk
from dossiers.praktijken.models import HielpOok
from dossiers.praktijken.queries.plank import TOLD_FROM
from dossiers.praktijken.views.plank import PER_PAGE
from tests.dossiers.praktijken.praktijken import (
    helped_in,
    of_huis,
    on_the_shelf,
    other_schools,
    told,
    with_plg,
)
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

PLANK = reverse("uit-de-scholen")
ONDERAAN = "hielp ook in"


def of(praktijk) -> str:
    return reverse("uit-een-school", args=[praktijk.pk])


def test_an_empty_shelf_says_how_it_fills(als, oscar):
    assert "Nog geen school deelde wat werkte." in als(oscar).get(PLANK).text


def test_only_what_was_approved_is_on_it(als, huis, ander_huis, oscar):
    told(huis.dossier, huis.team, wat="Nog bij An")
    with_plg(huis.dossier, huis.team, wat="Nog bij Sofie")
    shared = of_huis(huis)
    for user in (oscar, *ander_huis.people.values()):
        page = als(user).get(PLANK).text
        assert of(shared) in page
        assert "Nog bij" not in page
    assert "Uit de scholen" in als(oscar).get(reverse("toolbox")).text


def test_the_name_of_the_school_stands_there_only_when_it_wants_that(als, huis, oscar):
    without, named = of_huis(huis), of_huis(huis, toon_school=True)
    browser = als(oscar)

    page = browser.get(of(without)).text
    assert "een school uit het secundair onderwijs" in page
    assert "Sint-Jozef" not in page
    assert str(huis.dossier.pk) not in page
    assert "Sint-Jozefschool, Mechelen" in browser.get(of(named)).text
    shelf = browser.get(PLANK).text
    assert shelf.count("Sint-Jozefschool") == 1


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"zoek": "klastitularis"}, True),
        ({"zoek": "KLASTITULARIS eerste"}, True),
        ({"zoek": "graad mail"}, True),
        ({"zoek": "klastitularis fiets"}, False),
        ({"zoek": "%"}, False),
        ({"zoek": "Sint-Jozef"}, False),
        ({"zoek": "\x00"}, True),
        ({"fase": "1"}, True),
        ({"fase": "2"}, False),
        ({"fase": "9"}, True),
        ({"doel": "f1-1"}, True),
        ({"doel": "f1-2"}, False),
        ({"doel": "rommel"}, True),
        ({"niveau": "so"}, True),
        ({"niveau": "bao"}, False),
        ({"zoek": "belt", "fase": "1", "doel": "f1-1", "niveau": "so"}, True),
        ({"zoek": "belt", "fase": "1", "doel": "f1-1", "niveau": "buo"}, False),
    ],
)
def test_it_is_found_by_what_fits(als, huis, oscar, asked, is_found):
    shared = of_huis(huis)

    assert (of(shared) in als(oscar).get(PLANK, asked).text) == is_found


def test_of_a_phase_as_a_whole_fits_each_of_its_goals(als, huis, oscar):
    whole = of_huis(huis, hoort_bij="f1")
    browser = als(oscar)

    assert of(whole) in browser.get(PLANK, {"doel": "f1-1"}).text
    assert of(whole) in browser.get(PLANK, {"fase": "1"}).text
    assert of(whole) not in browser.get(PLANK, {"doel": "f0-1"}).text


@pytest.mark.parametrize("more", [0, 1])
def test_a_page_has_twenty_and_the_next_one_the_rest(als, huis, oscar, more):
    for nummer in range(PER_PAGE + more):
        of_huis(huis, wat=f"Idee {nummer}")

    page = als(oscar).get(PLANK).text

    assert page.count('class="praktijk-naam"') == PER_PAGE
    assert ("Pagina 1 van 2" in page) == bool(more)


def test_the_shelf_asks_as_many_queries_for_many_as_for_one(
    als, huis, oscar, django_assert_num_queries
):
    for nummer in range(5):
        helped_in(of_huis(huis, wat=f"Idee {nummer}"), [])
    browser = als(oscar)
    browser.get(PLANK)

    with django_assert_num_queries(5):
        browser.get(PLANK, {"zoek": "idee", "doel": "f1-1"})


# --- Dit hielp ons ook ------------------------------------------------------------------------


@pytest.mark.parametrize("number", [TOLD_FROM - 1, TOLD_FROM, TOLD_FROM + 1])
def test_how_many_it_helped_is_told_from_five_schools(als, huis, oscar, number):
    shared = of_huis(huis)
    helped_in(shared, other_schools(huis.clb, number))

    for page in (als(oscar).get(PLANK).text, als(oscar).get(of(shared)).text):
        assert (f"{number} andere scholen" in page) == (number >= TOLD_FROM)
        assert ("andere scholen" in page) == (number >= TOLD_FROM)


def test_over_two_moments_it_is_told_and_not_told_again(als, huis, ander_huis, oscar):
    """Four, then the fifth, who takes it back."""
    shared = of_huis(huis)
    helped_in(shared, other_schools(huis.clb, TOLD_FROM - 1))
    thea, browser = als(ander_huis.team), als(oscar)
    assert "andere scholen" not in browser.get(of(shared)).text

    form = whole_form(thea.get(of(shared)).text)
    helped = reverse("praktijk-hielp-ook", args=[shared.pk])
    thea.post(helped, form)
    assert f"{TOLD_FROM} andere scholen" in browser.get(of(shared)).text

    page = thea.get(of(shared)).text
    assert "Dit hielp ook in Kouterschool" in page
    thea.post(helped, whole_form(page) | {"terug": "1"})
    assert "andere scholen" not in browser.get(of(shared)).text


def test_below_five_the_number_does_not_decide_the_order(als, huis, oscar):
    """Else who looks at the shelf could tell who said so."""
    first, second = of_huis(huis, wat="Eerst"), of_huis(huis, wat="Daarna")
    scholen = other_schools(huis.clb, TOLD_FROM)
    browser = als(oscar)
    before = _order(browser, first, second)
    last = second if before else first

    helped_in(last, scholen[:-1])
    assert _order(browser, first, second) == before
    helped_in(last, scholen[-1:])
    assert _order(browser, first, second) != before


def test_a_school_counts_once_and_nobody_is_kept(als, huis, ander_huis):
    shared = of_huis(huis)
    helped = reverse("praktijk-hielp-ook", args=[shared.pk])
    thea, mo = als(ander_huis.team), als(ander_huis.medewerker)
    form = whole_form(thea.get(of(shared)).text)
    for browser in (thea, thea, mo):
        browser.post_late(helped, form)

    assert HielpOok.objects.get().school == ander_huis.school
    columns = {field.name for field in HielpOok._meta.get_fields()}
    assert columns == {"id", "praktijk", "school"}


def test_a_school_does_not_help_itself_and_a_reader_does_not_count(als, huis, ander_huis):
    shared = of_huis(huis)
    helped = reverse("praktijk-hielp-ook", args=[shared.pk])
    for user, school in (
        (huis.team, huis.school),
        (huis.ankerfiguur, huis.school),
        (ander_huis.lezer, ander_huis.school),
        (ander_huis.team, huis.school),
    ):
        browser = als(user)
        if user != ander_huis.team:
            assert "Dit hielp ons ook" not in browser.get(of(shared)).text
        browser.post_late(helped, {"school": str(school.pk)})
    assert not HielpOok.objects.exists()


def test_who_works_for_several_schools_says_for_which(als, huis, ander_huis, volgt_beide):
    other = on_the_shelf(ander_huis.dossier, ander_huis.team)
    scholen = other_schools(huis.clb, 1)
    an = als(huis.ankerfiguur)
    page = an.get(of(other)).text
    assert "In welke school?" in page
    helped = reverse("praktijk-hielp-ook", args=[other.pk])

    assert "Kies eerst de school." in an.post(helped, whole_form(page), follow=True).text
    an.post(helped, whole_form(page) | {"school": str(scholen[0].pk)})

    assert HielpOok.objects.get().school == scholen[0]
    assert "Dit hielp ook in School 400" in an.get(of(other)).text


def test_of_what_was_taken_back_meanwhile_nothing_is_counted(als, huis, ander_huis):
    shared = of_huis(huis)
    thea = als(ander_huis.team)
    form = whole_form(thea.get(of(shared)).text)
    withdraw_praktijk(praktijk=shared, door=huis.team)

    helped = reverse("praktijk-hielp-ook", args=[shared.pk])
    assert thea.post(helped, form).status_code == 404


def _order(browser, first, second) -> bool:
    page = browser.get(PLANK).text
    return page.index(of(first)) < page.index(of(second))
