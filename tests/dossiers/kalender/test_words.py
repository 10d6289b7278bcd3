"""Words about time as teams write them, and the day that they mean."""

from datetime import date

import pytest

from dossiers.kalender.schooldays import Schooldays
from dossiers.kalender.words import has_passed, understand

SCHOOL = Schooldays()
# A Monday.
TODAY = date(2026, 11, 30)
# That of a dossier of 2026-2027.
JAAR = {"first": date(2026, 9, 1), "last": date(2027, 8, 31)}


def day_of(text: str, today: date = TODAY, school: Schooldays = SCHOOL) -> str:
    """The day that words mean, in short; empty when they mean none."""
    moment = understand(text, today=today, school=school, **JAAR)
    return moment.dag.isoformat() if moment and not moment.herhaalt else ""


def check_of(text: str, today: date = TODAY) -> str:
    """The first day to look back on of words that name a rhythm."""
    moment = understand(text, today=today, school=SCHOOL, **JAAR)
    return moment.dag.isoformat() if moment and moment.herhaalt else ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("voor de paasvakantie", "2027-03-26"),
        ("Voor de Paasvakantie.", "2027-03-26"),
        ("tegen de kerstvakantie", "2026-12-18"),
        ("klaar voor de krokusvakantie, op de personeelsvergadering", "2027-02-05"),
        ("na de kerstvakantie", "2027-01-04"),
        # The Friday after Hemelvaart is off too.
        ("voor 8 mei", "2027-05-05"),
        ("in de paasvakantie", "2027-04-11"),
        ("voor de grote vakantie", "2027-06-30"),
        ("begin februari", "2027-02-05"),
        ("half maart", "2027-03-15"),
        ("midden maart", "2027-03-15"),
        ("eind januari", "2027-01-29"),
        ("tegen eind mei", "2027-05-31"),
        # The last days of December are off.
        ("in december", "2026-12-18"),
        ("voor februari", "2027-01-29"),
        ("tegen mei", "2027-04-30"),
        # All of July is off, so the last weekday of it.
        ("eind juli", "2027-07-30"),
        ("begin februari 2028", "2028-02-07"),
        ("voor het einde van het schooljaar", "2027-06-30"),
        ("einde schooljaar", "2027-06-30"),
        ("dit schooljaar", "2027-06-30"),
        ("begin volgend schooljaar", "2027-09-01"),
        ("15 maart", "2027-03-15"),
        ("tegen 15 maart 2027", "2027-03-15"),
        ("maandag 7 december", "2026-12-07"),
        ("voor 15 december", "2026-12-14"),
        ("10/12", "2026-12-10"),
        ("uiterlijk 10/12/2026", "2026-12-10"),
        ("4-1-27", "2027-01-04"),
        ("vandaag", "2026-11-30"),
        ("morgen", "2026-12-01"),
        ("tegen vrijdag", "2026-12-04"),
        ("voor vrijdag", "2026-12-03"),
        ("volgende maandag", "2026-12-07"),
        ("deze week", "2026-12-04"),
        ("eind volgende week", "2026-12-11"),
        ("volgende maand", "2026-12-18"),
        ("binnen twee weken", "2026-12-14"),
        ("over 3 maanden", "2027-03-01"),
        # Four weeks from now is in the vacation.
        ("binnen 4 weken", "2027-01-04"),
    ],
)
def test_a_phrase_is_a_day(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "voor de volgende instapper",
        "in de projectweek",
        "vanaf maandag",
        "vanaf de kerstvakantie",
        "na 15 maart",
        "na april",
        "voor de herfstrapporten",
        "volgende personeelsvergadering",
        "niet voor de paasvakantie",
        "voor de paasvakantie of erna",
        "maart of april",
        "volgend schooljaar",
        "30 februari",
        "31/4",
        "99/99",
        "15 maart 2016",
        # Those of this schooljaar have passed, and another year is not that of the dossier.
        "begin november",
        "voor de herfstvakantie",
        "2 sept.",
        "na de zomervakantie",
        "bij het begin van het schooljaar",
        "binnen 0 jaar",
        "½ maart",
        "15 maart 99999",
        "maandag " * 2000,
    ],
)
def test_words_that_name_no_single_day_are_left_alone(text):
    assert understand(text, today=TODAY, school=SCHOOL, **JAAR) is None


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("elke maandag", "2027-01-04"),
        ("elke maandag, derde lesuur", "2027-01-04"),
        ("Iedere week", "2027-01-04"),
        ("dagelijks", "2026-12-14"),
        ("om de twee weken", "2027-01-11"),
        ("tweewekelijks", "2027-01-11"),
        ("elke eerste dinsdag van de maand", "2027-02-01"),
        ("maandelijks", "2027-02-01"),
        ("het hele schooljaar door", "2027-02-01"),
    ],
)
def test_a_rhythm_has_no_end_but_a_first_day_to_look_back_on(text, check):
    assert check_of(text) == check


def test_it_says_how_the_day_follows_from_the_words():
    moment = understand("voor de paasvakantie", today=TODAY, school=SCHOOL, **JAAR)

    assert str(moment) == "vrijdag 26 maart 2027, de laatste schooldag voor de paasvakantie"
    assert (
        str(understand("15 maart", today=TODAY, school=SCHOOL, **JAAR)) == "maandag 15 maart 2027"
    )


def test_a_free_day_of_the_school_counts():
    bridge = Schooldays(vrij=frozenset({date(2027, 3, 26), date(2027, 3, 25)}))

    assert day_of("voor de paasvakantie", school=bridge) == "2027-03-24"


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        # It has begun, so there is none before it any more; after it still comes.
        ("voor de kerstvakantie", date(2026, 12, 22), ""),
        ("na de kerstvakantie", date(2026, 12, 22), "2027-01-04"),
        ("voor de herfstvakantie", date(2026, 10, 30), "2026-10-30"),
        ("voor de herfstvakantie", date(2026, 10, 31), ""),
        ("dit schooljaar", date(2027, 7, 5), ""),
        ("begin september", date(2027, 8, 20), ""),
        ("1 augustus", date(2027, 8, 1), "2027-08-01"),
        ("1 augustus", date(2027, 8, 2), ""),
        ("morgen", date(2027, 8, 31), "2027-09-01"),
        # A dossier can be opened months before its schooljaar begins.
        ("voor de herfstvakantie", date(2026, 6, 1), "2026-10-30"),
        ("voor de paasvakantie", date(2026, 2, 1), "2027-03-26"),
        ("begin februari", date(2026, 1, 10), "2027-02-05"),
        ("vrijdag", date(2026, 6, 1), "2026-06-05"),
        # A year that is named is no guess.
        ("begin februari 2028", date(2026, 11, 30), "2028-02-07"),
        ("15 oktober 2027", date(2026, 11, 30), "2027-10-15"),
        ("begin volgend schooljaar", date(2026, 11, 30), "2027-09-01"),
    ],
)
def test_the_day_on_which_it_is_written_counts(text, today, day):
    assert day_of(text, today) == day


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        *(("voor de herfstvakantie", True), ("begin november", True), ("15 oktober", True)),
        *(("2 sept.", True), ("bij het begin van het schooljaar", True), ("15 maart 2016", True)),
        *(("voor de paasvakantie", False), ("15 maart", False), ("vrijdag", False)),
        *(("elke maandag", False), ("als het past", False), ("30 februari", False)),
        *(("na de zomervakantie", False), ("15 maart 2035", False), ("", False)),
    ],
)
def test_it_tells_what_has_passed_from_what_it_does_not_understand(text, passed):
    assert has_passed(text, today=TODAY, school=SCHOOL, **JAAR) == passed


def test_nothing_is_guessed_outside_the_known_years():
    last = {"first": date(2029, 9, 1), "last": date(2030, 8, 31)}
    after = {"first": date(2030, 9, 1), "last": date(2031, 8, 31)}

    def meant(text, today, jaar):
        return understand(text, today=today, school=SCHOOL, **jaar)

    assert meant("voor de paasvakantie", date(2031, 1, 10), after) is None
    assert meant("voor de kerstvakantie", date(2030, 7, 1), after) is None
    assert day_of("15 maart 2035") == ""
    assert meant("30 juni", date(2030, 2, 1), last).dag == date(2030, 6, 30)
