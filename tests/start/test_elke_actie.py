"""An action is one action: however it was made, it stands wherever a dossier tells its actions."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from dialoogfiches.bevragingen.domain.inzendingen import make_actie
from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.lezen.domain import create_leesactie
from dialoogfiches.models import Item
from dialoogfiches.oudergesprekken.domain.oudergesprekken import release_actie
from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.domain.striking import strike
from preventieplan.domain.acties import create_planactie
from preventieplan.pdf import preventieplan_pdf
from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog.text import search_key
from tests.conftest import load_material
from tests.elders import STAP, TIP, TIPS, Vol
from tests.paper import lay_out_by

pytestmark = pytest.mark.django_db

WAT = "De brievenbus van de bib"


def _tip(vol: Vol) -> Item:
    return Item.objects.select_related("rubriek__onderdeel").get(
        versie=load_material(TIPS), code=TIP
    )


def at_the_goal(vol: Vol) -> Actie:
    return create_planactie(dossier=vol.dossier, doelstelling=vol.doel, wat=WAT, door=vol.door)


def from_a_groeikans(vol: Vol) -> Actie:
    return create_planactie(
        dossier=vol.dossier, doelstelling=vol.doel, wat=WAT, door=vol.door, antwoord=vol.antwoord
    )


def from_the_focus(vol: Vol) -> Actie:
    return create_planactie(
        dossier=vol.dossier,
        doelstelling=vol.doel,
        wat=WAT,
        door=vol.door,
        inschaling=vol.inschaling,
    )


def in_the_overview(vol: Vol, als: Callable) -> Actie:
    url = reverse("overzicht", args=[vol.dossier.pk])
    als(vol.door).post(url, {"nieuw-f0-1-wat": WAT, "nieuwe_actie": "f0-1"})
    return Actie.objects.get(wat=WAT)


def typed_in_a_talk(vol: Vol) -> Actie:
    stap = vol.gesprek.versie.onderdelen.get(code=STAP)
    return create_gespreksactie(gesprek=vol.gesprek, onderdeel=stap, wat=WAT, door=vol.door)


def typed_in_a_talk_about_no_goal(vol: Vol) -> Actie:
    stap = vol.gesprek.versie.onderdelen.get(code="beleid")
    return create_gespreksactie(gesprek=vol.gesprek, onderdeel=stap, wat=WAT, door=vol.door)


def from_a_note_of_a_talk(vol: Vol) -> Actie:
    stap = vol.gesprek.versie.onderdelen.get(code=STAP)
    return create_gespreksactie(
        gesprek=vol.gesprek, onderdeel=stap, wat=WAT, door=vol.door, notitie=vol.notitie
    )


def from_an_answer_to_a_survey(vol: Vol) -> Actie:
    return make_actie(antwoord=vol.openantwoord, dossier=vol.dossier, wat=WAT, door=vol.door)


def from_a_tip(vol: Vol) -> Actie:
    tip = _tip(vol)
    onderdeel = tip.rubriek.onderdeel
    return create_leesactie(
        dossier=vol.dossier, onderdeel=onderdeel, wat=WAT, tip=tip, door=vol.door
    )


def typed_while_reading(vol: Vol) -> Actie:
    onderdeel = _tip(vol).rubriek.onderdeel
    return create_leesactie(dossier=vol.dossier, onderdeel=onderdeel, wat=WAT, door=vol.door)


def released_from_a_talk_with_parents(vol: Vol) -> Actie:
    released = release_actie(
        oudergesprek=vol.oudergesprek, wat=WAT, wie="", wanneer="", sleutel=uuid4(), door=vol.door
    )
    assert released.actie
    return released.actie


# The content knows which goal the talk of the first two is about.
AT_A_GOAL = (
    typed_in_a_talk,
    from_a_note_of_a_talk,
    at_the_goal,
    from_a_groeikans,
    from_the_focus,
    in_the_overview,
)
ELSEWHERE = (
    typed_in_a_talk_about_no_goal,
    from_an_answer_to_a_survey,
    from_a_tip,
    typed_while_reading,
    released_from_a_talk_with_parents,
)


@pytest.fixture(autouse=True)
def _no_pdf_is_laid_out(monkeypatch):
    """Its words are looked for in the page that it is made of."""
    lay_out_by(lambda document: document.html.encode(), monkeypatch)


@pytest.fixture
def vol(huis) -> Vol:
    return Vol(huis.dossier, huis.medewerker)


@pytest.fixture
def places(als, huis) -> Callable[[], dict[str, str]]:
    """What each place shows of the actions of the dossier, to who only reads along."""

    def read() -> dict[str, str]:
        lies = als(huis.lezer)
        here = {
            "dossier": reverse("dossier", args=[huis.dossier.pk]),
            "overview": reverse("overzicht", args=[huis.dossier.pk]),
            "routekaart": reverse("routekaart", args=[huis.dossier.pk]),
            "routekaart.pdf": reverse("routekaart-pdf", args=[huis.dossier.pk]),
            "routekaart-a3.pdf": reverse("routekaart-pdf", args=[huis.dossier.pk]) + "?formaat=a3",
            "preventieplan.pdf": reverse("preventieplan-pdf", args=[huis.dossier.pk]),
            "overzicht.pdf": reverse("overzicht-pdf", args=[huis.dossier.pk]),
        }
        return {name: lies.get(url).content.decode() for name, url in here.items()}

    return read


def make(way: Callable, vol: Vol, als: Callable) -> Actie:
    """Make an action and give it somebody, a moment and words that are found nowhere else."""
    actie = way(vol, als) if way is in_the_overview else way(vol)
    for veld, waarde in (("wat", WAT), ("wie", "Ferre"), ("wanneer", "in januari")):
        actie.refresh_from_db()
        basis = actie.revisie(veld)
        save_veld(record=actie, veld=veld, waarde=waarde, basis=basis, door=vol.door)
    return actie


@pytest.mark.parametrize("way", [*AT_A_GOAL, *ELSEWHERE], ids=lambda way: way.__name__)
def test_each_action_stands_in_each_place_until_it_is_struck(way, vol, als, places):
    actie = make(way, vol, als)

    shown = places()
    assert {name for name, html in shown.items() if WAT not in html} == set()

    actie.refresh_from_db()
    strike(record=actie, door=vol.door)
    assert {name for name, html in places().items() if WAT in html} == set()


@pytest.mark.parametrize("way", ELSEWHERE, ids=lambda way: way.__name__)
def test_what_did_not_grow_at_a_goal_stands_under_uit_gesprekken(way, vol, als, places):
    assert not any("Uit gesprekken</" in html for html in places().values())

    make(way, vol, als)

    for name, html in places().items():
        if name != "dossier":
            assert html.index("Uit gesprekken</") < html.rindex(WAT), name


@pytest.mark.parametrize("way", [*AT_A_GOAL, *ELSEWHERE], ids=lambda way: way.__name__)
def test_nothing_says_there_is_none(way, vol, als, places):
    make(way, vol, als)

    shown = {name: search_key(html) for name, html in places().items()}
    for name in ("routekaart", "routekaart.pdf", "routekaart-a3.pdf", "dossier"):
        assert "geen enkele actie" not in shown[name]
        assert "nog geen acties" not in shown[name]
    assert "1 actie: 1 loopt" in shown["routekaart.pdf"]


def test_a_board_reads_the_same_number_of_actions_everywhere(vol, als, huis):
    for way in (at_the_goal, typed_in_a_talk, from_a_tip):
        make(way, vol, als)
    day = huis.dossier.geopend_op.date()

    assert "3 acties: 3 lopen" in routekaart_pdf(huis.dossier, today=day).html
    assert preventieplan_pdf(huis.dossier).html.count(WAT) == 3
