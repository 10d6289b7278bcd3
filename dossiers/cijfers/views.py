"""The page of the figures of a dossier."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404, may_write
from dossiers.cijfers.domain import IntussenIngevuld, save_cijfers
from dossiers.cijfers.pages import CijfersForm, cijfers_page
from dossiers.mensen.access import right_needed
from dossiers.mensen.models import User
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier

INTUSSEN = (
    "Intussen bewaarde iemand anders cijfers in dit dossier. Wat jij invulde, staat hieronder nog: "
    "leg het naast wat er nu is en bewaar dan opnieuw."
)
BEWAARD = "De cijfers zijn bewaard."


@require_http_methods(["GET", "HEAD", "POST"])
def cijfers(request: UserRequest, pk: UUID) -> HttpResponse:
    """The drawing with its table, and for who may write the form (`?per=deel`: by its parts)."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    data = request.POST if request.method == "POST" else None
    asked = (request.GET if data is None else data).get("per", "")
    page = cijfers_page(dossier=dossier, asked=asked, data=data)
    status, is_conflict = HTTPStatus.OK, False
    if page.form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if page.form.is_valid():
            try:
                _save(dossier, page.form, request.user)
            except IntussenIngevuld:
                status, is_conflict = HTTPStatus.CONFLICT, True
                # What there is now, above what was typed.
                page = cijfers_page(dossier=dossier, asked=asked, data=data)
            else:
                messages.success(request, BEWAARD)
                return redirect("cijfers", pk)
    context = {
        "dossier": dossier,
        "schrijven": may_write(dossier),
        "page": page,
        "gevraagd": bool(asked) or page.form.is_bound,
        "intussen": INTUSSEN if is_conflict else "",
    }
    return render(request, "cijfers/cijfers.html", context, status=status)


def _save(dossier: Dossier, form: CijfersForm, door: User) -> None:
    head = form.head.cleaned_data
    save_cijfers(
        dossier=dossier,
        seen=head["seen"],
        geteld_tot=head["geteld_tot"],
        op_routekaart=head["op_routekaart"],
        groepen=form.counts,
        door=door,
    )
