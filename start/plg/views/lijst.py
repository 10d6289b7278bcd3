"""The materials of a PLG for its members, and one of them line by line."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.materialen.domain.versions import NietConcept
from dossiers.materialen.models import Materiaal
from dossiers.mensen.access import plgs_of
from dossiers.mensen.requests import UserRequest
from dossiers.regels.access import get_materiaal_or_404
from dossiers.regels.domain.deciding import KanNiet, RegelWeg, confirm, take_back
from dossiers.regels.domain.looking import look
from dossiers.regels.models import address_of, code_at
from dossiers.regels.queries import Blad, blad_of, opened_at, standen_for
from start.plg.forms import KnopForm, concept_of
from start.weerklank.queries.regels import weerklank_of
from stsdialoog.seen import IntussenGewijzigd

GEEN_LID = "Dit is voor leden van een PLG. Hoor je erbij? Vraag het STS-team om je lid te maken."
INTUSSEN = "Die regel is intussen anders. Lees hem opnieuw, en kies dan."
GEPUBLICEERD = (
    "Een collega publiceerde intussen dit concept. Kijk nog eens: wat je nu kiest, gaat in het "
    "volgende concept."
)
WACHT = "wacht"
KNOPPEN = ("bevestig", "keek", "neem-terug")


@require_safe
def plg(request: UserRequest) -> HttpResponse:
    """The materials of her PLG's, with what waits in each."""
    if not plgs_of(request.user):
        raise PermissionDenied(GEEN_LID)
    return render(request, "plg/plg.html", {"standen": standen_for(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def materiaal(request: UserRequest, slug: str) -> HttpResponse:
    """A material line by line. A button beside a line sends its address and what was seen of it."""
    found = get_materiaal_or_404(user=request.user, slug=slug)
    if request.method != "POST":
        return _show(request, blad_of(found, lezer=request.user))
    knop = next((naam for naam in KNOPPEN if naam in request.POST), "")
    adres, _, seen = request.POST.get(knop, "").rpartition(" ")
    try:
        _decide(request, found, knop, adres, seen)
    except (IntussenGewijzigd, RegelWeg, KanNiet):
        wrong = INTUSSEN
    except NietConcept:
        wrong = GEPUBLICEERD
    else:
        return back_to_list(request, found, code_at(adres))
    fresh = get_materiaal_or_404(user=request.user, slug=slug)
    return _show(request, blad_of(fresh, lezer=request.user), wrong, adres)


def back_to_list(request: UserRequest, found: Materiaal, code: str) -> HttpResponseRedirect:
    """To the list: at a line, or in a list of what waits at the next one."""
    url, adres, asked = reverse("plg-materiaal", args=[found.slug]), address_of(code), {}
    if request.GET.get("toon") == WACHT:
        adres, asked = blad_of(found, lezer=request.user).adres_na(code), {"toon": WACHT}
    if adres:
        return redirect(f"{url}?{urlencode(asked | {'bij': adres})}#{adres}")
    return redirect(f"{url}?{urlencode(asked)}")


def _decide(request: UserRequest, found: Materiaal, knop: str, adres: str, mark: str) -> None:
    """Do what a button beside a line says, if any; raises what the domain raises."""
    if not knop:
        return
    door, today = request.user, timezone.localdate()
    sent = {"concept": request.POST.get("concept", ""), "adres": adres, "seen": mark}
    form = KnopForm(sent)
    if not form.is_valid():
        raise IntussenGewijzigd
    code = code_at(form.cleaned_data["adres"])
    if knop == "bevestig":
        confirm(materiaal=found, code=code, seen=form.gezien, door=door, today=today)
    elif knop == "keek":
        now = blad_of(found, lezer=door).regel(code)
        if now is None:
            raise RegelWeg
        look(materiaal=found, line=now.line, mark=mark, door=door, today=today)
    elif knop == "neem-terug":
        take_back(materiaal=found, code=code, seen=form.gezien)


def _show(request: UserRequest, blad: Blad, wrong: str = "", adres: str = "") -> HttpResponse:
    waits = request.GET.get("toon") == WACHT
    delen = blad.wachtend if waits else blad.delen
    opened = opened_at(delen, adres or request.GET.get("bij", ""))
    told = weerklank_of(blad.materiaal)
    context = {
        "blad": blad,
        "delen": [
            (deel, [(regel, told.get(regel.line.code)) for regel in deel.regels], deel is opened)
            for deel in delen
        ],
        "alleen_wachtend": waits,
        "concept": concept_of(blad) or "",
        "fout": wrong,
        "fout_adres": adres,
    }
    status = HTTPStatus.CONFLICT if wrong else HTTPStatus.OK
    return render(request, "plg/materiaal.html", context, status=status)
