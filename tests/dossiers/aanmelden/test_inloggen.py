"""Logging in elsewhere: with what an account knows, and with nothing that looks like it."""

from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from authlib.oauth2.rfc7636 import CodeChallenge
from django.urls import reverse

from dossiers.aanmelden.views.via import MOST_A_MINUTE
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.wissen import ask_to_erase_account
from dossiers.mensen.models import User
from tests.client import Browser, text_of
from tests.dossiers.aanmelden.conftest import leads_to
from tests.dossiers.aanmelden.op import KEYS
from tests.dossiers.aanmelden.through import linked
from tests.dossiers.mensen.logging_in import is_logged_in

pytestmark = pytest.mark.django_db

Handeling = Logregel.Handeling
VERDER = "/toegankelijkheid/"
KLOPT_NIET = "hoort niet bij deze aanmelding"
ONBEKEND = "We kennen deze aanmelding nog niet"


def logged(handeling):
    return Logregel.objects.filter(handeling=handeling)


@pytest.fixture
def van_karim(google, karim):
    """Karim linked who he is at Google."""
    linked(google, karim, "karim-bij-google", email="k@gmail.test")
    return google


def test_who_linked_her_account_logs_in_with_it_and_goes_on_where_she_was(van_karim, client, karim):
    answer = van_karim.log_in(client, next=VERDER)

    assert answer.url == VERDER
    assert client.session["_auth_user_id"] == str(karim.pk)
    line = logged(Handeling.INGELOGD_GOOGLE).get()
    assert (line.door, line.clb_id) == (karim, karim.lidmaatschappen.get().school.clb_id)


@pytest.mark.parametrize(
    "elsewhere",
    [
        *("https://evil.test/inloggen/", "//evil.test", "///evil.test", "/\\evil.test"),
        *("https:evil.test", "javascript:alert(1)", "https://testserver@evil.test/"),
        *("https://testserver.evil.test/", " //evil.test"),
    ],
)
def test_it_leads_to_no_page_of_another(van_karim, client, elsewhere):
    answer = van_karim.log_in(client, next=elsewhere)

    assert answer.url == reverse("start")


def test_no_more_is_asked_or_kept_than_it_takes(van_karim, client):
    van_karim.log_in(client)

    kept = SocialAccount.objects.get()
    assert kept.extra_data == {"als": "k@gmail.test"}
    assert "karim" not in kept.uid
    assert not SocialToken.objects.exists()
    asked = van_karim.op.asked[-1]
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) == 32
    assert "token" not in str(dict(client.session)).replace("csrf", "")


def test_who_is_known_to_no_account_gets_a_page_that_says_what_to_do(google, karim, client):
    google.op.logs_in("iemand", email="iemand@gmail.test")

    answer = google.log_in(client)

    assert answer.status_code == 403
    assert ONBEKEND in text_of(answer)
    assert not is_logged_in(client)
    assert User.objects.count() == 1


@pytest.mark.parametrize("verified", [True, False])
def test_an_address_opens_no_account(google, karim, client, verified):
    """Whoever gives the address of Karim at Google is not Karim."""
    google.op.logs_in("iemand", email=karim.email, email_verified=verified)

    answer = google.log_in(client)

    assert ONBEKEND in text_of(answer)
    assert not is_logged_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "lies",
    [
        {"aud": ["een-andere-toepassing"]},
        {"aud": ["sts-dialoog", "een-andere-toepassing"]},
        {"azp": "een-andere-toepassing"},
        {"iss": "https://accounts.google.com.evil.test"},
        {"nonce": "van-een-andere-aanmelding"},
        {"nonce": None},
        {"exp": 1_500_000_000},
        {"sub": ""},
        {"sub": ["karim-bij-google"]},
    ],
    ids=str,
)
def test_a_token_that_was_not_made_for_this_login_opens_nothing(van_karim, client, lies):
    van_karim.op.lies = lies

    answer = van_karim.log_in(client)

    assert answer.status_code == 400
    assert KLOPT_NIET in text_of(answer)
    assert not is_logged_in(client)


def test_a_token_with_another_key_opens_nothing(van_karim, client):
    """Whoever answers in the place of a provider does not have its key."""
    van_karim.op.signs_with = KEYS[1]

    assert KLOPT_NIET in text_of(van_karim.log_in(client))

    van_karim.op.signed_as = {"kid": KEYS[1].kid}

    assert KLOPT_NIET in text_of(van_karim.log_in(client))
    assert not is_logged_in(client)


def test_a_token_of_before_opens_nothing(van_karim, client, monkeypatch):
    """A token that was seen somewhere is no answer to a login of now."""
    van_karim.log_in(Browser())
    seen = jwt.decode(van_karim.op.tokens[-1], options={"verify_signature": False})
    van_karim.op.lies = seen

    assert KLOPT_NIET in text_of(van_karim.log_in(client))


def test_an_answer_counts_once_and_in_the_browser_that_asked(van_karim, client):
    back = van_karim.op.follow(van_karim.go(client))

    assert KLOPT_NIET in text_of(Browser().get(back))
    assert client.get(back).status_code == 302
    client.logout()
    assert KLOPT_NIET in text_of(client.get(back))
    assert not is_logged_in(client)


@pytest.mark.parametrize("checks_pkce", [True, False])
def test_a_code_of_another_login_opens_nothing_here(van_karim, client, monkeypatch, checks_pkce):
    """Who has Karim bring a code of hers, in an answer to what he asked, does not log him in."""
    if not checks_pkce:
        # A provider that forgets to: the nonce is what is left.
        monkeypatch.setattr(CodeChallenge, "validate_code_verifier", lambda *_: None)
    hers = parse_qs(urlsplit(van_karim.op.follow(van_karim.go(Browser()))).query)
    back = urlsplit(van_karim.op.follow(van_karim.go(client)))
    mixed = {"state": parse_qs(back.query)["state"][0], "code": hers["code"][0]}
    given = len(van_karim.op.tokens)

    answer = client.get(f"{back.path}?{urlencode(mixed)}")

    assert KLOPT_NIET in text_of(answer)
    assert not is_logged_in(client)
    assert len(van_karim.op.tokens) - given == (not checks_pkce)


def test_where_it_comes_back_is_never_of_a_host_that_a_request_names(google, client):
    page = client.post(
        reverse("aanmelden", args=["google"]), headers={"X-Forwarded-Host": "evil.test"}
    )

    asked = parse_qs(urlsplit(leads_to(page)).query)
    assert asked["redirect_uri"] == [google.op.redirect_uri]


def test_the_answer_of_one_provider_is_none_of_another(van_karim, acmidm, client):
    """A mix-up: what Google answered is brought to where ACM/IDM comes back, and the reverse."""
    back = van_karim.op.follow(van_karim.go(client))
    elsewhere = back.replace("/google/", "/acmidm/")

    assert KLOPT_NIET in text_of(client.get(elsewhere))
    assert KLOPT_NIET in text_of(client.get(f"{back}&iss={acmidm.op.issuer}"))
    assert not is_logged_in(client)
    assert client.get(f"{back}&iss={van_karim.op.issuer}").status_code == 302


def test_a_provider_does_not_stand_in_for_another(van_karim, acmidm, client):
    """The settings name an issuer; what says that it is of another one is not asked anything."""
    van_karim.op.says = {"issuer": acmidm.op.issuer}

    page = client.post(reverse("aanmelden", args=["google"]))

    assert page.status_code == 503
    assert "antwoordt niet" in text_of(page)


def test_the_same_subject_elsewhere_is_somebody_else(van_karim, acmidm, client):
    acmidm.op.logs_in("karim-bij-google")

    assert ONBEKEND in text_of(acmidm.log_in(client))


def test_in_entra_it_is_tenant_and_object(entra, karim, client):
    """The subject is another one in each application, and an address can be anybody's."""
    here, there = "3f0c1d2e-0000-4000-8000-00000000000a", "3f0c1d2e-0000-4000-8000-00000000000b"
    base = entra.op.issuer
    entra.change(issuer=f"{base}/organizations/v2.0")
    entra.op.says = {"issuer": f"{base}/{{tenantid}}/v2.0"}

    def at(tenant, oid="object-van-karim"):
        entra.op.lies = {"iss": f"{base}/{tenant}/v2.0"}
        return {"tid": tenant, "oid": oid}

    linked(entra, karim, "sub-1", **at(here))
    entra.op.logs_in("sub-2", **at(here))
    assert entra.log_in(client).status_code == 302
    for where, oid in ((there, "object-van-karim"), (here, "een-ander-object")):
        entra.op.logs_in("sub-1", **at(where, oid))
        assert ONBEKEND in text_of(entra.log_in(Browser()))
    # A tenant that signs in the name of another one.
    entra.op.logs_in("sub-1", **(at(there) | {"tid": here}))
    assert KLOPT_NIET in text_of(entra.log_in(Browser()))
    entra.op.logs_in("sub-1", **(at("gelijk/welke") | {"tid": "gelijk/welke"}))
    assert KLOPT_NIET in text_of(entra.log_in(Browser()))


def test_an_account_that_waits_to_be_erased_opens_nothing(van_karim, client, karim, lien):
    ask_to_erase_account(user=karim, door=lien, today=date(2026, 11, 30))

    answer = van_karim.log_in(client)

    assert answer.url == reverse("account_inactive")
    assert not is_logged_in(client)
    assert logged(Handeling.AANMELDING_GEWEIGERD).get().record_id == str(karim.pk)


def test_a_link_in_a_mail_logs_nobody_in(van_karim, client):
    """Logging in begins with a form of ours: nobody is brought into another one's account."""
    assert client.get(reverse("aanmelden", args=["google"])).status_code == 405


def test_who_breaks_it_off_there_is_back_at_the_beginning(van_karim, client):
    van_karim.op.person = None

    answer = van_karim.log_in(client)

    assert "Je brak het af" in text_of(answer)


def test_a_provider_that_is_away_or_talks_rubbish_is_no_error_of_ours(google, client):
    google.op.logs_in("iemand")
    back = google.op.follow(google.go(client))
    google.op.says = {"jwks_uri": f"{google.op.issuer}/.well-known/openid-configuration"}
    assert KLOPT_NIET in text_of(client.get(back))

    google.change(issuer="http://127.0.0.1:9")
    assert client.post(reverse("aanmelden", args=["google"])).status_code == 503


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=access_denied", "?state[]=x"])
def test_rubbish_is_answered_with_a_page(google, client, query):
    answer = client.get(reverse("aanmelden-terug", args=["google"]) + query)

    assert answer.status_code == 400


def test_what_is_switched_off_is_not_there(elders, settings, client):
    settings.AANBIEDERS = {}

    assert client.post(reverse("aanmelden", args=["google"])).status_code == 404
    assert client.get(reverse("aanmelden-terug", args=["google"])).status_code == 404
    assert "Google" not in text_of(client.get(reverse("account_login")))


def test_nobody_has_us_ask_a_provider_all_day(google, client):
    where = reverse("aanmelden", args=["google"])
    answers = [client.post(where).status_code for _ in range(MOST_A_MINUTE + 1)]

    assert answers == [200] * MOST_A_MINUTE + [429]
