"""The papers of an evening: what was ticked to print beforehand, and its minutes."""

from dataclasses import dataclass
from math import ceil

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
# The minutes in two columns: about so many lines on a page, in its head and foot, and letters on a
# line.
LINES, HEAD, ON_A_LINE = 130, 16, 52
# More pages than that are not made shorter.
MOST_PAGES = 2


@dataclass(frozen=True)
class Brevity:
    """How the minutes are kept short: in one place, and told at their foot.

    letters, vraag: of one text, and of the question that it answers.
    telt: whether of questions at which nothing was typed only stands how many got what.
    """

    letters: int
    vraag: int
    telt: bool


# From the longest to the shortest.
BREVITIES = (
    Brevity(400, vraag=400, telt=False),
    Brevity(400, vraag=400, telt=True),
    *(Brevity(letters, vraag=90, telt=True) for letters in (240, 180, 140, 110)),
)


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
    kort = brevity_of(verslag)
    context = {
        "titel": f"Verslag van {timezone.localdate(verslag.avond.begonnen_op):%d/%m/%Y} {dossier}",
        "dossier": dossier,
        "verslag": verslag,
        "kort": kort,
        "is_kort": any(len(text) > kort.letters for text in verslag.texts),
        "is_geteld": kort.telt and any(deel.zonder_woorden for deel in verslag.delen),
        "stand_van": timezone.localdate(verslag.tot),
    }
    return render_kept(
        "avond/pdf/verslag.html",
        context,
        styles=("verslag.css",),
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def brevity_of(verslag: Minutes) -> Brevity:
    """The least short one with which the minutes are one page, or else two."""
    found = (
        kort
        for pages in range(1, MOST_PAGES + 1)
        for kort in BREVITIES
        if _lines(verslag, kort) <= pages * LINES
    )
    return next(found, BREVITIES[-1])


def _lines(verslag: Minutes, kort: Brevity) -> float:
    """About how many lines the minutes take in a column."""
    made = verslag.afspraken
    actions = (*made.teruggekeken, *made.gemaakt, *made.uitgewerkt)
    lines = HEAD + 2.5 * len(verslag.delen) + 3.0 * bool(actions)
    lines += _height("", verslag.avond.aanwezig, len(verslag.avond.aanwezig)) / 2
    for deel in verslag.delen:
        gezegd = deel.in_woorden if kort.telt else deel.gezegd
        lines += 2.2 * bool(deel.spreiding) + 1.2 * (kort.telt and bool(deel.zonder_woorden))
        lines += sum(_height(*one, kort.letters) for one in deel.woorden)
        lines += sum(
            _height(one.vraag[: kort.vraag] + one.stand, one.tekst, kort.letters) for one in gezegd
        )
    for one in actions:
        about = one.vaststelling + one.wie + one.wanneer + 30 * "."
        lines += _height(about, one.wat, kort.letters)
        lines += sum(_height(*each, kort.letters) for each in one.uitwerking)
    return lines


def _height(before: str, text: str, letters: int) -> float:
    """The lines of a text behind what stands before it, with the gap below."""
    first, *others = text[:letters].split("\n")
    rows = (len(before) + len(first), *map(len, others))
    return sum(max(1, ceil(row / ON_A_LINE)) for row in rows) + 0.2


def verslag_name(avond: Avond) -> str:
    """The name that its PDF is saved under."""
    return f"verslag-{timezone.localdate(avond.begonnen_op):%Y-%m-%d}.pdf"
