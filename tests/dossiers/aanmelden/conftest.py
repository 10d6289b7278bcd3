"""Three providers that are on: ACM/IDM, Microsoft and Google, each on a port of its own."""

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from stsdialoog.openid import KINDS, Aanbieder
from tests.client import Browser, text_of
from tests.dossiers.aanmelden.op import CLIENT, SECRET, Provider, running_provider

LINK = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')


@dataclass
class Elders:
    """A provider as our settings know it and as it is, and the way of a browser through it."""

    aanbieder: Aanbieder
    op: Provider
    settings: Any

    @property
    def code(self) -> str:
        return self.aanbieder.code

    def counts(self) -> None:
        """Switch on that its login is a second step."""
        self.change(tweede_stap=True)

    def change(self, **changes: Any) -> None:
        self.aanbieder = replace(self.aanbieder, **changes)
        self.settings.AANBIEDERS = self.settings.AANBIEDERS | {self.code: self.aanbieder}

    def go(self, browser: Browser, name: str = "aanmelden", **data: str):
        """Press the button; the page that leads to the provider, and where it leads."""
        page = browser.post(reverse(name, args=[self.code]), data)
        assert page.status_code == 200, page.status_code
        return leads_to(page)

    def log_in(self, browser: Browser, name: str = "aanmelden", **data: str):
        """To the provider, and back again."""
        return browser.get(self.op.follow(self.go(browser, name, **data)))


def leads_to(page) -> str:
    (url,) = LINK.findall(text_of(page))
    return unescape(url)


@pytest.fixture(scope="session")
def _running():
    with running_provider() as acmidm, running_provider() as entra, running_provider() as google:
        yield {"acmidm": acmidm, "entra": entra, "google": google}


@pytest.fixture
def elders(_running, settings, db) -> dict[str, Elders]:
    """The three of them, switched on; none counts as a second step."""
    found = {}
    for kind in KINDS:
        op = _running[kind.code]
        op.__dict__ |= vars(Provider(issuer=op.issuer))
        path = reverse("aanmelden-terug", args=[kind.code])
        op.redirect_uri = django_settings.SITE_URL + path
        found[kind.code] = Aanbieder(
            code=kind.code,
            naam=kind.naam,
            client_id=CLIENT,
            client_secret=SECRET,
            issuer=op.issuer,
            tweede_stap=False,
            scopes=kind.scopes,
            subject=kind.subject,
        )
    settings.AANBIEDERS = found
    return {code: Elders(one, _running[code], settings) for code, one in found.items()}


@pytest.fixture
def acmidm(elders) -> Elders:
    return elders["acmidm"]


@pytest.fixture
def entra(elders) -> Elders:
    return elders["entra"]


@pytest.fixture
def google(elders) -> Elders:
    return elders["google"]
