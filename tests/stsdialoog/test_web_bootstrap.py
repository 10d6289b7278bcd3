"""Bootstrap on our pages: only what they use of it, and that whole."""

import re
from pathlib import Path

import crispy_bootstrap5
import pytest
import tinycss2
from django.contrib.staticfiles import finders

from stsdialoog.web_bootstrap import CLASSES, PATH, web_bootstrap, whole_bootstrap
from tests.production import ROOT

MOST = 26_000  # bytes, of 232 000
CLASS = re.compile(r"\.([a-z][\w-]*)")
# Where a class is named: a page, a script that makes elements, a form that is laid out.
OURS = ("templates/**/*.html", "static/**/*.js", "stsdialoog/layout.py")
# Those that crispy-forms writes for forms like ours: in a column, with one error below each field.
CRISPY = {"alert", "alert-danger", "m-0", "form-text", "fs-6", "invalid-feedback", "is-invalid"}


@pytest.fixture(scope="module")
def css() -> str:
    return web_bootstrap()


def selectors(css: str) -> set[str]:
    """Each selector of a style sheet, also of what stands in @media."""
    return {
        one.strip()
        for names in re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
        for one in names.split(",")
    }


def named_in(paths: list[Path]) -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    named = re.findall(r"""(?:class|className|css_class)(?:=|: )f?"([^"]*)\"""", text)
    return {word for one in named for word in re.findall(r"[\w-]+", one)}


def test_it_is_small_and_each_time_the_same(css):
    assert len(css) <= MOST
    assert web_bootstrap() == css
    assert tinycss2.ast.ParseError not in map(type, tinycss2.parse_stylesheet(css))


def test_the_licence_stays_in_it(css):
    assert "The Bootstrap Authors" in css.split("*/")[0]


def test_every_class_that_we_use_is_in_it_and_no_other():
    whole = set(CLASS.findall(" ".join(selectors(whole_bootstrap().read_text()))))
    ours = named_in([path for pattern in OURS for path in ROOT.glob(pattern)])
    theirs = named_in(list(Path(crispy_bootstrap5.__file__).parent.rglob("*.html")))

    assert theirs >= CRISPY - {"is-invalid"}
    assert whole & (ours | CRISPY) == CLASSES


def test_what_it_says_of_them_is_all_that_bootstrap_says(css):
    kept, whole = selectors(css), selectors(whole_bootstrap().read_text())

    assert kept <= whole
    left_out = {one for one in whole - kept if CLASSES.issuperset(CLASS.findall(one))}
    dark_or_moving = re.compile(r"data-bs-theme=dark|^(?:from|to|\d+%?)$|^@")
    assert {one for one in left_out if not dark_or_moving.search(one)} == set()


@pytest.mark.django_db
def test_a_page_asks_for_it_and_the_server_has_it(client, css):
    assert f'href="/static/{PATH}"' in client.get("/inloggen/").text

    response = client.get(f"/static/{PATH}")

    assert b"".join(response).decode() == css
    assert response.headers["Content-Type"].startswith("text/css")
    assert finders.find("bootstrap/css/bootstrap.min.css") is None
