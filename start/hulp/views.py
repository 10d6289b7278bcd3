"""The users' manual. Public: who cannot log in needs it most, and it has nothing of any school."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from start.hulp.domain.chapters import find_chapter, shelf_for
from start.hulp.queries import readers_of


@login_not_required
@require_safe
def hulp(request: HttpRequest) -> HttpResponse:
    """All chapters, with those of one's own role first."""
    return render(request, "hulp/hulp.html", {"shelf": shelf_for(readers_of(request.user))})


@login_not_required
@require_safe
def hoofdstuk(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter, with its tasks on top."""
    chapter = find_chapter(slug)
    if chapter is None:
        raise Http404
    return render(request, "hulp/hoofdstuk.html", {"chapter": chapter})
