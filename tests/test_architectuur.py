"""The house keeps its shape: imports go one way, files stay small, nothing lies about unused."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
APPS = ("dossiers", "preventieplan", "dialoogfiches", "start")

# Who may import whom (docs/architecture.md): stsdialoog <- dossiers <- preventieplan, dialoogfiches
# <- start.
MAY_IMPORT = {
    "stsdialoog": {"stsdialoog"},
    "dossiers": {"stsdialoog", "dossiers"},
    "preventieplan": {"stsdialoog", "dossiers", "preventieplan"},
    "dialoogfiches": {"stsdialoog", "dossiers", "dialoogfiches"},
    "start": {"stsdialoog", "dossiers", "preventieplan", "dialoogfiches", "start"},
}
# Inside an app: models <- domain <- queries, forms <- views <- urls.
LAYERS = ("models", "domain", "queries", "forms", "views", "urls")
ABOVE = {
    "models": {"domain", "queries", "forms", "views", "urls"},
    "domain": {"queries", "forms", "views", "urls"},
    "queries": {"views", "urls"},
    "forms": {"views", "urls"},
    "views": {"urls"},
}
LONGEST_FILE = 400  # lines


def python_files(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(parts: list[str]) -> str:
    """The layer of a module inside its app: "views" for views.py and for views/plan.py."""
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


@pytest.mark.parametrize("path", python_files(*MAY_IMPORT), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_between_apps_go_one_way(path):
    app = path.relative_to(ROOT).parts[0]
    if path == ROOT / "stsdialoog" / "urls.py":
        return  # where all apps come together
    ours = {name.split(".")[0] for name in imports(path)} & set(MAY_IMPORT)

    assert ours <= MAY_IMPORT[app]


@pytest.mark.parametrize("path", python_files(*APPS), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_inside_an_app_go_one_way(path):
    parts = list(path.relative_to(ROOT).parts)
    forbidden = ABOVE.get(layer(parts), set())
    inside = {layer(name.split(".")) for name in imports(path) if name.split(".")[0] == parts[0]}

    assert not inside & forbidden


def test_no_file_grows_past_its_subject():
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in python_files(*MAY_IMPORT)
    }

    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_only_one_file_talks_to_weasyprint():
    callers = [
        str(path.relative_to(ROOT))
        for path in python_files(*MAY_IMPORT)
        if "weasyprint" in path.read_text()
    ]

    assert callers == ["stsdialoog/pdf.py"]


def test_every_template_is_used():
    templates = ROOT / "templates"
    sources = [path.read_text() for path in python_files(*MAY_IMPORT)]
    pages = {path: path.read_text() for path in templates.rglob("*") if path.is_file()}
    # Django and allauth look these up by name themselves.
    known = {"400.html", "404.html", "429.html", "500.html"}
    unused = [
        name
        for path in pages
        if (name := str(path.relative_to(templates))) not in known
        and not name.startswith(("account/", "admin/"))
        and not any(_called(name) in text for text in [*sources, *pages.values()])
    ]

    assert unused == []


def _called(name: str) -> str:
    """How the code names a template: a mail by what its subject and its message share."""
    return re.sub(r"_(subject|message)\.txt$", "", name)


def test_pages_hold_no_inline_script_or_style():
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        # A PDF has no Content-Security-Policy.
        if "pdf" not in path.parts
        and re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", path.read_text())
    ]

    assert guilty == []


@pytest.mark.django_db
def test_every_model_change_has_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
