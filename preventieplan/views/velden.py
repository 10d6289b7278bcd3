"""Saving the fields of a page: one at a time with JavaScript, all together without."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from dossiers.access import Recht, get_dossier_or_404
from dossiers.domain.velden import Uitkomst, revisies, save_veld
from dossiers.forms.velden import KEUZE, Veld, VeldenForm, whole_number
from dossiers.models import Dossier, Revisie, User
from dossiers.requests import UserRequest
from preventieplan.records import GeenVeld, Gevonden, find_veld

OK, CONFLICT, ONGELDIG = 200, 409, 422
INTUSSEN_ANDERS = (
    "Intussen bewaarde iemand iets anders in dit veld. Kijk het even na en kies dan opnieuw."
)


def save_one(request: UserRequest, dossier: Dossier) -> HttpResponse:
    """Save the one field that htmx sent; answer with its state, as a reload would draw it."""
    found = _find_or_404(dossier, request.POST.get("veld", ""))
    form = found.form_class(record=found.record, data=request.POST)
    if found.veld not in form.ingestuurd:
        raise Http404
    veld = form.veld[found.veld]
    form.save(door=request.user)
    context = {"veld": veld, "dossier": dossier, "pad": request.path, "schrijven": True}
    context |= _progress(found)
    status = status_of([form])
    if veld.vernieuwd or request.POST.get(veld.html_naam + KEUZE):
        # The input itself has to change, or leaves its conflict: draw the whole field again.
        response = render(request, "preventieplan/delen/veld_geheel.html", context, status=status)
        return reswap(retarget(response, f"#v_{veld.html_naam}"), "outerHTML")
    return render(request, "preventieplan/delen/veld_antwoord.html", context, status=status)


def save_all(forms: Iterable[VeldenForm], door: User) -> bool:
    """Save every form of a page that was sent whole; False when one needs attention."""
    saved = [form.save(door=door) for form in forms]
    return all(saved)


def attention(forms: Iterable[VeldenForm]) -> list[Veld]:
    """The fields that were not saved."""
    return [veld for form in forms for veld in form.velden() if veld.fouten or veld.in_conflict]


def status_of(forms: Iterable[VeldenForm]) -> int:
    """The HTTP status that says what became of the fields."""
    velden = attention(forms)
    if any(veld.fouten for veld in velden):
        return ONGELDIG
    return CONFLICT if velden else OK


@require_http_methods(["GET", "HEAD", "POST"])
def historiek(request: UserRequest, pk: UUID, naam: str) -> HttpResponse:
    """Every earlier text of one field; who may write can bring one back."""
    write = request.method == "POST"
    dossier = get_dossier_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN if write else Recht.LEZEN
    )
    found = _find_or_404(dossier, naam)
    rows = [] if found.record._state.adding else list(revisies(found.record, found.veld))
    terug = _page_of(dossier, found)
    if write:
        if _bring_back(found, rows, request.POST, request.user):
            messages.success(request, "De eerdere versie staat weer in het dossier.")
            return redirect(f"{terug}#v_{naam}")
        messages.error(request, INTUSSEN_ANDERS)
        return redirect(request.path)
    veld = found.form_class(record=found.record).veld[found.veld]
    context = {
        "dossier": dossier,
        "veld": veld,
        "doelstelling": found.doelstelling,
        "versies": [(row, veld.in_words(row.waarde)) for row in rows],
        "terug": f"{terug}#v_{naam}",
        "schrijven": dossier.recht >= Recht.SCHRIJVEN and dossier.is_open,
    }
    return render(request, "dossiers/historiek.html", context)


def _find_or_404(dossier: Dossier, naam: str) -> Gevonden:
    try:
        return find_veld(dossier=dossier, naam=naam)
    except GeenVeld as error:
        raise Http404 from error


def _progress(found: Gevonden) -> dict[str, object]:
    """How many questions of the goal are discussed now, for the counter on the page."""
    if found.voortgang is None or found.veld != "stand":
        return {}
    return {
        "voortgang": True,
        "besproken": found.voortgang.besproken_elders + bool(getattr(found.record, "stand", "")),
        "vragen": found.voortgang.vragen,
    }


def _bring_back(found: Gevonden, rows: list[Revisie], post: QueryDict, door: User) -> bool:
    """Make an earlier text the newest; False when the field was saved since the page was made."""
    row = next((row for row in rows if str(row.revisie) == post.get("revisie")), None)
    if row is None:
        raise Http404
    field = found.form_class(record=found.record).fields[found.veld]
    result = save_veld(
        record=found.record,
        veld=found.veld,
        waarde=field.clean(row.waarde),
        basis=whole_number(post.get("basis", "")),
        door=door,
    )
    return result.uitkomst != Uitkomst.CONFLICT


def _page_of(dossier: Dossier, found: Gevonden) -> str:
    if found.doelstelling is None:
        return reverse("overzicht", args=[dossier.pk])
    return reverse("doelstelling", args=[dossier.pk, found.doelstelling.code])
