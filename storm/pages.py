"""An open page over HTTP: it asks again until there is an answer, as the script of a page does."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Lock
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.utils.crypto import get_random_string

from storm.junk import FORM
from tests.pages import TOKEN, whole_form
from tests.production import PRODUCTION
from tests.proxy import secure

HOST = PRODUCTION["DJANGO_ALLOWED_HOSTS"]
TIMEOUT = 60  # seconds for one answer
AGAIN = 0.2  # seconds until the next try
GIVES_UP = 300  # seconds: by then somebody would have called the server's owner
ANSWERS = (HTTPStatus.OK, HTTPStatus.CONFLICT)


class UnexpectedAnswer(Exception):
    """Neither a page, nor a save or a conflict; a storm cannot go on after that."""


class Tries:
    """How many requests got no answer, or a 500, and had to be sent again."""

    def __init__(self) -> None:
        self._lock, self.failed = Lock(), 0

    def fail(self) -> None:
        with self._lock:
            self.failed += 1


class Line:
    """A connection that is kept, of somebody with these cookies.

    tls: to a proxy that says for itself how it was asked; else in its place.
    """

    def __init__(
        self, port: int, cookies: Mapping[str, str], tries: Tries, *, tls: bool = False
    ) -> None:
        self._tries, self._token = tries, get_random_string(32)
        cookies = {**cookies, settings.CSRF_COOKIE_NAME: self._token}
        self._headers = {
            "Host": HOST,
            "Origin": f"https://{HOST}",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }
        self._connection = (
            HTTPSConnection("127.0.0.1", port, timeout=TIMEOUT, context=secure())
            if tls
            else HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        )

    def get(self, path: str) -> str:
        return self._ask("GET", path)[1]

    def send(
        self, path: str, data: dict[str, str], *, taken: Sequence[int] = ANSWERS
    ) -> tuple[int, str]:
        """The status, one of `taken`, and the part of the page that comes with it."""
        return self._ask("POST", path, data | {TOKEN: self._token}, taken)

    def close(self) -> None:
        self._connection.close()

    def _ask(
        self,
        method: str,
        path: str,
        data: dict[str, str] | None = None,
        taken: Sequence[int] = ANSWERS,
    ) -> tuple[int, str]:
        until = time.monotonic() + GIVES_UP
        while time.monotonic() < until:
            status, page = self._try(method, path, data)
            if status in taken:
                return status, page
            if 0 < status < HTTPStatus.INTERNAL_SERVER_ERROR:
                raise UnexpectedAnswer(f"{status} to {method} {path}")
            self._tries.fail()
            time.sleep(AGAIN)
        raise UnexpectedAnswer(f"no answer to {method} {path} in {GIVES_UP} seconds")

    def _try(self, method: str, path: str, data: dict[str, str] | None) -> tuple[int, str]:
        """One try; the status is 0 when the connection broke."""
        body = urlencode(data) if data else None
        extra = {"Content-Type": FORM, "HX-Request": "true"} if data else {}
        try:
            self._connection.request(method, path, body, self._headers | extra)
            response = self._connection.getresponse()
            return response.status, response.read().decode()
        except (OSError, HTTPException):
            self._connection.close()
            return 0, ""


@dataclass(frozen=True)
class Draft:
    """What is sent of one field.

    nummer: the how many-th change of the field in its page it is.
    basis: the revision that it was typed on top of; after a conflict that of the other text.
    chosen: what was chosen after a conflict, and else empty.
    """

    veld: str
    nummer: int
    basis: int
    text: str
    chosen: str = ""


class OpenPage:
    """A page as somebody has it before her: the revision of each field, and what she changed."""

    def __init__(self, path: str, html: str, pagina: UUID) -> None:
        self.path, self.pagina = path, pagina
        form = whole_form(html)
        self.bases = {
            name.removesuffix("_basis"): int(value)
            for name, value in form.items()
            if name.endswith("_basis")
        }
        self._numbers = dict.fromkeys(self.bases, 0)

    def type(self, veld: str, text: str, *, basis: int | None = None, chosen: str = "") -> Draft:
        """Change a field once more. basis: of the text that a choice was made against."""
        self._numbers[veld] += 1
        basis = self.bases[veld] if basis is None else basis
        return Draft(veld, self._numbers[veld], basis, text, chosen)

    def data(self, draft: Draft) -> dict[str, str]:
        """What the script of the page sends."""
        chosen = {
            f"{draft.veld}_keuze": draft.chosen,
            f"{draft.veld}_andere": str(draft.basis),
        }
        return {
            "veld": draft.veld,
            "pagina": str(self.pagina),
            draft.veld: draft.text,
            f"{draft.veld}_basis": str(draft.basis),
            f"{draft.veld}_nummer": str(draft.nummer),
            **(chosen if draft.chosen else {}),
        }

    def take(self, veld: str, html: str) -> None:
        """Go on from the revision that came with an answer."""
        self.bases[veld] = int(whole_form(html)[f"{veld}_basis"])


def other_revisie(veld: str, html: str) -> int:
    """The revision of the colleague's text that a conflict shows."""
    found = re.search(rf'name="{veld}_andere" value="(\d+)"', html)
    assert found, "a conflict without the other text"
    return int(found[1])
