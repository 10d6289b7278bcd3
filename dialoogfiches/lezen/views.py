"""Reading a material within a dossier, and the card with a personal selection of tips."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dialoogfiches.lezen.access import require_clb_staff
from dialoogfiches.lezen.domain import create_leesactie
from dialoogfiches.lezen.forms import KaartForm
from dialoogfiches.lezen.pages import ReadingPage, reading_page
from dialoogfiches.lezen.queries import chosen_moments, find_to_read
from dialoogfiches.lezen.tip_card import tipkaart_pdf
from dialoogfiches.queries import fiche_of
from dossiers.access import get_dossier_or_404
from dossiers.acties.forms import ActionPart, ActionPlace
from dossiers.acties.models import Actie
from dossiers.acties.views import (
    GEMAAKT,
    Pressed,
    answer_new_action,
    answer_page,
    answer_team,
    asks_for_team,
    post_data,
    press_on_actie,
)
from dossiers.materialen.models import Materiaalversie, Vorm
from dossiers.materialen.queries import beside, find_published
from dossiers.materialen.shelf import is_for_clb
from dossiers.mensen.access import right_needed
from dossiers.mensen.models import User
from dossiers.mensen.queries import names_of_team
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.sociale_kaart.queries import KaartBeside
from dossiers.velden.views import save_one
from stsdialoog.documents.response import pdf_response

GEEN_TIPS = "Kies eerst een of meer tips: die komen op je kaart."


@require_http_methods(["GET", "HEAD", "POST"])
def read_material(request: UserRequest, pk: UUID, slug: str, code: str = "") -> HttpResponse:
    """One material to read, with the actions that arose from it.

    code: of one part, of a fiche whose parts have a page each.
    """
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    versie = find_to_read(slug)
    if versie is None:
        raise Http404
    for_clb = is_for_clb(versie)
    if for_clb:
        require_clb_staff(user=request.user, school=dossier.school)
    if request.method == "POST" and request.htmx:
        if naam := request.POST.get("nieuwe_actie"):
            return _new_action(request, dossier, versie, code, naam)
        return save_one(request, dossier)
    if asks_for_team(request, dossier):
        return answer_team(request, dossier)
    opened = request.GET.get("actie", "")
    page = reading_page(
        dossier=dossier, versie=versie, onderdeel=code, data=post_data(request), opened=opened
    )
    fiche = page.fiche
    delen = fiche.page(code) if fiche.is_per_part else fiche.parts
    if code and not (fiche.is_per_part and delen):
        raise Http404
    pad = (
        reverse("lezen-deel", args=[pk, slug, code]) if code else reverse("lezen", args=[pk, slug])
    )
    return answer_page(
        request,
        dossier,
        page,
        template="lezen/lezen.html",
        here=pad,
        press=lambda: _press(request.POST, dossier, page, request.user, pad),
        context={
            "erbij": beside(versie),
            "fiche": fiche,
            "delen": delen,
            "voor_clb": for_clb,
            "kaart": KaartBeside(dossier.school.clb, timezone.localdate()),
            "team": names_of_team(dossier.school) if opened else (),
        },
    )


@require_safe
def tipkaart_pdf_view(request: UserRequest, slug: str) -> HttpResponse:
    """The selected tips (`?tip=<code>`, repeatable) as cards to pin up."""
    versie = find_published(slug=slug, vormen=[Vorm.TIPS])
    if versie is None:
        raise Http404
    fiche = fiche_of(versie)
    momenten = chosen_moments(fiche, request.GET.getlist("tip"))
    if not momenten:
        messages.info(request, GEEN_TIPS)
        dossier = KaartForm(request.GET).van_dossier
        return redirect("lezen", dossier, slug) if dossier else redirect("materiaal", slug)
    return pdf_response(request, tipkaart_pdf(fiche, momenten), filename=f"{slug}-kaart.pdf")


def _press(post: QueryDict, dossier: Dossier, page: ReadingPage, door: User, pad: str) -> Pressed:
    """Create the new actions that were typed, then handle the submit button, if any."""
    made = _make_typed(dossier, page, door)
    naam = post.get("open_actie", "")
    if page.place(naam) is not None:
        # Without JavaScript the form opens in its place.
        return Pressed(url=f"{pad}?actie={naam}#nieuw-{naam}-wat")
    if pressed := press_on_actie(post, dossier, door):
        return pressed
    return Pressed(f"#actie-{made[-1].pk}", GEMAAKT) if made else Pressed()


def _make_typed(dossier: Dossier, page: ReadingPage, door: User) -> list[Actie]:
    made = []
    for tip, form in page.typed_actions:
        origin: dict[str, Any] = {"tip": tip, "onderdeel": tip.rubriek.onderdeel} if tip else {}
        made.append(create_leesactie(dossier=dossier, door=door, **origin, **form.cleaned_data))
    return made


def _new_action(
    request: UserRequest, dossier: Dossier, versie: Materiaalversie, code: str, naam: str
) -> HttpResponse:
    page = reading_page(dossier=dossier, versie=versie, onderdeel=code, data=request.POST)
    place = page.place(naam)
    if place is None:
        raise Http404

    def made() -> tuple[ActionPlace, ActionPart | None]:
        actie = _make_typed(dossier, page, request.user)[-1]
        fresh = reading_page(dossier=dossier, versie=versie, onderdeel=code)
        new = next((deel for deel in fresh.acties if deel.actie == actie), None)
        return fresh.place(naam) or place, new

    return answer_new_action(request, page=page, place=place, make=made)
