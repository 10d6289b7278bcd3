"""The end of a phase: what was discussed, what comes first, and what comes next."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.domain.acties import plan_check
from dossiers.materialen.models import Fase
from dossiers.mensen.access import right_needed
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from preventieplan.domain.priorities import TeVeelPrioriteiten, choose_priorities
from preventieplan.forms import CheckplanForm
from preventieplan.models import Prioriteit
from preventieplan.queries.phase import PhaseEnd, phase_end
from preventieplan.queries.plan import kaart_beside
from stsdialoog.seen import IntussenGewijzigd

BEWAARD = "Jullie keuze is bewaard. Ze staat nu overal bij de doelstelling."
INTUSSEN = (
    "Intussen bewaarde iemand anders een keuze. Wat jij aankruiste, staat hier nog: kijk het na en "
    "bewaar dan opnieuw."
)
AL_GEPLAND = "Van die acties koos iemand intussen al een moment: dat bleef staan."


@require_http_methods(["GET", "HEAD", "POST"])
def fase_rond(request: UserRequest, pk: UUID, nummer: int) -> HttpResponse:
    """One phase with what is still open in it; POST chooses what comes first, or plans checks."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    if nummer not in Fase.values:
        raise Http404
    fase, today = Fase(nummer), timezone.localdate()
    is_check = "check_op" in request.POST
    waarom_niet = ""
    if request.method == "POST" and not is_check:
        waarom_niet = _choose(request, dossier, fase)
        if not waarom_niet:
            return redirect("fase-rond", pk, nummer)
    page = phase_end(dossier=dossier, fase=fase, today=today)
    check = CheckplanForm(request.POST if is_check else None, acties=page.zonder_check, today=today)
    if is_check and _plan(request, dossier, page, check):
        return redirect("fase-rond", pk, nummer)
    intussen = waarom_niet == INTUSSEN
    context = {
        "dossier": dossier,
        "page": page,
        "gekozen": request.POST.getlist("doel") if waarom_niet else page.aangevinkt,
        "waarom_niet": waarom_niet,
        "intussen": intussen,
        "check": check,
        "hoogstens": Prioriteit.AANTAL,
        "kaart": kaart_beside(dossier, fase, today=today),
        "schrijven": may_write(dossier),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if waarom_niet or is_check else HTTPStatus.OK
    status = HTTPStatus.CONFLICT if intussen else status
    return render(request, "preventieplan/fase.html", context, status=status)


def _choose(request: UserRequest, dossier: Dossier, fase: Fase) -> str:
    """Choose the goals that come first; returns why not, when that can't be."""
    codes, seen = request.POST.getlist("doel"), request.POST.get("seen", "")
    try:
        choose_priorities(dossier=dossier, fase=fase, codes=codes, seen=seen, door=request.user)
    except TeVeelPrioriteiten as error:
        return str(error)
    except IntussenGewijzigd:
        return INTUSSEN
    messages.success(request, BEWAARD)
    return ""


def _plan(request: UserRequest, dossier: Dossier, page: PhaseEnd, check: CheckplanForm) -> bool:
    """Plan the checks that were asked for; False when the form has to be looked at again."""
    if not page.zonder_check:
        messages.info(request, AL_GEPLAND)
        return True
    if not check.is_valid():
        return False
    asked, dag = check.cleaned_data["actie"], check.cleaned_data["check_op"]
    aantal = plan_check(dossier=dossier, acties=asked, dag=dag, door=request.user)
    if aantal:
        acties = "1 actie" if aantal == 1 else f"{aantal} acties"
        messages.success(request, f"De check van {acties} staat op {date_format(dag, 'j F Y')}.")
    if aantal < len(asked):
        messages.info(request, AL_GEPLAND)
    return True
