"""Logging in with a second step: axe, keys alone, without JavaScript, and with a passkey."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dossiers.mensen.domain import herstel
from dossiers.mensen.models import Lidmaatschap
from tests.conftest import PASSWORD
from tests.dossiers.mensen.logging_in import code_in
from tests.dossiers.mensen.steps import App, give_app, recovery_codes_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def marie(huis):
    return huis.medewerker


@pytest.fixture
def verplicht(settings):
    settings.TWEEDE_STAP_VERPLICHT = True


def first_step(page, live_server, user):
    page.goto(live_server.url + reverse("account_login"))
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")


def to_her_own_page(page, live_server, user):
    """Where the middleware leads her, which the server of these stories began without."""
    first_step(page, live_server, user)
    page.wait_for_url(lambda there: "/inloggen/" not in there)
    page.goto(live_server.url + reverse("mfa_index"))


def type_code(page, code):
    """Into the box of the page that one comes on, and on with Enter."""
    box = page.get_by_label("Code uit je app")
    box.focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def show_mailbox(page, mailoutbox, check=None):
    """A code from the mailbox, asked before her first step is set up."""
    page.get_by_role("button", name="Mail me een code").click()
    page.get_by_label("Code uit de mail").fill(code_in(mailoutbox.pop()))
    if check:
        check("a code from the mailbox", widths=(1280, 390, 320))
    page.keyboard.press("Enter")


def test_every_page_of_setting_up_and_logging_in(
    page, live_server, check, console, marie, verplicht, mailoutbox
):
    to_her_own_page(page, live_server, marie)
    expect(page.get_by_text("Stel eerst een tweede stap in")).to_be_visible()
    check("mijn toegang, nothing yet", widths=(1280, 390, 320))
    page.get_by_role("link", name="Voeg een passkey toe").click()
    check("asked for a code from the mailbox", widths=(1280, 390, 320))
    show_mailbox(page, mailoutbox, check)
    page.wait_for_url("**/mijn-toegang/passkey/")
    check("a passkey")
    page.goto(live_server.url + reverse("mfa_activate_totp"))
    check("an app", widths=(1280, 390, 320))
    app = App(page.locator("code").inner_text())
    type_code(page, app.code())
    page.wait_for_url("**/mijn-toegang/herstelcodes/")
    check("recovery codes", widths=(1280, 390, 320))
    page.reload()
    check("recovery codes, again")
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        page.goto(live_server.url + reverse(name))
        check(name)

    page.context.clear_cookies()
    first_step(page, live_server, marie)
    page.wait_for_url("**/inloggen/tweede-stap/")
    check("the second step", widths=(1280, 390, 320))
    type_code(page, "000000")
    expect(page.get_by_text("Deze code klopt niet")).to_be_visible()
    check("a wrong code")
    page.get_by_role("link", name="Ik heb mijn app").click()
    check("a lost step")
    page.get_by_role("button", name="Vraag het aan twee collega").click()
    check("asked", widths=(1280, 390, 320))
    assert console == []


def test_the_pages_of_colleagues(page, live_server, log_in, check, huis, marie, mailoutbox):
    an = huis.ankerfiguur
    Lidmaatschap.objects.filter(user=an).update(sinds=timezone.now() - timedelta(days=30))
    app = give_app(an)
    aanvraag = herstel.ask(user=marie)
    first_step(page, live_server, an)
    type_code(page, app.code())
    page.wait_for_url("**/scholen/**")
    for address in (
        reverse("mfa_index"),
        reverse("mijn-sessies"),
        reverse("herstel-bevestigen", args=[aanvraag.pk]),
        reverse("mfa_reauthenticate"),
        reverse("herstel-stoppen", args=[herstel.stop_token(aanvraag)]),
    ):
        page.goto(live_server.url + address)
        check(address, widths=(1280, 390, 320))


@pytest.mark.parametrize("what", ["app", "recovery code"])
def test_without_javascript_and_with_keys_alone(browser, live_server, marie, verplicht, what):
    app = give_app(marie)
    code = app.code() if what == "app" else recovery_codes_of(marie)[0]
    context = browser.new_context(locale="nl-BE", java_script_enabled=False)
    page = context.new_page()
    first_step(page, live_server, marie)
    page.wait_for_url("**/inloggen/tweede-stap/")
    assert page.locator("#passkey").count() == 0
    cache.clear()

    type_code(page, code)

    page.wait_for_url(lambda there: "/inloggen/" not in there)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Nog één stap")
    page.goto(live_server.url + reverse("toolbox"))
    assert page.url.endswith(reverse("toolbox"))
    context.close()


def give_device(page):
    """A device with a passkey of its own, that says yes at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def test_a_passkey_under_the_strict_rules_of_the_page(
    page, live_server, check, console, marie, verplicht, mailoutbox
):
    give_device(page)
    to_her_own_page(page, live_server, marie)
    page.get_by_role("link", name="Voeg een passkey toe").click()
    show_mailbox(page, mailoutbox)
    page.get_by_role("button", name="Maak een passkey").click()
    page.wait_for_url("**/mijn-toegang/herstelcodes/")
    assert Authenticator.objects.filter(user=marie, type="webauthn").count() == 1

    page.context.clear_cookies()
    first_step(page, live_server, marie)
    page.wait_for_url("**/inloggen/tweede-stap/")
    check("the second step, with a passkey", widths=(1280, 390, 320))
    page.get_by_role("button", name="Log in met je passkey").click()
    page.wait_for_url(lambda there: "/inloggen/" not in there)

    page.goto(live_server.url + reverse("mfa_reauthenticate_webauthn") + "?next=/mijn-toegang/")
    check("a passkey again")
    page.get_by_role("button", name="Gebruik je passkey").click()
    page.wait_for_url("**/mijn-toegang/")
    assert console == []
    page.get_by_role("link", name="Haal Passkey 1 weg").click()
    check("a passkey that goes")
    page.get_by_role("button", name="Haal de passkey weg").click()
    expect(page.get_by_text("Je passkey is weggehaald")).to_be_visible()
    assert not Authenticator.objects.filter(user=marie).exists()


def test_a_device_without_the_passkey_says_what_to_do(
    page, live_server, marie, verplicht, mailoutbox
):
    session, device = give_device(page)
    to_her_own_page(page, live_server, marie)
    page.get_by_role("link", name="Voeg een passkey toe").click()
    show_mailbox(page, mailoutbox)
    page.get_by_role("button", name="Maak een passkey").click()
    page.wait_for_url("**/mijn-toegang/herstelcodes/")
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
    page.context.clear_cookies()
    give_device(page)
    first_step(page, live_server, marie)
    page.get_by_role("button", name="Log in met je passkey").click()
    expect(page.get_by_text("je toestel gaf geen passkey")).to_be_visible(timeout=60_000)
