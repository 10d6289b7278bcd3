"""One form makes one action, however often it is sent; other words make another one."""

from uuid import uuid4

import pytest

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.logboek.models import Logregel
from dossiers.velden.domain.striking import strike

pytestmark = pytest.mark.django_db

WOORDEN = {"wat": "Een peter of meter", "wie": "Bart", "wanneer": "voor de krokusvakantie"}


@pytest.fixture
def plan(dossier, tom):
    sleutel = uuid4()

    def make(**other):
        words = WOORDEN | other
        return create_actie(dossier=dossier, door=tom, sleutel=sleutel, **words)

    return make


def test_the_same_words_of_one_form_are_one_action(plan):
    assert plan() == plan()
    assert Actie.objects.count() == 1


@pytest.mark.parametrize("part", WOORDEN)
def test_another_word_in_any_part_is_another_action(plan, part):
    first, second = plan(), plan(**{part: "iets anders"})

    assert first != second
    assert getattr(second, part) == "iets anders"


def test_who_sends_a_struck_action_again_brings_it_back_under_her_own_name(plan, tom):
    strike(record=plan(), door=tom)

    assert plan().geschrapt_op is None
    assert Logregel.objects.get(handeling="actie-teruggezet").door == tom
