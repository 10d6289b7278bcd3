"""Many schools, and actions with dates relative to today."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from dialoogfiches.gesprekken.models import Gesprek
from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.domain import open_dossier
from dossiers.mensen.models import CLB, School, User
from dossiers.models import Dossier
from preventieplan.models import Doelstelling, Inschaling
from start.queries.changes import WRITTEN
from tests.conftest import SCHOOLJAAR, load_material


def make_school(clb: CLB, nummer: int, *, naam: str = "", gemeente: str = "Mechelen") -> School:
    return School.objects.create(
        clb=clb,
        naam=naam or f"School {nummer}",
        instellingsnummer=f"{nummer:06}",
        niveau="bao",
        gemeente=gemeente,
        provincie="antwerpen",
    )


def plan(dossier: Dossier, wat: str, *, door: User, **velden: object) -> Actie:
    """Create an action; a number for a date field is in days from today."""
    actie = create_actie(dossier=dossier, wat=wat, door=door)
    for veld, waarde in velden.items():
        if veld.endswith("_op") and isinstance(waarde, int):
            waarde = timezone.localdate() + timedelta(days=waarde)  # noqa: PLW2901
        setattr(actie, veld, waarde)
    actie.save()
    return actie


def score(dossier: Dossier, code: str, waarde: int) -> None:
    doel = Doelstelling.objects.get(versie=dossier.planversie, code=code)
    Inschaling.objects.create(
        dossier=dossier, doelstelling=doel, score=waarde, gewijzigd_op=timezone.now()
    )


@pytest.fixture
def many_schools(huis):
    """Add schools to An's CLB, each with a dossier, a score and an action that is late."""

    def add(aantal: int, first: int = 500_000) -> None:
        for nummer in range(first, first + aantal):
            school = make_school(huis.clb, nummer)
            dossier = open_dossier(school=school, schooljaar=SCHOOLJAAR, door=huis.ankerfiguur)
            score(dossier, "f0-1", 5)
            plan(dossier, "Iets", door=huis.ankerfiguur, wanneer_op=-1, check_op=9)

    return add


@pytest.fixture
def vandaag(monkeypatch) -> date:
    """A Sunday in the schooljaar of the dossiers; days that stories count are counted from it."""
    today = date(SCHOOLJAAR, 11, 29)
    of_moment = timezone.localdate

    def localdate(value=None, timezone=None):
        return of_moment(value, timezone) if value else today

    monkeypatch.setattr(timezone, "localdate", localdate)
    return today


def moment(day: date, at: time = time(12)) -> datetime:
    return datetime.combine(day, at, tzinfo=timezone.get_current_timezone())


def silent_since(dossier: Dossier, op: datetime) -> None:
    """Have nothing in a dossier changed after a moment, not even that it was opened."""
    Dossier.objects.filter(pk=dossier.pk).update(geopend_op=op)
    for model in WRITTEN:
        model._default_manager.filter(dossier=dossier).update(gewijzigd_op=op)


def add_gesprek(dossier: Dossier, titel: str, **velden: object) -> Gesprek:
    return Gesprek.objects.create(
        dossier=dossier,
        versie=load_material("aanwezig-op-school"),
        titel=titel,
        **{"gewijzigd_op": timezone.now(), **velden},
    )
