"""The PDFs of the dialoogdocument ouders: a filled-in talk, and the blank form."""

from dialoogfiches.oudergesprekken.pages import ParentTalkPage
from dialoogfiches.oudergesprekken.raam import raam
from dialoogfiches.queries import fiche_of
from dossiers.briefhoofd.queries import clb_letterhead_of, printed_for
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import CLB, School
from dossiers.models import Dossier
from stsdialoog.documents.document import (
    Document,
    KeptDocument,
    render_document,
    render_kept,
)
from stsdialoog.pdf import SCRIPTS_STYLE

STYLES = ("fiche.css", "oudergesprek.css")
# What parents say is printed in their own script.
NOTED = (*STYLES, SCRIPTS_STYLE)


def oudergesprek_pdf(page: ParentTalkPage) -> Document:
    """A talk with everything that was noted, stored or not. Its title contains no name.

    Its PDF is never kept.
    """
    fiche = page.fiche
    context = {
        "titel": fiche.versie.materiaal.titel,
        "stand_van": page.stand_van,
        "versie": fiche.versie,
        "page": page,
        "woorden": fiche.woorden,
        "raam": page.raam,
    }
    return render_document(
        "oudergesprekken/pdf/oudergesprek.html",
        context,
        styles=NOTED,
        oefen=page.is_oefen,
        letterhead=clb_letterhead_of(page.gesprek.dossier.school),
    )


def blank_oudergesprek_pdf(
    versie: Materiaalversie, van: School | CLB | None = None, *, dossier: Dossier | None = None
) -> KeptDocument:
    """The blank form, with room for the home language beside the Dutch.

    van: for whom it is printed; only a CLB stands above it, never a school.
    dossier: that it is printed from, for the letterhead of its CLB.
    """
    fiche = fiche_of(versie)
    context = {
        "titel": f"{versie.materiaal.titel} om in te vullen",
        "versie": versie,
        "fiche": fiche,
        "woorden": fiche.woorden,
        # A concept may not have any topics yet.
        "raam": raam((deel.onderdeel.kort, "", "") for deel in fiche.stappen)
        if fiche.stappen
        else None,
    }
    template = "oudergesprekken/pdf/oudergesprek_blanco.html"
    if dossier:
        van = None if dossier.school.oefen else dossier.school.clb
    letterhead, owner = printed_for(van.clb if isinstance(van, School) else van)
    return render_kept(
        template,
        context,
        styles=STYLES,
        owner=dossier.pk if dossier and letterhead else owner,
        letterhead=letterhead,
    )
