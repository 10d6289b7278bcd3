"""How often one is reminded, one's calendar elsewhere, and the two doors without a login.

A key is the only thing that opens those two: one stops mails, the other reads a calendar. Behind
neither stands anything that a team wrote.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.mensen.requests import UserRequest
from start.herinneringen.domain.agenda import digest_of, make_agenda, owner_of, withdraw_agenda
from start.herinneringen.domain.wensen import choose_ritme, find_by_stop_key, ritme_of, stop
from start.herinneringen.feed import agenda_of
from start.herinneringen.forms import RitmeForm
from start.herinneringen.models import Agenda, Ritme
from stsdialoog.cookies import secure_only
from stsdialoog.counters.limits import is_full, take
from stsdialoog.mail import absolute_url
from stsdialoog.middleware import never_compressed

MINE = "herinneringen"
# What takes an address that was made just now to the page that shows it; the server keeps none.
COOKIE, COOKIE_SECONDS = "agenda", 60
# So many wrong keys in a minute from one place; then none from there is looked at until it is over.
MOST_WRONG, MINUTE = 20, 60

View = Callable[[HttpRequest, str], HttpResponseBase]


@never_cache
@never_compressed
@require_http_methods(["GET", "HEAD", "POST"])
def herinneringen(request: UserRequest) -> HttpResponse:
    """How often she hears, and once the address that she made just now."""
    form = RitmeForm(request.POST or None, initial={"ritme": ritme_of(request.user)})
    if form.is_valid():
        choose_ritme(user=request.user, ritme=Ritme(form.cleaned_data["ritme"]))
        messages.success(request, "Bewaard.")
        return redirect(MINE)
    agenda = Agenda.objects.filter(gebruiker=request.user).first()
    key = request.COOKIES.get(secure_only(COOKIE), "")
    # Of two that she made at once, only the last one opens anything.
    works = agenda is not None and agenda.digest == digest_of(key)
    context = {
        "form": form,
        "agenda": agenda,
        "adres": absolute_url("agenda", sleutel=key) if works else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    response = render(request, "herinneringen/herinneringen.html", context, status=status)
    if key:
        response.delete_cookie(secure_only(COOKIE), path=reverse(MINE), samesite="Strict")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: UserRequest) -> HttpResponse:
    """Make an address, which the page after it shows this once."""
    response = redirect(MINE)
    if request.method == "POST":
        response.set_cookie(
            secure_only(COOKIE),
            make_agenda(user=request.user),
            max_age=COOKIE_SECONDS,
            path=reverse(MINE),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: UserRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect(MINE)
    if withdraw_agenda(user=request.user):
        messages.success(request, "Het adres werkt niet meer.")
    else:
        messages.info(request, "Er was al geen adres meer.")
    return redirect(MINE)


def _opened_by_key(view: View) -> View:
    """Anybody with the key, and no search engine; a wrong one is a 404 that says nothing."""

    @wraps(view)
    def answer(request: HttpRequest, sleutel: str) -> HttpResponseBase:
        place = f"sleutels:{get_ip(request)}"
        if is_full(place, amount=MOST_WRONG):
            response: HttpResponseBase = render(request, "429.html", status=429)
            response.headers["Retry-After"] = str(MINUTE)
            return response
        try:
            response = view(request, sleutel)
        except Http404:
            # Only a wrong key counts: Google reads the calendars of many from one address.
            take(place, amount=MOST_WRONG, seconds=MINUTE)
            raise
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return login_not_required(answer)


@csrf_exempt
@_opened_by_key
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stoppen(request: HttpRequest, sleutel: str) -> HttpResponse:
    """Where the link of a mail leads, and where a mail program posts for its own button (RFC 8058).

    A GET does nothing: scanners of mail follow every link. What is posted stops mails and nothing
    else, so it needs no token, which a mail program does not have.
    """
    user = find_by_stop_key(sleutel)
    if user is None:
        raise Http404
    if request.method == "POST":
        stop(user=user)
    return render(request, "herinneringen/stoppen.html", {"gestopt": ritme_of(user) == Ritme.NOOIT})


@_opened_by_key
@require_safe
def agenda(request: HttpRequest, sleutel: str) -> HttpResponseBase:
    user = owner_of(sleutel)
    if user is None:
        raise Http404
    calendar = agenda_of(user)
    response = HttpResponse(
        calendar,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-cache",
            "Content-Disposition": 'inline; filename="sts-dialoog.ics"',
        },
    )
    etag = quote_etag(sha256(calendar).hexdigest())
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
