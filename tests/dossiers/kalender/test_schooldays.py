"""When there is school: weekends, vacations, public holidays and days of one's own."""

from datetime import date

import pytest

from dossiers.kalender.schooldays import Schooldays, is_known, vakanties

SCHOOL = Schooldays()


@pytest.mark.parametrize(
    ("day", "is_school"),
    [
        (date(2026, 9, 1), True),
        (date(2026, 11, 7), False),  # a Saturday, in a vacation
        (date(2026, 11, 4), False),  # herfstvakantie
        (date(2026, 11, 11), False),  # Wapenstilstand
        (date(2027, 5, 7), False),  # the Friday after Hemelvaart
        (date(2027, 5, 17), False),  # Pinkstermaandag
        (date(2027, 6, 30), True),
        (date(2027, 7, 1), False),
        # Not known, so only a weekend is without.
        (date(2031, 12, 25), True),
        (date(2031, 12, 27), False),
    ],
)
def test_there_is_school_or_not(day, is_school):
    assert SCHOOL.has(day) is is_school


def test_a_vacation_is_one_stretch_of_days():
    this_year = [one for one in vakanties() if date(2026, 9, 1) <= one.van < date(2027, 9, 1)]

    assert [(one.naam, one.van, one.tot) for one in this_year] == [
        ("herfstvakantie", date(2026, 11, 2), date(2026, 11, 8)),
        ("kerstvakantie", date(2026, 12, 21), date(2027, 1, 3)),
        ("krokusvakantie", date(2027, 2, 8), date(2027, 2, 14)),
        ("paasvakantie", date(2027, 3, 29), date(2027, 4, 11)),
        ("zomervakantie", date(2027, 7, 1), date(2027, 8, 31)),
    ]


def test_the_last_and_the_first_day_around_a_vacation():
    assert SCHOOL.last_before(date(2026, 12, 21)) == date(2026, 12, 18)
    assert SCHOOL.first_from(date(2026, 12, 21)) == date(2027, 1, 4)
    free = Schooldays(vrij=frozenset({date(2026, 12, 18)}))
    assert free.last_before(date(2026, 12, 21)) == date(2026, 12, 17)


def test_a_stretch_without_school_still_has_a_last_weekday():
    assert SCHOOL.last_in(date(2027, 7, 1), date(2027, 7, 31)) == date(2027, 7, 30)


def test_the_vacations_of_six_schooljaren_are_known():
    assert not is_known(date(2024, 8, 31))
    assert is_known(date(2024, 9, 1))
    assert is_known(date(2030, 8, 31))
    assert not is_known(date(2030, 9, 1))
