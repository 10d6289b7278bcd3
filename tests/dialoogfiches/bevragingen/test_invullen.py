"""The public page: quick, without an account, and without losing what was typed."""

import logging
import re
import time
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.models import F
from django.templatetags.static import static
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging, Inzending, Openantwoord
from dossiers.anoniem.domain import bevragingen as surveys
from dossiers.anoniem.domain.bevragingen import MAX_PER_WINDOW, close_bevraging
from dossiers.domain import close_dossier
from dossiers.mensen.models import Sessie
from stsdialoog.counters.models import Counter
from tests.client import Browser
from tests.dialoogfiches.bevragingen.bevraging import day, let_it_pass
from tests.pages import TOKEN, whole_form

pytestmark = pytest.mark.django_db

JA = {"keuze": "ja", "schakel-ja1": "Ik ken ze.", "schakel-ja2": "Ik bel.\r\nEn ik wacht."}


@pytest.fixture(autouse=True)
def _a_new_minute():
    caches["rate_limit"].clear()


@pytest.fixture
def bevraging(dossier, laad, tom) -> Bevraging:
    return open_bevraging(
        dossier=dossier,
        versie=laad("mini-bevraging"),
        titel="Onze leerkrachten",
        tot=day(14),
        door=tom,
    )


@pytest.fixture
def link(bevraging):
    return reverse("bevraging-invullen", args=[bevraging.sleutel])


def kept():
    return sorted(Openantwoord.objects.values_list("item__code", "tekst"))


def test_a_teacher_answers_in_one_page(client, bevraging, link):
    page = client.get(link)
    assert page.status_code == 200
    assert "Vind je als leerkracht dat je een schakel kan zijn" in page.text
    assert "Je vult dit anoniem in" in page.text

    response = client.post(link, JA | {"schakel-h1": "  L.O. ", "schakel-ja3": "   "})

    assert response.url == reverse("bevraging-dank", args=[bevraging.sleutel])
    assert "Dankjewel om hier even bij stil te staan" in client.get(response.url).text
    inzending = Inzending.objects.get()
    assert (inzending.keuze, inzending.dag) == ("ja", timezone.localdate())
    assert kept() == [
        ("schakel-h1", "L.O."),
        ("schakel-ja1", "Ik ken ze."),
        ("schakel-ja2", "Ik bel.\nEn ik wacht."),
    ]


def test_only_the_chosen_branch_is_kept_and_the_page_says_so(client, link):
    assert "We bewaren alleen wat je onder jouw keuze schrijft" in client.get(link).text

    client.post(link, JA | {"keuze": "nee", "schakel-nee1": "Geen tijd.", "schakel-h2": "A"})

    assert kept() == [("schakel-h2", "A"), ("schakel-nee1", "Geen tijd.")]


def test_ja_or_nee_alone_is_enough(client, link):
    assert client.post(link, {"keuze": "nee"}).status_code == 302
    assert Inzending.objects.get().keuze == "nee"
    assert kept() == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"keuze": ""}, "Kies eerst ja of nee"),
        ({"keuze": "misschien"}, "Kies ja of nee"),
        ({"keuze": "ja\0"}, "Kies ja of nee"),
        ({"schakel-ja1": "x" * 2001}, "telt 2001 tekens en er passen er 2000"),
        ({"schakel-nee1": "x" * 300_000}, "telt 300000 tekens"),
        ({"schakel-h1": "x" * 2001}, "telt 2001 tekens"),
        ({"schakel-ja1": "een\0twee"}, "onzichtbaar teken"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, link, data, message):
    response = client.post(link, JA | {"schakel-ja3": "een zin die blijft"} | data)

    assert response.status_code == 422
    assert message in response.text
    assert "een zin die blijft" in response.text
    assert "beantwoord" not in response.cookies
    assert not Inzending.objects.exists()
    typed = whole_form(response.text) | {"keuze": "ja", "schakel-ja1": "", "schakel-nee1": ""}
    assert client.post(link, typed | {"schakel-h1": ""}).status_code == 302


def test_two_thousand_letters_fit_and_a_line_break_is_one(client, link):
    client.post(link, {"keuze": "ja", "schakel-ja1": "é" * 999 + "\r\n" + "x" * 1000})

    assert len(Openantwoord.objects.get().tekst) == 2000


def test_a_field_that_does_not_exist_is_not_kept(client, link):
    client.post(link, JA | {"schakel-keuze": "x", "naam": "Fatima", "schakel-ja9": "x"})

    assert [code for code, _ in kept()] == ["schakel-ja1", "schakel-ja2"]


# --- Once per device -----------------------------------------------------------------------------


def test_a_device_answers_once(client, bevraging, link):
    response = client.post(link, JA)

    cookie = response.cookies["beantwoord"]
    assert (cookie.value, cookie["path"], cookie["httponly"]) == ("1", link, True)
    assert (cookie["samesite"], cookie["max-age"] >= 365 * 86400) == ("Lax", True)
    again = client.get(link)
    assert again.status_code == 200
    assert "Op dit toestel is deze bevraging al ingevuld" in again.text
    assert "<textarea" not in again.text
    second = client.post(link, JA | {"schakel-ja1": "nog een gedachte"})
    assert "nog een gedachte" in second.text
    assert Inzending.objects.count() == 1
    assert Browser().post(link, JA).status_code == 302
    assert Inzending.objects.count() == 2


def test_two_taps_on_the_button_are_one_answer(client, link):
    """Both were sent before the cookie of the first arrived; a network can do the same."""
    typed = whole_form(client.get(link).text) | JA
    one, two = Browser(), Browser()

    assert one.post(link, typed).status_code == 302
    assert two.post(link, typed).status_code == 302

    assert Inzending.objects.count() == 1
    assert "beantwoord" in two.cookies


def test_two_sheets_are_two_answers(client, link):
    for _ in range(2):
        fresh = Browser()
        fresh.post(link, whole_form(fresh.get(link).text) | JA)

    assert Inzending.objects.count() == 2


def test_the_same_sheet_in_another_survey_is_another_answer(client, link, bevraging, tom):
    client.post(link, JA | {"blad": "een-blad"})
    close_bevraging(bevraging=bevraging, door=tom)
    second = open_bevraging(
        dossier=bevraging.dossier, versie=bevraging.versie, titel="Twee", tot=day(3), door=tom
    )
    other = reverse("bevraging-invullen", args=[second.sleutel])

    for _ in range(2):
        Browser().post(other, JA | {"blad": "een-blad"})

    assert Inzending.objects.filter(bevraging=second).count() == 1


@pytest.mark.parametrize("blad", ["x", "x" * 39, "x" * 40])
def test_a_sheet_that_arrives_again_is_one_answer_until_the_day_after(client, link, blad):
    kept = []
    # Up to the end of tomorrow: from 23 hours, on the evening before the clock goes forward, to 49.
    for later in (0, 0, 22, 28):
        Counter.objects.update(expires=F("expires") - timedelta(hours=later))
        assert Browser().post(link, JA | {"blad": blad}).status_code == 302
        kept.append(Inzending.objects.count())

    assert kept == [1, 1, 1, 2]


@pytest.mark.parametrize("blad", ["x" * 41, "een woord", "a\0b", ""])
def test_a_sheet_with_rubbish_on_it_is_an_answer_all_the_same(client, link, blad):
    for _ in range(2):
        assert Browser().post(link, JA | {"blad": blad}).status_code == 302

    assert Inzending.objects.count() == 2


# --- Over, unknown, too many ---------------------------------------------------------------------


@pytest.mark.parametrize("end", ["by hand", "by itself", "dossier"])
def test_after_the_end_the_words_come_back_and_are_not_kept(
    client, dossier, bevraging, link, tom, an, end
):
    if end == "by hand":
        close_bevraging(bevraging=bevraging, door=tom)
    elif end == "by itself":
        let_it_pass(bevraging)
    else:
        close_dossier(dossier=dossier, door=an)

    looked, sent = client.get(link), client.post(link, JA | {"schakel-nee1": "x" * 3000})

    assert (looked.status_code, sent.status_code) == (410, 410)
    assert "Deze bevraging is afgesloten" in looked.text
    assert "<form" not in sent.text
    assert "Ik ken ze." in sent.text
    assert "x" * 3000 in sent.text
    assert "Wat je net schreef" not in looked.text
    assert not Inzending.objects.exists()


def test_an_answer_that_arrives_just_after_closing_is_given_back(
    client, bevraging, link, tom, monkeypatch
):
    """The view still saw an open survey; the row in the database decides."""
    close_bevraging(bevraging=bevraging, door=tom)
    monkeypatch.setattr("dialoogfiches.bevragingen.views.invullen.takes_answers", lambda _: True)

    response = client.post(link, JA)

    assert response.status_code == 410
    assert "Ik ken ze." in response.text
    assert not Inzending.objects.exists()


def test_the_last_day_itself_still_counts(client, bevraging, link):
    Bevraging.objects.update(tot=day(0))

    assert client.post(link, JA).status_code == 302


@pytest.mark.parametrize(
    "path", ["/b/onbekend/", "/b/onbekend/dank/", "/b/%00/", "/b/" + "a" * 900 + "/"]
)
def test_an_unknown_key_is_not_found(client, bevraging, path):
    assert client.get(path).status_code == 404
    assert client.post(path, JA).status_code in (404, 405)


def test_a_flood_is_slowed_down_and_gives_the_words_back(client, bevraging, link, monkeypatch):
    monkeypatch.setattr(surveys, "MAX_PER_WINDOW", 3)
    sheets = [whole_form(Browser().get(link).text) | JA for _ in range(4)]
    for sheet in sheets[:3]:
        assert Browser().post(link, sheet).status_code == 302

    response = client.post(link, sheets[3])

    assert response.status_code == 429
    assert 'data-onbewaard="nog"' in response.text
    assert int(response.headers["Retry-After"]) <= 60
    assert whole_form(response.text)["schakel-ja1"] == "Ik ken ze."
    assert whole_form(response.text)["keuze"] == "ja"
    assert Inzending.objects.count() == 3
    # A minute later the same form is accepted.
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.post(link, whole_form(response.text)).status_code == 302
    assert Inzending.objects.count() == 4


def test_a_minute_is_over_a_minute_after_its_first_answer(client, link, monkeypatch):
    """However many follow: a link under constant load must not stay blocked."""
    monkeypatch.setattr(surveys, "MAX_PER_WINDOW", 2)
    start = time.time()
    outcomes = []
    for seconds in (0, 40, 59, 61):
        monkeypatch.setattr(time, "time", lambda later=start + seconds: later)
        outcomes.append(Browser().post(link, JA).status_code)

    assert outcomes == [302, 302, 429, 302]
    # A staff room that answers together hardly notices.
    assert MAX_PER_WINDOW >= 30


def test_a_full_survey_says_so_and_gives_the_words_back(
    client, als, tom, bevraging, link, monkeypatch
):
    monkeypatch.setattr(surveys, "MAX_ANSWERS", 3)
    monkeypatch.setattr("dossiers.anoniem.queries.MAX_ANSWERS", 3)
    teachers = [Browser() for _ in range(3)]
    sheets = [whole_form(one.get(link).text) | JA for one in (*teachers, client)]
    school = reverse("bevraging", args=[bevraging.dossier_id, bevraging.pk])
    assert "is vol" not in als(tom).get(school).text
    for number, (one, sheet) in enumerate(zip(teachers, sheets, strict=False), start=1):
        assert one.post(link, sheet).status_code == 302
        assert ("is vol" in als(tom).get(school).text) == (number == 3)

    looked, sent = client.get(link), client.post(link, sheets[3])

    assert (looked.status_code, sent.status_code) == (410, 410)
    for page in (looked.text, sent.text):
        assert "Deze bevraging is vol" in page
        assert "<form" not in page
    assert "Ik ken ze." in sent.text
    assert "beantwoord" not in client.cookies
    assert "Deze bevraging is vol" in client.post(link, sheets[3] | {"keuze": ""}).text
    # The last one that fitted in, once more over a weak network: it was kept.
    assert Browser().post_late(link, sheets[2]).status_code == 302
    assert Inzending.objects.count() == 3
    assert "Deze bevraging is vol" in als(tom).get(school).text


def test_one_busy_link_does_not_slow_down_another(client, bevraging, link, ander_huis, monkeypatch):
    monkeypatch.setattr(surveys, "MAX_PER_WINDOW", 1)
    other = open_bevraging(
        dossier=ander_huis.dossier,
        versie=bevraging.versie,
        titel="Elders",
        tot=day(2),
        door=ander_huis.team,
    )
    Browser().post(link, JA)

    assert Browser().post(link, JA).status_code == 429
    assert (
        Browser().post(reverse("bevraging-invullen", args=[other.sleutel]), JA).status_code == 302
    )


# --- What the page leaves behind -----------------------------------------------------------------


def test_the_page_makes_no_session_and_no_search_engine_keeps_it(client, link):
    visits = [client.get(link), client.post(link, {}), client.post(link, JA), client.get(link)]

    assert not Sessie.objects.exists()
    assert set(client.cookies) <= {"csrftoken", "beantwoord"}
    for visit in visits:
        assert "noindex" in visit.headers["X-Robots-Tag"]
        assert "no-store" in visit.headers["Cache-Control"]
    assert 'name="robots" content="noindex' in visits[0].text


def test_the_page_leads_nowhere_else(client, als, an, link):
    for one in (client, als(an)):
        page = one.get(link).text
        assert "Mijn scholen" not in page
        # One script, our own, that asks before a tab is closed and keeps or sends nothing.
        assert re.findall(r'<script [^>]*src="([^"]*)"', page) == [static("js/onbewaard.js")]
        assert page.count("<script") == 1
        head = page.split("</header>")[0].split("<body>")[1]
        assert "<a " not in head


def test_the_token_still_guards_the_form(bevraging, link):
    strict = Browser(headers={"origin": "http://testserver"})
    long = "een lange gedachte over de eerste les na een afwezigheid"

    refused = strict.post(link, JA | {"schakel-ja1": long, TOKEN: "van-een-ander-blad"})
    assert refused.status_code == 403
    assert long in refused.text
    assert not Inzending.objects.exists()

    assert strict.post(link, whole_form(refused.text)).status_code == 302
    assert Inzending.objects.count() == 1
    assert not Sessie.objects.exists()


def test_neither_the_key_nor_a_word_reaches_the_log(client, bevraging, link, tom, caplog):
    caplog.set_level(logging.DEBUG)
    planted = "geheimzinnigwoord"
    client.post(link, {"keuze": planted, "schakel-ja1": planted})
    Browser().post(link, JA | {"schakel-ja1": planted})
    close_bevraging(bevraging=bevraging, door=tom)
    Browser().post(link, JA | {"schakel-ja1": planted})
    Browser().get("/b/rommel/")

    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert any("Gone" in record.getMessage() for record in ours)
    for record in ours:
        assert planted not in record.getMessage()
        assert bevraging.sleutel not in record.getMessage()


def test_the_page_costs_a_few_queries(client, link):
    with CaptureQueriesContext(connection) as found:
        client.get(link)

    assert len(found) <= 5
