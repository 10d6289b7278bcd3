"""A question that not every school needs: not asked, not counted, and never lost."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from dialoogfiches.gesprekken.models import Notitie
from dialoogfiches.models import Item
from dossiers.mensen.models import School
from tests.dialoogfiches.conftest import step_url
from tests.dialoogfiches.kleinefiche import small_fiche

pytestmark = pytest.mark.django_db

STEP = "rust-en-drukte"
GATE, CHANGES = "afscheid aan de schoolpoort", "wissels tussen de lessen"


@pytest.fixture
def gesprek(start, laad):
    return start(laad("schoolafspraken"))


@pytest.fixture
def at_niveau(huis, als, tom, gesprek):
    """A page of the talk, of a school of this niveau."""

    def get(niveau: str, url: str = "") -> str:
        School.objects.filter(pk=huis.school.pk).update(niveau=niveau)
        return als(tom).get(url or step_url(gesprek, STEP)).text

    return get


@pytest.mark.parametrize(
    ("niveau", "asked", "left_out", "total"),
    [("bao", [GATE], [CHANGES], 3), ("so", [CHANGES], [GATE], 3), ("buo", [GATE, CHANGES], [], 4)],
)
def test_a_school_has_the_questions_that_it_needs(
    at_niveau, gesprek, noteer, niveau, asked, left_out, total
):
    html = at_niveau(niveau)

    for words in asked:
        assert words in html
    for words in left_out:
        assert words not in html
    assert f"<strong>0</strong> van {total} vragen besproken" in html
    # A save counts them alike.
    field = f"notitie-{gesprek.pk}-{STEP}-r01-tekst"
    saved = noteer(field, "Op de trap.", url=step_url(gesprek, STEP)).text
    assert f"<strong>1</strong> van {total} vragen besproken" in saved


@pytest.mark.parametrize(("niveau", "there"), [("bao", False), ("so", True)])
def test_it_is_left_out_of_the_preparation_and_the_report_too(at_niveau, gesprek, niveau, there):
    preparing = reverse("gesprek-voorbereiden", args=[gesprek.dossier_id, gesprek.pk])

    assert (CHANGES in at_niveau(niveau, preparing)) == there


def test_what_was_noted_stays_to_read_when_a_school_turns_out_to_be_another(
    at_niveau, gesprek, noteer
):
    at_niveau("so")
    field = f"notitie-{gesprek.pk}-{STEP}-r04-tekst"
    noteer(field, "Vijf minuten tussen twee blokken.", url=step_url(gesprek, STEP))
    cover = reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])

    html = at_niveau("bao", cover)

    assert "Vijf minuten tussen twee blokken." in html
    assert Notitie.objects.get().tekst == "Vijf minuten tussen twee blokken."


def test_the_toolbox_shows_all_of_them_and_says_for_whom(als, tom, laad):
    laad("schoolafspraken")

    html = als(tom).get(reverse("materiaal", args=["schoolafspraken"])).text

    assert GATE in html
    assert CHANGES in html
    assert "alleen in BaO en BuO" in html


def test_a_survey_asks_every_school_the_same(materialen):
    question = "            tekst: Wat doe je dan?\n"
    text = small_fiche(vorm="bevraging").replace(question, f"{question}            niveaus: [SO]\n")
    name = materialen.write(text, "klein/2026.1.yaml")
    line = text[: text.index("niveaus:")].count("\n") + 1

    (found,) = materialen.findings()

    assert found == (
        f"{name}, regel {line}: niveaus past niet bij vorm bevraging: elke school krijgt dezelfde "
        "vragen."
    )


def test_an_unknown_niveau_is_refused_with_its_line_and_by_the_database(materialen):
    question = "            tekst: Wat helpt daarbij?\n"
    text = small_fiche().replace(question, f"{question}            niveaus: [BaO, HO]\n")
    name = materialen.write(text, "klein/2026.1.yaml")
    line = text[: text.index("niveaus:")].count("\n") + 1
    assert materialen.findings() == [
        f'{name}, regel {line}: niveaus (nummer 2) moet "BaO", "SO" of "BuO" zijn, niet "HO".'
    ]

    materialen.write(text.replace("[BaO, HO]", "[BaO]"), "klein/2026.1.yaml")
    materialen.load()
    with pytest.raises(IntegrityError, match="item_niveaus_bestaan"), transaction.atomic():
        Item.objects.update(niveaus="HO")
