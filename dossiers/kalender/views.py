"""The days off of a school, and those of a CLB, which count for all its schools."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from dossiers.kalender.domain import (
    MOST,
    LijstVol,
    StaatErAl,
    add_vrije_dag,
    remove_vrije_dag,
)
from dossiers.kalender.forms import VrijeDagForm
from dossiers.kalender.models import VrijeDag
from dossiers.kalender.queries import coming_vakanties, vrije_dagen_of
from dossiers.mensen.access import Recht, get_clb_or_404, get_school_or_404, right_needed
from dossiers.mensen.models import CLB, School
from dossiers.mensen.requests import UserRequest

VOL = f"Op deze lijst passen {MOST} vrije dagen, en zoveel staan er al. Haal er eerst een weg."
STAAT_ER_AL = "Dan is er al geen school: ‘{naam}’, {dagen}. Kies andere dagen of haal dat weg."


@require_http_methods(["GET", "HEAD", "POST"])
def of_school(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=right_needed(request))
    of_clb = vrije_dagen_of(school.clb, today=timezone.localdate())
    may_change = school.recht >= Recht.SCHRIJVEN
    return _page(request, school, may_change=may_change, of_clb=of_clb)


@require_http_methods(["GET", "HEAD", "POST"])
def of_clb(request: UserRequest, pk: UUID) -> HttpResponse:
    recht = Recht.BEHEREN if request.method == "POST" else Recht.SCHRIJVEN
    clb = get_clb_or_404(user=request.user, pk=pk, recht=recht)
    return _page(request, clb, may_change=clb.recht >= Recht.BEHEREN)


def _page(
    request: UserRequest,
    plaats: CLB | School,
    *,
    may_change: bool,
    of_clb: Sequence[VrijeDag] = (),
) -> HttpResponse:
    """The days off of a place; POST adds some, or takes some off the list."""
    today, form = timezone.localdate(), VrijeDagForm()
    if request.method == "POST":
        if "weg" in request.POST:
            return _remove(request, plaats, request.POST["weg"])
        form = VrijeDagForm(request.POST)
        if form.is_valid() and _add(request, plaats, form):
            messages.success(request, f"Bewaard: {form.cleaned_data['naam']}.")
            return redirect(request.path)
    context = {
        "plaats": plaats,
        "school": plaats if isinstance(plaats, School) else None,
        "dagen": vrije_dagen_of(plaats, today=today),
        "of_clb": of_clb,
        "vakanties": coming_vakanties(today=today),
        "form": form if may_change else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "kalender/vrije_dagen.html", context, status=status)


def _add(request: UserRequest, plaats: CLB | School, form: VrijeDagForm) -> bool:
    try:
        add_vrije_dag(plaats=plaats, door=request.user, **form.cleaned_data)
    except LijstVol:
        form.add_error(None, VOL)
        return False
    except StaatErAl as error:
        form.add_error("van", STAAT_ER_AL.format(naam=error.dag, dagen=_days(error.dag)))
        return False
    return True


def _days(dag: VrijeDag) -> str:
    van, tot = date_format(dag.van), date_format(dag.tot)
    return van if van == tot else f"{van} tot en met {tot}"


def _remove(request: UserRequest, plaats: CLB | School, key: str) -> HttpResponse:
    try:
        gone = remove_vrije_dag(plaats=plaats, pk=UUID(key), door=request.user)
    except ValueError as error:
        raise Http404 from error
    words = f"{gone} staat niet meer op de lijst." if gone else "Die dag stond er al niet meer op."
    messages.success(request, words)
    return redirect(request.path)
