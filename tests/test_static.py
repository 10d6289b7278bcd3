"""Static files of a production server: each under a name that changes with its content."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage

from stsdialoog.static_storage import ManifestStorage

STATIC = Path(__file__).resolve().parent.parent / "static"
# Where a module imports a neighbour from.
IMPORT = re.compile(r'\bfrom "(\./[^"]+)"')


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
