"""The team of Sint-Jozef chooses what to work on first: at most three goals of a phase."""

import pytest
from django.db import IntegrityError, transaction

from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Fase
from dossiers.models import DossierAfgesloten
from preventieplan.domain.priorities import TeVeelPrioriteiten, choose_priorities
from preventieplan.domain.versions import adopt_planversie
from preventieplan.models import Doelstelling, Prioriteit
from tests.dossiers.materialen.nieuweversie import next_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def choose(dossier, tom):
    def call(*codes, fase=Fase.BASISZORG):
        choose_priorities(dossier=dossier, fase=fase, codes=codes, door=tom)
        return chosen(fase)

    return call


def chosen(fase=Fase.BASISZORG) -> list[str]:
    found = Prioriteit.objects.filter(fase=fase)
    return list(found.values_list("doelstelling__code", flat=True))


def test_they_stand_in_the_order_of_the_goals_and_a_new_choice_replaces_the_last(choose):
    assert choose("f0-4", "f0-1") == ["f0-1", "f0-4"]
    assert choose("f0-2") == ["f0-2"]
    assert choose() == []
    assert Logregel.objects.filter(handeling="prioriteiten-gekozen").count() == 3


@pytest.mark.parametrize("aantal", [2, 3])
def test_three_is_the_most(choose, aantal):
    assert len(choose(*[f"f0-{nummer}" for nummer in range(1, aantal + 1)])) == aantal


def test_a_fourth_is_refused_and_the_choice_of_before_stays(choose):
    choose("f0-1")

    with pytest.raises(TeVeelPrioriteiten):
        choose("f0-1", "f0-2", "f0-3", "f0-4")

    assert chosen() == ["f0-1"]


def test_each_phase_has_its_own_and_no_goal_of_another(choose):
    choose("f0-1")

    assert choose("f1-1", "f0-2", "nergens", "f1\0", fase=Fase.VERHOOGDE_ZORG) == ["f1-1"]
    assert chosen() == ["f0-1"]


def test_nothing_is_chosen_in_a_closed_dossier(choose, dossier, an):
    close_dossier(dossier=dossier, door=an)

    with pytest.raises(DossierAfgesloten):
        choose("f0-1")


def test_the_database_has_no_fourth_place(dossier):
    doel = Doelstelling.objects.get(versie=dossier.planversie_id, code="f0-1")

    for plaats in (0, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            Prioriteit.objects.create(dossier=dossier, doelstelling=doel, fase=0, plaats=plaats)


def test_they_move_along_to_a_newer_version(choose, dossier, versie, an):
    choose("f0-1", "f0-3")
    nieuw = next_version(
        versie, an, lambda concept: concept.doelstellingen.filter(code="f0-3").delete()
    )

    adopt_planversie(dossier=dossier, nieuw=nieuw, door=an)

    by_version = Prioriteit.objects.values_list("doelstelling__code", "doelstelling__versie")
    assert list(by_version) == [("f0-1", nieuw.pk), ("f0-3", versie.pk)]
