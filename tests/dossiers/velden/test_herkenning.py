"""Under a text that seems to tell which pupil it is about, a quiet line says to leave that out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from dossiers.velden.domain.saving import save_veld
from dossiers.velden.formfields import LongTextField
from dossiers.velden.forms import VeldenForm
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord
from tests.elders import STAP, Vol

pytestmark = pytest.mark.django_db

NAAM = "antwoord-f0-1-v01-toelichting"
LEERLING, GEEN = "Emma Claes uit 3B komt niet.", "We bellen elke dag."
BETER_WEG = "Laat dat hier beter weg"
NO_LINE = "no line"


@pytest.fixture
def goal(dossier) -> str:
    return reverse("doelstelling", args=[dossier.pk, "f0-1"])


def save(browser, url: str, naam: str, tekst: str, basis: int = 0) -> str:
    data = {"veld": naam, naam: tekst, f"{naam}_basis": str(basis)}
    answer = browser.post(url, data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.text


def line_of(html: str, naam: str) -> str:
    """What stands in the line of a field, on a page or after a save; NO_LINE when it has none."""
    field = re.search(rf' id="{naam}"(.*?)(?=<div data-veld|\Z)', html, re.DOTALL)
    in_page = re.search(r'<p class="veld-herkenning"[^>]*>(.*?)</p>', field[1] if field else "")
    after_save = re.search(
        rf'<p hx-swap-oob="innerHTML:#{naam} ~ .veld-herkenning">(.*?)</p>', html
    )
    found = in_page or after_save
    return found[1] if found else NO_LINE


def test_after_a_save_and_on_the_page_it_says_so_and_then_no_more(als, tom, goal):
    browser = als(tom)
    assert line_of(browser.get(goal).text, NAAM) == ""

    said = line_of(save(browser, goal, NAAM, LEERLING), NAAM)

    assert said.startswith("‘Emma Claes’ lijkt op een volledige naam. ")
    assert BETER_WEG in said
    assert line_of(browser.get(goal).text, NAAM) == said
    assert line_of(save(browser, goal, NAAM, GEEN, basis=1), NAAM) == ""
    assert line_of(browser.get(goal).text, NAAM) == ""


def test_it_is_no_lock_and_kept_nowhere(als, tom, goal):
    save(als(tom), goal, NAAM, LEERLING)

    assert Antwoord.objects.get().toelichting == LEERLING
    (kept,) = Antwoord.objects.get().history().all()
    assert kept.waarde == LEERLING


def test_the_box_is_described_by_it(als, tom, goal):
    browser = als(tom)
    assert f'aria-describedby="k_{NAAM}"' not in browser.get(goal).text
    save(browser, goal, NAAM, LEERLING)

    page = browser.get(goal).text

    assert f'aria-describedby="k_{NAAM}"' in page
    assert f' id="k_{NAAM}">' in page


def test_what_was_saved_is_told_without_a_query(als, tom, goal):
    browser = als(tom)
    save(browser, goal, NAAM, GEEN)

    counts = []
    for basis, tekst in enumerate((GEEN + " Altijd.", LEERLING), start=1):
        with CaptureQueriesContext(connection) as asked:
            save(browser, goal, NAAM, tekst, basis)
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("veld", ["want", "hoger", "focus"])
def test_the_words_with_a_score_are_read_too(als, tom, goal, veld):
    naam = f"inschaling-f0-1-{veld}"

    assert BETER_WEG in line_of(save(als(tom), goal, naam, LEERLING), naam)


def test_of_an_action_what_it_is_is_read_and_never_who(als, tom, dossier, goal):
    actie = create_planactie(
        dossier=dossier, doelstelling=_goal(dossier), wat=LEERLING, wie="Emma Claes", door=tom
    )
    page = als(tom).get(reverse("overzicht", args=[dossier.pk]), {"open": actie.pk}).text

    assert BETER_WEG in line_of(page, f"actie-{actie.pk}-wat")
    for veld in ("wie", "wanneer"):
        naam = f"actie-{actie.pk}-{veld}"
        assert line_of(page, naam) == NO_LINE
        assert line_of(save(als(tom), goal, naam, f"{LEERLING} {veld}", basis=1), naam) == NO_LINE


@pytest.mark.parametrize("veld", ["vaststelling", "waarom"])
def test_what_came_of_an_action_is_read(als, tom, dossier, goal, veld):
    actie = create_planactie(dossier=dossier, doelstelling=_goal(dossier), wat="Poort", door=tom)
    naam = f"check-{actie.pk}-1-{veld}"

    assert BETER_WEG in line_of(save(als(tom), goal, naam, LEERLING), naam)


# Texts in which a pupil is not what somebody would name, or where other rules hold.
NOT_READ = {
    "ActieForm": {"wie": "whoever does it may be named", "wanneer": "a day in words"},
    "GesprekForm": {"titel": "a line", "deelnemers": "who was there may be named"},
}
# Talks with parents are about a pupil, under a pseudonym; `recognise.py` is for those.
OF_PARENTS = "dialoogfiches.oudergesprekken"


def test_every_text_of_a_team_is_read_or_says_why_not():
    assert get_resolver().url_patterns  # who asks for them has read all forms
    waiting, unread, seen = [VeldenForm], [], 0
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith((OF_PARENTS, "tests.")):
            continue
        texts = {name for name, one in form.base_fields.items() if isinstance(one, LongTextField)}
        seen += len(texts)
        unread += [
            (form.__name__, name)
            for name in texts - form.CHECKED - NOT_READ.get(form.__name__, {}).keys()
        ]

    assert seen > 20
    assert unread == []


@pytest.mark.parametrize("view", ["bespreken", "lijst"])
def test_a_room_does_not_read_along(als, tom, goal, view):
    save(als(tom), goal, NAAM, LEERLING)

    page = als(tom).get(goal, {"weergave": view}).text

    assert (BETER_WEG in page) == (view == "lijst")
    assert ("zonder-herkenning" in page) == (view == "bespreken")


@pytest.mark.parametrize("view", ["bespreken", "lijst"])
def test_nor_in_a_step_of_a_talk(als, huis, view):
    """It is looked at after a save, and what a room sees does not show it."""
    vol = Vol(huis.dossier, huis.medewerker)
    url = reverse("gesprekstap", args=[vol.uitwerking.dossier_id, vol.gesprek.pk, STAP])
    browser = als(vol.door)
    page = browser.get(url, {"weergave": view}).text
    named = re.findall(r'<textarea name="((?:notitie|stap)-[^"]+)"', page)
    assert {naam.rpartition("-")[2] for naam in named} == {"tekst", "resultaat"}

    basis = int(re.search(rf'name="{named[0]}_basis"\s+value="(\d+)"', page)[1])
    save(browser, url, named[0], LEERLING, basis)

    page = browser.get(url, {"weergave": view}).text
    assert (BETER_WEG in line_of(page, named[0])) == (view == "lijst")
    assert ("zonder-herkenning" in page) == (view == "bespreken")


def test_what_was_typed_is_escaped_in_it(als, tom, goal):
    said = line_of(save(als(tom), goal, NAAM, "De mama van Yara<b> en Jan O'Neill<i>"), NAAM)

    assert "Yara" in said
    assert "<" not in said


def test_somebody_who_reads_gets_no_line(als, huis, tom, goal):
    record = Antwoord(dossier=huis.dossier, vraag=_goal(huis.dossier).vragen.get(code="f0-1-v01"))
    save_veld(record=record, veld="toelichting", waarde=LEERLING, basis=0, door=tom)

    page = als(huis.lezer).get(goal).text

    assert LEERLING in page
    assert BETER_WEG not in page


def _goal(dossier):
    return dossier.planversie.doelstellingen.get(code="f0-1")
