"""Decisions of the author about a parents' talk: sharing it, releasing from it, deleting it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dialoogfiches.oudergesprekken.access import (
    get_clb_dossier_or_404,
    get_oudergesprek_or_404,
    get_vrijgave_or_404,
    require_ankerfiguur_of,
    staff_of,
)
from dialoogfiches.oudergesprekken.domain import achtergebleven as left
from dialoogfiches.oudergesprekken.domain import oudergesprekken as domain
from dialoogfiches.oudergesprekken.domain.retention import erase, withdraw_vrijgave
from dialoogfiches.oudergesprekken.forms import DelenForm, OudergesprekForm, VrijgaveActieForm
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dialoogfiches.oudergesprekken.queries import (
    shared_with,
    talks_left_behind,
)
from dialoogfiches.oudergesprekken.views.guard import parent_talk_view
from dossiers.acties.views import post_data
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.queries import team_of
from dossiers.mensen.requests import UserRequest
from dossiers.velden.forms import parse_basis, whole_number

INTUSSEN_ANDERS = "De tekst is intussen gewijzigd of leeg. Kijk hem na en geef hem dan vrij."
NIET_MEER_EVENVEEL = "Het zijn er intussen niet meer evenveel. Er is niets gewist: kijk het na."


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def share_oudergesprek(request: UserRequest, pk: UUID) -> HttpResponse:
    """Share a talk with a CLB colleague, or stop sharing it (even in a closed dossier)."""
    stop = "stop" in request.POST
    recht = Recht.LEZEN if stop else right_needed(request)
    gesprek = get_oudergesprek_or_404(user=request.user, pk=pk, recht=recht, as_author=True)
    shared = shared_with(gesprek, user=request.user)
    others = staff_of(gesprek).exclude(pk__in=shared.values("pk"))
    others = others.exclude(pk=request.user.pk).order_by("naam")
    data = post_data(request)
    form = DelenForm(data, collegas=shared if stop else others)
    if form.is_valid():
        act = domain.stop_sharing if stop else domain.share
        act(oudergesprek=gesprek, met=form.cleaned_data["met"], door=request.user)
        return redirect("oudergesprek-delen", gesprek.pk)
    context = {
        "dossier": gesprek.dossier,
        "gesprek": gesprek,
        "gedeeld_met": shared,
        "form": DelenForm(collegas=others) if stop else form,
        "anderen": others,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if data else HTTPStatus.OK
    return render(request, "oudergesprekken/delen.html", context, status=status)


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def release_action(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show exactly what would be released, and to whom, before releasing it."""
    gesprek = get_oudergesprek_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN, as_author=True
    )
    knop = request.POST.get("knop")
    form = VrijgaveActieForm(request.POST if knop in ("bekijk", "actie") else None)
    if knop == "tekst":
        return _release_text(request, gesprek)
    if knop == "actie" and form.is_valid():
        domain.release_actie(oudergesprek=gesprek, door=request.user, **form.cleaned_data)
        messages.success(request, "De actie staat bij de acties van de school.")
        return redirect("oudergesprek", gesprek.pk)
    context = {
        "dossier": gesprek.dossier,
        "gesprek": gesprek,
        "checked": OudergesprekForm(record=gesprek).checked_field("school_mag_weten"),
        "form": form,
        "bekeken": form.is_valid(),
        "lezers": team_of(gesprek.dossier.school),
        "woorden": gesprek.versie.teksten["woorden"],
    }
    wrong = form.is_bound and not form.is_valid()
    return render(
        request,
        "oudergesprekken/vrijgeven.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
    )


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def erase_oudergesprek(request: UserRequest, pk: UUID) -> HttpResponse:
    """Delete a talk now, with everything typed in it; also from a closed dossier."""
    gesprek = get_oudergesprek_or_404(user=request.user, pk=pk, as_author=True, without_texts=True)
    if request.method == "POST":
        erase(oudergesprek=gesprek, door=request.user)
        messages.success(request, "Het gesprek is gewist.")
        return _to_the_talks(gesprek)
    context = {"dossier": gesprek.dossier, "gesprek": gesprek}
    return render(request, "oudergesprekken/wissen.html", context)


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def achtergebleven(request: UserRequest, pk: UUID) -> HttpResponse:
    """Have the talks of a dossier that nobody can open any more erased, without showing them.

    That waits, and can be taken back.
    """
    dossier = get_clb_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    require_ankerfiguur_of(dossier)
    if request.method == "POST" and "terug" in request.POST:
        left.take_back(dossier=dossier, door=request.user)
        messages.success(request, "De achtergebleven gesprekken worden niet vroeger gewist.")
        return redirect(request.path)
    if request.method == "POST":
        aantal = whole_number(request.POST.get("aantal", ""))
        today = timezone.localdate()
        try:
            left.ask_to_erase(dossier=dossier, aantal=aantal, door=request.user, today=today)
        except left.NietMeerEvenveel:
            messages.error(request, NIET_MEER_EVENVEEL)
        return redirect(request.path)
    context = {"dossier": dossier, "achtergebleven": talks_left_behind(dossier)}
    return render(request, "oudergesprekken/achtergebleven.html", context)


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_release(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the text once more before it is erased: what is withdrawn is kept nowhere."""
    vrijgave = get_vrijgave_or_404(user=request.user, pk=pk)
    if request.method == "POST":
        withdraw_vrijgave(vrijgave=vrijgave, door=request.user)
        messages.success(request, "De school ziet deze tekst niet meer.")
    elif vrijgave.tekst:
        context = {"dossier": vrijgave.dossier, "vrijgave": vrijgave}
        return render(request, "oudergesprekken/intrekken.html", context)
    return redirect("oudergesprekken", vrijgave.dossier_id)


def _to_the_talks(gesprek: Oudergesprek) -> HttpResponse:
    if gesprek.has_stayed:
        return redirect("oudergesprekken-gebleven")
    return redirect("oudergesprekken", gesprek.dossier_id)


def _release_text(request: UserRequest, gesprek: Oudergesprek) -> HttpResponse:
    """Release the text exactly as it was shown to the user."""
    seen = parse_basis(request.POST.get("revisie", ""))
    try:
        domain.release_text(oudergesprek=gesprek, revisie=seen, door=request.user)
    except domain.NietMeerHetzelfde:
        messages.error(request, INTUSSEN_ANDERS)
        return redirect("oudergesprek-vrijgeven", gesprek.pk)
    messages.success(request, "De school kan deze tekst nu lezen, op de pagina van het dossier.")
    return redirect("oudergesprek", gesprek.pk)
