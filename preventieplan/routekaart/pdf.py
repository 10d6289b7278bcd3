"""The PDF of the routekaart."""

from collections.abc import Iterable

from dossiers.materialen.models import Herkomst
from dossiers.models import Dossier
from preventieplan.queries.plan import PhaseState
from preventieplan.routekaart import layout
from preventieplan.routekaart.queries import routekaart
from stsdialoog.documents.document import KeptDocument, render_kept


def routekaart_pdf(dossier: Dossier) -> KeptDocument:
    """The PDF of the routekaart.

    Page 1 is all that a board reads; the full list of actions follows when it does not fit there.
    """
    found = routekaart(dossier)
    treden = layout.steps(found)
    context = {
        "titel": f"{found.titel} {dossier}",
        "dossier": dossier,
        "kaart": found,
        "stand_van": found.stand_van,
        "treden": treden,
        "is_empty": layout.is_empty(treden),
        "voorstelfasen": _phases_with_proposals(trede.fase for trede in found.treden),
        "met_lijst": not all(trede.fits for trede in treden),
        "met_woorden": any(trede.has_words for trede in treden),
    }
    return render_kept(
        "routekaart/pdf/routekaart.html",
        context,
        styles=("routekaart.css",),
        owner=dossier.pk,
        oefen=dossier.school.oefen,
    )


def _phases_with_proposals(fasen: Iterable[PhaseState]) -> str:
    """The phases with a goal that the PLG has yet to confirm, in words: "1, 2 en 3"."""
    nummers = [
        str(fase.nummer)
        for fase in fasen
        if any(doel.doelstelling.herkomst == Herkomst.VOORSTEL for doel in fase.doelen)
    ]
    return " en ".join([part for part in (", ".join(nummers[:-1]), *nummers[-1:]) if part])
