"""A phone in the hall: quick, without an account, and without losing what was typed."""

import re
from http import HTTPStatus

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import parse_http_date

from dossiers.domain import close_dossier
from dossiers.mensen.models import Sessie
from preventieplan.inschalen.domain import codes
from preventieplan.inschalen.domain.rondes import DUUR, open_second, show, spread_of, stop
from preventieplan.inschalen.models import MAX_ZIN, Ronde, Zin
from preventieplan.inschalen.queries.rondes import behind_code, round_at
from preventieplan.inschalen.views import telefoon
from stsdialoog.counters.models import Counter
from tests.client import Browser
from tests.pages import whole_form
from tests.preventieplan.inschalen.rondes import (
    DOEL,
    a_day_later,
    gives,
    opened,
    phone,
    shown,
    state_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ronde(dossier, tom) -> Ronde:
    return opened(dossier, tom)


def counts(ronde: Ronde) -> tuple[int, ...]:
    return spread_of(ronde.doelen.get()).counts


def test_a_teacher_scores_on_one_page(client, ronde):
    page = client.get(phone(ronde))
    assert page.status_code == HTTPStatus.OK
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page.headers["Cache-Control"]

    done = client.post(
        phone(ronde), {f"score-{DOEL}": "7", f"zin-{DOEL}": "Het gaat beter."}, follow=True
    )

    assert "Je score is binnen" in done.text
    assert counts(ronde)[7] == 1
    assert Zin.objects.get().tekst == "Het gaat beter."
    assert not Sessie.objects.exists()


def test_the_phone_keeps_only_that_it_scored(client, ronde):
    client.post(phone(ronde), {f"score-{DOEL}": "7"})

    kept = client.cookies[telefoon.secure_only(telefoon.SCORED_COOKIE)]
    assert kept["path"] == phone(ronde)
    assert kept.value.split(":")[0] == str(ronde.pk)
    # It goes with the round: counted from now it would tell when she scored.
    # Django writes it as so many whole seconds from now.
    end = (ronde.geopend_op + DUUR).timestamp()
    assert abs(parse_http_date(kept["expires"]) - end) <= 1
    again = client.post(phone(ronde), {f"score-{DOEL}": "2"})
    assert "Je score is binnen" in again.text
    assert sum(counts(ronde)) == 1


def test_a_cookie_that_somebody_made_up_says_nothing(client, ronde):
    client.cookies[telefoon.secure_only(telefoon.SCORED_COOKIE)] = f"{ronde.pk}:verzonnen"

    assert "Geef mijn score" in client.get(phone(ronde)).text


def test_a_form_that_arrives_twice_counts_once(client, ronde):
    form = whole_form(client.get(phone(ronde)).text) | {f"score-{DOEL}": "7"}
    for _ in range(2):
        # The answer to the first did not come, so the phone has no cookie.
        client.cookies.pop(telefoon.secure_only(telefoon.SCORED_COOKIE), None)
        assert client.post(phone(ronde), form).status_code == HTTPStatus.FOUND

    assert sum(counts(ronde)) == 1
    ends = set(Counter.objects.values_list("expires__hour", "expires__minute"))
    assert len(ends) == 1


@pytest.mark.parametrize("rubbish", ["11", "-1", "zeven", "", "7.5", "７", "1e1", " "])
def test_rubbish_is_no_score_and_the_sentence_stays(client, ronde, rubbish):
    answer = client.post(phone(ronde), {f"score-{DOEL}": rubbish, f"zin-{DOEL}": "Dit wel."})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kies een score van 0 tot 10" in answer.text
    assert 'value="Dit wel."' in answer.text
    assert sum(counts(ronde)) == 0


def test_a_sentence_that_is_too_long_says_so(client, ronde):
    answer = client.post(phone(ronde), {f"score-{DOEL}": "7", f"zin-{DOEL}": "a" * (MAX_ZIN + 1)})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"telt {MAX_ZIN + 1} tekens" in answer.text
    assert sum(counts(ronde)) == 0


def test_each_goal_of_a_round_asks_a_score(client, dossier, tom):
    ronde = opened(dossier, tom, "f0-1", "f1-1")

    half = client.post(phone(ronde), {"score-f0-1": "7"})
    assert half.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(phone(ronde), {"score-f0-1": "7", "score-f1-1": "3"})

    assert [spread_of(one).scores for one in ronde.doelen.all()] == [[7], [3]]
    # Two scores of one person are not two people.
    gives(ronde, 5, 5, 5)
    assert client.get(state_of(ronde)).text.startswith("bezig")
    gives(ronde, 5)
    assert client.get(state_of(ronde)).text.startswith("klaar")


def test_a_code_is_typed_as_one_reads_it(client, ronde):
    for typed in (ronde.code, ronde.code.lower(), f" {ronde.code[:3]} {ronde.code[3:]} "):
        answer = client.get(reverse("score-code"), {"code": typed})
        assert answer.url == phone(ronde)


@pytest.mark.parametrize("rubbish", ["", "BCDFGA", "é" * 6, "B" * 50, "../x", "\x00"])
def test_a_wrong_code_asks_for_another(client, ronde, rubbish):
    answer = client.get(reverse("score-code"), {"code": rubbish}, follow=True)

    assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "De code op het scherm" in answer.text


def test_who_tries_all_codes_is_slowed_down(client, ronde, monkeypatch):
    monkeypatch.setattr(codes, "WRONG_CODES", 3)
    scored = Browser()
    scored.post(phone(ronde), {f"score-{DOEL}": "5"})
    reads = Browser()
    reads.get(phone(ronde))
    for _ in range(3):
        assert client.get("/s/BCDFGH/").status_code == HTTPStatus.NOT_FOUND

    assert client.get("/s/BCDFGH/").status_code == HTTPStatus.TOO_MANY_REQUESTS
    slow = client.get(phone(ronde))
    assert slow.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert slow.headers["Retry-After"] == str(codes.WINDOW_SECONDS)
    # Behind the same access point, a phone that is in goes on.
    assert scored.get(phone(ronde)).status_code == HTTPStatus.OK
    assert reads.post(phone(ronde), {f"score-{DOEL}": "5"}).status_code == HTTPStatus.FOUND


def test_forty_phones_behind_one_access_point_that_all_mistype_once_still_score(dossier, tom):
    ronde = opened(dossier, tom, telefoons=40)
    for nummer in range(40):
        one = Browser()
        assert one.get("/s/BCDFGH/").status_code == HTTPStatus.NOT_FOUND
        done = one.post(phone(ronde), {f"score-{DOEL}": str(nummer % 11)})
        assert done.status_code == HTTPStatus.FOUND

    assert sum(counts(ronde)) == 40


def test_what_a_waiting_phone_asks_for_is_small_and_one_query(client, ronde):
    url = state_of(ronde)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)

    assert len(queries) == 1
    assert len(answer.content) <= 100
    assert not answer.cookies


def test_a_phone_that_wakes_up_comes_back_where_it_was(client, dossier, tom):
    ronde = opened(dossier, tom, telefoons=4)
    url = state_of(ronde)
    marks = [client.get(url).text]
    client.post(phone(ronde), {f"score-{DOEL}": "6"})
    gives(ronde, 5, 6, 7)
    marks.append(client.get(url).text)
    assert "Je score is binnen" in client.get(phone(ronde)).text
    show(ronde=ronde, door=tom)
    marks.append(client.get(url).text)
    over = client.get(phone(ronde))
    assert (over.status_code, "Kijk naar het scherm" in over.text) == (HTTPStatus.GONE, True)
    ronde.refresh_from_db()

    second = open_second(ronde=ronde, doel=DOEL, door=tom)

    marks.append(client.get(url).text)
    assert "tweede ronde" in client.get(phone(second)).text
    words = [re.sub(" .*", "", mark) for mark in marks]
    assert words == ["bezig", "klaar", "getoond", "bezig"]
    assert len(set(marks)) == 4


def test_a_hall_follows_a_round_that_is_opened_again(dossier, tom, monkeypatch):
    """The number was wrong. No phone of the hall counts as somebody who guesses codes."""
    monkeypatch.setattr(codes, "WRONG_CODES", 2)
    first = opened(dossier, tom, telefoons=4)
    phones = [Browser() for _ in range(4)]
    for one in phones:
        one.post(phone(first), {f"score-{DOEL}": "6"})
    stop(ronde=first, door=tom)

    pages = [one.get(phone(first)) for one in phones]
    assert {page.status_code for page in pages} == {HTTPStatus.GONE}
    assert "Deze ronde is voorbij" in pages[0].text
    late = Browser().post(phone(first), {f"score-{DOEL}": "6"})
    assert late.status_code == HTTPStatus.GONE

    again = opened(dossier, tom, telefoons=5)
    for one in phones:
        assert "Geef mijn score" in one.get(phone(first)).text
        one.post(phone(first), {f"score-{DOEL}": "6"})
    assert counts(again)[6] == 4


def test_a_code_in_the_bar_of_a_browser_may_be_small(client, ronde):
    assert client.get(phone(ronde).lower()).url == phone(ronde)
    assert client.get("/s/bcdfgh/", follow=True).status_code == HTTPStatus.NOT_FOUND


def test_a_phone_stays_where_it_is_when_another_round_takes_its_code(client, dossier, tom):
    """In the moment between finding a round and reading it."""
    ronde = opened(dossier, tom, "f0-1", "f1-1", telefoons=4)
    gives(ronde, 5, 6, 7, 8)
    show(ronde=ronde, door=tom)
    found = behind_code(str(ronde.code))
    open_second(ronde=ronde, doel=DOEL, door=tom)

    assert found is not None
    assert round_at(found).ronde.code == ronde.code


def test_the_state_of_what_is_gone_is_over(client, tom, ronde, capsys):
    url = state_of(ronde)
    stop(ronde=ronde, door=tom)
    assert client.get(url).text.startswith("voorbij")
    a_day_later(ronde)
    call_command("ruim_op")

    assert client.get(url).text == "voorbij"


@pytest.mark.parametrize("guess", ["{}", "{}:", "{}:zegel", "BCDFGH", "%00"])
def test_the_state_tells_nobody_which_codes_there_are(client, ronde, guess):
    """Asking for it has no limit, so it would be the place to try them all."""
    assert client.get(state_of(ronde)).text.startswith("bezig")

    assert client.get(f"/s/{guess.format(ronde.code)}/stand/").text == "voorbij"


def test_nobody_scores_after_a_day_or_in_a_closed_dossier(client, dossier, tom, an):
    ronde = opened(dossier, tom)
    form = {f"score-{DOEL}": "7"}
    client.get(phone(ronde))
    a_day_later(ronde)
    late = client.post(phone(ronde), form)
    assert (late.status_code, "voorbij" in late.text) == (HTTPStatus.GONE, True)

    other = opened(dossier, tom)
    close_dossier(dossier=dossier, door=an)
    closed = client.post(phone(other), form)

    assert closed.status_code == HTTPStatus.GONE
    assert client.get(state_of(other)).text.startswith("voorbij")


def test_a_second_round_asks_the_same_phone_again(client, dossier, tom):
    ronde = opened(dossier, tom, telefoons=4)
    client.post(phone(ronde), {f"score-{DOEL}": "6"})
    gives(ronde, 5, 6, 7)
    show(ronde=ronde, door=tom)
    ronde.refresh_from_db()
    second = open_second(ronde=ronde, doel=DOEL, door=tom)

    client.post(phone(second), {f"score-{DOEL}": "8"})

    assert counts(second)[8] == 1


def test_shown_to_the_hall_is_not_shown_to_the_phone(client, dossier, tom):
    ronde = shown(dossier, tom, 2, 3, 8, 9, 10, zin="Alleen op het scherm.")

    page = client.get(phone(ronde)).text

    assert "Kijk naar het scherm" in page
    assert "Alleen op het scherm" not in page
