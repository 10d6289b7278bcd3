"""The toolbox: the shelf of materials, one material to read or print, and starting with it."""

from django.db.models.functions import Lower
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dialoogfiches.domain.content import VORMEN as FICHES
from dialoogfiches.invulbladen import invulbladen, invulbladen_pdf
from dialoogfiches.queries import fiche_of
from dialoogfiches.toolbox.forms import ToolboxForm
from dialoogfiches.toolbox.queries import by_what_one_wants, search
from dossiers.access import dossiers_to_work_in, open_dossiers_of
from dossiers.briefhoofd.queries import place_of
from dossiers.materialen.queries import beside, find_published
from dossiers.materialen.registry import soort_of
from dossiers.materialen.shelf import ShelfRow, find_on_shelf, shelf
from dossiers.mensen.access import plgs_of
from dossiers.mensen.requests import UserRequest
from stsdialoog.documents.response import pdf_response


@require_safe
def toolbox(request: UserRequest) -> HttpResponse:
    """All published materials, or those that match the search."""
    rijen = shelf()
    form = ToolboxForm(request.GET, rijen=rijen)
    filters = form.wanted
    zoek = filters.pop("zoek")
    found = search(rijen, zoek) if zoek else rijen
    gevonden = [rij for rij in found if rij.fits(**filters)]
    context = {
        "form": form,
        "zoek": zoek,
        "filters": any(filters.values()),
        "gevonden": gevonden,
        "groepen": by_what_one_wants(gevonden),
        "totaal": len(rijen),
        "in_plg": bool(plgs_of(request.user)),
    }
    return render(request, "toolbox/toolbox.html", context)


@require_safe
def materiaal(request: UserRequest, slug: str, code: str = "") -> HttpResponse:
    """A material, or the page of one part of a fiche whose parts have a page each.

    code: of that part.
    """
    rij = _on_shelf(slug)
    content = soort_of(rij.versie).content
    context = {
        "rij": rij,
        "erbij": beside(rij.versie),
        "inhoud": content.template,
        "versie": rij.versie,
        **content.context(rij.versie),
    }
    fiche = context.get("fiche")
    delen = fiche.page(code) if fiche and fiche.is_per_part else ()
    if code and not delen:
        raise Http404
    if delen:
        context |= {"per_deel": True, "delen": delen}
    return render(request, "toolbox/materiaal.html", context)


@require_safe
def invulbladen_pdf_view(request: UserRequest, slug: str, code: str) -> HttpResponse:
    """The sheet of a tool to fill in by hand, or all sheets of a part of the fiche."""
    versie = find_published(slug=slug, vormen=FICHES)
    if versie is None:
        raise Http404
    fiche = fiche_of(versie)
    bladen = invulbladen(fiche, code)
    if not bladen:
        raise Http404
    pdf = invulbladen_pdf(fiche, bladen, place_of(request.user))
    return pdf_response(request, pdf, filename=f"{slug}-{code}.pdf")


@require_safe
def materiaal_pdf(request: UserRequest, slug: str) -> HttpResponse:
    """The blank PDF of a material."""
    versie = _on_shelf(slug).versie
    pdf = soort_of(versie).blank_pdf(versie, place_of(request.user))
    return pdf_response(request, pdf, filename=f"{slug}-{versie.versie}.pdf")


@require_safe
def start_material(request: UserRequest, slug: str) -> HttpResponse:
    """Choose the dossier to start in; with only one choice, redirect to it."""
    rij = _on_shelf(slug)
    start_url = soort_of(rij.versie).start_url
    dossiers = dossiers_to_work_in(request.user, as_clb=rij.is_for_clb).order_by(
        Lower("school__naam"), "-schooljaar", "pk"
    )
    keuzes = [(dossier, start_url(dossier.pk, rij.versie)) for dossier in dossiers]
    if len(keuzes) == 1:
        return redirect(keuzes[0][1])
    leest_mee = not keuzes and open_dossiers_of(request.user).exists()
    context = {"rij": rij, "keuzes": keuzes, "leest_mee": leest_mee}
    return render(request, "toolbox/starten.html", context)


def _on_shelf(slug: str) -> ShelfRow:
    """Raises Http404 for an unknown material, or one without a published version."""
    rij = find_on_shelf(slug)
    if rij is None:
        raise Http404
    return rij
