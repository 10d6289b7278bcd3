"""Following an evening on a phone: for anybody with the code on the screen, without an account.

Nothing of who follows is kept: no cookie, no count, no time. A phone sees the question of now in
the words of the material, nothing that anybody typed, and goes along to a round that runs.
"""

from http import HTTPStatus

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from preventieplan.inschalen.domain.codes import note_wrong_code, tried_too_many
from preventieplan.inschalen.views.codes import slow_down, unknown_code
from start.avond.queries.volgen import behind_code, followed, mark_at
from stsdialoog.strangers import for_strangers

VOORBIJ = "avond/telefoon_voorbij.html"


@for_strangers
@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The question of now; while a round runs, that round; after the evening, that it is over."""
    found, place = behind_code(code), get_ip(request)
    if tried_too_many(place) if found else not note_wrong_code(place):
        return slow_down(request)
    if found is None:
        return unknown_code(request, code)
    now = followed(found)
    if now is not None and now.ronde:
        return redirect("score", now.ronde)
    context = {"volgt": now, "school": found.dossier.school}
    status = HTTPStatus.OK if now else HTTPStatus.GONE
    return render(request, "avond/telefoon.html" if now else VOORBIJ, context, status=status)


@for_strangers
@require_safe
def mark(_: HttpRequest, zegel: str) -> HttpResponse:
    """Where the evening is, in a few letters: what a phone that follows asks for."""
    return HttpResponse(mark_at(zegel), content_type="text/plain")
