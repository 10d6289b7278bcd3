"""Secure by default: headers, cookies, CSRF tokens, and a log without anybody's text."""

import logging
import re
from uuid import uuid4

import pytest
from django.templatetags.static import static
from django.urls import reverse

from dossiers.domain import close_dossier
from dossiers.mensen.models import User
from preventieplan.models import Antwoord
from stsdialoog.cookies import host_only
from tests.client import Browser
from tests.conftest import PASSWORD
from tests.pages import TOKEN, whole_form
from tests.production import PRODUCTION, manage

pytestmark = pytest.mark.django_db

VELD = "antwoord-f0-1-v01-toelichting"
STALE = {TOKEN: "van-een-vorige-sessie"}
TOKEN_OF = re.compile(rf'name="{TOKEN}" value="(\w+)"')


@pytest.fixture
def url(dossier):
    return reverse("doelstelling", args=[dossier.pk, "f0-1"])


@pytest.fixture
def strict(tom):
    """Tom's browser, which says where a form comes from."""
    client = Browser(headers={"origin": "http://testserver"})
    client.force_login(tom)
    return client


@pytest.mark.parametrize(("letters", "shown"), [(49, False), (50, False), (51, True)])
def test_what_is_too_long_for_a_code_are_words(strict, url, letters, shown):
    """With a lost token one gets back what was typed, and not what the page sends along."""
    typed = "x" * letters

    page = strict.post(url, STALE | {VELD: typed}).text

    assert whole_form(page)[VELD] == typed
    assert (f">\n{typed}</textarea>" in page) == shown
    assert (f'type="hidden" name="{VELD}"' in page) != shown


def test_every_answer_is_strict_about_what_it_loads(als, tom, url, client):
    answers = [
        client.get(reverse("account_login")),
        client.get("/gezond/"),
        als(tom).get(url),
        als(tom).get(reverse("routekaart-pdf", args=[url.split("/")[2]])),
        als(tom).get("/bestaat-niet/"),
        als(tom).get(reverse("school-nieuw")),
    ]

    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "private" in answer.headers["Cache-Control"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "script-src 'self'" in answers[2].headers["Content-Security-Policy"]


def test_so_is_what_is_answered_before_there_is_a_page(settings):
    """A static file, the way to https, and a refusal of what cannot be answered."""
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 3600
    browser = Browser()
    answers = {
        200: browser.get(static("js/onbewaard.js"), secure=True),
        301: browser.get("/inloggen/"),
        400: browser.get("/inloggen/", secure=True, headers={"host": "kwaad.example"}),
        404: browser.get("/static/bestaat-niet.js", secure=True),
        403: browser.put("/gezond/", secure=True),
    }

    for status, answer in answers.items():
        assert answer.status_code == status
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["Cache-Control"]
        answer.close()
        # Over http a browser does not believe it.
        assert ("Strict-Transport-Security" in answer.headers) == (status != 301)


def test_a_request_is_not_sent_back_to_who_asks_for_it(als, tom):
    for browser, path in (
        (Browser(), "/inloggen/"),
        (Browser(), static("js/onbewaard.js")),
        (als(tom), reverse("mijn-gegevens")),
    ):
        answer = browser.trace(path, headers={"x-van-mij": "geheim"})
        assert answer.status_code == 405
        assert b"geheim" not in answer.getvalue()


def test_no_page_loads_anything_from_another_host(als, tom, url):
    html = als(tom).get(url).text

    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', html) == []


def test_a_stale_token_gives_the_words_back_with_a_fresh_one(strict, url):
    response = strict.post(url, STALE | {VELD: "een lange gedachte over kringgesprekken"})

    assert response.status_code == 403
    assert "een lange gedachte over kringgesprekken" in response.text
    assert "Verstuur opnieuw" in response.text
    assert not Antwoord.objects.exists()

    strict.post(url, whole_form(response.text))
    assert Antwoord.objects.get().toelichting == "een lange gedachte over kringgesprekken"


def test_what_was_sent_to_what_is_gone_is_given_back(als, ander_huis, url):
    """A colleague removed it, or somebody's part in the school ended: her words are still hers."""
    typed = {VELD: "een lange gedachte over <kringgesprekken>"}
    page = als(ander_huis.team)
    page.get("/")

    gone = page.post(url, typed)

    assert gone.status_code == 404
    assert "Wat je typte, is niet bewaard" in gone.text
    assert "een lange gedachte over &lt;kringgesprekken&gt;" in gone.text
    # What is sent where nothing is, needs no token of ours: another site may have written it.
    nowhere = page.post("/nergens/", typed)
    assert nowhere.status_code == 404
    assert "kringgesprekken" not in nowhere.text
    assert "Misschien klopt het adres niet" in nowhere.text


def test_who_was_logged_out_is_told_so_also_with_a_token_of_before(strict, url):
    """Logging in makes a new token, so the page with the words is given back once more."""
    page = strict.get(url).text
    typed = whole_form(page) | {TOKEN: TOKEN_OF.search(page)[1], VELD: "een hele zin"}
    strict.logout()
    strict.cookies.clear()

    given = strict.post(url, typed)
    assert given.status_code == 403
    assert "Je bent niet meer ingelogd" in given.text
    assert "We vragen dan nog één keer of het klopt" in given.text

    strict.force_login(User.objects.get(naam="Tom"))
    given = strict.post(url, whole_form(given.text) | STALE)
    assert "van voor je laatst inlogde" in given.text
    strict.post(url, whole_form(given.text))
    assert Antwoord.objects.get().toelichting == "een hele zin"


def test_a_public_page_with_a_stale_token_sends_nobody_to_log_in():
    page = Browser(headers={"origin": "http://testserver"}).post(
        reverse("account_login"), STALE | {"login": "iemand die tom heet"}
    )
    assert "Verstuur opnieuw" in page.text
    assert "Log opnieuw in" not in page.text


@pytest.mark.parametrize("stale", [STALE, {}])
def test_what_somebody_else_typed_is_not_saved_in_my_name(als, strict, an, url, stale):
    """Tom typed, An logged in in the same browser, and somebody presses the button."""
    typed = whole_form(strict.get(url).text) | {VELD: "van Tom, een hele zin"}
    strict.force_login(an)

    given = strict.post(url, typed | stale)
    assert given.status_code == 403
    assert "Dit typte iemand anders" in given.text
    assert "van Tom, een hele zin" in given.text
    assert "Hier is nu An ingelogd" in given.text
    again = whole_form(given.text)
    assert "Dit typte iemand anders" in strict.post(url, again).text
    assert not Antwoord.objects.exists()

    strict.force_login(User.objects.get(naam="Tom"))
    strict.post(url, again)
    assert Antwoord.objects.get().toelichting == "van Tom, een hele zin"
    # An herself saves what she types.
    mine = als(an)
    mine.post(url, whole_form(mine.get(url).text) | {VELD: "van An"})
    assert Antwoord.objects.get().toelichting == "van An"


def test_several_texts_that_come_back_each_have_a_name(als, huis, strict, url):
    other = VELD.replace("v01", "v02")
    two = {VELD: "een eerste zin", other: "een tweede zin"}

    for page in (strict.post(url, STALE | two), als(huis.lezer).post_late(url, two)):
        assert page.status_code == 403
        assert re.findall(r"<label[^>]*>([^<]+)<", page.text) == ["Tekst 1 van 2", "Tekst 2 van 2"]
        assert "Tekst 1 van 2" in page.text
    assert re.findall(
        r"<label[^>]*>([^<]+)<", strict.post(url, STALE | {VELD: "een zin"}).text
    ) == ["Wat je typte"]


def test_what_the_page_knows_that_nobody_changed_is_not_shown(als, huis, strict, url):
    other = VELD.replace("v01", "v02")
    sent = {"pagina": str(uuid4())}
    for naam in (VELD, other):
        sent |= {naam: f"de zin van {naam}", f"{naam}_basis": "1"}
    sent[f"{VELD}_nummer"] = "3"

    given = strict.post(url, STALE | sent).text
    assert f">\nde zin van {VELD}</textarea>" in given
    assert f'type="hidden" name="{other}" value="de zin van {other}"' in given
    refused = als(huis.lezer).post_late(url, sent).text
    assert f"de zin van {VELD}" in refused
    assert f"de zin van {other}" not in refused


def test_a_form_of_another_site_gets_a_bare_refusal(tom, url):
    client = Browser(headers={"origin": "https://kwaad.example"})
    client.force_login(tom)

    response = client.post(url, {VELD: "van een vreemde site, lang genoeg om te tonen"})

    assert response.status_code == 403
    assert "van een vreemde site" not in response.text
    assert "Verstuur opnieuw" not in response.text


def test_with_htmx_a_stale_token_makes_the_page_ask_for_a_fresh_one(strict, url):
    response = strict.post(url, STALE | {VELD: "x"}, headers={"HX-Request": "true"})

    assert response.status_code == 403
    assert response.headers["Sessie"] == "verlopen"
    assert response.text == "Log opnieuw in."


def test_a_role_that_is_too_small_has_nothing_to_do_with_the_token(als, huis, url):
    response = als(huis.lezer).post(url, {VELD: "x"}, headers={"HX-Request": "true"})

    assert response.status_code == 403
    assert "Sessie" not in response.headers


def test_who_was_logged_out_gets_the_words_back(client, url):
    response = client.post(url, {VELD: "getypt net na het uitloggen, jammer"})

    assert response.status_code == 403
    assert "Je bent niet meer ingelogd" in response.text
    assert "getypt net na het uitloggen, jammer" in response.text
    typing = client.post(url, {VELD: "x"}, headers={"HX-Request": "true"})
    assert typing.headers["Sessie"] == "verlopen"


def test_a_password_is_never_shown_again(client):
    secrets = dict.fromkeys(("oldpassword", "password", "password1", "password2", "code"), "geheim")
    response = client.post(
        reverse("account_change_password"), secrets | {"iets-anders": "dit komt terug"}
    )

    assert "dit komt terug" in response.text
    assert "geheim" not in response.text


def test_nothing_that_was_typed_reaches_the_log(als, tom, url, strict, client, caplog, settings):
    caplog.set_level(logging.DEBUG)
    planted = "geheimzinnigwoord"
    als(tom).post(url, {VELD: planted, f"{VELD}_basis": "0"})
    als(tom).post(url, {VELD: f"{planted}\0", f"{VELD}_basis": "1"})
    als(tom).post(url, {"veld": planted, planted: "x"}, headers={"HX-Request": "true"})
    als(tom).post(url, {"schrap": planted})
    strict.post(url, STALE | {VELD: planted})
    client.post(url, {VELD: planted})
    client.post(reverse("account_login"), {"login": "tom@test.be", "password": planted})

    ours = [r for r in caplog.records if not r.name.startswith("django.db.backends")]
    assert any("Forbidden" in record.getMessage() for record in ours)
    assert not any(planted in record.getMessage() for record in ours)


def test_an_error_report_holds_no_typed_words(rf, settings):
    from stsdialoog.errors import ClosedReporterFilter  # noqa: PLC0415

    request = rf.post("/", {VELD: "geheimzinnigwoord"})
    assert request.POST  # read, as our middleware does

    assert "geheimzinnigwoord" not in str(ClosedReporterFilter().get_post_parameters(request))
    assert VELD in ClosedReporterFilter().get_post_parameters(request)


def test_a_closed_dossier_gives_back_what_was_typed(als, tom, an, url, dossier):
    close_dossier(dossier=dossier, door=an)

    response = als(tom).post(url, {VELD: "een hele alinea vol goede voornemens"})

    assert response.status_code == 403
    assert "een hele alinea vol goede voornemens" in response.text


def test_the_production_settings_pass_the_deploy_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert result.returncode == 0, result.stderr


def test_cookies_are_secure_in_production():
    result = manage(
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY,"
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.SESSION_COOKIE_NAME,"
        "s.CSRF_COOKIE_NAME)",
        **PRODUCTION,
    )

    assert result.stdout.split() == ["True"] * 5 + ["__Host-sessionid", "__Host-csrftoken"]


def test_a_neighbour_sets_no_cookie_of_ours(als, huis, settings, url):
    """A browser takes such a name only with secure, path / and no domain: from this host itself."""
    settings.SESSION_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = host_only("sessionid")
    browser = Browser()
    browser.post(reverse("account_login"), {"login": huis.team.email, "password": PASSWORD})
    browser.get(url + "?weergave=lijst")
    page = als(huis.team)
    page.post(url, {VELD: "Elke ochtend", "pagina": str(uuid4())})
    page.post(reverse("account_logout"))

    set_here = [*browser.cookies.values(), *page.cookies.values()]
    # Made before the settings of this story, by the client itself.
    ours = [one for one in set_here if one.key not in ("csrftoken", "sessionid")]
    assert {one.key for one in ours} == {
        *("__Host-sessionid", "__Host-bekend_toestel", "__Host-weergave", "__Host-messages"),
        "__Host-bewaard",
    }
    for one in ours:
        assert one.key.startswith("__Host-"), one.key
        assert one["secure"], one.key
        assert one["path"] == "/", one.key
        assert not one["domain"], one.key


def test_the_demo_refuses_to_run_in_production():
    result = manage("demo", **PRODUCTION)

    assert result.returncode != 0
    assert "echte server" in result.stderr
