"""Following an evening on a phone: for anybody with the code on the screen, without an account.

Nothing of who follows is kept: no count, no time. A phone itself keeps that it has a code of this
dossier, so that it does not wait for what others mistype. It sees the question of now in the words
of the material, nothing that anybody typed, and goes along to a round that runs.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from preventieplan.inschalen.views.codes import has_to_wait, let_in, slow_down, unknown_code
from start.avond.queries.volgen import behind_code, followed, mark_at
from stsdialoog.strangers import for_strangers

VOLGT, VOORBIJ = "avond/telefoon.html", "avond/telefoon_voorbij.html"


@for_strangers
@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The question of now; while a round runs, that round; after the evening, that it is over."""
    found = behind_code(code)
    if has_to_wait(request, found.dossier if found else None):
        return slow_down(request)
    if found is None:
        return unknown_code(request, code)
    now = followed(found)
    context = {"volgt": now, "school": found.dossier.school}
    if now is None:
        return render(request, VOORBIJ, context, status=HTTPStatus.GONE)
    here: HttpResponse = (
        redirect("score", now.ronde) if now.ronde else render(request, VOLGT, context)
    )
    return let_in(here, found.dossier, until=now.tot)


@for_strangers
@require_safe
def mark(_: HttpRequest, zegel: str) -> HttpResponse:
    """Where the evening is, in a few letters: what a phone that follows asks for."""
    return HttpResponse(mark_at(zegel), content_type="text/plain")
