"""A CLB: what its people keep up together, and handing over."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from dialoogfiches.oudergesprekken.access import stayed_talks_for
from dossiers.access import get_dossier_or_404
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import Recht, get_clb_or_404, is_clb_staff, places_of
from dossiers.mensen.domain.bevestigen import asked, is_asked_now, of_clb
from dossiers.mensen.models import Vertrek
from dossiers.mensen.queries import open_moves_of
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from start import pdf
from start.notities.access import stayed_notes_for
from start.queries.overdracht import handover_rows, handover_sheet, talks_to_open
from stsdialoog.documents.response import pdf_response

OVERDRACHT_PDF = Logregel.Handeling.OVERDRACHT_PDF


@require_safe
def clb(request: UserRequest, pk: UUID) -> HttpResponse:
    """What whoever works for a CLB keeps up for all its schools."""
    found = get_clb_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    today = timezone.localdate()
    beheren = found.recht >= Recht.BEHEREN
    is_asked = beheren and is_asked_now(found, today=today)
    context = {
        "clb": found,
        "beheren": beheren,
        "te_bevestigen": of_clb(asked(today=today), found).count() if is_asked else 0,
        "verhuizen": open_moves_of(found).count() if beheren else 0,
        "vertrek": Vertrek.objects.filter(clb=found).first() if beheren else None,
        "gebleven": stayed_talks_for(request.user).exists(),
        "notities_gebleven": stayed_notes_for(request.user).filter(clb=found).exists(),
    }
    return render(request, "start/clb.html", context)


@require_safe
def clb_overdracht(request: UserRequest, pk: UUID) -> HttpResponse:
    """All schools that somebody follows for a CLB, for whoever takes them over."""
    found = get_clb_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    page = handover_rows(
        clb=found,
        places=places_of(request.user),
        today=timezone.localdate(),
        number=request.GET.get("pagina"),
    )
    return render(request, "start/overdracht_clb.html", {"clb": found, "page": page})


@require_safe
def clb_overdracht_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_clb_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    today, number = timezone.localdate(), request.GET.get("pagina")
    places = places_of(request.user)
    rows = handover_rows(clb=found, places=places, today=today, number=number)
    document = pdf.clb_handover_pdf(found, rows, today=today)
    response = pdf_response(request, document, filename=f"overdracht-{slugify(found.naam)}.pdf")
    return logged(response, door=request.user, handeling=OVERDRACHT_PDF, record=found)


@require_safe
def overdracht(request: UserRequest, pk: UUID) -> HttpResponse:
    """What somebody who is new in a dossier has to know."""
    dossier = _dossier(request, pk)
    staff = is_clb_staff(user=request.user, school=dossier.school)
    sheet = handover_sheet(dossier=dossier, today=timezone.localdate(), clb=staff)
    context = {
        "dossier": dossier,
        "sheet": sheet,
        "page": sheet.page,
        "clb": staff,
        "oudergesprekken": talks_to_open(user=request.user, dossier=dossier) if staff else 0,
    }
    return render(request, "start/overdracht.html", context)


@require_safe
def overdracht_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = _dossier(request, pk)
    sheet = handover_sheet(dossier=dossier, today=timezone.localdate(), clb=False)
    school = slugify(dossier.school.naam) or dossier.school.instellingsnummer
    filename = f"overdracht-{school}-{dossier.schooljaar_label}.pdf"
    response = pdf_response(request, pdf.handover_pdf(dossier, sheet), filename=filename)
    return logged(response, door=request.user, handeling=OVERDRACHT_PDF, record=dossier)


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    """Whoever works in a dossier hands it over, also when it is closed; the board has no part."""
    return get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=True)
