"""What a session keeps of a login elsewhere that no account knows: for one invitation."""

import time
from dataclasses import asdict

from django.http import HttpRequest

from dossiers.aanmelden.domain.id_token import Aanmelding

PENDING = "aanmelding_voor_uitnodiging"
SECONDS = 15 * 60


def keep_for(request: HttpRequest, aanmelding: Aanmelding, *, path: str) -> None:
    """Keep who somebody is elsewhere for the page of her invitation (`path`), and no other one."""
    kept = {"path": path, "op": time.time(), "aanmelding": asdict(aanmelding)}
    request.session[PENDING] = kept


def kept_for(request: HttpRequest) -> Aanmelding | None:
    """Who somebody is elsewhere, on the page of the invitation that she logged in for."""
    kept = request.session.get(PENDING)
    if not kept or kept["path"] != request.path or time.time() - kept["op"] > SECONDS:
        return None
    return Aanmelding(**kept["aanmelding"])


def forget(request: HttpRequest) -> None:
    request.session.pop(PENDING, None)
