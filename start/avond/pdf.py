"""The papers of an evening: what was ticked to print beforehand, and its minutes."""

from dataclasses import dataclass

from django.utils import timezone

from dossiers.briefhoofd.queries import letterhead_of
from dossiers.models import Dossier
from preventieplan.domain.words import words_for
from preventieplan.inschalen.pdf import PER_PAGE
from preventieplan.models import MAX_SCORE, Antwoordstand
from preventieplan.queries.plan import PlanGoal, whole_plan
from start.avond.models import Avond
from start.avond.queries.punten import Agenda, Point
from start.avond.queries.verslag import Minutes
from stsdialoog.documents.document import KeptDocument, render_kept

# Rows for actions on the sheet of a step.
RIJEN = range(4)
# Of one text in the minutes: some four lines.
LETTERS = 400


@dataclass(frozen=True)
class Sheet:
    """A goal or a step to fill in by hand; of a goal `doel` is there."""

    punt: Point
    doel: PlanGoal | None


def papier_pdf(dossier: Dossier, agenda: Agenda) -> KeptDocument:
    """The PDF of all that was ticked: the sheets in the order of the evening, then the slips."""
    # With the questions of this school, but none of its answers.
    empty = Dossier(planversie=dossier.planversie, school=dossier.school)
    doelen = {doel.stand.code: doel for fase in whole_plan(empty) for doel in fase.doelen}
    sheets = (
        Sheet(one, doelen.get(one.punt.doel))
        for one in agenda.punten
        if one.punt.blad and (one.punt.doel in doelen or one.stap)
    )
    context = {
        "titel": f"Avond van {agenda.avond.dag:%d/%m/%Y} {dossier}",
        "dossier": dossier,
        "versie": dossier.planversie,
        "avond": agenda.avond,
        "bladen": tuple(sheets),
        "scoren": tuple(one.doel for one in agenda.punten if one.punt.briefjes and one.doel),
        "briefjes": range(PER_PAGE),
        "stappen": range(MAX_SCORE + 1),
        "standen": Antwoordstand.labels,
        "scores": range(MAX_SCORE + 1),
        "woorden": words_for(None),
        "rijen": RIJEN,
    }
    return render_kept(
        "avond/pdf/papier.html",
        context,
        styles=("fiche.css", "plan.css", "stembriefjes.css", "avond.css"),
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school) if context["bladen"] else (),
    )


def verslag_pdf(dossier: Dossier, verslag: Minutes) -> KeptDocument:
    """The PDF of the minutes of an evening."""
    context = {
        "titel": f"Verslag van {timezone.localdate(verslag.avond.begonnen_op):%d/%m/%Y} {dossier}",
        "dossier": dossier,
        "verslag": verslag,
        "letters": LETTERS,
        "is_kort": any(len(text) > LETTERS for text in verslag.texts),
        "stand_van": timezone.localdate(verslag.tot),
    }
    return render_kept(
        "avond/pdf/verslag.html",
        context,
        styles=("verslag.css",),
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def verslag_name(avond: Avond) -> str:
    """The name that its PDF is saved under."""
    return f"verslag-{timezone.localdate(avond.begonnen_op):%Y-%m-%d}.pdf"
