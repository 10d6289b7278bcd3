"""Sint-Jozef has a full dossier of last year, and starts the next schooljaar from it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie, Actiestand, Besluit, Trekker
from dossiers.domain import open_dossier
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Antwoordstand, Inschaling
from start.nieuw_jaar.domain.starting import start_schooljaar
from tests.conftest import SCHOOLJAAR

# The next schooljaar is that of the dossiers of the cast, which is then not there yet.
TODAY = date(SCHOOLJAAR, 9, 1)
VORIG, NU = f"{SCHOOLJAAR - 1}-{SCHOOLJAAR}", f"{SCHOOLJAAR}-{SCHOOLJAAR + 1}"


def write(record, door, **velden) -> None:
    for veld, waarde in velden.items():
        save_veld(record=record, veld=veld, waarde=waarde, basis=record.revisie(veld), door=door)


def answer(dossier: Dossier, code: str, door, **velden) -> None:
    vraag = dossier.planversie.doelstellingen.get(vragen__code=code).vragen.get(code=code)
    write(Antwoord(dossier=dossier, vraag=vraag), door, **velden)


@pytest.fixture
def op_dag(monkeypatch):
    """Let it be another day: `op_dag(date(2026, 8, 15))`."""
    of_moment = timezone.localdate

    def set_clock(day: date) -> None:
        def localdate(value=None, timezone=None):
            return of_moment(value, timezone) if value else day

        monkeypatch.setattr(timezone, "localdate", localdate)

    return set_clock


@pytest.fixture
def vorig(huis) -> Dossier:
    """The dossier of last year, in place of that of now."""
    huis.dossier.delete()
    return open_dossier(school=huis.school, schooljaar=SCHOOLJAAR - 1, door=huis.ankerfiguur)


@pytest.fixture
def gevuld(huis, vorig) -> Dossier:
    """The same with answers at f0-1, a score with its words, and actions in every stand."""
    tom = huis.team
    answer(
        vorig,
        "f0-1-v01",
        tom,
        stand=Antwoordstand.DOEN_WE,
        toelichting="Elke ochtend aan de poort.",
        groeikans="Ook op woensdag.",
    )
    answer(vorig, "f0-1-v02", tom, stand=Antwoordstand.DEELS)
    doel = vorig.planversie.doelstellingen.get(code="f0-1")
    scored = Inschaling(dossier=vorig, doelstelling=doel)
    write(scored, tom, score=6, want="wie er is, wordt begroet", focus="De eerste minuut.")

    def plan(wat: str, **velden) -> Actie:
        actie = create_actie(dossier=vorig, wat=wat, door=tom, hoort_bij="f0-1")
        Actie.objects.filter(pk=actie.pk).update(**velden)
        return actie

    plan("Open", wie="Tom", wanneer="voor de herfstvakantie", check_op=TODAY + timedelta(30))
    late = plan("Over tijd", wanneer_op=TODAY - timedelta(90), stand=Actiestand.BEZIG)
    plan("Klaar", stand=Actiestand.KLAAR)
    plan("Te checken", stand=Actiestand.KLAAR, check_op=TODAY)
    plan("Gestopt", besluit=Besluit.STOPPEN)
    plan("Geschrapt", geschrapt_op=vorig.geopend_op)
    Trekker.objects.create(
        actie=late, gebruiker=tom, gekozen_door=huis.medewerker, gekozen_op=vorig.geopend_op
    )
    return vorig


@pytest.fixture
def nieuw(huis, gevuld) -> Dossier:
    """The dossier that goes on from it."""
    return start(gevuld, huis.ankerfiguur)


def start(vorig: Dossier, door, today: date = TODAY, **options) -> Dossier:
    return start_schooljaar(vorig=vorig, door=door, today=today, **options).dossier


def address(name: str, dossier: Dossier, *args) -> str:
    return reverse(name, args=[dossier.pk, *args])
