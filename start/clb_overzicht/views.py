"""The overview of a CLB: on a page, and as a file with what is on it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dossiers.mensen.requests import UserRequest
from start.clb_overzicht.access import places_as_clb
from start.clb_overzicht.domain import log_file
from start.clb_overzicht.file import FORMATS
from start.clb_overzicht.forms import OverzichtForm
from start.clb_overzicht.pages import overview_page
from start.clb_overzicht.queries import choices_of


@require_safe
def overzicht(request: UserRequest) -> HttpResponse:
    """The schools of somebody by goals; with `?formaat=xlsx` or `csv` the file of the same."""
    places, today = places_as_clb(request.user), timezone.localdate()
    choices = choices_of(places, today=today)
    form = OverzichtForm(request.GET, choices=choices)
    page = overview_page(
        places=places,
        choices=choices,
        chosen=form.chosen,
        sorteer=request.GET.get("sorteer", ""),
    )
    if fmt := FORMATS.get(request.GET.get("formaat", "")):
        log_file(places=places, door=request.user)
        return HttpResponse(
            fmt.make(page),
            content_type=fmt.content_type,
            headers={
                "Content-Disposition": f'attachment; filename="{fmt.name(page)}"',
                "Cache-Control": "private, no-store",
            },
        )
    context = {"form": form, "page": page, "places": places, "today": today}
    return render(request, "clb_overzicht/overzicht.html", context)
