"""The routekaart on screen: goals in the blocks of the source, actions by what they ask for."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier, open_dossier
from dossiers.materialen.models import Fase, Materiaalversie
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Doelstelling, Inschaling
from preventieplan.queries.plan import goals_of
from preventieplan.routekaart.domain.blocks import block_of, name_and_codes
from preventieplan.routekaart.layout import count, is_empty, most_urgent_first, steps, tell
from preventieplan.routekaart.queries import routekaart

TODAY = date(2026, 11, 29)


@pytest.fixture
def url(dossier):
    return reverse("routekaart", args=[dossier.pk])


def drawn(dossier: Dossier, today: date = TODAY) -> Any:
    return steps(routekaart(dossier, today=today))


def names(acties) -> list[str]:
    return [actie.wat for actie in acties]


def score(dossier: Dossier, code: str, tom, *scores: tuple[int, int]) -> None:
    """Score a goal some times: each with how many days ago that was."""
    doel = Doelstelling.objects.get(versie=dossier.planversie, code=code)
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    for basis, (cijfer, days) in enumerate(scores):
        save_veld(record=inschaling, veld="score", waarde=cijfer, basis=basis, door=tom)
        op = timezone.now() - timedelta(days=days)
        inschaling.revisies.filter(revisie=basis + 1).update(op=op)


# --- What an action asks for ----------------------------------------------------------------------


def test_what_asks_for_attention_first_comes_first():
    acties = [
        Actie(wat="klaar", stand="klaar", wanneer_op=date(2026, 9, 1)),
        Actie(wat="gestopt", besluit="stoppen", wanneer_op=date(2026, 9, 1)),
        Actie(wat="ooit"),
        Actie(wat="eens in mei", wanneer_op=date(2027, 5, 1)),
        Actie(wat="klaar, nog te checken", stand="klaar", check_op=date(2027, 3, 1)),
        Actie(wat="te laat", wanneer_op=date(2026, 9, 15)),
    ]

    assert names(most_urgent_first(acties)) == [
        "te laat",
        "klaar, nog te checken",
        "eens in mei",
        "ooit",
        "klaar",
        "gestopt",
    ]
    # On the routekaart all that was done stands under "Gedaan".
    assert [one.actie.wat for one in tell(acties, today=TODAY)] == [
        *("te laat", "eens in mei", "ooit", "klaar, nog te checken", "klaar", "gestopt")
    ]


@pytest.mark.parametrize(
    ("velden", "when"),
    [
        ({"wanneer": "eens in mei"}, "eens in mei"),
        ({"wanneer": "eens in mei", "wanneer_op": date(2027, 5, 3)}, "03/05/2027"),
        ({"wanneer": "eens in mei", "stand": "klaar"}, ""),
        ({"stand": "klaar", "check_op": date(2027, 5, 3)}, "check 03/05/2027"),
        ({"stand": "klaar", "besluit": "borgen", "check_op": date(2027, 5, 3)}, "borgen"),
        ({"besluit": "stoppen"}, "stoppen"),
        ({}, ""),
    ],
)
def test_it_says_in_brief_when(velden, when):
    assert tell([Actie(wat="x", **velden)], today=TODAY)[0].when == when


@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (1, False)])
def test_the_day_after_its_date_an_action_is_over_tijd(days, late):
    actie = Actie(wat="x", wie="Tom", wanneer_op=TODAY + timedelta(days=days))

    assert tell([actie], today=TODAY)[0].te_laat == late
    assert not tell([actie], today=None)[0].te_laat


def test_each_action_is_counted_once():
    soon = TODAY + timedelta(days=1)
    acties = [
        Actie(wat="loopt", wie="Tom", wanneer_op=soon),
        Actie(wat="over tijd", wie="Tom", wanneer_op=date(2026, 9, 1)),
        Actie(wat="zonder wie", wanneer_op=soon),
        Actie(wat="zonder wanneer", wie="Tom"),
        Actie(wat="gedaan", stand="klaar"),
        Actie(wat="gestopt", besluit="stoppen", stand="klaar"),
    ]
    told = tell(acties, today=TODAY)

    assert vars(count(told)) == {
        "alle": 6,
        "gedaan": 1,
        "over_tijd": 1,
        "half": 2,
        "lopen": 1,
        "gestopt": 1,
    }
    assert [one.actie.wat for one in told if one.komt] == ["over tijd", "loopt"]


# --- Goals in the blocks of the source ------------------------------------------------------------


@pytest.mark.parametrize(
    ("kort", "block"),
    [
        ("Ongewettigd (B-codes)", 1),
        ("Scan op alle afwezigheidscodes", 0),
        ("Nauwe opvolging en acties op maat", 0),
        ("Vroegdetectie & interventie", 0),
        ("Een warme school", None),
    ],
)
def test_a_goal_belongs_to_the_block_that_is_called_after_it_or_names_it(kort, block):
    blokken = [
        {
            "kop": "vroegdetectie & interventie",
            "woorden": ["nauwe opvolging", "scan op alle afwezigheidscodes"],
        },
        {"kop": "ongewettigd (B-codes)", "woorden": ["verbindend & sanctionerend"]},
    ]

    assert block_of(kort, blokken) == block


def test_codes_stand_behind_the_name_of_a_track():
    assert name_and_codes("gewettigd (Z/P-codes)") == ("gewettigd", "Z/P")
    assert name_and_codes("registratiebeleid") == ("registratiebeleid", "")


@pytest.mark.django_db
def test_the_drawing_is_that_of_the_source(dossier):
    fase_0, fase_1, fase_2, fase_3 = drawn(dossier)

    assert [card.kop for card in fase_0.cards] == [
        "Verbindend schoolklimaat",
        "Inschrijvingsbeleid",
        "Registratiebeleid",
        "Opvolging afwezigheden na registratie",
        "Samenwerking met partners",
    ]
    assert all(len(card.doelen) == 1 for card in fase_0.cards)
    # The pupil who returns is the arrow.
    assert fase_0.cards[3].woorden == ("monitoring data", "Terugkerende leerling")
    assert [(card.kop, len(card.doelen)) for card in fase_1.lead] == [
        ("Vroegdetectie & interventie", 2)
    ]
    assert [(card.kop, card.codes) for card in fase_1.banen] == [
        ("Ongewettigd", "B"),
        ("Gewettigd", "Z/P"),
        ("Schoolweigering", "B/Z/P"),
    ]
    assert fase_2.kern == "gedeelde verantwoordelijkheid"
    assert [card.kop for card in fase_3.cards][-1] == "Verbonden blijven"


@pytest.mark.django_db
def test_a_goal_that_no_block_is_for_stands_in_its_phase_all_the_same(dossier, versie):
    for code in ("f0-1", "f1-3"):
        Doelstelling.objects.filter(versie=versie, code=code).update(kort="Een warme school")

    fase_0, fase_1, *_ = drawn(dossier)

    assert fase_0.cards[0].doelen == ()
    assert fase_0.cards[-1].kop == "Een warme school"
    assert (fase_1.banen[-1].kop, len(fase_1.banen)) == ("Een warme school", 4)


@pytest.mark.django_db
def test_an_action_of_a_goal_that_is_gone_stays_in_its_phase(dossier, versie, doel, tom):
    create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)
    earlier = Materiaalversie.objects.create(
        materiaal=versie.materiaal,
        versie="2025.1",
        datum=versie.datum,
        bron="vroeger",
        status=versie.status,
        vorm=versie.vorm,
    )
    Doelstelling.objects.filter(pk=doel.pk).update(versie=earlier)
    goals_of.forget()

    gone = drawn(dossier)[0].cards[0]

    assert [one.is_weg for one in gone.doelen] == [True]
    assert names(one.actie for one in gone.acties) == ["Onthaaldag"]


@pytest.mark.django_db
def test_a_plan_is_empty_until_something_is_written(dossier, doel, tom):
    assert is_empty(drawn(dossier))

    create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)

    fase_0, *others = drawn(dossier)
    assert not fase_0.is_leeg
    assert all(trede.is_leeg for trede in others)


# --- Since when -----------------------------------------------------------------------------------


def goal(dossier: Dossier, code: str) -> Any:
    kaart = routekaart(dossier, today=TODAY)
    found = (doel for trede in kaart.treden for doel in trede.doelen if doel.code == code)
    return SimpleNamespace(kaart=kaart, doel=next(found))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "now", "richting"), [(4, 6, "hoger"), (7, 4, "lager"), (5, 5, "gelijk")]
)
def test_a_score_shows_how_it_went_since_the_round_before(dossier, tom, before, now, richting):
    score(dossier, "f0-1", tom, (before, 90), (9, 30), (now, 0))
    score(dossier, "f0-2", tom, (3, 60))
    score(dossier, "f0-3", tom, (3, 1))

    first = goal(dossier, "f0-1")

    # Of the days four weeks or more before the last score the newest.
    assert first.kaart.sinds.op == timezone.localdate() - timedelta(days=30)
    assert (first.doel.eerder, first.doel.is_nieuw) == (9, False)
    assert goal(dossier, "f0-2").doel.richting == "gelijk"
    assert goal(dossier, "f0-3").doel.is_nieuw
    Inschaling.objects.get(doelstelling__code="f0-1").revisies.filter(waarde="9").delete()
    Inschaling.objects.get(doelstelling__code="f0-2").revisies.all().delete()
    assert goal(dossier, "f0-1").doel.richting == richting


@pytest.mark.django_db
def test_without_an_earlier_round_it_looks_back_at_last_year(dossier, huis, tom):
    last = open_dossier(school=huis.school, schooljaar=2024, door=huis.ankerfiguur)
    score(last, "f0-1", tom, (4, 0))
    long_ago = timezone.now() - timedelta(days=400)
    Inschaling.objects.filter(dossier=last).update(gewijzigd_op=long_ago)
    score(dossier, "f0-1", tom, (6, 0))

    first = goal(dossier, "f0-1")

    assert first.kaart.sinds.op == timezone.localdate(long_ago)
    assert (first.doel.eerder, first.doel.richting) == (4, "hoger")


@pytest.mark.django_db
def test_with_nothing_earlier_it_looks_back_at_the_start_and_calls_nothing_new(dossier, tom):
    score(dossier, "f0-1", tom, (6, 0))

    first = goal(dossier, "f0-1")

    assert first.kaart.sinds.op == timezone.localdate(dossier.geopend_op)
    assert (first.doel.eerder, first.doel.is_nieuw, first.doel.richting) == (None, False, "")


@pytest.mark.django_db
def test_what_happened_to_the_actions_since_is_counted(dossier, doel, tom):
    def plan(wat: str, **velden: object) -> Actie:
        actie = create_planactie(dossier=dossier, doelstelling=doel, wat=wat, door=tom)
        for veld, waarde in velden.items():
            save_veld(record=actie, veld=veld, waarde=waarde, basis=0, door=tom)
        return actie

    score(dossier, "f0-1", tom, (4, 60), (6, 0))
    plan("gedaan", stand="klaar")
    plan("bijgestuurd", besluit="bijsturen")
    plan("te laat", wanneer_op=TODAY - timedelta(days=1))
    early = plan("lang gedaan", stand="klaar")
    long_ago = timezone.now() - timedelta(days=90)
    Actie.objects.filter(pk=early.pk).update(gemaakt_op=long_ago)
    early.revisies.update(op=long_ago)

    changed = routekaart(dossier, today=TODAY).veranderd

    assert vars(changed) == {"gedaan": 1, "bijgestuurd": 1, "nieuw": 3, "over_tijd": 1}


@pytest.mark.django_db
def test_its_day_is_that_of_the_last_change_also_that_an_action_became_late(dossier, doel, tom):
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat="x", wie="Tom", door=tom)
    due = timezone.localdate() + timedelta(days=3)
    save_veld(record=actie, veld="wanneer_op", waarde=due, basis=0, door=tom)
    changed = timezone.localdate()

    def day(days: int) -> date:
        return routekaart(dossier, today=due + timedelta(days=days)).stand_van

    assert [day(0), day(1), day(50)] == [changed, due + timedelta(days=1), due + timedelta(days=1)]


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_shows_scores_and_actions_on_the_stairs(als, tom, url, dossier, doel):
    score(dossier, "f0-1", tom, (4, 60), (7, 0))
    create_planactie(
        dossier=dossier,
        doelstelling=doel,
        wat="Onthaaldag",
        wie="Zoë",
        wanneer="eens in mei",
        door=tom,
    )

    html = " ".join(als(tom).get(url).text.split())

    for words in (
        "Routekaart aanwezigheidsbeleid",
        "Doel: Schooluitval voorkomen &amp; leerrecht waarborgen",
        "stand van",
        "B-Z-P-L codes, Wie? Hoe? Overzicht!",
        "<title>7 op 10</title>",
        "↑ hoger, was 4",
        "Onthaaldag",
        "Zoë, eens in mei",
        "<b>WELCOME BACK!</b>",
        "1 actie: 1 loopt",
    ):
        assert words in html
    assert html.index("Brede basiszorg") < html.index("Individueel aangepast curriculum")
    assert html.count("nog niet besproken</b>") == 3
    assert f"{reverse('routekaart-pdf', args=[dossier.pk])}?formaat=a3" in html


@pytest.mark.django_db
def test_the_page_gives_the_words_of_the_team_and_what_comes_first(als, tom, url, dossier, doel):
    assert "eigen-woorden" not in als(tom).get(url).text
    Inschaling.objects.create(
        dossier=dossier, doelstelling=doel, score=7, want="iedereen <3", focus="Elke dag gezien"
    )
    choose_priorities(dossier=dossier, fase=Fase(0), codes=["f0-1"], door=tom)

    html = " ".join(als(tom).get(url).text.split())

    assert "<b>We geven een 7, want …</b> iedereen &lt;3" in html
    assert "‘Elke dag gezien’" in html
    assert "zou het zijn als" not in html
    assert html.count('class="prioriteit"') == 1
    assert "Waar we eerst aan werken" in html


@pytest.mark.django_db
def test_an_empty_page_shows_the_way_in(als, tom, url, dossier):
    html = als(tom).get(url).text

    assert "De eerste stap" in html
    assert reverse("preventieplan", args=[dossier.pk]) in html
    assert "In dit dossier staat nog geen enkele actie." in html


@pytest.mark.django_db
def test_many_actions_fold_away_and_half_made_ones_are_counted(als, tom, url, dossier, doel):
    for nummer in range(40):
        create_planactie(
            dossier=dossier,
            doelstelling=doel,
            wat=f"Actie {nummer}",
            wie="Marie",
            wanneer="eens in mei" if nummer % 4 else "",
            door=tom,
        )

    html = als(tom).get(url).text

    assert html.count("<summary>En nog 27 acties</summary>") == 1
    shown = {nummer for nummer in range(40) if f">Actie {nummer}<" in html}
    assert shown == {nummer for nummer in range(40) if nummer % 4}
    assert "10 nog zonder wie of wanneer</a>" in html


@pytest.mark.django_db
def test_in_a_closed_dossier_nothing_is_over_tijd(als, tom, an, url, dossier, doel):
    actie = create_planactie(
        dossier=dossier, doelstelling=doel, wat="Onthaaldag", wie="Tom", door=tom
    )
    save_veld(record=actie, veld="wanneer_op", waarde=date(2026, 9, 1), basis=0, door=tom)
    assert "over tijd</b>" in als(tom).get(url).text

    close_dossier(dossier=dossier, door=an)

    assert "over tijd" not in als(tom).get(url).text


@pytest.mark.django_db
def test_the_page_takes_the_same_queries_however_full(
    als, tom, url, dossier, doel, django_assert_num_queries
):
    client = als(tom)
    client.get(url)  # The content of a version is read once.
    for _ in range(2):
        with django_assert_num_queries(17):
            client.get(url)
        for nummer in range(3):
            create_planactie(dossier=dossier, doelstelling=doel, wat=f"Actie {nummer}", door=tom)
            create_actie(dossier=dossier, wat=f"Los {nummer}", door=tom)
