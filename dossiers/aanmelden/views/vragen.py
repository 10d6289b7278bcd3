"""Who asks for a place because of a login elsewhere, for the ankerfiguur who answers."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.aanmelden.access import get_vraag_or_404
from dossiers.aanmelden.domain import vragen
from dossiers.aanmelden.forms import VraagForm
from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.aanmelden.queries import open_vragen
from dossiers.mensen.access import require_ankerfiguur
from dossiers.mensen.models import CLB_ROLLEN
from dossiers.mensen.proof import require_recent_step
from dossiers.mensen.requests import UserRequest

AL_BEANTWOORD = "Deze vraag is intussen al beantwoord, of het account is er niet meer."


@require_safe
def lidmaatschapsvragen(request: UserRequest) -> HttpResponse:
    clbs = require_ankerfiguur(request.user)
    return render(request, "aanmelden/vragen.html", {"vragen": open_vragen(clbs=clbs)})


@require_http_methods(["GET", "HEAD", "POST"])
def answer_vraag(request: UserRequest, pk: UUID) -> HttpResponse:
    vraag = get_vraag_or_404(user=request.user, pk=pk)
    form = VraagForm(request.POST or None, vraag=vraag)
    if request.method == "POST" and (request.POST.get("knop") == "weiger" or form.is_valid()):
        try:
            _answer(request, vraag, form)
        except vragen.AlBeantwoord:
            messages.info(request, AL_BEANTWOORD)
        return redirect("lidmaatschapsvragen")
    if vraag.beantwoord_op or not vraag.user.is_active:
        messages.info(request, AL_BEANTWOORD)
        return redirect("lidmaatschapsvragen")
    aanbieder = settings.AANBIEDERS.get(vraag.via)
    naam = aanbieder.naam if aanbieder else "een andere dienst"
    context = {"vraag": vraag, "form": form, "aanbieder": naam}
    return render(request, "aanmelden/vraag.html", context)


def _answer(request: UserRequest, vraag: Lidmaatschapsvraag, form: VraagForm) -> None:
    if request.POST.get("knop") == "weiger":
        vragen.refuse(vraag=vraag, door=request.user)
        messages.success(request, f"{vraag.user} krijgt geen toegang.")
        return
    if form.cleaned_data["rol"] in CLB_ROLLEN:
        require_recent_step(request)
    given = vragen.confirm(
        vraag=vraag,
        school=form.cleaned_data["school"],
        rol=form.cleaned_data["rol"],
        door=request.user,
    )
    messages.success(
        request, f"{vraag.user} doet nu mee in {given.school}, als {given.get_rol_display()}."
    )
