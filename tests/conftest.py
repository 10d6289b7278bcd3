"""The cast of every story, and the material they work with.

CLB Ten Berg follows the Sint-Jozefschool. An is its ankerfiguur, Marie a CLB-medewerker of the
school, Tom is in the schoolteam and Lies reads along for the board. At CLB De Brug, which follows
the Kouterschool, Anna, Mo, Thea and Leo have the same four roles. Oscar belongs nowhere.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.test import Client

from dossiers.domain import materialen
from dossiers.domain.bestanden import Document, read_document
from dossiers.domain.dossiers import open_dossier
from dossiers.domain.materialen import load_materialen
from dossiers.models import CLB, Dossier, Lidmaatschap, Materiaalversie, Rol, School, User
from preventieplan.models import Checklistvraag, Doelstelling

SCHOOLJAAR = 2026
# The same rubbish on every machine, however slow it is.
hypothesis.settings.register_profile("stories", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("stories")
PASSWORD = "een-lang-wachtwoord"


@dataclass(frozen=True)
class Huis:
    """A CLB with one school, its open dossier and one person for each role."""

    clb: CLB
    school: School
    dossier: Dossier
    ankerfiguur: User
    medewerker: User
    team: User
    lezer: User

    @property
    def people(self) -> dict[str, User]:
        return {
            "ankerfiguur": self.ankerfiguur,
            "medewerker": self.medewerker,
            "team": self.team,
            "lezer": self.lezer,
        }


def make_user(naam: str) -> User:
    return User.objects.create_user(f"{naam.lower()}@test.be", PASSWORD, naam=naam)


def make_huis(naam: str, school: str, nummer: int, mensen: list[str]) -> Huis:
    clb = CLB.objects.create(naam=naam, instellingsnummer=f"{nummer:06}")
    plek = School.objects.create(
        clb=clb,
        naam=school,
        instellingsnummer=f"{nummer + 1:06}",
        niveau="so",
        gemeente="Mechelen",
        provincie="antwerpen",
    )
    ankerfiguur, medewerker, team, lezer = (make_user(mens) for mens in mensen)
    Lidmaatschap.objects.create(user=ankerfiguur, clb=clb, rol=Rol.ANKERFIGUUR)
    for user, rol in (
        (medewerker, Rol.CLB_MEDEWERKER),
        (team, Rol.SCHOOLTEAM),
        (lezer, Rol.LEZER),
    ):
        Lidmaatschap.objects.create(user=user, school=plek, rol=rol)
    dossier = open_dossier(school=plek, schooljaar=SCHOOLJAAR, door=ankerfiguur)
    return Huis(clb, plek, dossier, ankerfiguur, medewerker, team, lezer)


@pytest.fixture(scope="session", autouse=True)
def _each_content_file_is_read_once():
    """Nearly every story begins with the same materials, and reading those takes a while."""
    read: dict[tuple[str, bytes], Any] = {}

    def read_once(path: Path) -> Document:
        key = (path.name, path.read_bytes())
        if key not in read:
            read[key] = read_document(path)
        return read[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(materialen, "read_document", read_once)
        yield


@pytest.fixture
def laad(db, tmp_path_factory):
    """Load some of the real materials: `laad("dialoogdocument")` gives its version.

    Reading all of them takes longer than most stories last.
    """

    def load(slug: str) -> Materiaalversie:
        folder = tmp_path_factory.mktemp("materialen")
        shutil.copytree(settings.MATERIALEN_DIR / slug, folder / slug)
        load_materialen(folder)
        return Materiaalversie.objects.get(materiaal__slug=slug)

    return load


@pytest.fixture
def versie(laad) -> Materiaalversie:
    return laad("preventieplan")


@pytest.fixture
def huis(versie) -> Huis:
    return make_huis("CLB Ten Berg", "Sint-Jozefschool", 70, ["An", "Marie", "Tom", "Lies"])


@pytest.fixture
def ander_huis(versie) -> Huis:
    return make_huis("CLB De Brug", "Kouterschool", 90, ["Anna", "Mo", "Thea", "Leo"])


@pytest.fixture
def oscar(db) -> User:
    return make_user("Oscar")


@pytest.fixture
def dossier(huis) -> Dossier:
    return huis.dossier


@pytest.fixture
def tom(huis) -> User:
    return huis.team


@pytest.fixture
def an(huis) -> User:
    return huis.ankerfiguur


@pytest.fixture
def doel(dossier) -> Doelstelling:
    """The first goal of fase 0, in the wording of the source."""
    return Doelstelling.objects.get(versie=dossier.planversie, code="f0-1")


@pytest.fixture
def vraag(doel) -> Checklistvraag:
    return doel.vragen.get(code="f0-1-v01")


@pytest.fixture
def als():
    """A browser in which somebody is logged in: `als(tom).get(...)`."""

    def login(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return login
