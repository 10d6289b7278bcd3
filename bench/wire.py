"""What goes over the wire: a page by itself, and all that a first visit to it brings along."""

import re
from urllib.parse import urljoin

from django.test import Client

START_TAG = re.compile(r"<[a-z]")
# What a browser of today says that it can read.
HEADERS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
ASKED_FOR = {
    "text/html": re.compile(r'(?:href|src)="(/static/[^"]+)"'),
    "text/css": re.compile(r"""url\(["']?(?!data:|#)([^"')]+)"""),
    "text/javascript": re.compile(r'\bfrom ?"(\.{1,2}/[^"]+)"'),
}


def page_bytes(client: Client, path: str) -> int:
    """How many bytes a page takes, without its headers."""
    return len(client.get(path, headers=HEADERS).getvalue())


def first_visit_bytes(client: Client, path: str) -> int:
    """The same, with each style sheet, script, picture and font that it makes a browser ask for."""
    seen: dict[str, int] = {}
    waiting = {path}
    while waiting:
        here = waiting.pop()
        seen[here] = page_bytes(client, here)
        waiting |= _named_in(client, here) - seen.keys()
    return sum(seen.values())


def elements(client: Client, path: str) -> int:
    """How many elements a page has."""
    response = client.get(path, headers={"Accept-Encoding": "identity"})
    return len(START_TAG.findall(response.getvalue().decode()))


def _named_in(client: Client, path: str) -> set[str]:
    response = client.get(path, headers={"Accept-Encoding": "identity"})
    content = response.getvalue()
    pattern = ASKED_FOR.get(response.headers["Content-Type"].split(";")[0])
    return {urljoin(path, name) for name in pattern.findall(content.decode())} if pattern else set()
