"""From opening a round to the score that the team agrees on."""

import io
import re
from http import HTTPStatus

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.requests import is_for_a_room
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.versions import adopt_planversie
from preventieplan.inschalen.domain.rondes import MAX_DOELEN, show, spread_of, stop
from preventieplan.inschalen.domain.spreiding import Spread
from preventieplan.inschalen.domain.stemmen import counted_papers
from preventieplan.inschalen.models import Ronde, Stemmental
from preventieplan.models import Inschaling
from preventieplan.queries.plan import goals_of
from tests.client import Browser
from tests.dossiers.materialen.nieuweversie import next_version
from tests.pages import whole_form
from tests.preventieplan.inschalen.rondes import (
    DOEL,
    beamer,
    counted,
    gives,
    opened,
    phone,
    shown,
)
from tests.preventieplan.versions.reworded import reworded

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(dossier):
    return reverse("inschalen", args=[dossier.pk])


def test_from_the_goal_to_an_agreed_score(als, tom, dossier, url):
    goal = reverse("doelstelling", args=[dossier.pk, DOEL])
    assert f"{url}?doel={DOEL}" in als(tom).get(f"{goal}?weergave=bespreken&stop=score").text
    page = als(tom).get(url, {"doel": DOEL}).text
    assert re.search(rf'value="{DOEL}"[^>]* checked', page)
    assert len(re.findall(" checked", page)) == 1

    made = als(tom).post(url, {"doelen": [DOEL], "telefoons": 5, "papieren": 0}, follow=True)
    ronde = Ronde.objects.get()
    assert f"{ronde.code[:3]}&nbsp;{ronde.code[3:]}" in made.text
    assert "Nog bezig" in made.text
    gives(ronde, 3, 6, 6, 7, 8)
    shows = als(tom).post(beamer(ronde), {"knop": "toon"}, follow=True).text
    assert "1 gaf een 3, 2 gaven een 6, 1 gaf een 7, 1 gaf een 8. Het midden is 6." in shows
    assert "Wie wil iets zeggen over een lage score, wie over een hoge?" in shows
    field = f"inschaling-{DOEL}-score"
    als(tom).post(
        beamer(ronde),
        {"veld": field, field: "6", f"{field}_basis": "0"},
        headers={"HX-Request": "true"},
    )

    assert Inschaling.objects.get().score == 6
    # The newest first.
    assert list(Logregel.objects.filter(soort="ronde").values_list("handeling", flat=True)) == [
        "ronde-getoond",
        "ronde-geopend",
    ]


def test_without_a_script_the_score_saves_with_its_button(als, tom, dossier):
    ronde = shown(dossier, tom, 5, 5, 6, 6)
    field = f"inschaling-{DOEL}"
    data = {
        f"{field}-score": "6",
        f"{field}-score_basis": "0",
        f"{field}-want": "we zien het bij elkaar",
        f"{field}-want_basis": "0",
    }

    answer = als(tom).post(f"{beamer(ronde)}?doel={DOEL}", data, follow=True)

    assert "Jullie score is bewaard" in answer.text
    assert "Jullie scores liggen dicht bij elkaar" in answer.text
    assert (Inschaling.objects.get().score, Inschaling.objects.get().want) == (
        6,
        "we zien het bij elkaar",
    )


def test_the_screen_stays_as_long_as_a_talk(als, an, dossier):
    ronde = opened(dossier, an, telefoons=4)
    assert is_for_a_room(als(an).get(beamer(ronde)))
    gives(ronde, 2, 3, 4, 5)
    show(ronde=ronde, door=an)

    assert is_for_a_room(als(an).get(beamer(ronde)))


def test_several_goals_are_read_one_after_the_other(als, tom, dossier):
    ronde = opened(dossier, tom, "f0-1", "f1-1", telefoons=4)
    gives(ronde, 2, 3, 4, 5)
    show(ronde=ronde, door=tom)

    first = als(tom).get(beamer(ronde)).text
    assert f"{beamer(ronde)}?doel=f1-1" in first
    last = als(tom).get(beamer(ronde), {"doel": "f1-1"}).text
    assert "Volgende:" not in last


def test_papers_count_along(als, tom, dossier):
    ronde = opened(dossier, tom, telefoons=4, papieren=3)
    gives(ronde, 5, 6, 7, 8)
    assert "Nog bezig" in als(tom).get(beamer(ronde)).text
    telling = reverse("ronde-papier", args=[dossier.pk, ronde.pk])

    page = als(tom).get(telling).text
    als(tom).post(telling, whole_form(page) | {f"papier-{DOEL}-4": "1", f"papier-{DOEL}-5": "1"})
    again = als(tom).get(telling).text
    right = {f"papier-{DOEL}-4": "2", f"papier-{DOEL}-9": "1"}
    als(tom).post(telling, whole_form(again) | right)

    assert "Iedereen klaar" in als(tom).get(beamer(ronde)).text
    show(ronde=ronde, door=tom)
    assert spread_of(ronde.doelen.get()).scores == [4, 4, 5, 6, 7, 8, 9]
    assert not Stemmental.objects.exclude(papieren=0).exists()


def test_two_who_count_at_once_lose_no_count(als, tom, dossier):
    """Each one goal, on a laptop of her own. A goal of which nothing is typed stays."""
    ronde = opened(dossier, tom, "f0-1", "f1-1", telefoons=4, papieren=3)
    telling = reverse("ronde-papier", args=[dossier.pk, ronde.pk])
    page = whole_form(als(tom).get(telling).text)
    als(tom).post(telling, page | {"papier-f0-1-4": "3"})

    late = als(tom).post(telling, page | {"papier-f1-1-6": "3"})

    assert late.status_code == HTTPStatus.CONFLICT
    assert "Intussen bewaarde iemand anders ook een telling" in late.text
    assert 'name="papier-f1-1-6" value="3"' in late.text
    als(tom).post(telling, whole_form(late.text))
    papers = {one.doel: counted_papers(one) for one in ronde.doelen.all()}
    assert (papers["f0-1"][4], papers["f1-1"][6]) == (3, 3)


def test_a_round_with_papers_alone(tom, dossier):
    ronde = opened(dossier, tom, telefoons=0, papieren=4)
    counted(ronde, 4, 4, 4, 4)

    show(ronde=ronde, door=tom)

    assert spread_of(ronde.doelen.get()).in_short == "4 scores, allemaal 4"


@pytest.mark.parametrize("rubbish", ["drie", "-1", "1000", "1.5"])
def test_rubbish_is_no_number_of_papers(als, tom, dossier, rubbish):
    ronde = opened(dossier, tom, telefoons=4, papieren=3)
    telling = reverse("ronde-papier", args=[dossier.pk, ronde.pk])

    answer = als(tom).post(telling, {f"papier-{DOEL}-4": rubbish})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'value="{rubbish}"' in answer.text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Kruis aan waarover jullie scoren"),
        ({"doelen": ["f9-9"]}, "staat niet in jullie plan"),
        ({"telefoons": "veel"}, "Typ een heel getal"),
        ({"telefoons": "101"}, "Meer dan 100 mensen tegelijk"),
        ({"telefoons": "90", "papieren": "20"}, "Meer dan 100 mensen tegelijk"),
    ],
)
def test_what_cannot_be_opened_says_why(als, tom, url, data, says):
    good = {"doelen": [], "telefoons": "6", "papieren": "0"}

    answer = als(tom).post(url, good | data)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in answer.text
    assert not Ronde.objects.exists()


@pytest.mark.parametrize(("count", "opens"), [(MAX_DOELEN, True), (MAX_DOELEN + 1, False)])
def test_a_round_is_about_a_few_goals(als, tom, dossier, url, count, opens):
    codes = [doel.code for doel in goals_of(dossier.planversie)][:count]

    answer = als(tom).post(url, {"doelen": codes[::-1], "telefoons": "6", "papieren": "0"})

    assert ("Kies er hoogstens 5" in answer.text) is not opens
    assert [one.doel for ronde in Ronde.objects.all() for one in ronde.doelen.all()] == (
        codes if opens else []
    )


def test_two_clicks_open_one_round(als, tom, dossier, url):
    data = {"doelen": [DOEL], "telefoons": 5, "papieren": 0}
    als(tom).post(url, data)

    second = als(tom).post(url, data, follow=True)

    assert Ronde.objects.count() == 1
    assert "Er loopt al een ronde" in second.text
    assert second.redirect_chain == [(beamer(Ronde.objects.get()), HTTPStatus.FOUND)]


def test_a_stopped_round_leaves_no_score(als, tom, dossier, url):
    ronde = opened(dossier, tom)
    gives(ronde, 4, 5, 6, 7)

    answer = als(tom).post(beamer(ronde), {"knop": "stop"}, follow=True)

    assert "Er is niets getoond en niets bewaard" in answer.text
    assert not Stemmental.objects.exists()
    # Who still has it on a screen comes to the rounds of the dossier.
    assert als(tom).get(beamer(ronde)).url == url
    assert als(tom).post(beamer(ronde), {"knop": "toon"}).url == url


def test_a_screen_with_a_first_round_leads_to_the_second(als, tom, dossier):
    first = shown(dossier, tom, 2, 3, 4, 5)
    als(tom).post(beamer(first), {"knop": "tweede", "doel": DOEL})

    second = beamer(Ronde.objects.get())
    assert als(tom).get(beamer(first)).url == second
    assert (
        "Deze ronde is voorbij"
        in als(tom).post(beamer(first), {"knop": "tweede", "doel": DOEL}, follow=True).text
    )


def test_show_and_stop_again_change_nothing(als, tom, dossier):
    ronde = shown(dossier, tom, 4, 5, 6, 7)
    for knop in ("toon", "stop", "onzin"):
        als(tom).post(beamer(ronde), {"knop": knop})

    stop(ronde=ronde, door=tom)
    assert spread_of(ronde.doelen.get()).scores == [4, 5, 6, 7]


@pytest.mark.parametrize("weergave", ["bespreken", "lijst"])
def test_how_scores_lay_stays_beside_the_agreed_one_for_the_team(
    als, huis, tom, dossier, doel, weergave
):
    goal = reverse("doelstelling", args=[dossier.pk, DOEL])
    asked = {"weergave": weergave, "stop": "score"}
    told = "1 gaf een 4, 2 gaven een 6, 1 gaf een 7, 1 gaf een 8. Het midden is 6."
    assert "Zo lagen jullie scores" not in als(tom).get(goal, asked).text

    ronde = shown(dossier, tom, 4, 6, 6, 7, 8, zin="Alleen op het scherm van de ronde.")
    agreed = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=agreed, veld="focus", waarde="Nog geen score.", basis=0, door=tom)
    assert told not in als(tom).get(goal, asked).text
    save_veld(record=agreed, veld="score", waarde=6, basis=0, door=tom)

    page = als(tom).get(goal, asked).text
    assert told in page
    assert f"{beamer(ronde)}?doel={DOEL}" in page
    assert "Alleen op het scherm" not in page
    assert told in als(huis.medewerker).get(goal, asked).text
    assert "Zo lagen jullie scores" not in als(huis.lezer).get(goal, asked).text
    assert told not in als(tom).get(reverse("doelstelling", args=[dossier.pk, "f0-2"]), asked).text


def test_a_lezer_reads_no_spread(als, huis, tom, dossier, url):
    ronde = shown(dossier, tom, 4, 5, 6, 7, 8)

    assert als(huis.lezer).get(url).status_code == HTTPStatus.FORBIDDEN
    assert als(huis.lezer).get(beamer(ronde)).status_code == HTTPStatus.FORBIDDEN
    assert als(huis.medewerker).get(beamer(ronde)).status_code == HTTPStatus.OK


def test_a_closed_dossier_still_reads_its_spread(als, tom, an, dossier, url):
    ronde = shown(dossier, tom, 4, 5, 6, 7, 8)
    close_dossier(dossier=dossier, door=an)

    assert "Het midden is 6" in als(tom).get(beamer(ronde)).text
    page = als(tom).get(url).text
    assert "5 scores, van 4 tot 8, midden 6" in page
    assert "Open een ronde" not in page


def test_a_newer_version_of_the_plan_in_the_middle_of_a_round(als, tom, an, dossier, versie):
    """One of its goals is gone from it."""
    ronde = opened(dossier, tom, "f0-1", "f3-4", telefoons=4)
    adopt_planversie(dossier=dossier, nieuw=next_version(versie, an, reworded), door=tom)

    for score in range(4):
        given = {"score-f0-1": str(score), "score-f3-4": "7"}
        assert Browser().post(phone(ronde), given).status_code == HTTPStatus.FOUND
    als(tom).post(beamer(ronde), {"knop": "toon"})

    assert "Het midden is 1,5" in als(tom).get(beamer(ronde), {"doel": "f0-1"}).text
    assert "4 gaven een 7" in als(tom).get(beamer(ronde), {"doel": "f3-4"}).text


def test_slips_of_paper_are_four_on_a_page(als, tom, dossier):
    answer = als(tom).get(reverse("stemblad-pdf", args=[dossier.pk, DOEL]))

    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    assert page.extract_text().count("Kruis één score aan") == 4
    assert als(tom).get(reverse("stemblad-pdf", args=[dossier.pk, "f9-9"])).status_code == 404


def test_the_list_of_rounds_takes_as_many_queries_for_one_as_for_nine(als, tom, dossier, url):
    browser = als(tom)
    taken = set()
    for nummer in range(1, 9):
        ronde = opened(
            dossier, tom, f"f0-{nummer}" if nummer < 5 else f"f1-{nummer - 4}", telefoons=4
        )
        gives(ronde, 4, 5, 6, 7)
        show(ronde=ronde, door=tom)
        if nummer in (1, 8):
            browser.get(url)
            with CaptureQueriesContext(connection) as queries:
                browser.get(url)
            taken.add(len(queries))

    assert len(taken) == 1


def test_the_database_refuses_what_a_round_cannot_be(tom, dossier):
    ronde = opened(dossier, tom)
    for broken in (
        lambda: Ronde.objects.create(dossier=dossier, telefoons=4, geopend_door=tom),
        lambda: Ronde.objects.filter(pk=ronde.pk).update(keer=3),
        lambda: Ronde.objects.filter(pk=ronde.pk).update(telefoons=3, papieren=9),
        lambda: Stemmental.objects.filter(score=10).update(score=11),
        lambda: Stemmental.objects.filter(score=10).update(score=9),
        lambda: ronde.doelen.create(doel=DOEL, volgorde=2),
        lambda: ronde.doelen.get().zinnen.create(tekst=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


@pytest.mark.parametrize(
    ("counts", "middle", "apart", "short"),
    [
        ((0, 0, 0, 1, 0, 0, 2, 1, 1, 0, 0), 6, True, "5 scores, van 3 tot 8, midden 6"),
        ((0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0), 5.5, False, "4 scores, van 5 tot 6, midden 5,5"),
        ((4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0, False, "4 scores, allemaal 0"),
        ((2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2), 5, True, "4 scores, van 0 tot 10, midden 5"),
    ],
)
def test_how_scores_lie(counts, middle, apart, short):
    spread = Spread(counts)

    assert (spread.middle, spread.is_apart, spread.in_short) == (middle, apart, short)
    assert len(spread.dots) == spread.total
    assert all(0 < dot.y < spread.base for dot in spread.dots)


def test_a_hundred_of_one_score_still_fit():
    spread = Spread((0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0))

    assert spread.height < 400
    assert min(dot.y - spread.radius for dot in spread.dots) >= 0


def test_how_scores_lay_reaches_plan_and_routekaart_when_it_is_ticked(als, tom, dossier):
    ronde = shown(dossier, tom, 3, 6, 6, 7, 8, zin="Alleen op het scherm.")
    told = "5 scores, van 3 tot 8, midden 6"
    routekaart = reverse("routekaart", args=[dossier.pk])
    papers = [
        reverse("preventieplan-pdf", args=[dossier.pk]),
        reverse("routekaart-pdf", args=[dossier.pk]),
    ]
    save_veld(
        record=Inschaling(dossier=dossier, doelstelling=goals_of(dossier.planversie)[0]),
        veld="score",
        waarde=6,
        basis=0,
        door=tom,
    )
    assert told not in als(tom).get(routekaart).text
    assert not any(told in _words_of(als(tom).get(url)) for url in papers)

    als(tom).post(beamer(ronde), {"knop": "op-papier", "doel": DOEL})

    assert told in als(tom).get(routekaart).text
    for url in papers:
        words = _words_of(als(tom).get(url))
        assert told in words
        assert "Alleen op het scherm" not in words
    als(tom).post(beamer(ronde), {"knop": "niet-op-papier", "doel": DOEL})
    assert told not in als(tom).get(routekaart).text


def _words_of(answer) -> str:
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
