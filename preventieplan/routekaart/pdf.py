"""The PDF of the routekaart."""

from collections.abc import Iterable
from datetime import date

from dossiers.briefhoofd.queries import letterhead_of
from dossiers.materialen.models import Herkomst
from dossiers.models import Dossier
from preventieplan.queries.plan import PhaseState
from preventieplan.routekaart import sheet
from preventieplan.routekaart.domain.drafts import listed
from preventieplan.routekaart.pages import RoutekaartPage, routekaart_page
from preventieplan.routekaart.sheet import Drawing
from stsdialoog.documents.document import KeptDocument, Sender, render_kept

# What the sentences and the strip below the drawing share, in millimetres.
WIDTH, BETWEEN = 273.0, 8.0
MAKERS, PRIORITEITEN = 3, 3


def routekaart_pdf(dossier: Dossier, *, today: date, is_a3: bool = False) -> KeptDocument:
    """The PDF of the routekaart.

    Page 1 is all that a board reads; what does not stand whole on it follows, phase by phase.

    today: the day that decides what is late.
    is_a3: the same, larger, to hang up.
    """
    return routekaart_document(dossier, routekaart_page(dossier=dossier, today=today), is_a3=is_a3)


def routekaart_document(
    dossier: Dossier, page: RoutekaartPage, *, is_a3: bool = False, op: date | None = None
) -> KeptDocument:
    """The PDF of a page that was read. Arguments: as for `routekaart_pdf`.

    op: the day on which it is fixed, for the one that the board gets. Then page 2 begins with all
        that changed since the one before.
    """
    has_strip = bool(page.kaart.prioriteiten or page.overige)
    drawing = sheet.draw(page.treden, alone=not has_strip)
    zinnen = page.gelezen
    width = (WIDTH - BETWEEN * (len(zinnen) - 1)) / max(len(zinnen), 1)
    # A draft says nothing that does not stand there in numbers too.
    cut = [
        zin for zin in zinnen if not zin.is_klad and not sheet.sentence_fits(zin.tekst, width=width)
    ]
    makers = page.kaart.makers
    sinds = page.kaart.sinds_vorige if op else None
    afzenders = letterhead_of(dossier.school)
    logos = [one for one in afzenders if one.logo]
    context = {
        "titel": f"{page.kaart.titel} {dossier}",
        "dossier": dossier,
        "page": page,
        "vastgesteld_op": op,
        "sinds": sinds,
        "stand_van": page.kaart.stand_van,
        "drawing": drawing,
        "zinnen": [(round(n * (width + BETWEEN), 2), zin) for n, zin in enumerate(zinnen)],
        "zin_breedte": round(width, 2),
        "met_klad": any(zin.is_klad for zin in zinnen),
        "logos": logos,
        "afzenders": [line for one in afzenders if (line := _line(one))],
        "door": listed((*makers[:MAKERS], *_others(makers))),
        "prioriteiten": page.kaart.prioriteiten[:PRIORITEITEN],
        "overige": page.overige_volgende[: sheet.STRIP_ACTIES],
        "overige_meer": len(page.overige) - len(page.overige_volgende[: sheet.STRIP_ACTIES]),
        "has_strip": has_strip,
        "afgekapt": cut,
        "met_vervolg": bool(cut) or sinds is not None or _has_more(page, drawing),
        "voorstelfasen": _phases_with_proposals(trede.fase for trede in page.treden),
    }
    styles = ("cijfers.css", "routekaart.css", *(["routekaart-a3.css"] if is_a3 else []))
    return render_kept(
        "routekaart/pdf/routekaart.html",
        context,
        styles=styles,
        owner=dossier.pk,
    )


def _line(afzender: Sender) -> str:
    return ", ".join(filter(None, (afzender.naam, afzender.contact)))


def _others(makers: tuple[str, ...]) -> tuple[str, ...]:
    more = len(makers) - MAKERS
    if more <= 0:
        return ()
    return (f"{more} ander" if more == 1 else f"{more} anderen",)


def _has_more(page: RoutekaartPage, drawing: Drawing) -> bool:
    """Whether page 1 leaves out anything."""
    return bool(
        page.overige
        or page.kaart.cijfers
        or len(page.kaart.prioriteiten) > PRIORITEITEN
        or not all(trede.is_whole for trede in drawing.steps)
    )


def _phases_with_proposals(fasen: Iterable[PhaseState]) -> str:
    """The phases with a goal that the PLG has yet to confirm, in words: "1, 2 en 3"."""
    return listed(
        str(fase.nummer)
        for fase in fasen
        if any(doel.doelstelling.herkomst == Herkomst.VOORSTEL for doel in fase.doelen)
    )
