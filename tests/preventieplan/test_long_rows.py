"""From how many letters on a row of the table of actions may break across pages."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from dossiers.acties.models import Actie, Checkmoment
from dossiers.acties.queries.stories import CheckStep, Link, Story

TABLE = "preventieplan/pdf/delen/actietabel.html"


def breaking(*, smal: bool, wat: str, found: str = "") -> list[bool]:
    """Of each row of the table of one action: whether it may break."""
    actie = Actie(wat=wat)
    actie.bevinding = found
    check = CheckStep(Checkmoment(vaststelling=found, dag=date(2026, 10, 1)))
    actie.story = Story(actie, (Link(actie, (check,) if found else (), "2026-2027"),))
    html = render_to_string(TABLE, {"acties": [actie], "smal": smal})
    body = html.partition("<tbody>")[2]
    return ["lange-rij" in row for row in re.findall(r"<tr[^>]*>", body)]


@pytest.mark.parametrize("smal", [False, True])
@pytest.mark.parametrize(("letters", "breaks"), [(999, False), (1000, False), (1001, True)])
def test_a_row_with_more_than_1000_letters_of_wat_breaks(letters, breaks, smal):
    assert breaking(smal=smal, wat="a" * letters) == [breaks]


@pytest.mark.parametrize(("letters", "breaks"), [(499, False), (500, False), (501, True)])
def test_beside_the_rest_a_finding_of_more_than_500_letters_breaks(letters, breaks):
    assert breaking(smal=False, wat="a", found="a" * letters) == [breaks]


@pytest.mark.parametrize(("letters", "breaks"), [(1999, False), (2000, False), (2001, True)])
def test_in_a_row_of_its_own_a_finding_of_more_than_2000_letters_breaks(letters, breaks):
    assert breaking(smal=True, wat="a", found="a" * letters) == [False, breaks]
