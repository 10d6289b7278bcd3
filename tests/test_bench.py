"""What the bench measures still works, and a warm page does not walk through the whole house."""

from collections.abc import Iterator

import pytest
from django.core.mail import get_connection, send_mail
from django.db import transaction

from bench import flanders
from bench.data import ACTIONS, PAPER_ACTIONS, fill
from bench.documents import pairs, paper_dossier
from bench.pages import Page, overview_of, works
from bench.reminders import mail_server
from bench.trace import trace_warm


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker) -> Iterator[dict[str, Page]]:
    """Ten schools with all that the bench fills in; made once, because each test is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {page.name: page for page in works(*fill(schools=10))}
        transaction.set_rollback(True)


def test_each_page_and_its_floor_can_be_measured(pages, db):
    assert len(pages) == 22
    for page in pages.values():
        page.work()
        page.floor()
        assert page.elements is None or page.elements() > 0


@pytest.mark.parametrize(
    ("name", "files", "renders", "queries"),
    [("goal page", 48, 150, 9), ("overview", 32, 150, 10), ("step of a talk", 42, 100, 12)],
)
def test_a_warm_page_stays_within_its_bounds(pages, db, name, files, renders, queries):
    trace = trace_warm(pages[name].work)

    assert len(trace.files) <= files, "\n".join(trace.files)
    assert 0 < trace.renders <= renders
    assert 0 < trace.queries <= queries


@pytest.mark.parametrize("actions", ACTIONS.values())
def test_an_overview_of_many_actions_is_small_on_the_wire(pages, db, actions):
    assert actions * 100 < pages[overview_of(actions)].work() <= 40_000


def test_the_documents_that_are_compared_are_what_they_are_called(pages, db):
    dossier = paper_dossier()

    assert dossier.acties.filter(geschrapt_op=None).count() == PAPER_ACTIONS
    compared = {name: (base(), other(), limit) for name, base, other, limit in pairs(dossier)}
    (static, routekaart, _), (whole, fase_0, _) = compared.values()
    assert static == routekaart
    assert 0 < fase_0 < whole


def test_flanders_is_as_large_as_it_is():
    whole = flanders.FLANDERS

    assert (len(whole.schools), sum(whole.schools), max(whole.schools)) == (72, 3853, 400)
    assert sum(whole.schools) * whole.years == 19_265


def test_the_mail_server_takes_each_mail_and_knows_what_it_is_called(settings):
    with mail_server() as server:
        mail = get_connection(settings.SMTP, host="127.0.0.1", port=server.server_address[1])
        for _ in range(3):
            send_mail("Dag", ".\nEen punt", "a@test.be", ["b@test.be"], connection=mail)

    assert len(set(server.mails)) == 3
    assert all(name.startswith("<") for name in server.mails)
