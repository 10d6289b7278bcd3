"""The cast of every story, and the material they work with.

CLB Ten Berg follows the Sint-Jozefschool. An is its ankerfiguur, Marie a CLB-medewerker of the
school, Tom is in the schoolteam and Lies reads along for the board. At CLB De Brug, which follows
the Kouterschool, Anna, Mo, Thea and Leo have the same four roles. Oscar belongs nowhere, and Els
to PLG Limburg alone.
"""

import gc
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from dialoogfiches.models import Item, Onderdeel, Rubriek
from dossiers.domain import open_dossier
from dossiers.materialen.content.files import Document, read_document
from dossiers.materialen.domain import loading
from dossiers.materialen.domain.loading import load_materialen
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.mensen.models import CLB, Lidmaatschap, Plg, Plglid, Rol, School, User
from dossiers.models import Dossier
from preventieplan.models import Checklistvraag, Doelstelling, Trede
from stsdialoog.documents import desk
from tests import database, unresolved
from tests.client import Browser
from tests.dossiers.materialen.kleinplan import Materialen

SCHOOLJAAR = 2026
# The same rubbish on every machine, however slow it is.
hypothesis.settings.register_profile("stories", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("stories")
PASSWORD = "een-lang-wachtwoord"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the stories that touch a database: `make test` tells only those on PostgreSQL too."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames):
            item.add_marker("database")


def pytest_collection_finish():
    """What was imported and collected stays until the end; looking through it takes a while."""
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call():
    """A story fails in which a template of ours asked for what was not there."""
    try:
        result = yield
    finally:
        missing = unresolved.heard()
    if missing:
        pytest.fail(
            "\n".join(["Not there; what may be missing is given as None:", *map(str, missing)]),
            pytrace=False,
        )
    return result


@pytest.fixture(scope="session", autouse=True)
def _what_is_missing_in_a_template_is_heard():
    with unresolved.listening():
        yield


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
        patch.setattr(loading, "read_document", read_once)
        yield


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_another_story():
    """A process keeps the content of versions; in a story it begins without, as a new one does."""
    KeptPerProcess.forget_all()


@pytest.fixture(scope="session", autouse=True)
def _who_asks_for_a_pdf_waits_for_it():
    """However busy the machine is: a story that is not about waiting gets its PDF at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "PATIENCE", 600)
        patch.setattr(desk, "PATIENCE_UNKEPT", 600)
        yield


SAME_AS = re.compile(r"zelfde_als: ([a-z-]+)/")


def load_newest(*slugs: str) -> None:
    """Load the newest version of real materials: a story needs no more, save one about versions.

    What they refer to comes along, unless it is there.
    """
    wanted, seen = list(slugs), set(Materiaal.objects.values_list("slug", flat=True))
    with tempfile.TemporaryDirectory() as folder:
        while wanted:
            slug = wanted.pop()
            newest = sorted((settings.MATERIALEN_DIR / slug).iterdir())[-1]
            (Path(folder) / slug).mkdir()
            shutil.copy(newest, Path(folder) / slug)
            seen.add(slug)
            text = newest.read_text()
            named = {*SAME_AS.findall(text), *(["preventieplan"] if "hoort_bij: " in text else [])}
            wanted += named - seen - set(wanted)
        load_materialen(Path(folder))


def load_material(slug: str) -> Materiaalversie:
    """Load one of the real materials, unless it is there; loading all takes longer than a story."""
    if not Materiaalversie.objects.filter(materiaal__slug=slug).exists():
        load_newest(slug)
    return Materiaalversie.objects.filter(materiaal__slug=slug).latest("versie")


@pytest.fixture(scope="session")
def migrated_once(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker, tmp_path_factory, pytestconfig
) -> str:
    """A database that was migrated, and that nobody works in: a file, or a name."""
    if connection.vendor == "sqlite":
        folder = database.of_these_migrations(pytestconfig.cache.mkdir("gemigreerd"))
    else:
        # The server goes at the end, with all that it holds.
        folder = tmp_path_factory.getbasetemp()
        if os.environ.get("PYTEST_XDIST_WORKER"):
            # Each worker has a folder of its own in that of all.
            folder = folder.parent
    with django_db_blocker.unblock():
        return database.migrated(folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(migrated_once, django_db_blocker):
    # What was connected to the database of before would go on with that one.
    usual = database.connected_to(connection.settings_dict["NAME"])
    with django_db_blocker.unblock(), usual:
        database.copy(migrated_once, to=connection.creation._get_test_db_name())


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """pytest-django works on in the database that is there."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The materials are there before each story: nearly every one works with some of them."""
    with django_db_blocker.unblock():
        load_newest(*(folder.name for folder in settings.MATERIALEN_DIR.iterdir()))
        before = database.kept()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: before.put_back())
        yield


@pytest.fixture
def laad(db):
    """Load some of the real materials: `laad("dialoogdocument")` gives its version."""
    return load_material


def empty_shelf() -> None:
    """Take all materials away, for who puts others in their place. Comes before any dossier."""
    for model in (
        *(Item, Rubriek, Onderdeel),
        *(Checklistvraag, Doelstelling, Trede),
        *(Materiaalversie, Materiaal),
    ):
        # All of it, so nothing has to be looked up first.
        model.objects.all()._raw_delete(using="default")


@pytest.fixture
def lege_plank(db) -> None:
    empty_shelf()


@pytest.fixture
def materialen(tmp_path, lege_plank) -> Materialen:
    """A folder of materials to load from, beside an empty shelf."""
    return Materialen(tmp_path)


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
def plglid(db) -> User:
    """Els, of PLG Limburg, who belongs to no school and no CLB."""
    els = make_user("Els")
    Plglid.objects.create(user=els, plg=Plg.LIMBURG)
    return els


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
def client() -> Browser:
    """A browser in which nobody is logged in."""
    return Browser()


@pytest.fixture
def als():
    """A browser in which somebody is logged in: `als(tom).get(...)`."""

    def login(user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    return login
