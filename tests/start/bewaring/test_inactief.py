"""An account that nobody uses: its owner is told, then it is turned off, then it is nobody's."""

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from dossiers.mensen.domain import inactief
from dossiers.mensen.domain.inactief import ONGEBRUIKT, VOORAF, turn_off, warn
from dossiers.mensen.domain.wissen import erase_accounts_due
from dossiers.mensen.models import User
from stsdialoog import mail
from stsdialoog.small_steps import midnight
from stsdialoog.wislijst import WACHTTIJD
from tests.conftest import make_user
from tests.dossiers.mensen.logging_in import is_logged_in
from tests.dossiers.mensen.steps import first_step

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAG = timedelta(days=1)


def noon(day) -> datetime:
    return midnight(day) + timedelta(hours=12)


def last_seen(user: User, day) -> None:
    User.objects.filter(pk=user.pk).update(last_login=noon(day), sinds=noon(day))


@pytest.fixture(autouse=True)
def _the_others_were_here_today(huis):
    User.objects.update(last_login=timezone.now())


@pytest.fixture
def lies(huis) -> User:
    """She came for the last time a month less than two years ago."""
    last_seen(huis.lezer, TODAY - (ONGEBRUIKT - VOORAF) - DAG)
    return huis.lezer


@pytest.fixture
def told(lies) -> User:
    assert sum(warn(op=TODAY)) == 1
    return lies


def test_she_is_told_once_on_which_day_it_is_turned_off(lies, mailoutbox):
    assert sum(warn(op=TODAY - DAG)) == 0
    assert sum(warn(op=TODAY)) == 1
    assert sum(warn(op=TODAY + DAG)) == 0

    (message,) = mailoutbox
    assert message.to == [lies.email]
    assert "Log voor" in message.body
    assert reverse("account_login") in message.body


def test_a_month_later_it_is_turned_off_and_another_month_later_nobodys(
    told, huis, settings, tmp_path, mailoutbox, django_capture_on_commit_callbacks
):
    assert sum(turn_off(op=TODAY + VOORAF - DAG)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sum(turn_off(op=TODAY + VOORAF)) == 1
    assert sum(turn_off(op=TODAY + VOORAF)) == 0

    told.refresh_from_db()
    assert (told.is_active, told.wissen_op) == (False, TODAY + VOORAF + WACHTTIJD)
    bodies = {message.to[0]: message.body for message in mailoutbox[1:]}
    assert "Je logde lang niet in" in bodies["lies@test.be"]
    assert "STS-Dialoog vroeg om het account van Lies" in bodies["an@test.be"]
    assert User.objects.filter(is_active=False).count() == 1


def test_logging_in_once_keeps_it(client, told):
    first_step(client, told)
    assert is_logged_in(client)

    assert sum(turn_off(op=TODAY + VOORAF)) == 0
    # And two years later she is told anew.
    assert sum(warn(op=TODAY + ONGEBRUIKT)) >= 1
    told.refresh_from_db()
    assert told.gewaarschuwd_op == TODAY + ONGEBRUIKT


@pytest.mark.parametrize(("hours", "is_off"), [(-1, 1), (0, 0), (1, 0)])
def test_a_login_on_the_day_itself_keeps_it_also_in_its_first_hour(told, hours, is_off):
    """It is a day here: at half past midnight it is the day before elsewhere."""
    moment = midnight(TODAY) + timedelta(hours=hours, minutes=30)
    User.objects.filter(pk=told.pk).update(last_login=moment)

    found = inactief.to_turn_off(TODAY + ONGEBRUIKT + VOORAF).filter(pk=told.pk)

    assert found.count() == is_off


def test_who_logs_in_between_the_look_and_the_lock_keeps_it(told, monkeypatch):
    found = inactief.to_turn_off(TODAY + VOORAF)
    assert found.exists()
    steps = turn_off(op=TODAY + VOORAF)
    real = inactief.to_turn_off

    def just_logged_in(op):
        rows = real(op)
        looked = list(rows)
        User.objects.filter(pk=told.pk).update(last_login=timezone.now())
        monkeypatch.setattr(inactief, "to_turn_off", real)
        return User.objects.filter(pk__in=[one.pk for one in looked])

    monkeypatch.setattr(inactief, "to_turn_off", just_logged_in)
    assert sum(steps) == 1
    told.refresh_from_db()
    assert told.is_active


def test_who_was_turned_on_again_has_another_month(als, told):
    sum(turn_off(op=TODAY + VOORAF))
    sofie = make_user("Sofie")
    sofie.is_staff = sofie.helpt_gebruikers = True
    sofie.save()
    als(sofie).post(
        reverse("admin:mensen_user_change", args=[told.pk]),
        {"naam": told.naam, "email": told.email, "is_active": "on"},
    )

    told.refresh_from_db()
    assert (told.is_active, told.wissen_op, told.gewaarschuwd_op) == (True, None, None)
    assert sum(turn_off(op=TODAY + VOORAF + DAG)) == 0
    assert sum(warn(op=TODAY + VOORAF + DAG)) == 1
    assert sum(turn_off(op=TODAY + VOORAF + VOORAF)) == 0


def test_one_that_was_never_used_counts_from_its_first_day(huis):
    nieuw = make_user("Nieuw")
    User.objects.filter(pk=nieuw.pk).update(sinds=noon(TODAY - ONGEBRUIKT))

    assert inactief.to_warn(TODAY).get() == nieuw


def test_one_that_waits_or_is_nobodys_is_left_alone(huis, told, settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    sum(turn_off(op=TODAY + VOORAF))

    assert not inactief.to_warn(TODAY + 9 * ONGEBRUIKT).filter(pk=told.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_nobodys_is_asked_nothing_any_more(told, settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    sum(turn_off(op=TODAY + VOORAF))
    assert sum(erase_accounts_due(op=TODAY + VOORAF + WACHTTIJD)) == 1

    assert not inactief.to_warn(TODAY + 9 * ONGEBRUIKT).filter(pk=told.pk).exists()
    assert not inactief.to_turn_off(TODAY + 9 * ONGEBRUIKT).filter(pk=told.pk).exists()


def test_without_a_mail_server_nobody_counts_as_told(lies, monkeypatch):
    def away(**_):
        raise mail.MailserverWeg

    monkeypatch.setattr(mail, "send_mail", away)
    with pytest.raises(CommandError, match="accounts verwittigd"):
        call_command("ruim_op")

    lies.refresh_from_db()
    assert lies.gewaarschuwd_op is None


def test_an_address_that_is_gone_keeps_no_account(lies, monkeypatch):
    def refused(**_):
        raise mail.MailNietVerstuurd

    monkeypatch.setattr(mail, "send_mail", refused)

    assert sum(warn(op=TODAY)) == 1
    assert inactief.to_turn_off(TODAY + VOORAF).exists()


def test_not_everybody_in_one_night(huis, lies, monkeypatch):
    last_seen(huis.team, TODAY - ONGEBRUIKT)
    monkeypatch.setattr(inactief, "MOST_A_NIGHT", 1)

    assert sum(warn(op=TODAY)) == 1
    assert sum(warn(op=TODAY)) == 1
    assert sum(warn(op=TODAY)) == 0
