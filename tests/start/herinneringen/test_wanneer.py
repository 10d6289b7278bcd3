"""When Tom hears of a day: two weeks before, the last schoolday before, and once it is over."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from dossiers.acties.models import Actie, Trekker
from dossiers.domain import close_dossier
from dossiers.kalender.domain import add_vrije_dag
from dossiers.mensen.models import Lidmaatschap, Rol, User
from start.herinneringen.domain.dagen import Stap, begin_of_week, step_to, until
from start.herinneringen.domain.versturen import rehearse, send_due
from start.herinneringen.domain.wensen import choose_ritme
from start.herinneringen.models import Bericht, Ritme, Ronde
from tests.start.herinneringen.conftest import FRIDAY, MONDAY, TUESDAY, moment, plan_for

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LONG_AGO = date(2026, 9, 1)


def sent_on(day: date) -> int:
    return send_due(today=day).verstuurd


def days_with_mail(first: date, last: date) -> list[date]:
    """Run each day, as a timer does, and look on which of them something left."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return [day for day in days if sent_on(day)]


def test_he_hears_three_times_of_a_check_that_is_not_done(check, mailoutbox):
    """The check is on Wednesday 16 December."""
    assert days_with_mail(MONDAY, date(2027, 1, 29)) == [
        date(2026, 12, 2),
        date(2026, 12, 15),
        date(2026, 12, 17),
    ]
    assert [one.to for one in mailoutbox] == [["tom@test.be"]] * 3


def test_once_it_is_done_he_hears_no_more(check):
    assert sent_on(date(2026, 12, 2)) == 1
    Actie.objects.filter(pk=check.pk).update(besluit="borgen")

    assert days_with_mail(date(2026, 12, 3), date(2026, 12, 18)) == []


@pytest.mark.parametrize(
    ("day", "today", "step"),
    [
        # The day of a Tuesday in January; nobody gets mail in the vacation before it.
        (date(2027, 1, 5), date(2026, 12, 17), None),
        (date(2027, 1, 5), date(2026, 12, 18), Stap.VOORAF),
        (date(2027, 1, 5), date(2027, 1, 4), Stap.MORGEN),
        (date(2027, 1, 5), date(2027, 1, 5), Stap.MORGEN),
        (date(2027, 1, 5), date(2027, 1, 6), Stap.LAAT),
        # Of a Monday one hears on Friday, and of a day in a vacation before it begins.
        (date(2026, 12, 7), date(2026, 12, 3), Stap.VOORAF),
        (date(2026, 12, 7), FRIDAY, Stap.MORGEN),
        (date(2026, 12, 28), date(2026, 12, 18), Stap.MORGEN),
        # Two weeks before, to the day.
        (date(2026, 12, 15), MONDAY, None),
        (date(2026, 12, 15), TUESDAY, Stap.VOORAF),
        (date(2016, 5, 3), TUESDAY, Stap.LAAT),
    ],
)
def test_how_near_a_day_is(day, today, step):
    """For who gets a mail each day."""
    ends = until(Ritme.DAGELIJKS, today=today)

    assert step_to(day, today=today, until=ends, planned=LONG_AGO) == step


@pytest.mark.parametrize(
    ("planned", "step"), [(date(2026, 11, 16), Stap.VOORAF), (date(2026, 11, 17), None)]
)
def test_what_was_planned_within_two_weeks_is_not_told_right_away(planned, step):
    day, today = TUESDAY, date(2026, 11, 24)

    assert step_to(day, today=today, until=today, planned=planned) == step


def test_a_week_begins_on_its_first_schoolday():
    assert begin_of_week(FRIDAY) == MONDAY
    # Paasmaandag is in a vacation; Pinkstermaandag is not.
    assert begin_of_week(date(2027, 5, 19)) == date(2027, 5, 18)
    assert until(Ritme.WEKELIJKS, today=MONDAY) == date(2026, 12, 6)
    # The last mail of the year looks ahead over the vacation.
    assert until(Ritme.WEKELIJKS, today=date(2026, 12, 14)) == date(2027, 1, 3)


# --- the days off of a school --------------------------------------------------------------------


def off(plaats, *days: date) -> None:
    for day in days:
        add_vrije_dag(
            plaats=plaats,
            van=day,
            tot=day,
            naam="Studiedag",
            sleutel=uuid4(),
            door=User.objects.get(email="an@test.be"),
        )


@pytest.mark.parametrize("of", ["school", "clb"])
def test_nobody_gets_mail_on_a_day_off_and_hears_the_schoolday_before(huis, check, of):
    """The check is on Wednesday 16 December: the Tuesday and the Thursday around it are off."""
    off(getattr(huis, of), date(2026, 12, 15), date(2026, 12, 17))

    assert days_with_mail(MONDAY, date(2027, 1, 8)) == [
        date(2026, 12, 2),
        date(2026, 12, 14),
        date(2026, 12, 18),
    ]


def test_who_has_another_school_that_day_does(huis, ander_huis, check):
    off(huis.school, date(2026, 12, 17))
    Lidmaatschap.objects.create(user=huis.team, school=ander_huis.school, rol=Rol.SCHOOLTEAM)

    assert sent_on(date(2026, 12, 17)) == 1


def test_who_works_for_the_clb_does(huis):
    plan_for(huis.dossier, huis.ankerfiguur, check_op=date(2026, 12, 16))
    off(huis.school, date(2026, 12, 17))

    assert sent_on(date(2026, 12, 17)) == 1


def test_a_monday_off_moves_the_mail_of_the_week_to_tuesday(huis, check, mailoutbox):
    """And of who had school on Monday nobody is looked at again."""
    choose_ritme(user=huis.team, ritme=Ritme.WEKELIJKS)
    choose_ritme(user=huis.ankerfiguur, ritme=Ritme.WEKELIJKS)
    off(huis.school, date(2026, 12, 14))
    monday, tuesday = date(2026, 12, 14), date(2026, 12, 15)

    assert sent_on(monday) == 0
    plan_for(huis.dossier, huis.ankerfiguur, check_op=date(2026, 12, 16))
    assert days_with_mail(tuesday, date(2026, 12, 18)) == [tuesday]
    assert [one.to for one in mailoutbox] == [["tom@test.be"]]


def test_no_mail_leaves_on_a_day_without_school(check):
    Actie.objects.filter(pk=check.pk).update(check_op=date(2026, 12, 1))
    without = [date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 25), date(2026, 11, 11)]

    for day in without:
        run = send_due(today=day)
        assert (run.verstuurd, run.school) == (0, False)
    assert sent_on(date(2026, 12, 2)) == 1


def test_who_chose_the_week_hears_on_monday_of_what_comes_before_the_next(huis, check, mailoutbox):
    choose_ritme(user=huis.team, ritme=Ritme.WEKELIJKS)

    # Two weeks before is a Wednesday, the day before a Tuesday: both are told on Monday.
    assert days_with_mail(MONDAY, date(2027, 1, 12)) == [
        MONDAY,
        date(2026, 12, 14),
        date(2027, 1, 4),
    ]


def test_a_monday_that_was_missed_is_made_up_for_on_tuesday(huis, check):
    choose_ritme(user=huis.team, ritme=Ritme.WEKELIJKS)

    assert sent_on(TUESDAY) == 1
    assert Ronde.objects.get().dag == TUESDAY
    assert days_with_mail(TUESDAY + DAY, date(2026, 12, 13)) == []


def test_who_wants_none_gets_none(huis, check):
    choose_ritme(user=huis.team, ritme=Ritme.NOOIT)
    assert days_with_mail(MONDAY, date(2026, 12, 18)) == []
    assert not Bericht.objects.exists()

    choose_ritme(user=huis.team, ritme=Ritme.DAGELIJKS)
    assert sent_on(date(2027, 1, 4)) == 1


def test_a_day_that_moves_is_told_anew(check):
    assert sent_on(date(2026, 12, 15)) == 1
    Actie.objects.filter(pk=check.pk).update(check_op=date(2027, 1, 20))

    assert days_with_mail(date(2026, 12, 16), date(2027, 1, 19)) == [
        date(2027, 1, 6),
        date(2027, 1, 19),
    ]


LATE = date(2026, 12, 17)


def struck(huis, actie):
    Actie.objects.filter(pk=actie.pk).update(geschrapt_op=moment(MONDAY))


def closed(huis, actie):
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)


def left(huis, actie):
    Lidmaatschap.objects.filter(user=huis.team).update(actief_tot=moment(date(2027, 9, 1)))


def expired(huis, actie):
    Lidmaatschap.objects.filter(user=huis.team).update(eindigt_op=date(2026, 9, 1))


def turned_off(huis, actie):
    User.objects.filter(pk=huis.team.pk).update(is_active=False)


def practised(huis, actie):
    type(huis.school).objects.filter(pk=huis.school.pk).update(
        oefen=True, instellingsnummer=None, niveau="", gemeente="", provincie=""
    )


@pytest.mark.parametrize("why", [struck, closed, left, expired, turned_off, practised])
def test_nobody_is_reminded_of_what_is_not_hers_to_do(huis, check, mailoutbox, why):
    why(huis, check)
    send_due(today=LATE)

    assert [one for one in mailoutbox if one.to == ["tom@test.be"]] == []


def test_he_is(huis, check, mailoutbox):
    send_due(today=LATE)

    assert [one.to for one in mailoutbox] == [["tom@test.be"]]


def test_a_role_elsewhere_is_none_here(huis, ander_huis, check):
    Lidmaatschap.objects.filter(user=huis.team).delete()
    Lidmaatschap.objects.create(user=huis.team, school=ander_huis.school, rol=Rol.SCHOOLTEAM)

    # An hears of it: nobody does it any more.
    send_due(today=LATE)
    assert Bericht.objects.get().gebruiker == huis.ankerfiguur


def test_an_ankerfiguur_who_does_something_is_reached_by_her_clb(huis):
    plan_for(huis.dossier, huis.ankerfiguur, wanneer_op=date(2026, 12, 16))

    assert sent_on(date(2026, 12, 15)) == 1


def test_what_nobody_does_reaches_the_ankerfiguur_once_it_is_late(huis, ander_huis, check):
    """And once only; of another CLB nobody hears."""
    Trekker.objects.all().delete()
    plan_for(huis.dossier, huis.team, wanneer_op=date(2026, 12, 16))
    Trekker.objects.all().delete()

    assert days_with_mail(MONDAY, date(2027, 1, 29)) == [LATE]
    assert Bericht.objects.get().gebruiker == huis.ankerfiguur


def test_a_rehearsal_counts_and_changes_nothing(check, mailoutbox):
    assert rehearse(today=LATE).verstuurd == 1
    assert rehearse(today=date(2026, 12, 25)).verstuurd == 0
    assert (mailoutbox, Bericht.objects.count(), Ronde.objects.count()) == ([], 0, 0)

    assert sent_on(LATE) == 1
    assert rehearse(today=LATE).verstuurd == 0


def test_it_asks_as_much_of_the_database_however_many_people_there_are(
    huis, django_assert_num_queries
):
    """Without anything that is due: a mail itself takes some more."""
    far = {"check_op": date(2027, 5, 3)}
    plan_for(huis.dossier, huis.team, **far)
    with django_assert_num_queries(17):
        rehearse(today=TUESDAY)
    for people in ([huis.team], [huis.team, huis.medewerker], [huis.lezer]):
        plan_for(huis.dossier, *people, **far)
    with django_assert_num_queries(17):
        rehearse(today=TUESDAY)
