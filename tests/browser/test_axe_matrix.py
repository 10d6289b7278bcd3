"""Every address of the project that shows a page passes axe, so that a new one can't be forgotten.

As they are in the access matrix, with little in them; other states stand in `test_axe.py`.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.client import Browser
from tests.paper import lay_out_by
from tests.test_access_matrix import MATRIX, Args, arguments

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

# Who sees most of a page looks at it: a page that opens for none of these has no row here.
WHO = ("ankerfiguur", "medewerker", "plglid", "anoniem")
# Its page is drawn anew for each address that it is asked for, and has other stories.
A_LONG_WAIT = {"uitvoer-zip"}


def _opens_for(rol: str) -> Iterator[str]:
    """The names of the addresses that answer somebody, and nobody before her in `WHO`."""
    for row in MATRIX:
        answers = row.by_role
        first = next((one for one in WHO if answers[one] in (200, 302)), None)
        if row.method == "get" and first == rol and row.name not in A_LONG_WAIT:
            yield row.name


def _pages(rol: str, args: Args, user) -> Iterator[str]:
    """The addresses among those that show a page, and no document or file."""
    client = Browser()
    if user:
        client.force_login(user)
    for name in _opens_for(rol):
        address = reverse(name, args=args.get(name))
        answer = client.get(address)
        if answer.status_code == 302 or "html" in answer.headers["Content-Type"]:
            yield address


@pytest.fixture(autouse=True)
def _no_pdf_is_laid_out(monkeypatch):
    lay_out_by(lambda _: b"%PDF-", monkeypatch)


@pytest.mark.parametrize("rol", WHO)
def test_every_address_that_opens(page, live_server, log_in, check, huis, plglid, rol):
    user = {**huis.people, "plglid": plglid}.get(rol)
    if user:
        # By her password alone: in the matrix she gets a second step.
        log_in(page, user)
    addresses = list(_pages(rol, arguments(huis), user))

    seen = set()
    for address in addresses:
        page.goto(live_server.url + address)
        if page.url not in seen:
            check(f"{rol} {address}, which is {page.url}")
        seen.add(page.url)

    assert seen
