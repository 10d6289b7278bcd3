"""Reminders in the browser: the pages, the mail as it looks, and without a mouse or JavaScript."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from start.herinneringen.domain.versturen import send_due
from start.herinneringen.domain.wensen import ritme_of, stop_key
from start.herinneringen.models import Ritme
from tests.start.herinneringen.conftest import plan_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

WIDTHS = (1280, 390, 320)


def test_he_chooses_and_makes_an_address_by_keyboard(
    page, live_server, log_in, check, console, huis
):
    log_in(page, huis.team).goto(live_server.url + reverse("herinneringen"))
    check("choosing", widths=WIDTHS)
    page.get_by_label("Zodra er iets is").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Bewaar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bewaard.")).to_be_visible()
    assert ritme_of(huis.team) == Ritme.WEKELIJKS

    page.get_by_role("button", name="Maak een adres").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Adres", exact=True)).to_have_value(
        # As the address of this site in mails, with a key.
        re.compile(r"^http://127\.0\.0\.1:8000/agenda/[\w-]{43}\.ics$")
    )
    check("an address", widths=WIDTHS)
    assert console == []


def test_the_link_of_a_mail_without_javascript(browser, live_server, huis):
    context = browser.new_context(locale="nl-BE", java_script_enabled=False)
    page = context.new_page()
    address = reverse("herinneringen-stoppen", args=[stop_key(huis.team.pk)])
    page.goto(live_server.url + address)
    page.get_by_role("button", name="Stuur me geen herinneringen meer").press("Enter")
    expect(page.get_by_role("heading", name="Je krijgt geen herinneringen meer")).to_be_visible()
    context.close()

    assert ritme_of(huis.team) == Ritme.NOOIT


def test_the_page_to_stop_passes_axe(page, live_server, check, huis):
    page.goto(live_server.url + reverse("herinneringen-stoppen", args=[stop_key(huis.team.pk)]))
    check("stopping", widths=WIDTHS)
    page.get_by_role("button", name="Stuur me geen herinneringen meer").click()
    check("stopped", widths=WIDTHS)


def test_the_mail_passes_axe_too(page, check, huis, mailoutbox):
    plan_for(huis.dossier, huis.team, check_op=date(2026, 12, 16))
    plan_for(huis.dossier, huis.team, wanneer_op=date(2026, 12, 18))
    send_due(today=date(2026, 12, 17))
    ((html, _),) = mailoutbox[0].alternatives
    page.set_content(html)

    assert "Over tijd." in page.inner_text("li >> nth=0")
    # A page of ours has landmarks; a mail is a part of the page of a program for mail.
    check("the mail", widths=WIDTHS)
