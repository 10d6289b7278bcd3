"""The log of a dossier, for whoever works in it, and that of a CLB, for its ankerfiguren."""

from collections.abc import Iterator
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404
from dossiers.inzage.domain import Groep
from dossiers.inzage.forms import LogboekForm
from dossiers.inzage.queries import Line, all_lines, of_clb, of_dossier, people_in, with_names
from dossiers.logboek.models import DAGEN_BEWAARD, Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import Recht, get_clb_or_404
from dossiers.mensen.models import CLB
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from stsdialoog.csv_file import csv_lines

PER_PAGE = 50
# Those of a dossier: sign-ups and organisations have no dossier.
GROEPEN_VAN_DOSSIER = (Groep.WERK, Groep.PAPIER, Groep.WISSEN)


@require_safe
def dossier_logboek(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = _dossier(request, pk)
    form = _form(request, of_dossier(dossier), GROEPEN_VAN_DOSSIER)
    return _page(request, form.chosen(of_dossier(dossier)), form, {"dossier": dossier, "clb": None})


@require_safe
def dossier_logboek_csv(request: UserRequest, pk: UUID) -> HttpResponseBase:
    dossier = _dossier(request, pk)
    form = _form(request, of_dossier(dossier), GROEPEN_VAN_DOSSIER)
    return _file(request, form.chosen(of_dossier(dossier)), dossier)


@require_safe
def clb_logboek(request: UserRequest, pk: UUID) -> HttpResponse:
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    form = _form(request, of_clb(clb), tuple(Groep))
    return _page(request, form.chosen(of_clb(clb)), form, {"clb": clb, "dossier": None})


@require_safe
def clb_logboek_csv(request: UserRequest, pk: UUID) -> HttpResponseBase:
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    form = _form(request, of_clb(clb), tuple(Groep))
    return _file(request, form.chosen(of_clb(clb)), clb)


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    """Whoever writes in a dossier reads what happened in it, also when it is closed."""
    return get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=True)


def _form(
    request: UserRequest, lines: QuerySet[Logregel], groepen: tuple[Groep, ...]
) -> LogboekForm:
    return LogboekForm(request.GET, groepen=groepen, people=people_in(lines))


def _page(
    request: UserRequest,
    lines: QuerySet[Logregel],
    form: LogboekForm,
    of: dict[str, Dossier | CLB | None],
) -> HttpResponse:
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        **of,
        "page": page,
        "regels": with_names(list(page.object_list)),
        "form": form,
        "gekozen": any(form.cleaned_data.values()),
        "jaren": DAGEN_BEWAARD // 365,
    }
    return render(request, "inzage/logboek.html", context)


def _file(request: UserRequest, lines: QuerySet[Logregel], of: Dossier | CLB) -> HttpResponseBase:
    response = StreamingHttpResponse(
        csv_lines(_rows(all_lines(lines))),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="logboek.csv"',
            "Cache-Control": "private, no-store",
        },
    )
    handeling = Logregel.Handeling.LOGBOEK_OPGEHAALD
    return logged(response, door=request.user, handeling=handeling, record=of)


def _rows(lines: Iterator[Line]) -> Iterator[tuple[str, ...]]:
    yield ("wanneer", "wie", "soort", "wat", "waar")
    for line in lines:
        op = timezone.localtime(line.op).isoformat(sep=" ", timespec="seconds")
        yield (op, line.door, line.soort, line.zin, line.waar)
