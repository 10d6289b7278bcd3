"""The browser of every story: tokens are checked, and a page may hold no form without one.

Django's own test client leaves the check on tokens out: a form without one passes every test with
it, and works for nobody. Here the check is on, and every page that is read is searched for forms.

Whether there is a form for an address at all, one test asks for every address and role: the access
matrix. Its browser (`only_by_form`) never makes a token up. It takes that of the form that sends
there, on a page that was read; if none was, it first opens the address itself, in another tab. What
no page has a form for goes out as an attacker sends it, with the token of any other form: that has
to be refused. For every story that would be a fifth of its time, and so would it be on PostgreSQL,
where the forms are the same.
"""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import get_random_string

from tests.pages import TOKEN, post_forms

REFUSED = 400
# Written in other letters on each page: the token, and the key of drafts.
MASKED = re.compile(rf'name="{TOKEN}" value="\w+"|data-kladsleutel="[^"]+"')
# An address that only takes forms has none itself: the page, with the same arguments, that has.
PAGE_OF = {"uitnodigen": "school", "dossier-openen": "school"}


class Browser(Client):
    def __init__(self, *, only_by_form: bool = False, **options: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **options)
        self._only_by_form = only_by_form and connection.vendor == "sqlite"
        # Of every form that was read: the path that it sends to, and its token.
        self._tokens: dict[str, str] = {}
        self._secret = ""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        self._read(response)
        return response

    def post(  # type: ignore[override]
        self, path: str, data: Any = None, *args: Any, **options: Any
    ) -> Any:
        sent = {} if data is None else data
        if TOKEN in sent:
            return super().post(path, sent, *args, **options)
        if not self._only_by_form:
            return super().post(path, {TOKEN: self._any_token()} | sent, *args, **options)
        where = urlsplit(path).path
        page = None
        if where not in self._known():
            page = self._open(_page_of(path), options.get("headers"))
        if where in self._known() or page is None:
            sent = sent | {TOKEN: self._known()[where]}
            return super().post(path, sent, *args, **options)
        return self._by_hand(page, path, sent, *args, **options)

    def _by_hand(self, page: Any, path: str, sent: Any, *args: Any, **options: Any) -> Any:
        """Send what no page has a form for. It is refused, or answered like a GET."""
        response = self.post_late(path, sent, *args, **options)
        moved = (
            bool(page.redirect_chain) and getattr(response, "url", "") == page.redirect_chain[0][0]
        )
        if response.status_code < REFUSED and not moved and not _same(page, response):
            pytest.fail(f"{path} took a form that stands on no page that was read: get that first")
        return response

    def post_late(self, path: str, data: Any, *args: Any, **options: Any) -> Any:
        """Send a form that stood on the page some time ago, with the token of another."""
        if not self._known():
            self._open(reverse("account_login"), options.get("headers"))
        token = next(iter(self._known().values()))
        return super().post(path, {TOKEN: token} | data, *args, **options)

    def _any_token(self) -> str:
        """A token that goes with the cookie of this moment, or with a new one."""
        name = settings.CSRF_COOKIE_NAME
        if name not in self.cookies:
            self.cookies[name] = get_random_string(CSRF_SECRET_LENGTH)
        return self.cookies[name].value

    def _known(self) -> dict[str, str]:
        """The tokens that go with the cookie of this moment; logging in or out makes a new one."""
        cookie = self.cookies.get(settings.CSRF_COOKIE_NAME)
        secret = cookie.value if cookie else ""
        if secret != self._secret:
            self._tokens, self._secret = {}, secret
        return self._tokens

    def _read(self, response: Any) -> None:
        """Keep the tokens of a page; a form without one works for nobody."""
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith("text/html"):
            return
        address = response.request["PATH_INFO"]
        for form in post_forms(text_of(response), address):
            if not form.token:
                pytest.fail(f"{address} has a form without a token, to {sorted(form.actions)}")
            self._known().update(dict.fromkeys(form.actions, form.token))

    def _open(self, path: str, headers: Any) -> Any:
        """Read a page in another tab, and whatever page it leads to.

        Of the tab only the token comes back: what it says once (a message) stays for the story, and
        what it costs is no part of what the story counts.
        """
        tab = Browser(raise_request_exception=False)
        tab.defaults, tab.cookies = self.defaults, deepcopy(self.cookies)
        plain = {name: value for name, value in (headers or {}).items() if name != "HX-Request"}
        with _uncounted():
            page = tab.get(path, headers=plain, follow=True)
        if settings.CSRF_COOKIE_NAME in tab.cookies:
            self.cookies[settings.CSRF_COOKIE_NAME] = tab.cookies[settings.CSRF_COOKIE_NAME].value
        self._known().update(tab._known())
        return page


def text_of(response: Any) -> str:
    """What a browser makes of a page that came compressed, or not."""
    compressed = response.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(response.content).decode() if compressed else response.text


def _same(page: Any, response: Any) -> bool:
    """Whether two answers are the same page, but for its tokens."""
    return page.status_code == response.status_code and MASKED.sub("", page.text) == MASKED.sub(
        "", response.text
    )


def _page_of(path: str) -> str:
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return path
    page = PAGE_OF.get(found.view_name)
    return reverse(page, args=found.args, kwargs=found.kwargs) if page else path


@contextmanager
def _uncounted() -> Iterator[None]:
    counts, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        yield
    finally:
        connection.force_debug_cursor = counts
