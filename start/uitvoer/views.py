"""Taking a whole dossier along: a page that says what is in it, and the file itself."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from start.uitvoer.domain.schema import NEWEST, PUBLISHED, published_schema
from start.uitvoer.export import export_file, export_name, find_or_make_papers
from start.uitvoer.queries.dossier import Contents, contents_of
from stsdialoog.documents.bundle import Unfinished
from stsdialoog.documents.desk import NotMade, Why
from stsdialoog.documents.response import SECONDS_TO_NEXT_TRY

PAGE = "uitvoer/uitvoer.html"
# In the address of whoever asked to have the documents made.
MAKE = "maken"


@require_safe
def uitvoer(request: UserRequest, pk: UUID) -> HttpResponse:
    """What leaves, and what never does; with `?maken=1` the documents are made first."""
    contents = _contents(request, pk)
    context = {
        "dossier": contents.dossier,
        "contents": contents,
        "schema": NEWEST,
        "wachten": None,
        "is_klaar": False,
    }
    if MAKE not in request.GET:
        return render(request, PAGE, context)
    try:
        find_or_make_papers(contents, today=timezone.localdate(), user=str(request.user.pk))
    except Unfinished as unfinished:
        return _wait(request, context, unfinished)
    except NotMade:
        return _not_made(request, contents)
    return render(request, PAGE, context | {"is_klaar": True})


@require_safe
def uitvoer_zip(request: UserRequest, pk: UUID) -> HttpResponse:
    """The file; as long as its documents have to be made, the page that makes them."""
    contents = _contents(request, pk)
    try:
        papers = find_or_make_papers(
            contents, today=timezone.localdate(), user=str(request.user.pk)
        )
    except Unfinished:
        return redirect(f"{reverse('uitvoer', args=[pk])}?{MAKE}=1")
    except NotMade:
        return _not_made(request, contents)
    response = HttpResponse(
        export_file(contents, papers),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{export_name(contents)}"',
            "Cache-Control": "private, no-store",
        },
    )
    handeling = Logregel.Handeling.DOSSIER_UITGEVOERD
    return logged(response, door=request.user, handeling=handeling, record=contents.dossier)


@login_not_required
@require_safe
def schema(request: HttpRequest, nummer: int) -> HttpResponse:  # noqa: ARG001
    """A published shape of `dossier.json`, for who reads it in another program."""
    if nummer not in PUBLISHED:
        raise Http404
    return HttpResponse(
        published_schema(nummer),
        content_type="application/schema+json",
        headers={"Content-Disposition": f'inline; filename="dossier-{nummer}.json"'},
    )


def _contents(request: UserRequest, pk: UUID) -> Contents:
    """Whoever writes in a dossier takes it along, also when it is closed."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=True)
    return contents_of(dossier)


def _wait(request: UserRequest, context: dict[str, object], unfinished: Unfinished) -> HttpResponse:
    """The page asks again by itself, without a script too."""
    own = unfinished.why is Why.ANOTHER_OF_YOURS
    context |= {"wachten": unfinished, "eerst_een_ander": own}
    status = HTTPStatus.TOO_MANY_REQUESTS if own else HTTPStatus.ACCEPTED
    response = render(request, PAGE, context, status=status)
    response.headers["Refresh"] = response.headers["Retry-After"] = str(SECONDS_TO_NEXT_TRY)
    return response


def _not_made(request: UserRequest, contents: Contents) -> HttpResponse:
    context = {
        "titel": f"Alles uit {contents.dossier}",
        "pad": f"{reverse('uitvoer', args=[contents.dossier.pk])}?{MAKE}=1",
    }
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return render(request, "documenten/niet_gelukt.html", context, status=status)
