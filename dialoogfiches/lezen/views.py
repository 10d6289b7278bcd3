"""Reading a material within a dossier, and the card with a personal selection of tips."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dialoogfiches.lezen.access import require_clb_staff
from dialoogfiches.lezen.domain import actie_of_tip, create_leesactie
from dialoogfiches.lezen.forms import KaartForm
from dialoogfiches.lezen.pages import ReadingPage, reading_page
from dialoogfiches.lezen.queries import chosen_moments, find_to_read, tips_of
from dialoogfiches.lezen.tip_card import tipkaart_pdf
from dialoogfiches.queries import fiche_of
from dossiers.access import get_dossier_or_404
from dossiers.acties.views import Pressed, answer_page, post_data, press_on_actie
from dossiers.materialen.models import Vorm
from dossiers.materialen.queries import beside, find_published
from dossiers.materialen.shelf import is_for_clb
from dossiers.mensen.access import right_needed
from dossiers.mensen.models import User
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.velden.views import save_one
from stsdialoog.documents.response import pdf_response

GEEN_TIPS = "Kies eerst een of meer tips: die komen op je kaart."


@require_http_methods(["GET", "HEAD", "POST"])
def read_material(request: UserRequest, pk: UUID, slug: str) -> HttpResponse:
    """One material to read, with the actions that arose from it."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    versie = find_to_read(slug)
    if versie is None:
        raise Http404
    for_clb = is_for_clb(versie)
    if for_clb:
        require_clb_staff(user=request.user, school=dossier.school)
    if request.method == "POST" and request.htmx:
        return save_one(request, dossier)
    page = reading_page(dossier=dossier, versie=versie, data=post_data(request))
    return answer_page(
        request,
        dossier,
        page,
        template="lezen/lezen.html",
        here=reverse("lezen", args=[pk, slug]),
        press=lambda: _press(request.POST, dossier, page, request.user),
        context={"erbij": beside(versie), "fiche": page.fiche, "voor_clb": for_clb},
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


def _press(post: QueryDict, dossier: Dossier, page: ReadingPage, door: User) -> Pressed:
    """Create the new action if one was typed, then handle the submit button, if any.

    Raises Http404 for a tip that the material does not have.
    """
    planned = _plan_typed(dossier, page, door)
    if code := post.get("tip"):
        return _from_tip(code, dossier, page, door)
    return press_on_actie(post, dossier, door) or planned


def _plan_typed(dossier: Dossier, page: ReadingPage, door: User) -> Pressed:
    result = Pressed()
    for _, form in page.typed_actions:
        actie = create_leesactie(dossier=dossier, door=door, **form.cleaned_data)
        result = Pressed(f"#actie-{actie.pk}", "De actie staat in het plan.")
    return result


def _from_tip(code: str, dossier: Dossier, page: ReadingPage, door: User) -> Pressed:
    tip = tips_of(page.fiche).get(code) if page.fiche.is_tips else None
    if tip is None:
        raise Http404
    _, is_new = actie_of_tip(dossier=dossier, tip=tip, door=door)
    if not is_new:
        return Pressed(f"#tip-{code}", f"‘{tip.tekst}’ stond al bij de acties.")
    return Pressed(
        f"#tip-{code}",
        f"‘{tip.tekst}’ staat nu bij de acties. Wie doet dit, en tegen wanneer?",
    )
