"""How a provider is asked something: shortly, by few at once, and nobody in its place.

A provider may be silent, or send for ever; whoever works here meanwhile may not wait for it.
"""

import threading
import time
from io import BytesIO
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

# Until it takes the call, and until it says something more.
SILENCE = 5.0  # seconds
# For all that it sends.
PATIENCE = 10.0  # seconds
# The keys of Microsoft are some twenty thousand.
MOST = 512 * 1024  # bytes
CHUNK = 64 * 1024  # bytes
# Of the four threads of a process (docs/operations.md), so that the others bring pages. One who
# waits for her turn holds one of those as well, as long as a provider takes to answer.
AT_ONCE = 2
WAIT_FOR_A_TURN = 0.2  # seconds

_turns = threading.BoundedSemaphore(AT_ONCE)


class Outgoing(requests.Session):
    """A session of requests in which each answer is there whole, or RequestException is raised."""

    def __init__(self) -> None:
        super().__init__()
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Bounded())

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        if not _turns.acquire(timeout=WAIT_FOR_A_TURN):
            raise requests.Timeout("too many wait for a provider already")
        try:
            # Where it leads on to, nobody put in the settings.
            response = super().request(*args, **kwargs | {"allow_redirects": False})
        finally:
            _turns.release()
        if response.is_redirect:
            raise requests.TooManyRedirects("a provider led on to somewhere else")
        return response


class _Bounded(HTTPAdapter):
    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        until = time.monotonic() + PATIENCE
        response = super().send(*args, **kwargs | {"stream": True, "timeout": SILENCE})
        with response.raw as answer:
            response.raw = BytesIO(_read(answer, until))
        return response


def _read(answer: Any, until: float) -> bytes:
    """What is sent, while it comes; unpacked. Raises RequestException."""
    found = b""
    try:
        while more := answer.read1(CHUNK, decode_content=True):
            found += more
            if len(found) > MOST:
                raise requests.RequestException("a provider sends too much")
            if time.monotonic() > until:
                raise requests.Timeout("a provider sends for too long")
    except HTTPError as error:
        raise requests.ConnectionError("a provider broke off") from error
    return found
