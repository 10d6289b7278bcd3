"""Op papier: what a CLB, or a school, puts above what it prints."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.briefhoofd.domain.briefhoofd import save_briefhoofd
from dossiers.briefhoofd.forms import BriefhoofdForm
from dossiers.briefhoofd.models import Briefhoofd
from dossiers.briefhoofd.queries import find_briefhoofd
from dossiers.mensen.access import Recht, get_clb_or_404, get_school_or_404
from dossiers.mensen.models import CLB, School, User
from dossiers.mensen.requests import UserRequest
from stsdialoog.bodies import takes_a_file
from stsdialoog.seen import IntussenGewijzigd

INTUSSEN = (
    "Intussen bewaarde iemand anders hier iets. Zo ziet het er nu uit. Wat jij invulde, staat "
    "eronder nog: pas het aan en bewaar dan opnieuw. Koos je een logo? Kies het nog eens."
)


@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
def of_clb(request: UserRequest, pk: UUID) -> HttpResponse:
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    return _page(request, clb, logo=reverse("clb-logo", args=[pk]))


@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
def of_school(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    return _page(request, school, logo=reverse("school-logo", args=[pk]))


@require_safe
def logo_of_clb(request: UserRequest, pk: UUID) -> HttpResponse:
    return _logo(get_clb_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN))


@require_safe
def logo_of_school(request: UserRequest, pk: UUID) -> HttpResponse:
    return _logo(get_school_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN))


def _page(request: UserRequest, van: CLB | School, *, logo: str) -> HttpResponse:
    known = find_briefhoofd(van)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BriefhoofdForm(data, files, known=known, naam=van.naam)
    status, is_conflict = HTTPStatus.OK, False
    if form.is_valid():
        try:
            _save(van, form, request.user)
        except IntussenGewijzigd:
            status, is_conflict = HTTPStatus.CONFLICT, True
            # What there is now, above what was typed.
            known = find_briefhoofd(van)
            form.show_again(known or Briefhoofd())
        else:
            messages.success(request, "Bewaard. Zo staat het vanaf nu op wat jullie afdrukken.")
            return redirect(request.path)
    context = {
        "form": form,
        "van": van,
        "school": van if isinstance(van, School) else None,
        "briefhoofd": known,
        "logo": logo,
        "intussen": INTUSSEN if is_conflict else "",
    }
    return render(request, "briefhoofd/op_papier.html", context, status=status)


def _save(van: CLB | School, form: BriefhoofdForm, door: User) -> None:
    typed = form.cleaned_data
    save_briefhoofd(
        van=van,
        naam=typed["naam"],
        contact=typed["contact"],
        logo=typed["logo"],
        without_logo=typed.get("zonder_logo", False),
        seen=typed["seen"],
        door=door,
    )


def _logo(van: CLB | School) -> HttpResponse:
    found = find_briefhoofd(van)
    if found is None or found.logo is None:
        raise Http404
    # Never kept: its address stays the same when there is another one.
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'inline; filename="logo.png"',
    }
    return HttpResponse(bytes(found.logo), content_type="image/png", headers=headers)
