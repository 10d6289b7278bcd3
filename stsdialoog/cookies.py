"""What cookies are called: a name that a browser takes from this host only, and over https only.

A neighbour on another name of the same domain could otherwise set a cookie of ours, such as the
session of somebody else.
"""

from django.conf import settings
from django.contrib.messages.storage import cookie, fallback, session


def host_only(name: str) -> str:
    """The name of a cookie for all of this host: secure, with path `/` and without a domain."""
    return f"__Host-{name}" if settings.SESSION_COOKIE_SECURE else name


def secure_only(name: str) -> str:
    """The name of a secure cookie for a part of this host."""
    return f"__Secure-{name}" if settings.SESSION_COOKIE_SECURE else name


class MessageCookie(cookie.CookieStorage):
    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        return host_only("messages")


class MessageStorage(fallback.FallbackStorage):
    """Django's own, with a cookie that is called as ours are."""

    storage_classes = (MessageCookie, session.SessionStorage)
