"""A phone with a code: one that is in, one that tries too many, and one whose code is of nothing.

A phone that is in keeps a signed cookie that says in which dossier, and is not made to wait for
what others in its hall mistype: not in a round, and not in the evening that it is part of.
"""

from datetime import datetime
from http import HTTPStatus

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from preventieplan.inschalen.domain.codes import WINDOW_SECONDS, note_wrong_code, tried_too_many
from preventieplan.inschalen.forms import CodeForm
from stsdialoog.cookies import secure_only

CODE = "inschalen/telefoon/code.html"
IN_COOKIE = "doet-mee"


def has_to_wait(request: HttpRequest, dossier: Dossier | None) -> bool:
    """Whether too many wrong codes came from this address for this one to be answered.

    dossier: where the code leads; None for a wrong one, which is counted.
    """
    place = get_ip(request)
    if dossier is None:
        return not note_wrong_code(place)
    return tried_too_many(place) and not _is_in(request, dossier)


def let_in(response: HttpResponse, dossier: Dossier, *, until: datetime) -> HttpResponse:
    """Answer a phone whose code is right, and remember that it was.

    until: the end of its round or evening; nothing is kept once that is past. Counted from now it
        would tell when she came.
    """
    if until <= timezone.now():
        return response
    response.set_cookie(
        secure_only(IN_COOKIE),
        _signer().sign(str(dossier.pk)),
        expires=until,
        path=reverse("score-code"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def ask_for_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """The page to type a code on, with what is wrong with the one that was typed."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, CODE, {"form": form, "te_vaak": False}, status=status)


def unknown_code(request: HttpRequest, code: str) -> HttpResponse:
    form = CodeForm({"code": code})
    form.add_error("code", "Deze code kennen we niet (meer). Kijk ze na op het scherm.")
    return render(request, CODE, {"form": form, "te_vaak": False}, status=HTTPStatus.NOT_FOUND)


def slow_down(request: HttpRequest) -> HttpResponse:
    """For whoever tried many wrong ones."""
    context = {"form": CodeForm(None), "te_vaak": True}
    response = render(request, CODE, context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(WINDOW_SECONDS)
    return response


def _is_in(request: HttpRequest, dossier: Dossier) -> bool:
    signed = request.COOKIES.get(secure_only(IN_COOKIE), "")
    try:
        return _signer().unsign(signed) == str(dossier.pk)
    except BadSignature:
        return False


def _signer() -> Signer:
    return Signer(salt="inschalen.doet-mee")
