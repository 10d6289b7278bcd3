"""Saves the fields of a page: one at a time with JavaScript, all at once without."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from dossiers.access import get_dossier_or_404, may_write
from dossiers.mensen.access import right_needed
from dossiers.mensen.models import User
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.velden.domain.saving import SaveOutcome, revisies, save_veld
from dossiers.velden.forms import (
    CHOICE_SUFFIX,
    Veld,
    VeldenForm,
    as_uuid,
    parse_basis,
    whole_number,
)
from dossiers.velden.registry import FoundField, GeenVeld, find_veld
from stsdialoog.cookies import host_only

INTUSSEN_ANDERS = (
    "Intussen bewaarde iemand iets anders in dit veld. Kijk het even na en kies dan opnieuw."
)


# As many earlier texts as somebody reads at once.
VERSIES_PER_PAGE = 25
# Read and removed by static/js/bewaren/drafts.js on the next page.
SAVED_COOKIE, SAVED_SECONDS = "bewaard", 60

Find = Callable[..., FoundField]


def save_one(request: UserRequest, dossier: Dossier, *, find: Find = find_veld) -> HttpResponse:
    """Save the one field that htmx sent, and respond with its state as a reload would render it.

    find: finds the field; by default in the registry of the dossier. A page with its own access
        check passes its own.
    Raises Http404 for an unknown field, or when the POST does not hold the field itself.
    """
    found = _find_or_404(dossier, request.POST.get("veld", ""), find)
    form = found.form_class(record=found.record, data=request.POST)
    if found.veld not in form.submitted:
        raise Http404
    veld = form[found.veld]
    form.save(door=request.user)
    context = {"veld": veld, "pad": request.path, "schrijven": True}
    context["progress"] = found.progress() if found.progress else None
    status = status_of([form])
    if veld.is_renewed or request.POST.get(veld.html_name + CHOICE_SUFFIX):
        # The text in the input or its conflict has to change: render the whole field again.
        response = render(request, "velden/delen/geheel.html", context, status=status)
        return reswap(
            retarget(response, f".veld:has(> [data-veld] > #{veld.auto_id})"), "outerHTML"
        )
    return render(request, "velden/delen/antwoord.html", context, status=status)


def save_all(forms: Iterable[VeldenForm], door: User) -> bool:
    """Save every form of a page that was submitted whole; False when a field was not saved."""
    saved = [form.save(door=door) for form in forms]
    return all(saved)


def tell_saved(response: HttpResponse, request: UserRequest) -> HttpResponse:
    """Tell the browser that the open page which was sent whole has no drafts left."""
    if pagina := as_uuid(request.POST.get("pagina", "")):
        response.set_cookie(
            host_only(SAVED_COOKIE),
            str(pagina),
            max_age=SAVED_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
    return response


def attention(forms: Iterable[VeldenForm]) -> list[Veld]:
    """The fields that were not saved."""
    return [veld for form in forms for veld in form.velden() if veld.asks_attention]


def status_of(forms: Iterable[VeldenForm]) -> int:
    """The HTTP status: 422 for an invalid field, else 409 for a conflict, else 200."""
    velden = attention(forms)
    if any(veld.problems for veld in velden):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.CONFLICT if velden else HTTPStatus.OK


@require_http_methods(["GET", "HEAD", "POST"])
def historiek(request: UserRequest, pk: UUID, naam: str) -> HttpResponse:
    """The history of one field; users who may write can restore an earlier text."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    return history_page(request, dossier, naam)


def history_page(
    request: UserRequest, dossier: Dossier, naam: str, *, find: Find = find_veld
) -> HttpResponse:
    """The history of a field, for a user whose access was already checked; POST restores a text.

    find: as for `save_one`.
    """
    found = _find_or_404(dossier, naam, find)
    terug = found.page.url
    if request.method == "POST":
        if _bring_back(found, request.POST, request.user):
            messages.success(request, "De eerdere versie staat er weer.")
            return redirect(f"{terug}#{naam}")
        messages.error(request, INTUSSEN_ANDERS)
        return redirect(request.get_full_path())
    veld = found.form_class(record=found.record)[found.veld]
    rows = () if found.record._state.adding else revisies(found.record, found.veld)
    bladen = Paginator(rows, VERSIES_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "dossier": dossier,
        "veld": veld,
        "page": found.page,
        "versies": [(row, veld.in_words(row.waarde)) for row in bladen],
        "bladen": bladen,
        "nu": found.record.revisie(found.veld),
        "terug": f"{terug}#{naam}",
        "schrijven": may_write(dossier),
    }
    return render(request, "velden/historiek.html", context)


def _find_or_404(dossier: Dossier, naam: str, find: Find) -> FoundField:
    try:
        return find(dossier=dossier, naam=naam)
    except GeenVeld as error:
        raise Http404 from error


def _bring_back(found: FoundField, post: QueryDict, door: User) -> bool:
    """Save an earlier text as the newest; False when the field was saved in the meantime."""
    if found.record._state.adding:
        raise Http404
    revisie = whole_number(post.get("revisie", ""))
    row = get_object_or_404(revisies(found.record, found.veld), revisie=revisie)
    field = found.form_class(record=found.record).fields[found.veld]
    result = save_veld(
        record=found.record,
        veld=found.veld,
        waarde=field.clean(row.waarde),
        basis=parse_basis(post.get("basis", "")),
        door=door,
    )
    return result.outcome != SaveOutcome.CONFLICT
