"""The shelf "Uit de scholen", one practice on it, and what another school does with that."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers.access import dossiers_to_work_in, get_dossier_or_404
from dossiers.materialen.domain.versions import may_edit
from dossiers.mensen.access import Recht
from dossiers.mensen.models import School
from dossiers.mensen.queries import names_of_team
from dossiers.mensen.requests import UserRequest
from dossiers.praktijken.access import schools_to_speak_for
from dossiers.praktijken.domain.delen import PraktijkWeg
from dossiers.praktijken.domain.navolgen import make_own_action, say_it_helped
from dossiers.praktijken.forms import NavolgForm, PlankForm, SchoolForm
from dossiers.praktijken.models import HielpOok, Praktijk
from dossiers.praktijken.queries.plank import (
    beside_goal,
    find_shared,
    goal_words,
    on_shelf,
    waiting_for_plg,
)

PER_PAGE = 20
WEG = "Deze praktijk is ingetrokken."
WEG_ACTIE = "De praktijk is intussen ingetrokken. Jullie actie staat er wel."
OVERGENOMEN = "De actie staat bij jullie acties."
GETELD = "Goed om te weten. We tellen jullie school mee."
NIET_GETELD = "We tellen jullie school niet meer mee."
KIES = "Kies eerst de school."


@require_safe
def plank(request: UserRequest) -> HttpResponse:
    """All that is shared, or what fits what was asked."""
    doelen = goal_words()
    form = PlankForm(request.GET, doelen=doelen)
    wanted = form.wanted
    page = Paginator(on_shelf(**wanted), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "doelen": doelen,
        "page": page,
        "gevraagd": any(wanted.values()),
        "gefilterd": any(wanted[one.name] for one in form.keuzes),
        "wachten": waiting_for_plg().count() if may_edit(request.user) else 0,
    }
    return render(request, "praktijken/plank.html", context)


@require_safe
def praktijk(request: UserRequest, praktijk_pk: UUID) -> HttpResponse:
    found = _on_shelf(praktijk_pk)
    scholen = schools_to_speak_for(request.user, found)
    said = HielpOok.objects.filter(praktijk=found, school__in=scholen)
    known = set(said.values_list("school", flat=True)) if scholen else set()
    context = {
        "praktijk": found,
        "doel": goal_words().get(found.hoort_bij, ""),
        "geteld": [one for one in scholen if one.pk in known],
        "form": _school_form([one for one in scholen if one.pk not in known]),
    }
    return render(request, "praktijken/praktijk.html", context)


@require_POST
def helped(request: UserRequest, praktijk_pk: UUID) -> HttpResponse:
    """Count a school of one's own among those that it helped, or with `terug` not any more."""
    found = _on_shelf(praktijk_pk)
    form = SchoolForm(request.POST, scholen=schools_to_speak_for(request.user, found))
    if not form.is_valid():
        messages.error(request, KIES)
        return redirect("uit-een-school", praktijk_pk)
    takes_back = "terug" in request.POST
    try:
        say_it_helped(praktijk=found, school=form.cleaned_data["school"], helped=not takes_back)
    except PraktijkWeg:
        raise Http404 from None
    messages.success(request, NIET_GETELD if takes_back else GETELD)
    return redirect("uit-een-school", praktijk_pk)


@require_safe
def choose_dossier(request: UserRequest, praktijk_pk: UUID) -> HttpResponse:
    """Choose the dossier for an action after it; with only one choice, redirect to it."""
    found = _on_shelf(praktijk_pk)
    dossiers = list(
        dossiers_to_work_in(request.user, as_clb=False).order_by(
            "school__naam", "-schooljaar", "pk"
        )
    )
    if len(dossiers) == 1:
        return redirect("praktijk-naar-actie", dossiers[0].pk, praktijk_pk)
    context = {"praktijk": found, "dossiers": dossiers}
    return render(request, "praktijken/kies_dossier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: UserRequest, pk: UUID, praktijk_pk: UUID) -> HttpResponse:
    """An action of one's own after a practice, in words of one's own."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    found = _on_shelf(praktijk_pk)
    form = NavolgForm(request.POST or None, praktijk=found)
    if form.is_valid():
        actie, is_there = make_own_action(
            praktijk=found,
            dossier=dossier,
            door=request.user,
            hoort_bij=found.hoort_bij,
            **form.cleaned_data,
        )
        messages.success(request, OVERGENOMEN if is_there else WEG_ACTIE)
        return redirect(f"{reverse('overzicht', args=[pk])}#actie-{actie.pk}")
    context = {
        "dossier": dossier,
        "praktijk": found,
        "form": form,
        "team": names_of_team(dossier.school),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "praktijken/neem_over.html", context, status=status)


@require_safe
def beside(request: UserRequest, pk: UUID, code: str) -> HttpResponse:
    """What fits a goal of a dossier; the page of that goal unfolds it."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    doel = goal_words().get(code, "")
    context = {
        "dossier": dossier,
        "code": code,
        "doel": doel,
        "praktijken": beside_goal(dossier, code),
    }
    return render(request, "praktijken/bij_doel.html", context)


def _on_shelf(pk: UUID) -> Praktijk:
    found = find_shared(pk)
    if found is None:
        raise Http404(WEG)
    return found


def _school_form(scholen: list[School]) -> SchoolForm | None:
    return SchoolForm(None, scholen=scholen) if scholen else None
