"""The report of a schooljaar: ten pages with drawings, to publish."""

from dataclasses import dataclass

from dossiers.thresholds import MIN_CLBS, MIN_SCHOLEN
from start.regio.queries.figures import Figures, GoalFigure
from stsdialoog.documents.document import MATERIALS, KeptDocument, render_kept


@dataclass(frozen=True)
class GoalByArea:
    """One goal in Flanders and in each province, in the order of the heading."""

    doel: GoalFigure
    per_provincie: tuple[GoalFigure, ...]


def report_pdf(vlaanderen: Figures, provincies: tuple[Figures, ...]) -> KeptDocument:
    """The report of one schooljaar.

    provincies: all of them, also those that tell nothing yet.
    """
    context = {
        "titel": f"Aanwezigheidsbeleid in Vlaamse scholen, {vlaanderen.schooljaar_label}",
        "stand_van": vlaanderen.maand,
        "vlaanderen": vlaanderen,
        "provincies": provincies,
        "per_doel": tuple(
            GoalByArea(doel, tuple(area.doelen[number] for area in provincies))
            for number, doel in enumerate(vlaanderen.doelen)
        ),
        "min_scholen": MIN_SCHOLEN,
        "min_clbs": MIN_CLBS,
    }
    # As with a material, nothing of a dossier is in it.
    return render_kept("regio/pdf/rapport.html", context, styles=("regio.css",), owner=MATERIALS)
