"""What became of a save is read aloud: who does not see the page hears it too."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from dossiers.velden.domain.saving import save_veld
from tests.elders import DOEL, OUDERVRAAG, STAP, TIPS, WOORDEN, Vol

pytestmark = pytest.mark.django_db

# Each page with fields, after it has some of every kind.
PAGES: dict[str, Callable[[Vol], str]] = {
    "a goal": lambda vol: reverse("doelstelling", args=[vol.actie.dossier_id, DOEL]),
    "the overview": lambda vol: (
        reverse("overzicht", args=[vol.actie.dossier_id]) + f"?open={vol.actie.pk}"
    ),
    "a talk": lambda vol: reverse("gesprek", args=[vol.dossier.pk, vol.gesprek.pk]),
    "a step": lambda vol: reverse(
        "gesprekstap", args=[vol.uitwerking.dossier_id, vol.gesprek.pk, STAP]
    ),
    "reading": lambda vol: reverse("lezen", args=[vol.leesactie.dossier_id, TIPS]),
    "a talk with parents": lambda vol: reverse("oudergesprek", args=[vol.oudergesprek.pk]),
}


@pytest.fixture
def vol(huis) -> Vol:
    return Vol(huis.dossier, huis.medewerker)


def tags(html: str) -> list[str]:
    return re.findall(r"<[a-z][^>]*>", html)


def is_live(html: str, key: str) -> bool:
    """Whether the one element with this id is read aloud when something in it changes."""
    (tag,) = [tag for tag in tags(html) if f' id="{key}"' in tag]
    return ' aria-live="polite"' in tag


def fields_of(html: str) -> list[str]:
    """The fields that save themselves, each as far as the next one."""
    return re.split(r"(?=<div data-veld )", html)[1:]


def reports_aloud(field: str) -> bool:
    """Whether the one line in which a field says how its save went is read aloud."""
    assert ' hx-target="find .veld-status"' in tags(field)[0]
    (line,) = [tag for tag in tags(field) if ' class="veld-status"' in tag]
    return ' aria-live="polite"' in line


@pytest.mark.parametrize("name", PAGES)
def test_where_a_save_reports_is_read_aloud(name, als, vol):
    html = als(vol.door).get(PAGES[name](vol)).text
    fields = fields_of(html)
    assert len(fields) == html.count(" data-veld ") >= 3

    assert all(map(reports_aloud, fields))


@pytest.mark.parametrize("typed", ["mijn", "samen"])
def test_a_field_that_is_drawn_anew_is_read_aloud_too(als, vol, typed):
    save_veld(record=vol.actie, veld="wie", waarde="Marie", basis=0, door=vol.door)
    naam = f"actie-{vol.actie.pk}-wie"
    data = {"veld": naam, naam: "Tom", f"{naam}_basis": "0"}
    choice = {f"{naam}_keuze": typed, f"{naam}_andere": "1"}
    page = reverse("overzicht", args=[vol.dossier.pk])

    drawn = als(vol.door).post(page, data | choice, headers={"HX-Request": "true"})

    assert drawn.headers["HX-Retarget"] == f".veld:has(> [data-veld] > #{naam})"
    (field,) = fields_of(drawn.text)
    assert f' id="{naam}"' in field
    assert reports_aloud(field)


def test_what_could_tell_who_somebody_is_is_read_aloud(als, vol):
    naam = f"oudernotitie-{OUDERVRAAG}-tekst"
    here = reverse("oudergesprek", args=[vol.oudergesprek.pk])
    client = als(vol.door)
    data = {"veld": naam, naam: "Jan Peeters belt", f"{naam}_basis": "0"}

    saved = client.post(here, data, headers={"HX-Request": "true"}).text

    assert "Jan Peeters" in saved.split(f'id="w_{naam}"')[1]
    for html in (client.get(here).text, saved):
        assert is_live(html, f"w_{naam}")


@pytest.mark.parametrize(("wie", "role"), [("Tom", "status"), ("\0", "alert")])
def test_without_javascript_the_message_is_announced(als, vol, wie, role):
    page = reverse("overzicht", args=[vol.dossier.pk])
    naam = f"actie-{vol.actie.pk}-wie"

    html = als(vol.door).post(page, {naam: wie, f"{naam}_basis": "0"}, follow=True).text

    (message,) = [tag for tag in tags(html) if 'class="melding ' in tag]
    assert f'role="{role}"' in message
    assert WOORDEN in html
