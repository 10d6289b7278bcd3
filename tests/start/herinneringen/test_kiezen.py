"""Tom chooses how often; a link in each mail stops it, with one click, and not by being read."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from start.herinneringen.domain.wensen import SALT, choose_ritme, ritme_of, stop_key
from start.herinneringen.models import GEWOON, Ritme
from start.herinneringen.views import MOST_WRONG

pytestmark = pytest.mark.django_db

PAGE = reverse("herinneringen")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def stop_page(user) -> str:
    return reverse("herinneringen-stoppen", args=[stop_key(user.pk)])


def test_he_finds_the_page_from_the_menu_and_chooses(als, huis):
    tom = als(huis.team)
    assert f'href="{PAGE}"' in tom.get(reverse("start"), follow=True).text
    assert ritme_of(huis.team) == GEWOON == Ritme.DAGELIJKS

    page = tom.post(PAGE, {"ritme": "wekelijks"}, follow=True)

    assert "Bewaard." in page.text
    assert ritme_of(huis.team) == Ritme.WEKELIJKS
    assert ritme_of(huis.medewerker) == GEWOON


@pytest.mark.parametrize("sent", [{}, {"ritme": "elk uur"}])
def test_what_is_no_choice_changes_nothing(als, huis, sent):
    choose_ritme(user=huis.team, ritme=Ritme.WEKELIJKS)
    page = als(huis.team).post(PAGE, sent)

    assert page.status_code == 422
    assert ritme_of(huis.team) == Ritme.WEKELIJKS


def test_a_program_for_mail_stops_it_without_a_session_or_a_token(huis):
    """As RFC 8058 has it: a POST from elsewhere, and no cookie."""
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(stop_page(huis.team), ONE_CLICK) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert ritme_of(huis.team) == Ritme.NOOIT
    assert ritme_of(huis.medewerker) == GEWOON
    assert not answers[0].cookies.get("sessionid")


def test_one_sends_it_as_a_form_with_parts_too(huis):
    program = Client(enforce_csrf_checks=True)
    head = b'Content-Disposition: form-data; name="List-Unsubscribe"'
    body = b"\r\n".join((b"--x", head, b"", b"One-Click", b"--x--", b""))
    answer = program.post(
        stop_page(huis.team), body, content_type="multipart/form-data; boundary=x"
    )

    assert answer.status_code == 200
    assert ritme_of(huis.team) == Ritme.NOOIT


def test_a_scanner_that_opens_the_link_stops_nothing_and_tom_presses_a_button(client, huis):
    page = client.get(stop_page(huis.team))
    client.head(stop_page(huis.team))
    assert ritme_of(huis.team) == GEWOON
    assert "Geen herinneringen meer?" in page.text
    assert "Tom" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"

    assert "Je krijgt geen herinneringen meer" in client.post(stop_page(huis.team)).text
    assert ritme_of(huis.team) == Ritme.NOOIT


def test_a_key_that_somebody_made_up_is_a_404(client, huis):
    good = stop_key(huis.team.pk)
    other = stop_key(huis.medewerker.pk)
    forged = [
        good[:-1],
        good + "x",
        f"{huis.team.pk.hex}.{other.partition('.')[2]}",
        signing.Signer(salt="iets anders", sep=".").sign(huis.team.pk.hex),
        signing.Signer(salt=SALT, sep=".").sign("niemand"),
        signing.Signer(salt=SALT, sep=".").sign("0" * 32),
    ]
    for key in forged:
        assert client.post(reverse("herinneringen-stoppen", args=[key])).status_code == 404, key
    assert ritme_of(huis.team) == GEWOON


def test_who_guesses_is_slowed_down_and_nobody_else(client, huis):
    wrong = reverse("herinneringen-stoppen", args=["geraden"])
    assert [client.get(wrong).status_code for _ in range(MOST_WRONG)] == [404] * MOST_WRONG
    answer = client.get(wrong)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    # From there no key is looked at, and from elsewhere each is.
    assert client.get(stop_page(huis.team)).status_code == 429
    assert client.get(stop_page(huis.team), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_right_key_counts_as_no_guess(client, huis):
    for _ in range(MOST_WRONG + 1):
        assert client.get(stop_page(huis.team)).status_code == 200
