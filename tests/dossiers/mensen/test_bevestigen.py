"""Each September An says who still works with her schools; what she does not confirm ends."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import nacht
from dossiers.mensen.domain.bevestigen import (
    NietTerug,
    asked,
    confirm,
    keep,
    lapsed,
    last_day,
    year_of,
)
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf
from dossiers.mensen.domain.nacht import Night, ask_and_end
from dossiers.mensen.models import Bevestigingsmail, Lidmaatschap, Rol, User
from stsdialoog.mail import MailserverWeg
from tests.conftest import make_user

pytestmark = pytest.mark.django_db

JAAR = 2041
EERSTE, TWEEDE = date(JAAR, 8, 15), date(JAAR, 9, 15)
LAATSTE, NACHT = date(JAAR, 9, 30), date(JAAR, 10, 1)


def logged_in(user: User, day: date = EERSTE) -> None:
    User.objects.filter(pk=user.pk).update(
        last_login=timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9))
    )


def role_of(user: User) -> Lidmaatschap:
    return Lidmaatschap.objects.filter(user=user).latest("sinds")


def to(*mails) -> list[str]:
    return sorted(address for one in mails for address in one.to)


@pytest.fixture
def an(huis):
    logged_in(huis.ankerfiguur)
    return huis.ankerfiguur


@pytest.mark.parametrize(
    ("day", "asks"),
    [
        (EERSTE - timedelta(days=1), False),
        (EERSTE, True),
        (LAATSTE, True),
        (LAATSTE + timedelta(days=1), False),
    ],
)
def test_in_those_weeks_it_stands_with_her_schools(als, huis, an, monkeypatch, day, asks):
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
    scholen, way = reverse("scholen"), reverse("clb-bevestigen", args=[huis.clb.pk])

    assert (way in als(an).get(scholen).text) is asks
    assert way not in als(huis.medewerker).get(scholen).text


def test_what_is_confirmed_no_longer_stands_with_her_schools(als, huis, an, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: EERSTE)
    assert "Nog 4 rollen te bevestigen" in als(an).get(reverse("scholen")).text

    everybody = [one.pk for one in asked(today=EERSTE)]
    confirm(clb=huis.clb, shown=everybody, stay=everybody, door=an, today=EERSTE)

    assert "te bevestigen" not in als(an).get(reverse("scholen")).text


@pytest.fixture
def gevraagd(huis, an):
    """An got both mails."""
    assert ask_and_end(today=EERSTE).mails == 1
    assert ask_and_end(today=TWEEDE).mails == 1
    mail.outbox.clear()


def test_the_year_turns_on_the_fifteenth_of_august():
    assert [year_of(EERSTE + timedelta(days=days)) for days in (-1, 0)] == [JAAR - 1, JAAR]
    assert [last_day(LAATSTE - timedelta(days=1)), last_day(LAATSTE)] == [LAATSTE, LAATSTE]
    assert last_day(NACHT) == NACHT


def test_whoever_began_from_july_on_is_not_asked_about(huis):
    begun = timezone.make_aware(timezone.datetime(JAAR, 7, 1))
    Lidmaatschap.objects.filter(user=huis.team).update(sinds=begun)
    Lidmaatschap.objects.filter(user=huis.lezer).update(sinds=begun - timedelta(seconds=1))

    found = {one.user for one in asked(today=EERSTE)}

    assert huis.lezer in found
    assert huis.team not in found


def test_an_is_mailed_twice_and_never_twice_in_a_night(huis, an):
    day_before = EERSTE - timedelta(days=1)
    assert ask_and_end(today=day_before) == Night(0, 0, 0)
    assert ask_and_end(today=EERSTE).mails == 1
    assert ask_and_end(today=EERSTE).mails == 0
    assert ask_and_end(today=TWEEDE - timedelta(days=1)).mails == 0
    assert ask_and_end(today=TWEEDE).mails == 1
    assert ask_and_end(today=LAATSTE) == Night(0, 0, 0)

    first, second = mail.outbox
    assert to(first, second) == [an.email] * 2
    link = reverse("clb-bevestigen", args=[huis.clb.pk])
    assert link in first.body
    assert link in second.body
    assert "ten laatste op 30 september" in first.body
    assert "tot en met 30 september" in second.body


def test_a_mail_that_did_not_leave_is_tried_the_next_night(an, monkeypatch):
    def gone(**_):
        raise MailserverWeg

    with monkeypatch.context() as patch:
        patch.setattr(nacht.mail, "send_mail", gone)
        assert ask_and_end(today=EERSTE).mails == 0
    assert ask_and_end(today=EERSTE + timedelta(days=1)).mails == 1


def test_a_night_that_was_broken_off_is_taken_over(huis, an):
    """The claim is there, and nobody knows whether the mail left."""
    now = timezone.now()
    claim = Bevestigingsmail.objects.create(
        clb=huis.clb, jaar=JAAR, nummer=1, user=an, geclaimd_op=now
    )
    assert ask_and_end(today=EERSTE).mails == 0

    Bevestigingsmail.objects.filter(pk=claim.pk).update(geclaimd_op=now - timedelta(hours=3))
    assert ask_and_end(today=EERSTE).mails == 1
    assert ask_and_end(today=EERSTE).mails == 0


def test_what_nobody_confirmed_ends_after_the_thirtieth(
    als, huis, an, gevraagd, django_capture_on_commit_callbacks
):
    assert ask_and_end(today=LAATSTE).beeindigd == 0
    assert als(huis.team).get(reverse("dossier", args=[huis.dossier.pk])).status_code == 200

    night = ask_and_end(today=NACHT)

    assert night == Night(0, 3, 0)
    assert als(huis.team).get(reverse("dossier", args=[huis.dossier.pk])).status_code == 404
    told = {address: one for one in mail.outbox for address in one.to}
    assert set(told) == {huis.medewerker.email, huis.team.email, huis.lezer.email, an.email}
    assert str(huis.school) in told[huis.team.email].body
    assert "3 rollen zijn afgelopen" in told[an.email].subject
    line = Logregel.objects.get(handeling="lidmaatschap-beeindigd", record_id=role_of(huis.team).pk)
    assert line.door is None
    # An herself stays: there would be nobody to give anything back.
    assert role_of(an).actief_tot is None
    mail.outbox.clear()
    assert ask_and_end(today=NACHT) == Night(0, 0, 0)
    assert not mail.outbox


def test_without_the_second_mail_in_time_nothing_ends(huis, an):
    late = date(JAAR, 9, 28)
    assert ask_and_end(today=late).mails == 1
    assert ask_and_end(today=late + timedelta(days=6)) == Night(0, 0, 0)
    assert ask_and_end(today=late + timedelta(days=7)).mails == 1
    assert ask_and_end(today=late + timedelta(days=13)) == Night(0, 0, 0)
    assert ask_and_end(today=late + timedelta(days=14)).beeindigd == 3


def test_nobody_is_asked_for_the_first_time_in_october(huis, an):
    assert ask_and_end(today=NACHT) == Night(0, 0, 0)
    assert ask_and_end(today=date(JAAR + 1, 8, 14)) == Night(0, 0, 0)


@pytest.mark.parametrize("gone", ["never here", "off", "no role"])
def test_nothing_ends_in_a_clb_without_an_active_ankerfiguur(huis, an, gevraagd, gone):
    if gone == "never here":
        logged_in(an, EERSTE - timedelta(days=1))
    elif gone == "off":
        User.objects.filter(pk=an.pk).update(is_active=False)
    else:
        Lidmaatschap.objects.filter(user=an).update(actief_tot=timezone.now())

    assert ask_and_end(today=NACHT) == Night(0, 0, 1)

    assert role_of(huis.team).actief_tot is None
    # Who comes in her place first gets both mails.
    vera = make_user("Vera")
    Lidmaatschap.objects.create(user=vera, clb=huis.clb, rol=Rol.ANKERFIGUUR)
    logged_in(vera, NACHT)
    assert ask_and_end(today=NACHT) == Night(1, 0, 0)
    assert ask_and_end(today=NACHT + timedelta(days=7)) == Night(1, 0, 0)
    assert ask_and_end(today=NACHT + timedelta(days=13)).beeindigd == 0
    assert ask_and_end(today=NACHT + timedelta(days=14)).beeindigd >= 3


def test_an_ankerfiguur_ends_only_when_another_was_confirmed(huis, an, gevraagd):
    vera = make_user("Vera")
    Lidmaatschap.objects.create(user=vera, clb=huis.clb, rol=Rol.ANKERFIGUUR)
    confirm(clb=huis.clb, shown=(), stay=(), door=an, today=LAATSTE)

    ask_and_end(today=NACHT)

    assert role_of(an).actief_tot is None
    assert role_of(vera).actief_tot is not None


def test_an_confirms_who_is_ticked_and_the_others_get_an_end(als, huis, an, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: EERSTE)
    browser, url = als(an), reverse("clb-bevestigen", args=[huis.clb.pk])
    page = browser.get(url).text
    roles = {naam: role_of(user) for naam, user in huis.people.items()}
    others = [role for naam, role in roles.items() if naam != "ankerfiguur"]
    assert all(f'value="{role.pk}"' in page for role in others)
    assert "je rol wordt mee bevestigd" in page
    assert "30 september 2041" in page

    shown = [str(role.pk) for role in roles.values()]
    stay = [str(roles[naam].pk) for naam in ("medewerker", "team")]
    response = browser.post(url, {"getoond": [*shown, "geen sleutel"], "blijft": stay}, follow=True)

    assert "3 rollen zijn bevestigd, 1 loopt af" in response.text
    assert role_of(huis.lezer).eindigt_op == LAATSTE
    assert role_of(an).bevestigd_op == EERSTE
    assert not asked(today=EERSTE).exists()
    assert "Toch behouden" in response.text
    again = browser.post(url, {"getoond": shown, "blijft": stay}, follow=True)
    assert "Er was niets meer te bevestigen" in again.text


def test_what_was_not_on_the_page_is_left_alone(huis, ander_huis, an):
    done = confirm(
        clb=huis.clb,
        shown=[role_of(ander_huis.team).pk],
        stay=[role_of(ander_huis.lezer).pk],
        door=an,
        today=EERSTE,
    )

    assert (done.blijven, done.stoppen) == (1, 0)
    assert role_of(ander_huis.team).eindigt_op is None
    assert role_of(ander_huis.lezer).bevestigd_op is None
    assert role_of(huis.team).bevestigd_op is None


def test_an_cannot_give_another_ankerfiguur_an_end(huis, an):
    vera = make_user("Vera")
    role = Lidmaatschap.objects.create(user=vera, clb=huis.clb, rol=Rol.ANKERFIGUUR)

    confirm(clb=huis.clb, shown=[role.pk], stay=[], door=an, today=EERSTE)

    assert role_of(vera).eindigt_op is None
    assert role_of(vera).bevestigd_op is None


def test_one_click_gives_a_role_back_for_sixty_days(als, huis, an, gevraagd, monkeypatch):
    ask_and_end(today=NACHT)
    ended = role_of(huis.team)
    last = NACHT + timedelta(days=60)
    assert ended in lapsed(huis.clb, today=last)
    assert ended not in lapsed(huis.clb, today=last + timedelta(days=1))

    monkeypatch.setattr(timezone, "localdate", lambda *_: NACHT)
    page = als(an).get(reverse("clb-bevestigen", args=[huis.clb.pk])).text
    assert "Geef terug" in page
    response = als(an).post(reverse("lidmaatschap-behouden", args=[ended.pk]), follow=True)

    assert "Tom houdt de rol" in response.text
    given = Lidmaatschap.objects.get(user=huis.team, actief_tot__isnull=True)
    assert (given.rol, given.bevestigd_op) == (Rol.SCHOOLTEAM, NACHT)
    assert als(huis.team).get(reverse("dossier", args=[huis.dossier.pk])).status_code == 200
    again = als(an).post(reverse("lidmaatschap-behouden", args=[ended.pk]), follow=True)
    assert "loopt al weer" in again.text
    assert Lidmaatschap.objects.filter(user=huis.team, actief_tot__isnull=True).count() == 1


def test_a_role_that_ends_is_kept_with_one_click(huis, an):
    confirm(clb=huis.clb, shown=[role_of(huis.team).pk], stay=[], door=an, today=EERSTE)

    keep(lidmaatschap=role_of(huis.team), door=an, today=LAATSTE)

    assert role_of(huis.team).eindigt_op is None
    assert ask_and_end(today=NACHT).beeindigd == 0


def test_nobody_gives_herself_a_role_back_nor_one_that_somebody_ended(huis, an, gevraagd):
    ask_and_end(today=NACHT)
    with pytest.raises(NietVoorJezelf):
        keep(lidmaatschap=role_of(huis.team), door=huis.team, today=NACHT)
    Lidmaatschap.objects.filter(user=huis.lezer).update(vervallen_op=None)
    with pytest.raises(NietTerug):
        keep(lidmaatschap=role_of(huis.lezer), door=an, today=NACHT)


def test_the_command_says_what_it_did(huis, an, capsys, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: EERSTE)

    call_command("bevestig_lidmaatschappen")

    assert capsys.readouterr().out == "1 mails verstuurd, 0 rollen beëindigd.\n"


def test_many_schools_come_in_parts_and_can_be_searched(als, huis, an, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: EERSTE)
    monkeypatch.setattr("dossiers.mensen.queries.MAX_SCHOLEN", 0)
    url = reverse("clb-bevestigen", args=[huis.clb.pk])

    assert "Daarna komen er nog 1 school." in als(an).get(url).text
    monkeypatch.setattr("dossiers.mensen.queries.MAX_SCHOLEN", 5)
    assert "Tom, schoolteam" in als(an).get(url, {"zoek": "jozef"}).text
    assert "Geen school gevonden" in als(an).get(url, {"zoek": "kouter"}).text
