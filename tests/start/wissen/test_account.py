"""An account that somebody wants erased: it is turned off, waits, and is then nobody's."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.domain.wissen import ask_to_erase_account, erase_accounts_due
from dossiers.mensen.models import Herstelaanvraag, Lidmaatschap, Rol, Uitnodiging, User
from stsdialoog import wislijst as remembered
from stsdialoog.wislijst import WACHTTIJD, erased_keys, unsettled
from tests.conftest import PASSWORD, make_user
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek
from tests.dossiers.mensen.steps import give_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


@pytest.fixture
def sofie(db) -> User:
    """Of the STS-team, who helps people with their accounts."""
    sofie = make_user("Sofie")
    sofie.is_staff = sofie.helpt_gebruikers = True
    sofie.save()
    return sofie


@pytest.fixture
def day():
    return timezone.localdate() + WACHTTIJD


@pytest.fixture
def asked(huis, sofie) -> User:
    ask_to_erase_account(user=huis.team, door=sofie, today=timezone.localdate())
    huis.team.refresh_from_db()
    return huis.team


def erase_in_beheer(client, *users):
    return client.post(
        reverse("admin:mensen_user_changelist"),
        {"action": "erase", "_selected_action": [str(user.pk) for user in users]},
        follow=True,
    )


def test_sofie_asks_it_and_the_owner_and_the_clb_hear_of_it(
    als, client, huis, sofie, day, mailoutbox, django_capture_on_commit_callbacks
):
    tom = als(huis.team)
    with django_capture_on_commit_callbacks(execute=True):
        page = erase_in_beheer(als(sofie), huis.team)

    assert "Zet er een weer aan om het te houden" in page.text
    huis.team.refresh_from_db()
    assert (huis.team.is_active, huis.team.wissen_op) == (False, day)
    # A page that was open opens nothing more.
    assert tom.get(reverse("dossier", args=[huis.dossier.pk])).status_code == 302
    assert sorted(mail.to[0] for mail in mailoutbox) == ["an@test.be", "tom@test.be"]
    toegang = als(huis.ankerfiguur).get(reverse("toegang")).text
    assert "vroeg om het account van Tom (tom@test.be) te wissen" in toegang
    log = als(huis.ankerfiguur).get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "Sofie vroeg om het account van Tom te wissen, over 30 dagen." in log


def test_who_turns_it_on_again_keeps_it(als, huis, sofie, asked, day):
    als(sofie).post(
        reverse("admin:mensen_user_change", args=[asked.pk]),
        {"naam": asked.naam, "email": asked.email, "is_active": "on"},
    )

    asked.refresh_from_db()
    assert (asked.is_active, asked.wissen_op) == (True, None)
    assert sum(erase_accounts_due(op=day)) == 0


def test_the_database_knows_no_account_that_waits_and_is_on(asked):
    with pytest.raises(IntegrityError, match="user_wissen_is_uitgezet"), transaction.atomic():
        User.objects.filter(pk=asked.pk).update(is_active=True)


def test_nobody_asks_it_for_herself_and_not_for_a_superuser(als, huis, sofie):
    with pytest.raises(NietVoorJezelf):
        ask_to_erase_account(user=sofie, door=sofie, today=timezone.localdate())
    bea = User.objects.create_superuser("bea@test.be", PASSWORD, naam="Bea")

    assert "kan je niet wissen" in erase_in_beheer(als(sofie), bea).text
    bea.refresh_from_db()
    assert bea.is_active


def test_asking_twice_changes_nothing(asked, sofie, day):
    ask_to_erase_account(user=asked, door=sofie, today=timezone.localdate() + timedelta(days=9))

    asked.refresh_from_db()
    assert asked.wissen_op == day


@pytest.mark.django_db(transaction=True)
def test_on_its_day_only_its_key_stays(client, huis, asked, day):
    other, _ = invite(school=huis.school, email="x@test.be", rol=Rol.LEZER, door=huis.ankerfiguur)
    invite(school=huis.school, email=asked.email, rol=Rol.LEZER, door=huis.ankerfiguur)

    give_app(asked)
    herstel = Herstelaanvraag.objects.create(user=asked, vervalt_op=timezone.now() + WACHTTIJD)
    for record in (asked, Lidmaatschap.objects.get(user=asked)):
        LogEntry.objects.create(
            user=huis.ankerfiguur,
            content_type=ContentType.objects.get_for_model(record),
            object_id=str(record.pk),
            object_repr=str(record),
            action_flag=CHANGE,
        )

    assert sum(erase_accounts_due(op=day - timedelta(days=1))) == 0
    assert Authenticator.objects.filter(user=asked).exists()
    assert sum(erase_accounts_due(op=day)) == 1

    asked.refresh_from_db()
    assert str(asked) == "Gewist account"
    assert "tom" not in f"{asked.email} {asked.naam} {asked.zoeksleutel}".lower()
    assert not asked.has_usable_password()
    assert not Authenticator.objects.filter(user=asked).exists()
    assert not Herstelaanvraag.objects.filter(pk=herstel.pk).exists()
    assert {line.object_repr for line in LogEntry.objects.all()} == {"Gewist account"}
    assert not Lidmaatschap.objects.filter(user=asked, actief_tot__isnull=True).exists()
    assert list(Uitnodiging.objects.all()) == [other]
    assert erased_keys(User) == {str(asked.pk)}
    line = Logregel.objects.get(handeling="account-gewist")
    assert (line.door, line.record_id, line.clb_id) == (None, str(asked.pk), huis.clb.pk)
    assert sum(erase_accounts_due(op=day)) == 0
    # What it did stays, with no name.
    assert Lidmaatschap.objects.filter(user=asked).exists()


@pytest.mark.django_db(transaction=True)
def test_its_talks_are_left_behind_for_the_ankerfiguur(als, huis, sofie, day):
    make_gesprek(huis)
    ask_to_erase_account(user=huis.medewerker, door=sofie, today=timezone.localdate())
    sum(erase_accounts_due(op=day))

    lijst = reverse("oudergesprekken", args=[huis.dossier.pk])
    assert "1 gesprek kan door niemand meer geopend worden" in als(huis.ankerfiguur).get(lijst).text


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_it_to_the_night(asked, monkeypatch):
    User.objects.filter(pk=asked.pk).update(wissen_op=timezone.localdate())
    monkeypatch.setattr(remembered, "settle", lambda *_, **__: None)
    call_command("ruim_op")
    assert unsettled() == [("mensen.user", str(asked.pk))]
    monkeypatch.undo()

    call_command("ruim_op")

    assert unsettled() == []
    assert erased_keys(User) == {str(asked.pk)}
