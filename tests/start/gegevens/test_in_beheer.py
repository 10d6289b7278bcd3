"""A letter arrives: Sofie of the STS-team answers it, and the owner of the account hears of it."""

import json

import pytest
from django.urls import reverse

from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from tests.client import Browser
from tests.conftest import PASSWORD, make_user
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek
from tests.dossiers.mensen.steps import give_app, log_in
from tests.elders import WOORDEN, Vol

pytestmark = pytest.mark.django_db


@pytest.fixture
def sofie(db) -> User:
    sofie = make_user("Sofie")
    sofie.is_staff = sofie.helpt_gebruikers = True
    sofie.save()
    return sofie


def van(user: User) -> str:
    return reverse("gegevens-van", args=[user.pk])


def test_sofie_finds_it_at_the_account_and_is_told_what_it_is(als, huis, sofie):
    browser = als(sofie)
    account = browser.get(reverse("admin:mensen_user_change", args=[huis.team.pk])).text
    assert f'href="{van(huis.team)}"' in account

    page = browser.get(van(huis.team)).text
    assert "Ga eerst na of de brief van Tom komt (tom@test.be)" in page
    assert not Logregel.objects.filter(handeling="gegevens-opgehaald").exists()


def test_she_gets_what_is_kept_of_the_account_and_no_word_of_a_dossier(
    als, huis, sofie, mailoutbox, django_capture_on_commit_callbacks
):
    vol = Vol(huis.dossier, huis.medewerker)
    assert vol.antwoord.pk
    make_gesprek(huis, "Vogel")
    als(huis.medewerker).get(reverse("oudergesprekken", args=[huis.dossier.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        response = als(sofie).post(van(huis.medewerker))
    text = b"".join(response.streaming_content).decode()
    data = json.loads(text)

    assert data["account"]["rijen"][0]["e-mailadres"] == "marie@test.be"
    assert {"teksten", "gesprekken-met-ouders"} & set(data) == set()
    assert WOORDEN not in text
    # Nor that there are talks with parents.
    assert "ouders" not in json.dumps([row["wat"] for row in data["logboek"]["rijen"]])
    assert Logregel.objects.filter(handeling="oudergesprek-gemaakt").exists()
    (message,) = mailoutbox
    assert message.to == ["marie@test.be"]
    assert "van het STS-team" in message.body
    line = Logregel.objects.get(handeling="gegevens-opgehaald")
    assert (line.door, line.record_id) == (sofie, str(huis.medewerker.pk))
    log = als(huis.ankerfiguur).get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "Sofie haalde op wat er over Marie bewaard is." in log


def test_each_time_counts(als, huis, sofie):
    browser = als(sofie)
    for _ in range(2):
        browser.post(van(huis.team))

    assert Logregel.objects.filter(handeling="gegevens-opgehaald").count() == 2


def test_her_second_step_is_asked_again(als, huis, sofie):
    app = give_app(sofie)
    response = als(sofie).post(van(huis.team))
    assert response.status_code == 302
    assert not Logregel.objects.filter(handeling="gegevens-opgehaald").exists()

    browser = Browser()
    log_in(browser, sofie, app)
    assert browser.post(van(huis.team)).status_code == 200


@pytest.mark.parametrize("right", ["beheert_organisaties", "beheert_materialen", "is_staff"])
def test_another_right_is_not_enough(als, huis, right):
    ander = make_user("Ander")
    ander.is_staff = True
    setattr(ander, right, True)
    ander.save()

    assert als(ander).get(van(huis.team)).status_code == 403
    assert als(ander).post_late(van(huis.team), {}).status_code == 403


def test_the_right_counts_for_who_is_in_the_team_only(als, huis, sofie):
    User.objects.filter(pk=sofie.pk).update(is_staff=False)

    assert als(sofie).get(van(huis.team)).status_code == 403


def test_of_a_superuser_only_another_one_gets_it(als, sofie):
    bea = User.objects.create_superuser("bea@test.be", PASSWORD, naam="Bea")

    assert als(sofie).get(van(bea)).status_code == 403
    assert als(bea).get(van(sofie)).status_code == 200


def test_of_an_account_that_was_erased_there_is_nothing(als, huis, sofie):
    User.objects.filter(pk=huis.team.pk).update(email="x@gewist.invalid")

    assert als(sofie).get(van(huis.team)).status_code == 404
