"""What is known of a device: which accounts logged in there before, and what it is called.

The first is a signed cookie, which opens nothing by itself. Tries from there count by themselves,
so that nobody else's wrong tries stop the owner.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from stsdialoog.cookies import host_only

COOKIE, SALT = "bekend_toestel", "stsdialoog.devices"
SECONDS = 180 * 24 * 3600
# Of a device that many share, the last ones.
MOST_ACCOUNTS = 8

# What stands in a User-Agent, the more special first: every browser also names those it is like.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Android", "een Android-toestel"),
    ("Windows", "Windows"),
    ("CrOS", "een Chromebook"),
    ("Macintosh", "een Mac"),
    ("Linux", "Linux"),
)
UNKNOWN = "Onbekend toestel"


def device_of(request: HttpRequest, email: str) -> str:
    """The name of the device, when this account logged in there before; else an empty text."""
    device, accounts = _read(request)
    return device if _digest(email) in accounts else ""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Let an answer say that this account logged in here."""
    device, accounts = _read(request)
    mine = _digest(email)
    kept = [mine, *(one for one in accounts if one != mine)][:MOST_ACCOUNTS]
    response.set_cookie(
        host_only(COOKIE),
        signing.dumps([device or secrets.token_urlsafe(16), *kept], salt=SALT),
        max_age=SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def name_of(request: HttpRequest) -> str:
    """A browser and what it runs on, in words by which its user knows it: "Chrome op Windows".

    Never what the browser sent: that tells versions and models, and is anybody's text.
    """
    sent = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in BROWSERS if sign in sent), "")
    system = next((name for sign, name in SYSTEMS if sign in sent), "")
    if browser and system:
        return f"{browser} op {system}"
    return browser or UNKNOWN


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, *accounts = signing.loads(
            request.COOKIES.get(host_only(COOKIE), ""), salt=SALT, max_age=SECONDS
        )
    except signing.BadSignature:
        return "", []
    return device, accounts


def _digest(email: str) -> str:
    return salted_hmac(SALT, email, algorithm="sha256").hexdigest()[:32]
