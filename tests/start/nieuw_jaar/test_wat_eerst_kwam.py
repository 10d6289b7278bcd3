"""What came first last year is proposed, and comes first again once somebody chooses it."""

import re

import pytest

from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.domain.last_year import confirm
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Doelstelling, Prioriteit
from stsdialoog.seen import mark_of
from tests.start.nieuw_jaar.conftest import TODAY, VORIG, address, start

pytestmark = pytest.mark.django_db

PROPOSED = f"Aangevinkt staat wat in {VORIG} eerst kwam"


@pytest.fixture
def gekozen(huis, gevuld) -> Dossier:
    """Last year f0-1 and f0-3 came first, and f2-1."""
    for fase, codes in ((Fase.BASISZORG, ["f0-1", "f0-3"]), (Fase.UITBREIDING, ["f2-1"])):
        choose_priorities(dossier=gevuld, fase=fase, codes=codes, door=huis.team)
    return gevuld


@pytest.fixture
def verder(huis, gekozen) -> Dossier:
    return start(gekozen, huis.ankerfiguur)


def first(dossier: Dossier) -> list[str]:
    return [one.doelstelling.code for one in Prioriteit.objects.filter(dossier=dossier)]


def ticked(page: str) -> list[str]:
    return re.findall(r'name="doel"\s+value="([^"]+)" checked', page)


def test_it_is_said_beforehand(als, huis, gekozen, op_dag):
    op_dag(TODAY)
    page = als(huis.ankerfiguur).get(address("nieuw_schooljaar", gekozen)).text
    assert "<strong>3 prioriteiten</strong>, als voorstel" in page


def test_it_is_ticked_and_counts_once_it_is_saved(als, huis, verder):
    tom, phase = als(huis.team), address("fase-rond", verder, 0)
    page = tom.get(phase).text
    assert PROPOSED in page
    assert ticked(page) == ["f0-1", "f0-3"]
    assert first(verder) == []

    tom.post(phase, {"seen": mark_of(), "doel": ["f0-1", "f0-3"]})

    assert first(verder) == ["f0-1", "f0-3"]
    # Of another phase it is still a proposal.
    assert PROPOSED not in tom.get(phase).text
    assert PROPOSED in tom.get(address("fase-rond", verder, 2)).text


def test_what_a_team_chose_this_year_takes_its_place(als, huis, verder):
    choose_priorities(dossier=verder, fase=Fase.BASISZORG, codes=["f0-4"], door=huis.team)
    page = als(huis.team).get(address("fase-rond", verder, 0)).text
    assert PROPOSED not in page
    assert ticked(page) == ["f0-4"]


def test_who_reads_along_sees_no_choice_that_nobody_made(als, huis, verder):
    page = als(huis.lezer).get(address("fase-rond", verder, 0)).text
    assert "Het team koos nog geen prioriteiten." in page


def test_a_phase_without_any_then_proposes_nothing(als, huis, verder):
    page = als(huis.team).get(address("fase-rond", verder, 1)).text
    assert PROPOSED not in page
    assert ticked(page) == []


def test_all_at_once_takes_it_along_where_nobody_chose(als, huis, verder):
    choose_priorities(dossier=verder, fase=Fase.UITBREIDING, codes=["f2-2"], door=huis.team)
    tom, confirming = als(huis.team), address("vorig-bevestigen", verder)
    page = tom.get(confirming).text
    assert f"Dit waren de prioriteiten van {VORIG}" in page
    assert address("fase-rond", verder, 0) in page
    assert address("fase-rond", verder, 2) not in page

    assert "Alles is bevestigd." in tom.post(confirming, follow=True).text

    assert first(verder) == ["f0-1", "f0-3", "f2-2"]
    assert "Dit waren de prioriteiten" not in tom.get(confirming).text


def test_one_goal_confirms_no_choice(huis, verder):
    confirm(dossier=verder, door=huis.team, vragen=["f0-1-v01"], doelen=["f0-1"])
    assert first(verder) == []


def test_it_can_be_confirmed_when_nothing_else_is_left(als, huis, verder):
    confirm(dossier=verder, door=huis.team)
    Prioriteit.objects.filter(dossier=verder, fase=Fase.BASISZORG).delete()
    tom, confirming = als(huis.team), address("vorig-bevestigen", verder)
    assert "Alles klopt nog" in tom.get(confirming).text

    tom.post(confirming)

    assert first(verder) == ["f0-1", "f0-3", "f2-1"]


def test_no_more_goals_come_first_than_may(huis, gekozen):
    """Also when a next version put goals of other phases together."""
    choose_priorities(
        dossier=gekozen, fase=Fase.VERHOOGDE_ZORG, codes=["f1-1", "f1-2"], door=huis.team
    )
    verder = start(gekozen, huis.ankerfiguur)
    codes = ("f1-1", "f1-2")
    Doelstelling.objects.filter(versie=verder.planversie, code__in=codes).update(fase=0)

    assert confirm(dossier=verder, door=huis.team)

    assert len(first(verder)) == Prioriteit.AANTAL + 1
