"""Tom's calendar elsewhere: days with fixed sentences, by a secret address, until he leaves."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from dossiers.acties.models import Actie, Trekker, Vervolg
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, User
from dossiers.velden.domain.saving import save_veld
from start.herinneringen.domain.agenda import make_agenda
from start.herinneringen.domain.retention import left_agendas
from start.herinneringen.models import Agenda
from start.herinneringen.views import MOST_WRONG
from tests.start.herinneringen.conftest import SECRET, moment, plan_for

pytestmark = pytest.mark.django_db

PAGE, MAKE = reverse("herinneringen"), reverse("agenda-maken")
CHECK_DAY = date(2026, 12, 16)


@pytest.fixture
def address(huis) -> str:
    return reverse("agenda", args=[make_agenda(user=huis.team)])


def read(client, address: str) -> Calendar:
    """The calendar as another library reads it."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return IcsCalendarStream.calendar_from_ics(response.text)


def test_he_makes_an_address_that_is_shown_once(als, client, huis, check):
    tom = als(huis.team)
    shown = tom.post(MAKE, follow=True)

    assert shown.redirect_chain == [(PAGE, 302)]
    address = shown.text.split('value="http://127.0.0.1:8000')[1].split('"')[0]
    assert len(address) > 50
    assert "no-store" in shown.headers["Cache-Control"]
    assert len(read(client, address).events) == 1
    again = tom.get(PAGE).text
    assert address.split("/")[2].removesuffix(".ics") not in again
    assert "leest een agenda mee" in again
    # The database does not have it either.
    key = address.split("/")[2].removesuffix(".ics")
    assert key not in json.dumps(list(Agenda.objects.values()), default=str)
    lines = list(Logregel.objects.filter(door=huis.team).values_list("handeling", flat=True))
    assert "agenda-gemaakt" in lines


def test_reading_the_page_again_makes_no_other(als, client, huis):
    tom = als(huis.team)
    shown = tom.post(MAKE, follow=True)
    address = shown.text.split('value="http://127.0.0.1:8000')[1].split('"')[0]
    kept = Agenda.objects.get().digest

    again = [tom.get(shown.redirect_chain[-1][0]).text for _ in range(2)]

    assert not any("Kopieer het nu" in page for page in again)
    assert Agenda.objects.get().digest == kept
    assert client.get(address).status_code == 200
    assert Logregel.objects.filter(handeling="agenda-gemaakt").count() == 1


def test_only_the_address_that_works_is_shown(als, huis):
    tom = als(huis.team)
    tom.post(MAKE)
    make_agenda(user=huis.team)

    page = tom.get(PAGE).text

    assert "Kopieer het nu" not in page
    assert "leest een agenda mee" in page


def test_what_carries_it_is_for_one_page_and_a_minute(als, huis):
    carried = als(huis.team).post(MAKE).cookies["agenda"]

    assert (carried["path"], carried["samesite"], carried["httponly"]) == (PAGE, "Strict", True)
    assert carried["max-age"] == 60


def test_another_one_takes_its_place_and_he_takes_it_back(als, client, huis, address):
    tom = als(huis.team)
    second = reverse("agenda", args=[make_agenda(user=huis.team)])
    assert client.get(address).status_code == 404
    assert client.get(second).status_code == 200

    page = tom.post(reverse("agenda-intrekken"), follow=True)

    assert "Het adres werkt niet meer." in page.text
    assert client.get(second).status_code == 404
    assert "Er was al geen adres meer." in tom.post(reverse("agenda-intrekken"), follow=True).text
    kinds = list(Logregel.objects.filter(door=huis.team).values_list("handeling", flat=True))
    assert kinds.count("agenda-ingetrokken") == 1


def test_a_day_is_an_event_of_a_whole_day_with_a_fixed_sentence(client, huis, check, address):
    plan_for(huis.dossier, huis.team, wanneer_op=date(2026, 12, 28), check_op=date(2027, 1, 20))
    calendar = read(client, address)

    events = sorted((one.dtstart, one.dtend, one.summary) for one in calendar.events)
    day = timedelta(days=1)
    assert events == [
        (CHECK_DAY, CHECK_DAY + day, "Check van een actie"),
        (date(2026, 12, 28), date(2026, 12, 29), "Een actie is klaar tegen vandaag"),
        (date(2027, 1, 20), date(2027, 1, 21), "Check van een actie"),
    ]
    assert {one.transparency for one in calendar.events} == {"TRANSPARENT"}
    assert all(one.last_modified == one.dtstamp for one in calendar.events)


def test_its_link_leads_to_the_check(als, client, huis, check, address):
    (event,) = read(client, address).events
    path = str(event.url).removeprefix("http://127.0.0.1:8000")

    assert path == reverse("check", args=[huis.dossier.pk, check.pk])
    assert als(huis.team).get(path).status_code == 200
    assert str(event.url) in str(event.description)


def test_a_year_that_was_a_slip_does_not_keep_the_rest_away(client, huis, check, address):
    plan_for(huis.dossier, huis.team, check_op=date.max)
    assert len(read(client, address).events) == 1


def test_no_word_of_the_team_and_no_name_is_in_it(client, huis, check, address):
    text = client.get(address).text

    assert "BEGIN:VEVENT" in text
    for word in (SECRET, "Geheim", "Jef", "Zita", "Sint-Jozef", "Mechelen", "Tom", "Ten Berg"):
        assert word not in text


def test_it_keeps_to_the_letter_of_the_standard(client, check, address):
    raw = client.get(address).content

    lines = raw.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in (
        b"VERSION:2.0",
        b"X-WR-CALNAME:STS-Dialoog",
        b"REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        b"X-PUBLISHED-TTL:PT6H",
        b"DTSTART;VALUE=DATE:20261216",
        b"DTEND;VALUE=DATE:20261217",
    ):
        assert line in lines
    assert b"METHOD" not in raw
    assert b"VTIMEZONE" not in raw
    assert b"ORGANIZER" not in raw


def test_an_event_that_moves_stays_the_same_one(client, huis, check, address):
    (before,) = read(client, address).events
    save_veld(
        record=check,
        veld="check_op",
        waarde=date(2027, 1, 20),
        basis=check.check_op_revisie,
        door=huis.team,
    )
    (after,) = read(client, address).events

    assert after.uid == before.uid == f"{check.pk}-check@sts-dialoog"
    assert after.dtstart == date(2027, 1, 20)
    assert before.sequence is not None
    assert after.sequence == before.sequence + 1
    assert before.last_modified
    assert after.last_modified
    assert after.last_modified >= before.last_modified


def test_what_goes_on_from_an_action_is_an_event_of_its_own(client, huis, check, address):
    """After bijsturen, and in a next schooljaar, the one of before stays in its dossier."""
    later = plan_for(huis.dossier, huis.team, check_op=date(2027, 2, 1))
    Vervolg.objects.create(actie=later, eerdere=check)
    Actie.objects.filter(pk=check.pk).update(besluit="bijsturen", stand="klaar")

    (event,) = read(client, address).events
    assert event.uid == f"{later.pk}-check@sts-dialoog"


def finished(huis, actie):
    Actie.objects.filter(pk=actie.pk).update(besluit="borgen")


def stopped(huis, actie):
    Actie.objects.filter(pk=actie.pk).update(besluit="stoppen", wanneer_op=CHECK_DAY)


def struck(huis, actie):
    Actie.objects.filter(pk=actie.pk).update(geschrapt_op=timezone.now())


def closed(huis, actie):
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)


def given_away(huis, actie):
    Trekker.objects.all().update(gebruiker=huis.medewerker)


def ended(huis, actie):
    Lidmaatschap.objects.filter(user=huis.team).update(actief_tot=moment(date(2027, 9, 1)))


def past(huis, actie):
    Lidmaatschap.objects.filter(user=huis.team).update(
        eindigt_op=timezone.localdate() - timedelta(days=1)
    )


@pytest.mark.parametrize("why", [finished, stopped, struck, closed, given_away, ended, past])
def test_what_is_not_his_any_more_is_gone_from_his_calendar(client, huis, check, address, why):
    """The calendar still answers, so that a program that reads it forgets what it kept."""
    assert len(read(client, address).events) == 1
    why(huis, check)

    assert read(client, address).events == []


def test_of_an_account_that_is_off_it_opens_nothing(client, huis, address):
    User.objects.filter(pk=huis.team.pk).update(is_active=False)

    assert client.get(address).status_code == 404


def test_a_guessed_address_is_a_404_like_any_other(client, huis, address):
    key = address.split("/")[2].removesuffix(".ics")
    pages = set()
    for wrong in (key[:-1], key + "x", key.swapcase(), "x", "é" * 43):
        answer = client.get(f"/agenda/{wrong}.ics")
        assert answer.status_code == 404, wrong
        pages.add(answer.text)
    assert len(pages) == 1
    assert pages == {client.get("/bestaat-niet/").text}


def test_who_guesses_is_slowed_down(client, address):
    wrong = reverse("agenda", args=["geraden"])
    codes = [client.get(wrong).status_code for _ in range(MOST_WRONG + 1)]

    assert codes == [404] * MOST_WRONG + [429]
    assert client.get(address, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_nothing_between_keeps_it_and_what_did_not_change_is_not_sent_again(client, check, address):
    first = client.get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert first.headers["Content-Disposition"] == 'inline; filename="sts-dialoog.ics"'
    asked = {"If-None-Match": first.headers["ETag"]}

    assert client.get(address, headers=asked).status_code == 304
    Actie.objects.filter(pk=check.pk).update(check_op=date(2027, 1, 20))
    assert client.get(address, headers=asked).status_code == 200


def test_nobody_writes_to_it(client, address):
    assert client.post(address).status_code == 405


def test_it_asks_as_much_of_the_database_however_much_there_is(
    client, huis, check, address, django_assert_num_queries
):
    for _ in range(10):
        plan_for(huis.dossier, huis.team, check_op=CHECK_DAY, wanneer_op=CHECK_DAY)
    # Whether there was guessed from here, whose it is, and what she does.
    with django_assert_num_queries(3):
        assert len(read(client, address).events) == 21


def test_a_month_after_the_last_role_the_address_goes(huis, address):
    today = timezone.localdate()
    Agenda.objects.update(gemaakt_op=timezone.now() - timedelta(days=90))
    roles = Lidmaatschap.objects.filter(user=huis.team)
    assert not left_agendas(today).exists()

    for days, gone in ((29, False), (31, True)):
        end = timezone.now() - timedelta(days=days)
        roles.update(actief_tot=end, sinds=end - timedelta(days=9))
        assert left_agendas(today).exists() is gone
