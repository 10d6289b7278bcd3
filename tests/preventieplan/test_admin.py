"""The STS-team edits a concept of the preventieplan in the admin."""

from datetime import date

import pytest

from dossiers.materialen.domain import versions
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from tests.dossiers.materialen.beheer import (
    change,
    errors,
    filled,
    make_redacteur,
    new_row,
    page,
    versie_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sofie(db) -> User:
    return make_redacteur()


@pytest.fixture
def redactie(als, sofie):
    return als(sofie)


@pytest.fixture
def concept(versie, sofie) -> Materiaalversie:
    return versions.make_concept(versie=versie, door=sofie, today=date(2026, 11, 24))


def text(response) -> str:
    return response.content.decode()


def test_the_fixed_sentences_and_the_routekaart_are_fields(redactie, concept):
    response = change(
        redactie,
        concept,
        aanloop="Praat erover",
        routekaart_doel="Iedereen mee",
        **{
            "treden-0-naam": "Voor iedereen",
            "treden-0-blokken": "klimaat\r\n warm \r\nduidelijk\r\n\r\n\r\nregister\r\ncodes",
        },
    )

    assert response.status_code == 200
    concept.refresh_from_db()
    assert concept.teksten["aanloop"] == "Praat erover"
    assert concept.teksten["routekaart_doel"] == "Iedereen mee"
    trede = concept.treden.get(fase=0)
    assert trede.naam == "Voor iedereen"
    assert trede.blokken == [
        {"kop": "klimaat", "woorden": ["warm", "duidelijk"]},
        {"kop": "register", "woorden": ["codes"]},
    ]


def test_an_untouched_form_changes_nothing(redactie, versie, concept):
    for record in (concept, *concept.doelstellingen.all()):
        change(redactie, record)

    assert versions.difference(oud=versie, nieuw=concept).is_empty
    before, after = versions.document_of(versie), versions.document_of(concept)
    assert {**after, "versie": before["versie"]} == before


def test_goals_and_questions_get_codes_that_fit(redactie, concept):
    new_row(redactie, concept, "doelstellingen", fase="1", kort="Warm onthaal", volgorde="1")
    doel = concept.doelstellingen.get(kort="Warm onthaal")
    assert (doel.code, doel.volgorde, doel.herkomst) == ("f1-6", 1, "voorstel")

    change(redactie, doel, titel="De school onthaalt warm.", inleiding="Waarom dit telt")
    response = new_row(redactie, doel, "vragen", tekst="Wie onthaalt?", herkomst="voorstel")
    assert response.redirect_chain[-1][0] == page(concept)
    assert doel.vragen.get().code == "f1-6-v01"


@pytest.mark.parametrize(
    ("code", "wrong"), [("f0-1-v01", "bestaat al"), ("f0-2-v99", "f0-1-v01"), ("v1", "f0-1-v01")]
)
def test_a_code_that_does_not_fit_is_refused(redactie, concept, code, wrong):
    doel = concept.doelstellingen.get(code="f0-1")

    response = new_row(redactie, doel, "vragen", tekst="x", herkomst="bron", code=code)

    assert wrong in errors(response)


def test_code_and_fase_of_a_goal_never_change(redactie, concept):
    forged = {"doelstellingen-0-code": "f3-9", "doelstellingen-0-fase": "3"}
    change(redactie, concept, **forged)

    assert concept.doelstellingen.filter(code="f0-1", fase=0).exists()


def test_the_steps_of_the_routekaart_are_four(redactie, concept):
    change(redactie, concept, **{"treden-0-DELETE": "on"})

    assert concept.treden.count() == 4


def test_what_is_missing_is_said_with_a_link(redactie, concept):
    new_row(redactie, concept, "doelstellingen", fase="1", kort="Leeg")
    doel = concept.doelstellingen.get(kort="Leeg")
    concept.treden.filter(fase=2).update(blokken=[])

    shown = text(redactie.get(versie_page(concept, "publiceren")))

    assert page(doel) in shown
    for wrong in ("titel is leeg", "tekst is leeg", "vragen is leeg", "blokken is leeg"):
        assert wrong in shown


def test_a_published_plan_takes_no_forged_form(redactie, versie, concept):
    mine = concept.doelstellingen.get(code="f0-1")
    theirs = versie.doelstellingen.get(code="f0-1")
    forged = filled(redactie.get(page(mine))) | {"titel": "Kaping"}

    assert redactie.post(page(theirs), forged).status_code == 403
    assert redactie.get(page(theirs)).status_code == 403
    assert redactie.post(page(versie), filled(redactie.get(page(concept)))).status_code == 403
