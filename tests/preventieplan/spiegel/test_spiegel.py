"""A team puts questions of its plan to all teachers, and reads both side by side."""

import io
import re
from html import unescape
from http import HTTPStatus

import pypdf
import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dossiers.anoniem.domain.bevragingen import (
    ErLooptEenBevraging,
    MagNuNiet,
    ResultaatStaatVast,
    close_bevraging,
    set_last_day,
)
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from preventieplan.models import Antwoord, Checklistvraag
from preventieplan.pdf import preventieplan_pdf
from preventieplan.routekaart.queries import routekaart
from preventieplan.spiegel.domain.spiegels import (
    MAX_VRAGEN,
    REST_DAYS,
    NogNietVast,
    open_spiegel,
    put_on_paper,
)
from preventieplan.spiegel.domain.verschil import Comparison
from preventieplan.spiegel.models import Spiegel, Spiegeldag
from preventieplan.spiegel.pdf import resultaat_pdf
from preventieplan.spiegel.queries.spiegels import choosable, find_spiegel, result_of
from tests.pages import whole_form
from tests.paper import on_paper
from tests.preventieplan.spiegel.spiegels import (
    DEELS,
    DOEN,
    EEN,
    NIET,
    NVT,
    TWEE,
    WEET_NIET,
    counts,
    day,
    ended,
    gives,
    link,
    opened,
    page,
    settled,
    team_says,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_new_minute():
    caches["rate_limit"].clear()


def words(html: str) -> str:
    main = re.sub(
        r"<title>.*?</title>", " ", html.split("<main")[1].split("</main>", maxsplit=1)[0]
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


# --- Opening --------------------------------------------------------------------------------------


def test_tom_chooses_questions_that_his_team_answered(als, tom, dossier, settings):
    settings.SITE_URL = "https://sts.example.be"
    team_says(dossier, **{EEN: DOEN, TWEE: NVT})
    shelf = reverse("spiegels", args=[dossier.pk])
    assert "Nog geen spiegel" in als(tom).get(shelf).text
    new = reverse("spiegel-nieuw", args=[dossier.pk])
    form = als(tom).get(new).text
    assert f'value="{EEN}"' in form
    assert f'value="{TWEE}"' not in form, "teachers cannot choose n.v.t."

    answer = als(tom).post(new, {"vragen": [EEN], "tot": day(14).isoformat()}, follow=True)

    made = Spiegel.objects.get()
    assert "De spiegel is open" in answer.text
    assert [(one.vraag, one.stand) for one in made.vragen.all()] == [(EEN, DOEN)]
    assert Logregel.objects.get(record_id=str(made.pk)).handeling == "bevraging-geopend"
    assert f"https://sts.example.be/b/spiegel/{made.sleutel}/" in answer.text
    assert "Start een spiegel" not in als(tom).get(shelf).text


def test_without_answers_of_the_team_there_is_nothing_to_put_and_the_page_says_what_first(
    als, tom, dossier
):
    shown = als(tom).get(reverse("spiegel-nieuw", args=[dossier.pk])).text
    assert "Bespreek eerst enkele vragen" in shown


@pytest.mark.parametrize(
    ("aantal", "opens"), [(0, False), (1, True), (MAX_VRAGEN, True), (MAX_VRAGEN + 1, False)]
)
def test_a_spiegel_has_at_most_eight_questions(als, tom, dossier, aantal, opens):
    codes = list(
        Checklistvraag.objects.filter(doelstelling__versie=dossier.planversie)
        .values_list("code", flat=True)
        .order_by("code")[: MAX_VRAGEN + 1]
    )
    team_says(dossier, **dict.fromkeys(codes, DEELS))

    answer = als(tom).post(
        reverse("spiegel-nieuw", args=[dossier.pk]),
        {"vragen": codes[:aantal], "tot": day(14).isoformat()},
    )

    assert Spiegel.objects.exists() is opens
    if not opens:
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Kies hoogstens 8" in answer.text or "Kruis aan" in answer.text
        assert answer.text.count("checked") == aantal, "what was chosen stays"


@pytest.mark.parametrize("wrong", ["f9-9-v99", TWEE, "<b>", ""])
def test_a_question_that_cannot_be_put_is_refused(als, tom, dossier, wrong):
    team_says(dossier, **{EEN: DOEN, TWEE: NVT})
    answer = als(tom).post(
        reverse("spiegel-nieuw", args=[dossier.pk]),
        {"vragen": [EEN, wrong], "tot": day(14).isoformat()},
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    with pytest.raises(MagNuNiet):
        open_spiegel(dossier=dossier, vragen=[EEN, wrong], tot=day(3), door=tom)
    assert not Spiegel.objects.exists()


@pytest.mark.parametrize(("days", "right"), [(-1, False), (0, True), (60, True), (61, False)])
def test_the_last_day_is_today_or_within_sixty_days(als, tom, dossier, days, right):
    team_says(dossier, **{EEN: DOEN})
    data = {"vragen": [EEN], "tot": day(days).isoformat()}
    als(tom).post(reverse("spiegel-nieuw", args=[dossier.pk]), data)
    assert Spiegel.objects.exists() is right


# --- Answering ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "asked"),
    [
        ("Neemt iemand contact op? Wie?", "Neemt iemand contact op?"),
        ("Is er een lokaal (rustig, vrij)? Welk? Waar?", "Is er een lokaal (rustig, vrij)?"),
        ("Is er een pestbeleid?", "Is er een pestbeleid?"),
        ("Vertel over jullie pestbeleid", "Vertel over jullie pestbeleid"),
    ],
)
def test_teachers_read_of_a_question_what_they_can_answer(dossier, tom, client, tekst, asked):
    Checklistvraag.objects.filter(code=EEN).update(tekst=tekst)

    made = opened(dossier, tom)

    assert made.vragen.all()[0].tekst == asked
    shown = unescape(client.get(link(made)).text)
    assert asked in shown
    assert (tekst in shown) == (tekst == asked)


def test_a_teacher_answers_on_her_phone(client, dossier, tom):
    made = opened(dossier, tom)
    shown = client.get(link(made)).text
    assert made.vragen.all()[0].tekst in unescape(shown)
    assert "Weet ik niet" in shown
    assert "n.v.t." not in shown
    form = whole_form(shown) | {EEN: NIET, TWEE: WEET_NIET}

    thanked = client.post(link(made), form, follow=True)

    assert "Verstuurd" in thanked.text
    assert counts(made) == [(0, 0, 1, 0), (0, 0, 0, 1)]
    assert "Op dit toestel is al geantwoord" in client.get(link(made)).text


def test_who_leaves_a_question_open_is_told_which_and_keeps_the_rest(client, dossier, tom):
    made = opened(dossier, tom)
    answer = client.post(link(made), {EEN: NIET})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="#{TWEE}"' in answer.text
    assert f'href="#{EEN}"' not in answer.text
    assert answer.text.count("checked") == 1
    assert counts(made) == [(0, 0, 0, 0)] * 2


@pytest.mark.parametrize("wrong", ["nvt", "", "10", "doen we", "\x00", "x" * 9000])
def test_another_stand_is_no_answer(client, dossier, tom, wrong):
    made = opened(dossier, tom)
    answer = client.post(link(made), {EEN: wrong, TWEE: DOEN})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert counts(made) == [(0, 0, 0, 0)] * 2


@pytest.mark.parametrize("path", ["/b/spiegel/onbekend/", "/b/spiegel/onbekend/dank/"])
def test_a_wrong_link_is_no_page(client, path):
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_late_answer_is_told_that_it_is_over(client, dossier, tom):
    made = opened(dossier, tom)
    close_bevraging(bevraging=made, door=tom)
    answer = client.post(link(made), {EEN: DOEN, TWEE: DOEN})
    assert answer.status_code == HTTPStatus.GONE
    assert "Antwoorden kan niet meer" in answer.text
    assert counts(made) == [(0, 0, 0, 0)] * 2


def test_in_a_closed_dossier_nobody_answers(client, dossier, tom, an):
    made = opened(dossier, tom)
    close_dossier(dossier=dossier, door=an)
    assert client.post(link(made), {EEN: DOEN, TWEE: DOEN}).status_code == HTTPStatus.GONE


def test_two_taps_count_once(dossier, tom):
    made = opened(dossier, tom)
    gives(made, DOEN, blad="een")
    gives(made, DOEN, blad="een")
    assert counts(made) == [(1, 0, 0, 0)] * 2


# --- Reading --------------------------------------------------------------------------------------


def test_the_same_form_in_another_school_is_another_answer(dossier, tom, ander_huis):
    made = opened(dossier, tom, EEN)
    other = opened(ander_huis.dossier, ander_huis.team, EEN)
    for one in (made, other, other):
        gives(one, DEELS, blad="een")
    assert counts(made) == counts(other) == [(0, 1, 0, 0)]


def test_both_stand_side_by_side(als, tom, dossier):
    team_says(dossier, **{EEN: DOEN, TWEE: WEET_NIET})
    made = settled(dossier, tom, DOEN, DOEN, DEELS, NIET, NIET, NIET, NIET, WEET_NIET, NIET)

    shown = words(als(tom).get(page(made)).text)

    assert "9 collega's antwoordden" in shown
    assert "doen we ✓ jullie antwoord 2 deels 1 nog niet 5 weet ik niet 1" in shown
    assert (
        "Jullie kozen ‘doen we’; 5 van de 9 leerkrachten zeggen ‘nog niet’. "
        "Wat zien zij dat jullie niet zien?" in shown
    )
    assert "Wat weten zij dat jullie niet weten?" in shown
    assert "%" not in shown
    assert "op 10" not in shown


def test_what_the_team_chose_stays_what_it_was_and_the_spiegel_writes_nothing(als, tom, dossier):
    made = opened(dossier, tom)
    before = list(Antwoord.objects.order_by("pk").values())
    gives(made, *[NIET] * 5)
    close_bevraging(bevraging=made, door=tom)
    made.refresh_from_db()
    als(tom).get(page(made))
    als(tom).post(page(made), {"op_papier": "1"})
    assert list(Antwoord.objects.order_by("pk").values()) == before

    team_says(dossier, **{EEN: NVT})
    tekst = made.vragen.all()[0].tekst
    Checklistvraag.objects.filter(code=EEN).update(tekst="Een andere tekst")
    shown = words(als(tom).get(page(made)).text)
    assert "Jullie kozen ‘doen we’; 5 van de 5 leerkrachten zeggen ‘nog niet’." in shown
    assert "Intussen staat er ‘n.v.t.’ in jullie plan." in shown
    assert tekst in shown
    assert "Een andere tekst" not in shown


@pytest.mark.parametrize(
    ("stand", "aantallen", "what", "ask"),
    [
        (DOEN, (5, 0, 0, 0), "en alle 5 leerkrachten zien het ook zo.", "Hoe houden jullie dat"),
        (NIET, (0, 0, 5, 0), "en alle 5 leerkrachten zien het ook zo.", "eerste kleine stap"),
        (DOEN, (5, 0, 4, 0), "net als 5 van de 9 leerkrachten; 4 zeggen ‘nog niet’.", "dat jullie"),
        (DOEN, (2, 0, 3, 0), "; 3 van de 5 leerkrachten zeggen ‘nog niet’.", "dat jullie niet"),
        (DOEN, (0, 3, 1, 1), "; 3 van de 5 leerkrachten zeggen ‘deels’.", "dat jullie niet"),
        (DOEN, (4, 0, 1, 0), "net als 4 van de 5 leerkrachten.", "Niet iedereen ziet het zo"),
        (DOEN, (2, 1, 1, 1), "net als enkele van de 5 leerkrachten.", "Niet iedereen"),
        (DOEN, (0, 2, 2, 1), "en geen van de 5 leerkrachten.", "Niet iedereen"),
        (NIET, (4, 0, 1, 0), "; 4 van de 5 leerkrachten zeggen ‘doen we’.", "al gebeuren"),
        (DEELS, (0, 1, 0, 4), "; 4 van de 5 leerkrachten zeggen ‘weet ik niet’.", "merken"),
        (WEET_NIET, (3, 1, 0, 1), "; 3 van de 5 leerkrachten zeggen ‘doen we’.", "Wat weten zij"),
    ],
)
def test_a_difference_is_a_question(stand, aantallen, what, ask):
    verschil = Comparison(stand, aantallen)
    assert verschil.what.endswith(what)
    assert verschil.what.startswith(f"Jullie kozen ‘{stand.label}’")
    assert ask in verschil.ask
    assert verschil.ask.endswith("?")


def test_beside_the_question_of_the_plan(als, tom, dossier):
    goal = reverse("doelstelling", args=[dossier.pk, "f0-1"])
    made = opened(dossier, tom, EEN)
    gives(made, DOEN, DOEN, DEELS, NIET, NIET)
    for view in ("lijst", "bespreken"):
        assert "spiegel-naast" not in als(tom).get(f"{goal}?weergave={view}").text
    close_bevraging(bevraging=made, door=tom)
    for view in ("lijst", "bespreken"):
        shown = als(tom).get(f"{goal}?weergave={view}").text
        assert shown.count("spiegel-naast") == 1
        assert "5 leerkrachten: 2 ‘doen we’, 1 ‘deels’, 2 ‘nog niet’" in words(shown)
        assert page(made) in shown


def test_a_last_day_that_passed_is_landed_before_the_page_of_a_goal_tells(als, tom, dossier):
    made = opened(dossier, tom, EEN, tot=day(0))
    gives(made, *[DOEN] * 5)
    Spiegel.objects.update(tot=day(-2))
    shown = als(tom).get(reverse("doelstelling", args=[dossier.pk, "f0-1"])).text
    assert "5 leerkrachten: 5 ‘doen we’" in words(shown)


def test_the_page_of_a_goal_asks_no_query_more(als, tom, dossier):
    goal = f"{reverse('doelstelling', args=[dossier.pk, 'f0-1'])}?weergave=lijst"
    als(tom).get(goal)
    with CaptureQueriesContext(
        connection,
    ) as before:
        als(tom).get(goal)
    settled(dossier, tom)
    with CaptureQueriesContext(connection) as after:
        als(tom).get(goal)
    assert len(after) == len(before)


def test_on_plan_and_routekaart_only_when_the_team_ticks_it(als, tom, dossier):
    made = settled(dossier, tom, codes=(EEN,))
    told = "5 leerkrachten: 2 ‘doen we’, 1 ‘deels’, 2 ‘nog niet’"
    road = reverse("routekaart", args=[dossier.pk])

    def is_told() -> tuple[bool, bool, bool]:
        plan = preventieplan_pdf(dossier).html
        kaart = routekaart(dossier, today=timezone.localdate())
        doelen = [doel for trede in kaart.treden for doel in trede.doelen]
        screen = words(als(tom).get(road).text)
        return told in unescape(plan), any(doel.spiegels for doel in doelen), told in screen

    assert is_told() == (False, False, False)
    als(tom).post(page(made), {"op_papier": "1"})
    assert is_told() == (True, True, True)
    als(tom).post(page(made), {"op_papier": ""})
    assert is_told() == (False, False, False)


# --- One at a time, and settled once --------------------------------------------------------------


def test_no_spiegel_while_teachers_are_asked_something_else(als, tom, dossier, laad):
    team_says(dossier, **{EEN: DOEN})
    survey = open_bevraging(
        dossier=dossier, versie=laad("mini-bevraging"), titel="Onze vraag", tot=day(3), door=tom
    )
    new = reverse("spiegel-nieuw", args=[dossier.pk])
    answer = als(tom).post(new, {"vragen": [EEN], "tot": day(3).isoformat()}, follow=True)
    assert "Er loopt al een bevraging" in answer.text
    assert "Onze vraag" in answer.text
    assert not Spiegel.objects.exists()

    close_bevraging(bevraging=survey, door=tom)
    opened(dossier, tom)
    with pytest.raises(ErLooptEenBevraging):
        set_last_day(bevraging=survey, tot=day(3), door=tom)
    with pytest.raises(ErLooptEenBevraging):
        open_bevraging(dossier=dossier, versie=survey.versie, titel="x", tot=day(3), door=tom)
    shelf = als(tom).get(reverse("bevragingen", args=[dossier.pk])).text
    assert "Nu loopt" in shelf
    assert "Spiegel van" in shelf


@pytest.mark.parametrize(("aantal", "vast"), [(4, False), (5, True), (6, True)])
def test_a_spiegel_is_settled_from_five_answers_on(als, tom, dossier, aantal, vast):
    made = opened(dossier, tom)
    gives(made, *[NIET] * aantal)
    als(tom).post(page(made), {"sluit": "1"})

    shown = als(tom).get(page(made)).text

    assert ("leerkrachten zien het ook zo" in shown or "zeggen ‘nog niet’" in shown) is vast
    assert ("We tonen ze niet" in shown) is not vast
    pdf = reverse("spiegel-pdf", args=[dossier.pk, made.pk])
    assert (als(tom).get(pdf).status_code == HTTPStatus.OK) is vast
    reopened = als(tom).post(page(made), {"tot": day(3).isoformat()}, follow=True).text
    assert ("staan vast" in reopened) is vast
    if vast:
        made.refresh_from_db()
        with pytest.raises(ResultaatStaatVast):
            set_last_day(bevraging=made, tot=day(3), door=tom)


@pytest.mark.parametrize(("days", "rests"), [(0, True), (REST_DAYS - 1, True), (REST_DAYS, False)])
def test_a_question_that_was_shown_rests_for_half_a_year(als, tom, dossier, days, rests):
    first = settled(dossier, tom, codes=(EEN,))
    team_says(dossier, **{TWEE: DOEN})
    ended(first, days)
    fasen, asleep = choosable(dossier)
    codes = {one.vraag.code for some in fasen.values() for een in some for one in een.antwoorden}
    assert (EEN not in codes, asleep) == (rests, int(rests))
    assert TWEE in codes

    if rests:
        with pytest.raises(MagNuNiet):
            open_spiegel(dossier=dossier, vragen=[EEN, TWEE], tot=day(3), door=tom)
    else:
        opened(dossier, tom, EEN, TWEE)


@pytest.mark.parametrize(("days", "rests"), [(REST_DAYS - 1, True), (REST_DAYS, False)])
def test_one_that_ended_by_itself_rests_from_its_last_day(dossier, tom, days, rests):
    first = settled(dossier, tom, codes=(EEN,))
    Spiegel.objects.filter(pk=first.pk).update(tot=day(-days), gesloten_op=None)
    assert choosable(dossier)[1] == int(rests)


def test_paper_and_poster(als, tom, dossier):
    made = opened(dossier, tom)
    for name in ("spiegel-poster-pdf", "spiegel-vragen-pdf"):
        url = reverse(name, args=[dossier.pk, made.pk])
        assert als(tom).get(url).headers["Content-Type"] == "application/pdf"
    gives(made, *[DOEN] * 5)
    close_bevraging(bevraging=made, door=tom)
    for name in ("spiegel-poster-pdf", "spiegel-vragen-pdf"):
        url = reverse(name, args=[dossier.pk, made.pk])
        assert als(tom).get(url).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.looks
def test_the_results_on_paper_say_what_the_page_says_and_stay_on_the_sheet(dossier, tom):
    made = settled(dossier, tom, *[NIET] * 6)
    stand = find_spiegel(dossier=dossier, pk=made.pk)
    assert stand is not None
    resultaat = result_of(stand)
    assert resultaat is not None

    sheets = pypdf.PdfReader(io.BytesIO(on_paper(resultaat_pdf(stand, resultaat)))).pages

    text = " ".join(sheets[0].extract_text().split())
    assert "6 van de 6 leerkrachten zeggen ‘nog niet’." in text
    assert "Wat zien zij dat jullie niet zien?" in text
    assert len(sheets) == 1


@pytest.mark.parametrize(("days", "today_hidden"), [(0, True), (1, False)])
@pytest.mark.parametrize(("answers", "says"), [(0, "Niemand antwoordde."), (4, "4 collega's")])
def test_what_ended_before_today_says_how_many_answered_and_no_day(
    als, tom, dossier, days, today_hidden, answers, says
):
    made = opened(dossier, tom, EEN)
    gives(made, *[DOEN] * answers)
    Spiegeldag.objects.update(dag=day(-2))
    ended(made, days)
    shown = unescape(als(tom).get(page(made)).text)
    assert ("Tot en met gisteren" in shown) is today_hidden
    if not today_hidden:
        assert says in shown
    listed = als(tom).get(reverse("spiegels", args=[dossier.pk])).text
    assert ("tot en met gisteren" in listed) is today_hidden


def test_paper_waits_for_results(dossier, tom):
    made = opened(dossier, tom)
    gives(made, *[DOEN] * 5)
    with pytest.raises(NogNietVast):
        put_on_paper(spiegel=made, aan=True)


def test_a_page_of_a_spiegel_asks_as_many_queries_for_eight_questions(als, tom, dossier):
    one = settled(dossier, tom, codes=(EEN,))
    als(tom).get(page(one))
    with CaptureQueriesContext(connection) as few:
        als(tom).get(page(one))
    ended(one, REST_DAYS)
    codes = [f"f0-1-v{nummer:02}" for nummer in range(1, 7)]
    many = settled(dossier, tom, codes=codes)
    with CaptureQueriesContext(connection) as lots:
        als(tom).get(page(many))
    assert len(lots) == len(few)
    assert len(codes) == many.vragen.count()
