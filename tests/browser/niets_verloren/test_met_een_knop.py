"""A form with one button keeps nothing by itself: the browser asks before a page goes with words
that were not saved, and not when they were, or when nothing was typed.
"""

import pytest
from django.urls import reverse

from tests.browser.niets_verloren.places import asked_by, close

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

WORDS = "De Schakelplek"


def addresses(huis, gesprek):
    """Each page, with who works there and what she types in or ticks."""
    dossier, marie, tom = huis.dossier.pk, huis.medewerker, huis.team
    return {
        "sociale kaart": (marie, reverse("voorziening-nieuw", args=[huis.clb.pk]), "naam"),
        "op papier": (tom, reverse("school-op-papier", args=[huis.school.pk]), "contact"),
        "gesprek": (tom, reverse("gesprek-nieuw", args=[dossier, "dialoogdocument"]), "deelnemers"),
        "voorbereiden": (
            tom,
            reverse("gesprek-voorbereiden", args=[dossier, gesprek.pk]),
            "plaats",
        ),
        "cijfers": (tom, reverse("cijfers", args=[dossier]), "school-leerlingen"),
        "school": (
            huis.ankerfiguur,
            reverse("school-wijzigen", args=[huis.school.pk]),
            "gemeente",
        ),
    }


@pytest.fixture(
    params=["sociale kaart", "op papier", "gesprek", "voorbereiden", "cijfers", "school"]
)
def at_the_form(request, page, go, huis, gesprek):
    who, url, naam = addresses(huis, gesprek)[request.param]
    go(page, who, url)
    return page.locator(f"[name='{naam}']")


def test_a_tab_that_is_closed_right_after_the_last_key_asks_first(page, at_the_form, questions):
    at_the_form.press_sequentially("412")
    close(page)

    assert questions == ["beforeunload"]


def test_who_typed_nothing_is_not_asked(page, at_the_form, questions):
    close(page)

    assert questions == []


def test_another_page_asks_too_and_the_words_stay(page, go, huis):
    go(page, huis.medewerker, reverse("voorziening-nieuw", args=[huis.clb.pk]))
    page.get_by_label("Naam").press_sequentially(WORDS)
    asked = asked_by(page, stay=True)
    page.get_by_role("link", name="Mijn scholen").first.click(no_wait_after=True)

    page.wait_for_function("() => document.querySelector('[name=naam]')")
    assert asked == ["beforeunload"]
    assert page.get_by_label("Naam").input_value() == WORDS


def test_the_button_asks_nothing_but_a_tick_elsewhere_on_the_page_does(page, go, huis, questions):
    go(page, huis.team, reverse("fase-rond", args=[huis.dossier.pk, 0]))
    page.locator("[name='doel']").first.check()
    page.get_by_role("button", name="Bewaar jullie keuze").click()
    page.get_by_text("Jullie keuze is bewaard.").wait_for()
    assert questions == []

    page.locator("[name='doel']").nth(1).check()
    close(page)
    assert questions == ["beforeunload"]
