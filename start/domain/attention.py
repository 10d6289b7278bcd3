"""Which schools need somebody, and how soon."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils import timezone

# Through today plus so many days.
WEEK = 7
# Days without a change after which a dossier has come to a standstill.
STIL_NA = 30


class Groep(TextChoices):
    """How soon a school needs somebody. A school is in the first group that fits."""

    NU = "nu", "Nu"
    DEZE_WEEK = "deze-week", "Deze week"
    STIL = "stil", "Stilgevallen"
    TE_STARTEN = "te-starten", "Nog te starten"
    LOOPT = "loopt", "Loopt vanzelf"


class Standing(NamedTuple):
    """What decides how soon a school needs somebody.

    begonnen: it has a dossier for this schooljaar, or already for the next one; from 15 August on,
        when that one is to be started, for the next.
    is_open: it has a dossier in which one can work: that of this schooljaar, else the newest other.
    gewijzigd: somebody opened or changed that dossier since `lively_since`.
    eerste_dag: the first day in it on which an action has to be done or checked, past or through
        `last_day`.
    gesprek_op: the day of the first talk of the team that is to come, through `last_day`.
    """

    begonnen: bool
    is_open: bool
    gewijzigd: bool
    eerste_dag: date | None
    gesprek_op: date | None

    @property
    def eerste(self) -> date | None:
        """The first day that asks for somebody."""
        if self.eerste_dag and self.gesprek_op:
            return min(self.eerste_dag, self.gesprek_op)
        return self.eerste_dag or self.gesprek_op


def groep_of(standing: Standing, *, today: date) -> Groep:
    """The group of a school. What is closed asks for nobody."""
    if standing.eerste_dag and standing.eerste_dag < today:
        return Groep.NU
    if standing.eerste and standing.eerste <= last_day(today):
        return Groep.DEZE_WEEK
    if not standing.begonnen:
        return Groep.TE_STARTEN
    if standing.is_open and not standing.gewijzigd:
        return Groep.STIL
    return Groep.LOOPT


def last_day(today: date) -> date:
    """The last day of what counts as this week."""
    return today + timedelta(days=WEEK)


def lively_since(today: date) -> datetime:
    """A dossier in which nothing changed from here on has come to a standstill."""
    first = today - timedelta(days=STIL_NA - 1)
    return datetime.combine(first, time.min, tzinfo=timezone.get_current_timezone())
