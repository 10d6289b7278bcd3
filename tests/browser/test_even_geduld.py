"""A document that is not there yet: the page to wait on goes on by itself, without a script too."""

from contextlib import ExitStack, closing

import pytest
from django.urls import reverse
from pypdf import PdfReader

from stsdialoog.documents.places import Job, open_place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def others(settings, tmp_path):
    """The documents of others, until this is closed."""
    settings.DOCUMENTEN_DIR = tmp_path / "documenten"
    settings.DOCUMENTEN_PROCESSEN = 1
    with ExitStack() as stack:
        place = stack.enter_context(closing(open_place("document-0")))
        assert place.take()
        place.write(Job("else", "0"))
        yield stack


def test_who_waits_reads_what_for(page, live_server, log_in, console, huis, others, check):
    log_in(page, huis.team)
    page.goto(live_server.url + reverse("routekaart", args=[huis.dossier.pk]))

    page.get_by_role("link", name="Routekaart (PDF)").click()

    page.get_by_role("heading", name="Even geduld").wait_for()
    page.get_by_role("status").get_by_text("Routekaart aanwezigheidsbeleid").wait_for()
    check("even geduld")
    assert console == []


@pytest.mark.parametrize("script", [True, False])
def test_the_page_goes_on_to_the_document(browser, live_server, log_in, huis, others, script):
    context = browser.new_context(locale="nl-BE", java_script_enabled=script)
    page = log_in(context.new_page(), huis.team)
    url = live_server.url + reverse("routekaart", args=[huis.dossier.pk])
    page.goto(url)
    page.get_by_role("link", name="Routekaart (PDF)").click()
    page.get_by_role("heading", name="Even geduld").wait_for()

    with page.expect_download() as document:
        others.close()

    assert len(PdfReader(document.value.path()).pages) == 1
    context.close()
