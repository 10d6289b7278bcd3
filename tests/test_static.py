"""Static files of a production server: each under a name that changes with its content."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from django.urls import reverse

from bench.largest import GOAL, fill_goal
from bench.wire import first_visit_bytes, page_bytes
from dossiers.velden.weergave import Weergave
from stsdialoog.static_storage import ManifestStorage
from stsdialoog.web_typeface import FILES
from tests.client import Browser

STATIC = Path(__file__).resolve().parent.parent / "static"
COLD, WARM = 130_000, 12_000  # bytes of a first visit to a goal page, and of a next one
# What no goal page asks for; to compress that too takes longer than the rest.
NOT_ASKED = ["admin", "pdf", "*.md"]
# Where a module imports a neighbour from.
IMPORT = re.compile(r'\bfrom ?"(\./[^"]+)"')


@pytest.fixture
def collected(tmp_path):
    """What `collectstatic` makes of our own scripts for a production server."""
    source = StaticFilesStorage(location=STATIC, base_url="/static/")
    names = [str(path.relative_to(STATIC)) for path in STATIC.rglob("*.js")]
    target = ManifestStorage(location=tmp_path, base_url="/static/")
    for name in names:
        with source.open(name) as script:
            target.save(name, script)
    for name, _hashed, outcome in target.post_process({name: (target, name) for name in names}):
        assert outcome, name
    return tmp_path


def test_a_module_imports_its_neighbours_under_their_changing_names(collected):
    folder = collected / "js" / "bewaren"
    hashed = {path.name for path in folder.glob("*.????????????.js")}
    imported = {name: IMPORT.findall((folder / name).read_text()) for name in hashed}

    assert {name.split(".")[0] for name, found in imported.items() if found} >= {"start", "send"}
    assert {one.removeprefix("./") for found in imported.values() for one in found} <= hashed


def test_a_script_goes_out_without_its_comments(collected):
    written = STATIC / "js" / "bewaren" / "send.js"
    sent = (collected / "js" / "bewaren" / "send.js").read_text()

    assert written.read_text().startswith("/*")
    assert not re.search(r"^\s*(//|/\*)", sent, re.MULTILINE)
    assert len(sent) < 0.8 * written.stat().st_size
    # What people read keeps every space.
    assert "Je hebt geen toegang meer tot deze pagina. Kopieer wat je wil houden." in sent


@pytest.fixture
def served(settings, tmp_path):
    """All static files, as a server sends them."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    backend = "stsdialoog.static_storage.ManifestStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, stdout=StringIO(), ignore_patterns=NOT_ASKED)
    return tmp_path


@pytest.mark.looks
@pytest.mark.django_db
def test_a_goal_page_fits_in_a_weak_wifi(dossier, tom, served):
    """A first visit with all that it brings along, empty and full; later the page alone."""
    client = Browser()
    client.force_login(tom)
    goal = reverse("doelstelling", args=[dossier.pk, GOAL])
    fonts = sum((served / path).stat().st_size for path in FILES)
    pages = [f"{goal}?weergave={view}" for view in Weergave]

    for page in pages:
        assert fonts < first_visit_bytes(client, page) <= COLD

    fill_goal(dossier, tom)
    for page in pages:
        assert first_visit_bytes(client, page) <= COLD
        assert page_bytes(client, page) <= WARM
