"""The overview narrowed down: what is late, loose, or mine."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie, lacks_who_or_when, names
from dossiers.acties.models import Actie, Trekker
from dossiers.domain import close_dossier
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Doelstelling
from tests.pages import whole_form
from tests.preventieplan.overzicht.rijen import row, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("velden", "lacks"),
    [
        ({}, True),
        ({"wie": "Tom"}, True),
        ({"wanneer": "na Pasen"}, True),
        ({"wie": "  ", "wanneer": "na Pasen"}, True),
        ({"wie": "Tom", "wanneer": "na Pasen"}, False),
        ({"wie": "Tom", "wanneer_op": date(2027, 1, 15)}, False),
        ({"stand": "klaar"}, False),
        ({"stand": "bezig"}, True),
        ({"besluit": "stoppen"}, False),
        ({"besluit": "borgen"}, True),
    ],
)
def test_an_action_still_needs_somebody_or_a_moment(velden, lacks):
    assert lacks_who_or_when(Actie(wat="x", **velden)) == lacks


@pytest.mark.parametrize(
    ("wie", "naam", "mine"),
    [
        ("Katrien Daems", "Katrien Daems", True),
        ("Bart en Katrien", "Katrien Daems", True),
        ("katrien, Bart", "Katrien Daems", True),
        ("Zoë", "Zoe Peeters", True),
        ("An-Sofie", "An-Sofie Claes", True),
        ("Anouk", "An", False),
        ("de Daems van 3B", "Katrien Daems", False),
        ("", "Katrien Daems", False),
        ("Tom", "", False),
    ],
)
def test_an_action_names_somebody(wie, naam, mine):
    assert names(Actie(wat="x", wie=wie), naam=naam) == mine


@pytest.fixture
def vier(dossier, doel, tom):
    """Actions of every kind, in two phases and outside the plan."""
    gisteren = timezone.localdate() - timedelta(days=1)
    elders = Doelstelling.objects.get(versie=dossier.planversie, code="f1-1")

    def plan(wat, *, op=doel, **velden):
        actie = create_planactie(dossier=dossier, doelstelling=op, wat=wat, door=tom)
        Actie.objects.filter(pk=actie.pk).update(**velden)

    plan("Laat", wie="An", wanneer_op=gisteren, check_op=gisteren + timedelta(days=30))
    plan("Mijn", op=elders, wie="Tom en An", wanneer="eens in mei")
    plan("Los")
    Trekker.objects.create(actie=Actie.objects.get(wat="Los"), gebruiker=tom)
    create_actie(dossier=dossier, wat="Uit een gesprek", wie="Tom", wanneer="in juni", door=tom)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["Laat", "Los", "Mijn", "Uit een gesprek"]),
        ({"toon": "over-tijd"}, ["Laat"]),
        ({"toon": "van-mij"}, ["Los", "Mijn", "Uit een gesprek"]),
        ({"toon": "zonder-wie-of-wanneer"}, ["Los"]),
        ({"toon": "zonder-check"}, ["Los", "Mijn", "Uit een gesprek"]),
        ({"fase": "0"}, ["Laat", "Los"]),
        ({"fase": "1"}, ["Mijn"]),
        ({"fase": "2"}, []),
        ({"toon": "van-mij", "fase": "1"}, ["Mijn"]),
        ({"toon": "van-mij", "fase": "0"}, ["Los"]),
        ({"toon": "rommel", "fase": "9"}, ["Laat", "Los", "Mijn", "Uit een gesprek"]),
    ],
)
def test_the_overview_is_narrowed_down_by_its_address(als, tom, url, vier, query, shown):
    html = als(tom).get(url, query).text

    assert re.findall(r'data-tekst="wat">([^<]+)<', html) == shown
    chosen = [text_of(one) for one in re.findall(r'aria-current="true">(.*?)</a>', html, re.S)]
    assert len(chosen) == 2
    assert all(one.endswith(f" {len(shown)}") for one in chosen)


def test_what_is_narrowed_down_stays_so_after_a_save(als, tom, url, vier):
    actie = Actie.objects.get(wat="Los")
    here = f"{url}?toon=zonder-wie-of-wanneer&fase=0"
    client = als(tom)
    form = whole_form(client.get(f"{here}&open={actie.pk}").text)

    filled = {f"actie-{actie.pk}-wie": "Tom", f"actie-{actie.pk}-wanneer": "eens in mei"}
    response = client.post(here, form | filled, follow=True)

    assert response.redirect_chain == [(here, 302)]
    # It has somebody and a moment now.
    assert "In fase 0 is geen enkele actie zonder wie of wanneer" in response.text


def test_a_filter_with_no_action_shows_the_way_back(als, tom, url, actie):
    html = als(tom).get(url, {"toon": "van-mij"}).text

    assert "Geen enkele actie van mij" in text_of(html)
    assert f'href="{url}">Toon alle acties' in html


def test_nothing_is_late_in_a_closed_dossier(als, huis, url, vier):
    assert "over tijd" in row(als(huis.team).get(url).text, Actie.objects.get(wat="Laat"))

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert "over tijd" not in row(als(huis.team).get(url).text, Actie.objects.get(wat="Laat"))
    assert not re.findall("data-tekst", als(huis.team).get(url, {"toon": "over-tijd"}).text)
