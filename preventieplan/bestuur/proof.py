"""That this browser typed the code that was mailed: a signed cookie, for one link and two hours."""

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from preventieplan.bestuur.models import Bestuurslink
from stsdialoog.cookies import secure_only

COOKIE = "bestuur"
SECONDS = 2 * 3600


def give_proof(response: HttpResponse, link: Bestuurslink, *, sleutel: str) -> None:
    """Let this browser answer. sleutel: the key of the link, for the path of the cookie."""
    response.set_cookie(
        secure_only(COOKIE),
        proof_of(link),
        max_age=SECONDS,
        path=reverse("bestuur", args=[sleutel]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def proof_of(link: Bestuurslink) -> str:
    return _signer().sign(_of(link))


def has_proof(request: HttpRequest, link: Bestuurslink) -> bool:
    try:
        found = _signer().unsign(request.COOKIES.get(secure_only(COOKIE), ""), max_age=SECONDS)
    except BadSignature:
        return False
    return found == _of(link)


def _of(link: Bestuurslink) -> str:
    """Another link is another one, and so is a link that got another key."""
    return f"{link.pk}/{link.sleutel_digest}"


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="preventieplan.bestuur")
