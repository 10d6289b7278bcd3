"""What was agreed last year and is still open comes back first in the new schooljaar."""

import pytest

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dossiers.acties.domain.checks import Vervolgstap
from dossiers.acties.models import Actie
from dossiers.models import Dossier
from tests.dossiers.acties.looking_back import look_back
from tests.start.nieuw_jaar.conftest import TODAY, address, start
from tests.start.nieuw_jaar.test_gepland import plan

pytestmark = pytest.mark.django_db

ASKED = "Wat spraken we vorige keer af?"


@pytest.fixture
def vorig_gesprek(huis, vorig):
    """Last year's last talk, with one promise that is open and one that was kept."""
    gesprek = plan(vorig, huis.team, "Over registratie", TODAY.replace(month=5))
    for wat in ("Bel de ouders op", "Dit is gedaan"):
        create_gespreksactie(
            gesprek=gesprek,
            onderdeel=gesprek.versie.onderdelen.steps()[0],
            wat=wat,
            door=huis.team,
        )
    Actie.objects.filter(wat="Dit is gedaan").update(stand="klaar")
    return gesprek


def test_a_talk_that_came_along_begins_with_it(als, huis, vorig, vorig_gesprek):
    plan(vorig, huis.team, "Volgende keer", TODAY)
    nieuw = start(vorig, huis.ankerfiguur)
    actie = Actie.objects.get(dossier=nieuw, wat="Bel de ouders op")

    page = als(huis.team).get(address("gesprek", nieuw, nieuw.gesprekken.get().pk)).text

    assert ASKED in page
    assert f'href="{address("gesprek", vorig, vorig_gesprek.pk)}">Over registratie</a>' in page
    assert f'href="{address("check", nieuw, actie.pk)}">Check<' in page
    assert "Dit is gedaan" not in page


def test_what_it_goes_on_in_takes_its_place(als, huis, vorig, vorig_gesprek):
    nieuw = start(vorig, huis.ankerfiguur)
    gesprek = plan(nieuw, huis.team, "Nu", TODAY)
    look_back(
        Actie.objects.get(dossier=nieuw, wat="Bel de ouders op"),
        huis.team,
        besluit="bijsturen",
        vervolg=Vervolgstap(wat="Stuur een kaartje"),
    )

    page = als(huis.team).get(address("gesprek", nieuw, gesprek.pk)).text

    assert "Stuur een kaartje" in page
    assert "Bel de ouders op" not in page


def test_a_goal_begins_with_it_on_the_very_day_of_the_start(als, huis, nieuw: Dossier):
    page = als(huis.team).get(address("doelstelling", nieuw, "f0-1") + "?weergave=bespreken").text
    told = page[page.index(ASKED) : page.index("Vraag 1 van")]
    assert [wat in told for wat in ("Te checken", "Open", "Klaar")] == [True, True, False]
