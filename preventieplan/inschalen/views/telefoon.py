"""Scoring on a phone: for anybody with the code on the screen, without an account or a session.

These views store nothing about the visitor: no address beside a score and no session. A phone keeps
two cookies: that it has a code of this dossier, and that it scored in this round.
"""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from preventieplan.inschalen.domain.rondes import DUUR, RondeVoorbij
from preventieplan.inschalen.domain.stemmen import RondeVol, give_scores
from preventieplan.inschalen.domain.volgen import followed_in
from preventieplan.inschalen.forms import CodeForm, StemForm
from preventieplan.inschalen.models import Ronde
from preventieplan.inschalen.queries.rondes import (
    RoundState,
    Toestand,
    behind_code,
    mark_at,
    round_at,
)
from preventieplan.inschalen.views.codes import (
    ask_for_code,
    has_to_wait,
    let_in,
    slow_down,
    unknown_code,
)
from stsdialoog.cookies import secure_only
from stsdialoog.strangers import for_strangers

SCORED_COOKIE = "ingeschaald"
VORM = "inschalen/telefoon/scoren.html"
WACHT = "inschalen/telefoon/wacht.html"
VOORBIJ = "inschalen/telefoon/voorbij.html"


@for_strangers
@require_safe
def enter_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = "".join(letter for letter in form.cleaned_data["code"].upper() if letter.isalnum())
        if code.isascii() and code:
            return redirect("score", code)
        form.add_error("code", "Typ de letters en cijfers die op het scherm staan.")
    return ask_for_code(request, form)


@for_strangers
@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest, code: str) -> HttpResponse:
    """The goals to score; what was given counts, or is shown again with the reason why not."""
    if code != code.upper():
        # Typed in the bar of a browser; the cookie is for one spelling.
        return redirect("score", code.upper())
    found = _find(request, code)
    if not isinstance(found, Ronde):
        return found
    state = round_at(found)
    if not state.is_running:
        return _over(request, state)
    if _has_scored(request, found):
        return _page(request, WACHT, state)
    doelen = [one.doel for one in state.doelen]
    form = StemForm(request.POST if request.method == "POST" else None, doelen=doelen)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, VORM, state, status, form=form)
    return _count(request, state, form)


@for_strangers
@require_safe
def mark(_: HttpRequest, zegel: str) -> HttpResponse:
    """How far the round is, in a few letters: what a waiting phone and the beamer ask for."""
    return HttpResponse(mark_at(zegel) or Toestand.VOORBIJ, content_type="text/plain")


def _find(request: HttpRequest, code: str) -> Ronde | HttpResponse:
    """The round of a code, or the page that asks for another one."""
    found = behind_code(code)
    if has_to_wait(request, found.dossier if found else None):
        return slow_down(request)
    return found or unknown_code(request, code)


def _count(request: HttpRequest, state: RoundState, form: StemForm) -> HttpResponse:
    """Count a score, or say why not: the round may have changed since the first checks."""
    found = state.ronde
    sheet = str(form.cleaned_data["blad"])
    try:
        give_scores(ronde=found, scores=form.scores, zinnen=form.zinnen, blad=sheet)
    except RondeVoorbij:
        return _over(request, round_at(found))
    except RondeVol:
        return _page(request, VOORBIJ, state, HTTPStatus.GONE, vol=True)
    scored = _remember(redirect("score", found.code), found)
    return let_in(scored, found.dossier, until=found.geopend_op + DUUR)


def _over(request: HttpRequest, state: RoundState) -> HttpResponse:
    """The page that says so; a phone that can follow an evening in this dossier goes on with it."""
    if followed := followed_in(state.ronde.dossier):
        return redirect(followed)
    return _page(request, VOORBIJ, state, HTTPStatus.GONE)


def _page(
    request: HttpRequest,
    template: str,
    state: RoundState,
    status: int = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    known = {"stand": state, "school": state.ronde.dossier.school, "vol": False}
    response = render(request, template, known | context, status=status)
    return let_in(response, state.ronde.dossier, until=state.ronde.geopend_op + DUUR)


def _has_scored(request: HttpRequest, ronde: Ronde) -> bool:
    signed = request.COOKIES.get(secure_only(SCORED_COOKIE), "")
    try:
        return _signer().unsign(signed) == str(ronde.pk)
    except BadSignature:
        return False


def _remember(response: HttpResponse, ronde: Ronde) -> HttpResponse:
    """Set a cookie, for this code only, that says in which round this phone scored; not what."""
    response.set_cookie(
        secure_only(SCORED_COOKIE),
        _signer().sign(str(ronde.pk)),
        # As long as the round: counted from now it would tell when she scored.
        expires=ronde.geopend_op + DUUR,
        path=reverse("score", args=[ronde.code]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _signer() -> Signer:
    return Signer(salt="inschalen.telefoon")
