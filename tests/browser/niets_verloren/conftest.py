"""The pages on which nothing may get lost, and who listens to what arrives."""

import threading
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models.signals import post_save
from django.urls import reverse
from playwright.sync_api import Page

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.oudergesprekken.domain.oudergesprekken import start_oudergesprek
from dossiers.velden.models import Revisie
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Doelstelling
from tests.browser.niets_verloren.places import (
    SCORE,
    STAND,
    TOELICHTING,
    Spot,
    asked_by,
    choice,
    goal_in,
    note_in,
    text,
)
from tests.conftest import load_material


@pytest.fixture(params=["lijst", "bespreken"])
def goal(request, huis):
    """A goal in each of its views; what is true of both is told of one in the other files."""
    return goal_in(request.param, huis)


@pytest.fixture
def actie(huis):
    doel = Doelstelling.objects.get(versie=huis.dossier.planversie_id, code="f0-1")
    return create_planactie(
        dossier=huis.dossier, doelstelling=doel, wat="Een kringgesprek", door=huis.team
    )


@pytest.fixture
def gesprek(huis):
    return start_gesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument"),
        sleutel=uuid4(),
        titel="Ons gesprek",
        door=huis.team,
    )


@pytest.fixture(params=["doel", "stap"])
def stop(request, huis) -> Spot:
    """The first stop of each kind of page that shows one at a time."""
    if request.param == "stap":
        return note_in("bespreken", request.getfixturevalue("gesprek"))
    return text(goal_in("bespreken", huis), TOELICHTING)


@pytest.fixture
def parents(huis):
    gesprek = start_oudergesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument-ouders"),
        pseudoniem="Kolibrie",
        datum=None,
        sleutel=uuid4(),
        door=huis.medewerker,
    )
    return text(reverse("oudergesprek", args=[gesprek.pk]), "oudernotitie-thuis-r01-tekst")


@pytest.fixture(
    params=[
        *("lijst-toelichting", "lijst-stand", "lijst-score"),
        *("bespreken-toelichting", "bespreken-stand", "bespreken-score"),
        *("wat", "datum", "zin", "lijst-notitie", "bespreken-notitie"),
    ],
)
def spot(request, huis) -> Spot:
    """Each kind of field on each kind of page that keeps drafts."""
    view, _, kind = request.param.partition("-")
    if kind == "notitie":
        return note_in(view, request.getfixturevalue("gesprek"))
    if kind:
        pad = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
        url = f"{pad}?weergave={view}&stop=f0-1-v01"
        if kind == "toelichting":
            return text(url, TOELICHTING)
        return choice(url, STAND, "deels") if kind == "stand" else choice(url, SCORE, "7")
    if request.param == "zin":
        routekaart = reverse("routekaart", args=[huis.dossier.pk])
        return text(routekaart, "routekaart-zinnen-wat_vragen_we")
    actie = request.getfixturevalue("actie")
    overview = reverse("overzicht", args=[huis.dossier.pk]) + f"?open={actie.pk}"
    if request.param == "wat":
        return text(overview, f"actie-{actie.pk}-wat")
    return text(overview, f"actie-{actie.pk}-wanneer_op", "2027-03-01")


@pytest.fixture
def go(live_server, log_in):
    """Log in and open a page: `go(page, tom, url)`."""

    def open_as(page: Page, user, url: str) -> Page:
        log_in(page, user)
        page.goto(live_server.url + url)
        return page

    return open_as


@pytest.fixture
def arrives():
    """Wait until the database has a text, whoever sends it: `arrives(text)` returns an event."""
    waiting: list[tuple[str, threading.Event]] = []

    def hear(instance, **_):
        if isinstance(instance, Revisie):
            for value, event in waiting:
                if instance.waarde == value:
                    transaction.on_commit(event.set)

    post_save.connect(hear, weak=False)

    def expect_text(value: str) -> threading.Event:
        event = threading.Event()
        waiting.append((value, event))
        return event

    yield expect_text
    post_save.disconnect(hear)


@pytest.fixture
def questions(page):
    """What the browser asks before a page goes; each is answered with yes."""
    return asked_by(page, stay=False)
