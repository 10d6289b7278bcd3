"""The routekaart on screen, and which actions fit on page 1 of its PDF."""

import itertools
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from dossiers.acties.models import Actie
from dossiers.materialen.models import Fase
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Inschaling
from preventieplan.routekaart.layout import (
    EDGE,
    GAP,
    LETTERS_WAT,
    LETTERS_WIE,
    LINE,
    STAIRS_HEIGHT,
    STAIRS_TOP,
    FittedStep,
    is_empty,
    most_urgent_first,
    steps,
)
from preventieplan.routekaart.queries import routekaart


@pytest.fixture
def url(dossier):
    return reverse("routekaart", args=[dossier.pk])


def kaart_of(*acties: Actie) -> FittedStep:
    """A single step of a routekaart, with these actions."""
    fase = SimpleNamespace(nummer=0, doelen=(), ingeschaald=0, besproken=0)
    trede = SimpleNamespace(blokken=[])
    kaart: Any = SimpleNamespace(treden=[SimpleNamespace(trede=trede, fase=fase, acties=acties)])
    return steps(kaart)[0]


def names(acties) -> list[str]:
    return [actie.wat for actie in acties]


def test_what_asks_for_attention_first_comes_first():
    acties = [
        Actie(wat="klaar", stand="klaar", wanneer_op=date(2026, 9, 1)),
        Actie(wat="gestopt", besluit="stoppen", wanneer_op=date(2026, 9, 1)),
        Actie(wat="ooit"),
        Actie(wat="in mei", wanneer_op=date(2027, 5, 1)),
        Actie(wat="klaar, nog te checken", stand="klaar", check_op=date(2027, 3, 1)),
        Actie(wat="te laat", wanneer_op=date(2026, 9, 15)),
    ]

    assert names(most_urgent_first(acties)) == [
        "te laat",
        "klaar, nog te checken",
        "in mei",
        "ooit",
        "klaar",
        "gestopt",
    ]


def test_short_actions_all_fit_on_page_one():
    kaart = kaart_of(*(Actie(wat=f"Actie {nummer}", wie="Marie") for nummer in range(5)))

    assert kaart.fits
    assert len(kaart.on_page_one) == 5
    assert kaart.rest == ()


@pytest.mark.parametrize(
    "wat", ["Actie", "Een actie die wat meer woorden vraagt dan één regel", "x" * 900]
)
def test_what_is_left_over_makes_room_for_the_line_that_says_so(wat):
    kaart = kaart_of(*(Actie(wat=wat, wie="Marie", wanneer="in mei") for _ in range(60)))

    assert not kaart.fits
    assert len(kaart.on_page_one) + len(kaart.rest) == 60
    height = sum(actie.lines * LINE + GAP for actie in kaart.on_page_one) + LINE
    assert 0.9 * kaart.height < height <= kaart.height - EDGE


@pytest.mark.parametrize(
    "actie",
    [
        Actie(wat="x" * 200),
        Actie(wat="x", wie="y" * 80),
        Actie(wat="x", wie="y" * 40, wanneer="z" * 40),
        Actie(wat="AFSPRAKEN MAKEN " * 6),
    ],
)
def test_what_is_cut_on_page_one_stands_whole_on_page_two(actie):
    assert not kaart_of(actie).fits


@pytest.mark.parametrize(("over", "fits"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("column", ["wat", "wie"])
def test_three_lines_of_an_action_fit_and_a_fourth_is_cut(column, over, fits):
    letters = {"wat": LETTERS_WAT, "wie": LETTERS_WIE}[column] * 3 + over
    step = kaart_of(Actie(**{"wat": "x", column: "x" * letters}))

    assert (step.fits, step.acties[0].is_cut, step.acties[0].lines) == (fits, not fits, 3)


@pytest.mark.parametrize(("over", "shown"), [(-1.5, 3), (-0.5, 4), (0, 5), (0.5, 5)])
def test_what_is_exactly_full_fits(over, shown):
    """With less room the line about the rest needs its place too."""
    step = kaart_of(*(Actie(wat=f"Actie {nummer}") for nummer in range(5)))
    height = EDGE + 5 * LINE + 4 * GAP + over

    full = replace(step, height=height)

    assert len(full.on_page_one) == shown
    assert len(full.on_page_one) + len(full.rest) == 5
    assert full.fits == (shown == 5)


@pytest.mark.parametrize(
    ("velden", "when"),
    [
        ({"wanneer": "in mei"}, "in mei"),
        ({"wanneer": "in mei", "wanneer_op": date(2027, 5, 3)}, "03/05/2027"),
        ({"wanneer": "in mei", "stand": "klaar"}, "klaar"),
        ({}, ""),
    ],
)
def test_page_one_says_in_brief_when(velden, when):
    assert kaart_of(Actie(wat="x", **velden)).acties[0].when == when


@pytest.mark.django_db
def test_the_stairs_are_even_until_one_step_has_much_to_do(dossier, doel, tom):
    assert {trede.height for trede in steps(routekaart(dossier))} == {40}

    for nummer in range(9):
        create_planactie(
            dossier=dossier,
            doelstelling=doel,
            wat=f"Actie {nummer} met een zin die twee regels van de kolom nodig heeft",
            door=tom,
        )
    treden = steps(routekaart(dossier))

    assert treden[0].height > 55
    assert len(treden[0].on_page_one) >= 6
    assert sum(trede.height for trede in treden) == STAIRS_HEIGHT
    assert treden[3].top == STAIRS_TOP
    for under, above in itertools.pairwise(treden):
        assert above.top + above.height == under.top


@pytest.mark.django_db
def test_a_plan_is_empty_until_something_is_written(dossier, doel, tom):
    assert is_empty(steps(routekaart(dossier)))

    create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)

    assert not is_empty(steps(routekaart(dossier)))


# --- On screen ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_shows_scores_and_actions_on_the_stairs(als, tom, url, dossier, doel):
    Inschaling.objects.create(dossier=dossier, doelstelling=doel, score=7, gewijzigd_door=tom)
    create_planactie(
        dossier=dossier, doelstelling=doel, wat="Onthaaldag", wie="Zoë", wanneer="in mei", door=tom
    )

    html = " ".join(als(tom).get(url).text.split())

    for words in (
        "Routekaart aanwezigheidsbeleid",
        "Doel: Schooluitval voorkomen &amp; leerrecht waarborgen",
        "Stand van",
        "<b>registratiebeleid:</b> B-Z-P-L codes, Wie? Hoe? Overzicht!",
        "<title>7 op 10</title>",
        "Onthaaldag",
        "Zoë, in mei",
    ):
        assert words in html
    assert html.index("Brede basiszorg") < html.index("Individueel aangepast curriculum")
    assert reverse("routekaart-pdf", args=[dossier.pk]) in html


@pytest.mark.django_db
def test_the_page_gives_the_words_of_the_team_and_what_comes_first(als, tom, url, dossier, doel):
    assert "eigen-woorden" not in als(tom).get(url).text
    Inschaling.objects.create(
        dossier=dossier, doelstelling=doel, score=7, want="iedereen <3", focus="Elke dag gezien"
    )
    choose_priorities(dossier=dossier, fase=Fase(0), codes=["f0-1"], door=tom)

    html = " ".join(als(tom).get(url).text.split())

    assert "<b>We geven een 7, want …</b> iedereen &lt;3" in html
    assert "<b>Focus:</b> Elke dag gezien" in html
    assert "zou het zijn als" not in html
    assert html.count('class="prioriteit"') == 1
    first = html.partition("Hier zet de school eerst op in:")[2].partition("</p>")[0]
    assert "Verbindend schoolklimaat</a> (7/10)" in first


@pytest.mark.django_db
def test_an_empty_page_shows_the_way_in(als, tom, url, dossier):
    html = als(tom).get(url).text

    assert "De eerste stap" in html
    assert reverse("preventieplan", args=[dossier.pk]) in html


@pytest.mark.django_db
def test_many_actions_fold_away(als, tom, url, dossier, doel):
    for nummer in range(40):
        create_planactie(
            dossier=dossier, doelstelling=doel, wat=f"Actie {nummer}", wie="Marie", door=tom
        )

    html = als(tom).get(url).text

    rest = len(steps(routekaart(dossier))[0].rest)
    assert 20 < rest < 40
    assert html.count(f"<summary>En nog {rest} acties</summary>") == 1
    assert all(f"Actie {nummer}" in html for nummer in range(40))


@pytest.mark.django_db
def test_the_page_takes_the_same_queries_however_full(
    als, tom, url, dossier, doel, django_assert_max_num_queries
):
    client = als(tom)
    for _ in range(2):
        with django_assert_max_num_queries(10):
            client.get(url)
        for nummer in range(3):
            create_planactie(dossier=dossier, doelstelling=doel, wat=f"Actie {nummer}", door=tom)
