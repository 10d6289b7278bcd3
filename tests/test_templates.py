"""What every template of ours keeps to: no name without a value, no form without a token."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.template import Context, Engine, Origin, Template
from django.test import override_settings
from django.urls import path

from tests import unresolved
from tests.client import Browser
from tests.pages import post_forms
from tests.unresolved import OPTIONAL, TEMPLATES

ROOT = TEMPLATES.parent
TOKEN_TAG = "{% csrf_token %}"
# Holds that tag, and the account that the page was drawn for.
WHO = '{% include "velden/delen/wie.html" %}'
FORM = re.compile(
    r"<form\b(?P<attributes>(?:[^>{]|\{[{%].*?[%}]\})*)>(?P<inside>.*?)</form>", re.DOTALL
)
METHOD = re.compile(r"""\bmethod\s*=\s*["']?([^"'\s>]*)""")

GOOD = """<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t"></form>"""
BARE = """<form method="post" action="/elders/"><input name="x"></form>"""


class Teller:
    @property
    def van_niemand(self) -> str:
        raise ObjectDoesNotExist

    def van(self, wie: str) -> str:
        return wie


def drawn(code: str, origin: Path) -> list[str]:
    """The names without a value that are heard when a template is drawn."""
    template = Template(code, origin=Origin(str(origin)), engine=Engine.get_default())
    template.render(Context({"er_is": Teller(), "rij": [1], "leeg": ""}))
    return [f"{one.template}:{one.line} {one.variable}" for one in unresolved.heard()]


@pytest.mark.parametrize(
    ("code", "variable"),
    [
        ("{{ weg }}", "weg"),
        ("{{ er_is.weg }}", "er_is.weg"),
        ("{% if leeg|default:weg %}{% endif %}", "weg"),
        ("{% if er_is.weg %}{% endif %}", "er_is.weg"),
        ("{% if not er_is.weg %}{% endif %}", "er_is.weg"),
        ("{% if er_is.weg == 1 or rij %}{% endif %}", "er_is.weg"),
        ("{% if leeg %}{% elif weg %}{% endif %}", "weg"),
        ("{% for een in weg %}{% endfor %}", "weg"),
        ("{% for een in rij %}{% if een.weg %}{% endif %}{% endfor %}", "een.weg"),
        ("{% with naam=weg %}{% endwith %}", "weg"),
        ('{% include "delen/merk.html" with naam=weg %}', "weg"),
        ("{% url 'school' weg as adres %}", "weg"),
        # What Django makes nothing of without an exception.
        ("{{ er_is.van_niemand }}", "er_is.van_niemand"),
        ("{{ er_is.van }}", "er_is.van"),
    ],
)
def test_a_name_without_a_value_is_heard_wherever_it_stands(code, variable):
    assert drawn(f"\n{code}", TEMPLATES / "proef.html") == [f"proef.html:2 {variable}"]


def test_it_is_heard_in_an_engine_that_a_story_made_anew():
    engine = Engine(dirs=[str(TEMPLATES)])
    origin = Origin(str(TEMPLATES / "proef.html"))
    Template("{{ er_is.van }}", origin=origin, engine=engine).render(Context({"er_is": Teller()}))

    assert [one.variable for one in unresolved.heard()] == ["er_is.van"]


def test_the_templates_of_others_may_do_as_they_like(tmp_path):
    assert drawn("{% if weg %}{% endif %}", tmp_path / "proef.html") == []


def test_every_exception_is_still_needed():
    for template, variable in OPTIONAL:
        assert variable in (TEMPLATES / template).read_text()


def test_every_form_that_sends_something_in_holds_a_token():
    found = {
        file: FORM.findall(file.read_text())
        for file in TEMPLATES.rglob("*.html")
        if "<form" in file.read_text()
    }
    methods = {
        (file.name, method[1].lower() if (method := METHOD.search(attributes)) else "")
        for file, forms in found.items()
        for attributes, _ in forms
    }
    bare = [
        file.relative_to(ROOT).as_posix()
        for file, forms in found.items()
        for attributes, inside in forms
        if "post" in attributes.lower() and TOKEN_TAG not in inside and WHO not in inside
    ]
    nobodys = [
        file.relative_to(ROOT).as_posix()
        for file, forms in found.items()
        for attributes, inside in forms
        if ("data-dossier=" in attributes) != (WHO in inside)
    ]

    # Each form was found, and says how it sends; nothing makes a form post in another way.
    assert sum(map(len, found.values())) == sum(file.read_text().count("<form") for file in found)
    assert {method for _, method in methods} == {"get", "post"}
    assert not any("formmethod" in file.read_text() for file in found)
    assert bare == []
    # A form that saves itself says whose page it stands on; no other has to.
    assert nobodys == []
    assert TOKEN_TAG in (TEMPLATES / "velden/delen/wie.html").read_text()


def test_no_form_of_crispy_goes_without_its_token():
    """It writes a token in each form that it draws, unless it is told to leave out either."""
    rooms = ("stsdialoog", "dossiers", "preventieplan", "dialoogfiches", "start")
    files = {file: file.read_text() for room in rooms for file in (ROOT / room).rglob("*.py")}

    assert "FormHelper" in "".join(files.values())
    without = [file for file, code in files.items() if re.search(r"disable_csrf|form_tag", code)]
    assert without == []
    # A program for mail stops reminders by a POST of its own (RFC 8058), with a key in it.
    exempt = [file for file, code in files.items() if "csrf_exempt" in code]
    assert exempt == [ROOT / "start/herinneringen/views.py"]


def test_every_story_has_the_browser_that_checks_tokens():
    """In tests/browser/ a real one does."""
    # The last one is about a program for mail, which has seen no page.
    program = ROOT / "tests/start/herinneringen/test_kiezen.py"
    own = {ROOT / "tests/client.py", Path(__file__), program}
    stories = [file for file in (ROOT / "tests").rglob("*.py") if file not in own]

    for file in stories:
        assert not re.search(r"django\.test import .*\bClient\b|enforce_csrf", file.read_text()), (
            file
        )


def page(html: str):
    return path("proef/", lambda _request: HttpResponse(f"<html>{html}</html>"), name="proef")


class Bare:
    urlpatterns = [page(GOOD + BARE)]


class Elsewhere:
    urlpatterns = [page(GOOD + BARE.replace("/elders/", "https://elders.example/"))]


@override_settings(ROOT_URLCONF=Bare, MIDDLEWARE=[])
def test_a_page_with_a_form_without_a_token_fails_the_story():
    with pytest.raises(pytest.fail.Exception, match=r"/proef/ has a form without .*/elders/"):
        Browser().get("/proef/")


@override_settings(ROOT_URLCONF=Elsewhere, MIDDLEWARE=[])
def test_another_site_gets_no_token_of_ours():
    assert Browser().get("/proef/").status_code == 200


@pytest.mark.parametrize(
    ("html", "actions", "token"),
    [
        (GOOD, {"/hier/"}, "t"),
        (GOOD.replace("<form", '<form action="../daar/?a=1#b"'), {"/daar/"}, "t"),
        (
            GOOD.replace("<input", '<button formaction="/knop/"></button><input'),
            {"/hier/", "/knop/"},
            "t",
        ),
        (GOOD.replace("<input", '<p hx-post="/los/"></p><input'), {"/hier/", "/los/"}, "t"),
        # What htmx leaves out, is not sent.
        ('<html><form><p hx-post="/los/" hx-params="x"></p></form>', {"/los/"}, ""),
        ('<html><p hx-post="/los/"></p>', {"/los/"}, ""),
    ],
)
def test_what_a_page_sends_and_where_to(html, actions, token):
    forms = post_forms(html, "/hier/")

    assert [(form.actions, form.token) for form in forms] == [(actions, token)]


def test_a_part_that_htmx_puts_in_a_form_needs_none_of_its_own():
    assert post_forms('<p hx-post="/los/"></p>', "/hier/") == []
