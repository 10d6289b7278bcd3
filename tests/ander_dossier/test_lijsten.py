"""What another dossier has is found in none of the lists and by none of the finders of this one."""

from collections.abc import Callable, Iterable
from uuid import uuid4

import pytest

from dialoogfiches.bevragingen.queries import bevragingen_of, find_bevraging, shown_answer
from dialoogfiches.gesprekken.queries.gesprekken import (
    find_gesprek,
    other_acties,
    recent_gesprekken,
    struck_gesprekken,
)
from dialoogfiches.lezen.queries import leesacties_of, leesmaterialen
from dialoogfiches.oudergesprekken.access import oudergesprekken_for
from dialoogfiches.oudergesprekken.domain.retention import left_behind_in
from dialoogfiches.oudergesprekken.queries import vrijgaven_of
from dossiers.acties.domain.acties import create_actie
from dossiers.acties.finders import find_actie
from dossiers.acties.forms import struck_meanwhile
from dossiers.acties.models import Actie, Actiestand
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.praktijken.queries.van_dossier import praktijken_of, shareable
from dossiers.velden.registry import GeenVeld
from preventieplan.models import Antwoord, Checklistvraag
from preventieplan.queries.earlier import filled_codes
from preventieplan.queries.plan import answers_of, inschaling_of, placed_acties, whole_plan
from preventieplan.spiegel.domain.spiegels import put_on_paper
from preventieplan.spiegel.queries.beside import printed_mirrors
from preventieplan.spiegel.queries.spiegels import find_spiegel, spiegels_of
from tests.ander_dossier.conftest import struck
from tests.elders import (
    WOORDEN,
    Vol,
)

pytestmark = pytest.mark.django_db


# What is asked with a dossier and a key.
FINDERS: dict[str, Callable[[Dossier, Vol], object]] = {
    "find_actie": lambda dossier, vol: find_actie(dossier, str(vol.actie.pk)),
    "find_gesprek": lambda dossier, vol: find_gesprek(dossier, vol.gesprek.pk),
    "find_bevraging": lambda dossier, vol: find_bevraging(dossier=dossier, pk=vol.bevraging.pk),
    "find_spiegel": lambda dossier, vol: find_spiegel(dossier=dossier, pk=vol.spiegel.pk),
    "shown_answer": lambda dossier, vol: shown_answer(
        dossier=dossier, bevraging_pk=vol.bevraging.pk, pk=vol.openantwoord.pk
    ),
}


@pytest.mark.parametrize("name", FINDERS)
def test_a_record_of_another_dossier_is_not_found(name, hier, elders):
    find = FINDERS[name]
    assert find(elders.dossier, elders) is not None

    try:
        found = find(hier.dossier, elders)
    except GeenVeld:
        found = None
    assert found is None


def test_an_answer_is_found_under_its_own_survey_only(hier, elders):
    asked = {"dossier": hier.dossier, "bevraging_pk": hier.bevraging.pk}
    assert shown_answer(**asked, pk=hier.openantwoord.pk) == hier.openantwoord

    assert shown_answer(**asked, pk=elders.openantwoord.pk) is None


def left_behind(vol: Vol) -> Vol:
    """Its author went away and shared it with nobody."""
    vol.oudergesprek.auteur = User.objects.create_user("weg@test.be", naam="Weg")
    vol.oudergesprek.save()
    return vol


def mirrored(vol: Vol) -> None:
    """Its spiegel stands on plan and routekaart."""
    put_on_paper(spiegel=vol.spiegel, aan=True)


def done(actie: Actie) -> Actie:
    Actie.objects.filter(pk=actie.pk).update(stand=Actiestand.KLAAR)
    return actie


# What a dossier has of something: made there, and read of a dossier.
LISTS: dict[str, tuple[Callable[[Vol], object], Callable[[Dossier, Vol], Iterable]]] = {
    "placed_acties": (lambda vol: vol.actie, lambda dossier, _: placed_acties(dossier).everything),
    "struck_meanwhile": (
        struck,
        lambda dossier, vol: struck_meanwhile(dossier, {f"actie-{vol.actie.pk}-wat": "x"}),
    ),
    "answers_of": (
        lambda vol: vol.antwoord,
        lambda dossier, vol: kept(answers_of(dossier, vol.doel).vragen),
    ),
    "inschaling_of": (
        lambda vol: vol.inschaling,
        lambda dossier, vol: [
            one for one in [inschaling_of(dossier, vol.doel)] if not one._state.adding
        ],
    ),
    "whole_plan": (
        lambda vol: vol.antwoord,
        lambda dossier, _: kept(
            pair for fase in whole_plan(dossier) for doel in fase.doelen for pair in doel.antwoorden
        ),
    ),
    "filled_codes": (lambda vol: vol.antwoord, lambda dossier, _: filled_codes(dossier)),
    "other_acties": (lambda vol: vol.actie, lambda dossier, _: other_acties(dossier, ())),
    "recent_gesprekken": (lambda vol: vol.gesprek, lambda dossier, _: recent_gesprekken(dossier)),
    "struck_gesprekken": (struck, lambda dossier, _: struck_gesprekken(dossier)),
    "bevragingen_of": (lambda vol: vol.bevraging, lambda dossier, _: bevragingen_of(dossier)),
    "spiegels_of": (lambda vol: vol.spiegel, lambda dossier, _: spiegels_of(dossier)),
    "printed_mirrors": (mirrored, lambda dossier, _: printed_mirrors(dossier)),
    "praktijken_of": (lambda vol: vol.praktijk, lambda dossier, _: praktijken_of(dossier)),
    "shareable": (lambda vol: done(vol.actie), lambda dossier, _: shareable(dossier)),
    "leesacties_of": (
        lambda vol: vol.leesactie,
        lambda dossier, vol: leesacties_of(
            dossier=dossier, materiaal=vol.leesactie.leesactie.onderdeel.versie.materiaal
        ),
    ),
    "leesmaterialen": (
        lambda vol: vol.leesactie,
        lambda dossier, _: [one for one in leesmaterialen(dossier=dossier, clb=True) if one.acties],
    ),
    "oudergesprekken_for": (
        lambda vol: vol.oudergesprek,
        lambda dossier, vol: oudergesprekken_for(user=vol.door, dossier=dossier),
    ),
    "left_behind_in": (left_behind, lambda dossier, _: left_behind_in(dossier)),
    "vrijgaven_of": (lambda vol: vol.vrijgave, lambda dossier, _: vrijgaven_of(dossier)),
}


def kept(pairs: Iterable[tuple[Checklistvraag, Antwoord]]) -> list[Antwoord]:
    """The answers that somebody gave; every other question has one that is new."""
    return [antwoord for _, antwoord in pairs if not antwoord._state.adding]


@pytest.mark.parametrize("name", LISTS)
def test_what_another_dossier_has_stands_in_no_list_here(name, hier, elders):
    make, read = LISTS[name]
    make(elders)

    assert len(list(read(elders.dossier, elders))) == 1
    assert not list(read(hier.dossier, elders))


def test_a_form_that_is_sent_in_two_dossiers_makes_an_action_in_each(hier, elders):
    """The key of a form comes from the page, so anybody can send that of another."""
    sleutel = uuid4()
    made = [
        create_actie(dossier=vol.dossier, wat=WOORDEN, sleutel=sleutel, door=vol.door)
        for vol in (elders, hier, hier)
    ]

    assert [actie.dossier for actie in made] == [elders.dossier, hier.dossier, hier.dossier]
    assert made[1] == made[2] != made[0]
