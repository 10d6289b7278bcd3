"""A login elsewhere and the second step: it counts as one where the settings say so.

Lien is the ankerfiguur of a CLB, so on a server where it is required she cannot do without one.
"""

import pytest
from django.core import mail
from django.urls import reverse

from dossiers.mensen.domain.tweede_stap import has_second_step
from tests.client import Browser, text_of
from tests.dossiers.aanmelden.test_koppelen import unlink_page
from tests.dossiers.aanmelden.through import at_home, hours_go_by, linked, logged_in, said
from tests.dossiers.conftest import WACHTWOORD
from tests.dossiers.mensen.logging_in import is_logged_in
from tests.dossiers.mensen.steps import give_app, show_mailbox

pytestmark = pytest.mark.django_db

SCHOLEN = "/scholen/"


@pytest.fixture
def verplicht(settings):
    settings.TWEEDE_STAP_VERPLICHT = True


def test_where_it_does_not_count_the_app_is_asked_all_the_same(verplicht, google, karim, client):
    linked(google, karim, "karim-bij-google")
    app = give_app(karim)

    answer = google.log_in(client, next="/toegankelijkheid/")

    assert answer.url == reverse("mfa_authenticate")
    assert not is_logged_in(client)
    assert client.post(answer.url, {"code": app.code()}).url == "/toegankelijkheid/"
    assert is_logged_in(client)


def test_where_it_does_not_count_one_sets_a_step_up_first(verplicht, google, lien, client):
    google.op.logs_in("lien-bij-google")
    google.log_in(at_home(lien), "aanmelding-koppelen")

    google.log_in(client)

    assert client.get(SCHOLEN).url == reverse("mfa_index")


def test_where_it_counts_it_is_both_steps_at_once(verplicht, acmidm, lien, client):
    acmidm.counts()
    linked(acmidm, lien, "lien-bij-acm")
    give_app(lien)

    answer = acmidm.log_in(client)

    assert answer.url == reverse("start")
    assert client.get(SCHOLEN).status_code == 200


def test_who_links_what_counts_has_taken_the_step(verplicht, acmidm, lien):
    """The first time, when nothing else is open yet."""
    acmidm.counts()
    acmidm.op.logs_in("lien-bij-acm")
    browser = logged_in(lien)
    assert browser.get(SCHOLEN).url == reverse("mfa_index")
    assert "Stel eerst een tweede stap in" in text_of(browser.get(reverse("mfa_index")))

    show_mailbox(browser, mail.outbox)
    acmidm.log_in(browser, "aanmelding-koppelen")

    assert browser.get(SCHOLEN).status_code == 200


def test_a_password_alone_opens_nothing_once_the_step_is_elsewhere(verplicht, acmidm, lien):
    """Whoever reads the mail of Lien, or knows her password, sets up no app in her account."""
    acmidm.counts()
    linked(acmidm, lien, "lien-bij-acm")
    thief = logged_in(lien)

    asked = thief.get(SCHOLEN).url
    assert asked == f"{reverse('aanmelden-opnieuw', args=['acmidm'])}?next=%2Fscholen%2F"
    assert thief.get(reverse("mfa_activate_totp")).url.startswith(
        reverse("aanmelden-opnieuw", args=["acmidm"])
    )
    acmidm.op.logs_in("de-dief")
    assert acmidm.log_in(thief, "aanmelden-opnieuw").status_code == 403
    assert thief.get(SCHOLEN).status_code == 302

    acmidm.op.logs_in("lien-bij-acm")
    answer = acmidm.log_in(thief, "aanmelden-opnieuw", next=SCHOLEN)
    assert thief.get(answer.url).url == SCHOLEN
    assert thief.get(SCHOLEN).status_code == 200


def test_a_provider_that_counts_no_more_is_no_step_any_more(verplicht, acmidm, lien):
    acmidm.counts()
    browser = linked(acmidm, lien, "lien-bij-acm")
    assert browser.get(SCHOLEN).status_code == 200

    acmidm.change(tweede_stap=False)

    assert browser.get(SCHOLEN).url == reverse("mfa_index")
    assert not has_second_step(lien)


def test_the_only_step_of_who_needs_one_stays(verplicht, acmidm, lien):
    acmidm.counts()
    browser = linked(acmidm, lien, "lien-bij-acm")
    where = unlink_page(browser)

    browser.post(where)
    assert "Stel eerst een app of een passkey in" in said(browser.get(reverse("mfa_index")))
    assert has_second_step(lien)

    give_app(lien)
    browser.post(where)
    assert unlinked(browser)


def test_to_show_it_again_is_to_log_in_again_there(verplicht, acmidm, lien, settings):
    """A provider that only says that somebody is still logged in there shows nothing."""
    acmidm.counts()
    browser = linked(acmidm, lien, "lien-bij-acm")
    hours_go_by(browser)
    acmidm.op.logs_in("lien-bij-acm", ago=3600)
    acmidm.op.asks_again = False
    password = reverse("account_change_password")

    answer = acmidm.log_in(browser, "aanmelden-opnieuw", next=password)
    assert "vroeg je niet opnieuw wie je bent" in said(browser.get(answer.url))
    assert browser.get(password).status_code == 302

    acmidm.op.asks_again = True
    answer = acmidm.log_in(browser, "aanmelden-opnieuw", next=password)
    assert browser.get(answer.url).url == password
    assert browser.get(password).status_code == 200
    assert acmidm.op.asked[-1]["max_age"] == "0"


def test_a_login_says_when_it_was_shown_there(verplicht, acmidm, lien, client):
    """An hour ago at the provider is an hour ago here: it opens the pages, and no keys."""
    acmidm.counts()
    linked(acmidm, lien, "lien-bij-acm")
    acmidm.op.logs_in("lien-bij-acm", ago=3600)

    acmidm.log_in(client)

    assert client.get(SCHOLEN).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_a_password_does_not_show_it_again(verplicht, acmidm, lien):
    acmidm.counts()
    browser = linked(acmidm, lien, "lien-bij-acm")
    hours_go_by(browser)

    browser.post(reverse("account_reauthenticate"), {"password": WACHTWOORD})

    assert browser.get(reverse("mfa_activate_totp")).url.startswith(
        reverse("aanmelden-opnieuw", args=["acmidm"])
    )


def test_one_shows_it_only_where_one_is_linked(acmidm, karim):
    assert logged_in(karim).get(reverse("aanmelden-opnieuw", args=["acmidm"])).status_code == 404
    assert Browser().get(reverse("aanmelden-opnieuw", args=["acmidm"])).status_code == 302


def unlinked(browser) -> bool:
    return "Koppel een account dat je al hebt" in text_of(browser.get(reverse("mfa_index")))
