"""What schools filled in together, for the STS-team; nobody else, and never a school."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dossiers.mensen.access import TE_KLEINE_ROL
from dossiers.mensen.models import Provincie
from dossiers.mensen.requests import UserRequest
from dossiers.thresholds import MIN_CLBS, MIN_SCHOLEN
from start.regio import export, pdf
from start.regio.forms import RegioForm
from start.regio.queries.figures import Figures, content, figures, schooljaren, settled
from stsdialoog.csv_file import csv_lines
from stsdialoog.documents.response import pdf_response

TABEL = "cijfers.csv"


@require_safe
def regio(request: UserRequest) -> HttpResponse:
    """The figures of Flanders or a province, as they were settled."""
    _check_sts_team(request)
    form = RegioForm(request.GET, schooljaren=schooljaren(today=timezone.localdate()))
    schooljaar, provincie = form.asked_schooljaar, form.asked_provincie
    rows = settled(schooljaar)
    context = {
        "form": form,
        "cijfers": figures(of=content(), rows=rows, schooljaar=schooljaar, provincie=provincie),
        "provincies": Provincie,
        "schooljaren": form.fields["schooljaar"].choices,  # type: ignore[attr-defined]
        "min_scholen": MIN_SCHOLEN,
        "min_clbs": MIN_CLBS,
    }
    return render(request, "regio/regio.html", context)


@require_safe
def rapport(request: UserRequest, schooljaar: int) -> HttpResponse:
    """The report of a schooljaar, as a PDF."""
    _check_sts_team(request)
    vlaanderen, *provincies = _areas(schooljaar)
    filename = f"rapport-{vlaanderen.schooljaar_label}.pdf"
    return pdf_response(request, pdf.report_pdf(vlaanderen, tuple(provincies)), filename=filename)


@require_safe
def tabel(request: UserRequest, schooljaar: int) -> StreamingHttpResponse:
    """All figures of a schooljaar as a table."""
    _check_sts_team(request)
    lines = csv_lines(export.rows(_areas(schooljaar)))
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{TABEL}"'},
    )


@require_safe
def beschrijving(request: UserRequest, schooljaar: int) -> JsonResponse:
    """What stands in that table, for programs."""
    _check_sts_team(request)
    described = export.description(table=TABEL, schooljaar_label=f"{schooljaar}-{schooljaar + 1}")
    return JsonResponse(
        described,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        content_type="application/csvm+json",
        headers={"Content-Disposition": f'attachment; filename="{TABEL}-metadata.json"'},
    )


def _check_sts_team(request: UserRequest) -> None:
    if not request.user.is_staff:
        raise PermissionDenied(TE_KLEINE_ROL)


def _areas(schooljaar: int) -> list[Figures]:
    """Flanders and each province. Raises Http404 for a schooljaar of which nothing was settled."""
    rows = settled(schooljaar)
    if not rows:
        raise Http404
    of = content()
    return [
        figures(of=of, rows=rows, schooljaar=schooljaar, provincie=provincie)
        for provincie in (None, *Provincie)
    ]
