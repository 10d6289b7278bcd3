"""Tom does actions of the Sint-Jozefschool, on days that a story chooses."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie, Trekker
from dossiers.mensen.models import User
from dossiers.models import Dossier

# A Monday and the days after it, with school on each; the next vacation begins on 21 December.
MONDAY, TUESDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 4)
SECRET = "Geheim van het team: Jef belt de mama van Zita"


def plan_for(dossier: Dossier, *people: User, made: date = date(2026, 9, 1), **velden) -> Actie:
    """An action that these people do, planned long ago, of which each text is secret."""
    actie = create_actie(dossier=dossier, wat=SECRET, wie=SECRET, wanneer=SECRET, door=people[0])
    values = {"vaststelling": SECRET, "gemaakt_op": moment(made), **velden}
    Actie.objects.filter(pk=actie.pk).update(**values)
    Trekker.objects.bulk_create(Trekker(actie=actie, gebruiker=user) for user in people)
    actie.refresh_from_db()
    return actie


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def days_from(day: date, days: int) -> date:
    return day + timedelta(days=days)


@pytest.fixture
def check(huis) -> Actie:
    """Tom looks back on something on a Wednesday in December."""
    return plan_for(huis.dossier, huis.team, check_op=date(2026, 12, 16))
