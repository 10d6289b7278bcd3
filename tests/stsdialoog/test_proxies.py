"""Whom a request comes from: its headers count only as far as our own proxies wrote them."""

import logging

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from stsdialoog.middleware import TrustedProxyMiddleware

PROXY, VISITOR, FORGED = "10.0.0.1", "203.0.113.7", "198.51.100.9"


@pytest.fixture
def seen(rf, settings):
    """What the application sees of a request, behind so many proxies."""
    requests: list[HttpRequest] = []

    def application(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    middleware = TrustedProxyMiddleware(application)

    def ask(proxies: int, path: str = "/", **headers: str):
        settings.TRUSTED_PROXY = proxies
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxies else None
        middleware(rf.get(path, REMOTE_ADDR=PROXY, headers=headers))
        return requests[-1]

    return ask


def test_without_a_proxy_nothing_is_believed(seen):
    request = seen(0, **{"x-forwarded-for": FORGED, "x-forwarded-proto": "https"})

    assert request.META["REMOTE_ADDR"] == PROXY
    assert not request.is_secure()
    assert not [name for name in request.META if "FORWARDED" in name]


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (1, VISITOR, VISITOR),
        (1, f"{FORGED}, {VISITOR}", VISITOR),
        (1, f"{FORGED},{FORGED} , {VISITOR}", VISITOR),
        (2, f"{VISITOR}, 10.0.0.2", VISITOR),
        (2, f"{FORGED}, {VISITOR}, 10.0.0.2", VISITOR),
        # Fewer than our proxies would have added: nobody knows who this is.
        (2, FORGED, PROXY),
        (1, " , ", PROXY),
        (1, "", PROXY),
    ],
)
def test_the_address_is_the_one_that_the_first_of_our_proxies_saw(seen, proxies, header, address):
    request = seen(proxies, **({"x-forwarded-for": header} if header else {}))

    assert request.META["REMOTE_ADDR"] == address


@pytest.mark.parametrize(
    ("proxies", "header", "secure"),
    [
        (1, "https", True),
        (1, "http", False),
        (1, "https, http", False),
        (1, "http, https", True),
        (2, "https, http", True),
        (2, "https", True),
        (1, "", False),
    ],
)
def test_https_is_what_our_proxy_says(seen, proxies, header, secure):
    request = seen(proxies, **({"x-forwarded-proto": header} if header else {}))

    assert request.is_secure() == secure


def test_a_proxy_that_adds_no_address_is_reported_once(seen, caplog):
    caplog.set_level(logging.WARNING)
    seen(1, "/gezond/")
    assert caplog.messages == []

    seen(1)
    seen(1)
    (line,) = caplog.messages
    assert "TRUSTED_PROXY is 1" in line
    assert "0 addresses" in line


@pytest.fixture
def logs_in(client, settings):
    """Somebody who tries to log in, with another X-Forwarded-For each time; one may in a minute."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()
    typed = {"login": "wie@test.be", "password": "verkeerd"}

    def ask(*headers: str) -> list[int]:
        login = reverse("account_login")
        return [
            client.post(login, typed, headers={"x-forwarded-for": header}).status_code
            for header in headers
        ]

    yield ask
    cache.clear()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "first", "second"),
    [
        (0, FORGED, VISITOR),
        (1, f"{FORGED}, {VISITOR}", f"198.51.100.10, {VISITOR}"),
        (2, FORGED, "198.51.100.10"),
    ],
)
def test_who_makes_addresses_up_stays_limited(logs_in, settings, proxies, first, second):
    settings.TRUSTED_PROXY = proxies

    assert logs_in(first, second) == [200, 429]


@pytest.mark.django_db
def test_behind_a_proxy_one_visitor_does_not_stop_another(logs_in, settings):
    settings.TRUSTED_PROXY = 1

    assert logs_in(VISITOR, FORGED) == [200, 200]
