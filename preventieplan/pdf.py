"""The PDFs of the plan: filled in, blank to fill in by hand, and the overview of its actions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify

from dossiers.acties.models import Actie
from dossiers.briefhoofd.queries import letterhead_of, printed_for
from dossiers.ernaast import beside_on_paper
from dossiers.materialen.models import Fase, Herkomst, Materiaalversie
from dossiers.mensen.models import CLB, School
from dossiers.models import Dossier
from preventieplan.domain.words import words_for
from preventieplan.inschalen.queries.rondes import printed_spreads
from preventieplan.models import MAX_SCORE, Antwoord, Antwoordstand, Checklistvraag, Doelstelling
from preventieplan.queries.checks import stories_with_scores
from preventieplan.queries.earlier import EarlierGoal, goals_left_behind
from preventieplan.queries.plan import (
    PlanGoal,
    PlanPhase,
    last_change,
    placed_acties,
    whole_plan,
)
from preventieplan.scores_page import ScoredPhase, earlier_words, scored_phases
from preventieplan.spiegel.queries.beside import printed_mirrors
from stsdialoog.documents.document import KeptDocument, render_kept

STYLES = ("plan.css", "cijfers.css")


@dataclass(frozen=True)
class Excerpt:
    """The part of a plan that somebody wants on paper: a phase or, with `doel`, one goal of it."""

    fase: Fase
    doel: Doelstelling | None = None

    @property
    def naam(self) -> str:
        return self.doel.kort if self.doel else f"fase {int(self.fase)}"

    @property
    def slug(self) -> str:
        """For the name of a file."""
        return self.doel.code if self.doel else f"fase-{int(self.fase)}"

    def of(self, plan: Iterable[PlanPhase]) -> tuple[PlanPhase, ...]:
        """The phases of a plan, with only the goals that are wanted."""
        return tuple(
            replace(
                fase,
                doelen=tuple(doel for doel in fase.doelen if self._has(doel.stand.doelstelling)),
            )
            for fase in plan
        )

    def of_scores(self, fasen: Iterable[ScoredPhase]) -> tuple[ScoredPhase, ...]:
        return tuple(
            ScoredPhase(
                replace(
                    one.fase,
                    doelen=tuple(doel for doel in one.fase.doelen if self._has(doel.doelstelling)),
                    points=() if self.doel else one.fase.points,
                )
            )
            for one in fasen
        )

    def of_earlier(self, earlier: Iterable[EarlierGoal]) -> tuple[EarlierGoal, ...]:
        return tuple(one for one in earlier if self._has(one.doelstelling))

    def _has(self, doel: Doelstelling) -> bool:
        if self.doel:
            return doel.code == self.doel.code
        return doel.fase == self.fase


def filename(what: str, dossier: Dossier) -> str:
    """The file name of a PDF of a dossier; `what` is the first part of it."""
    # A school name in another script gives an empty slug.
    school = slugify(dossier.school.naam) or dossier.school.instellingsnummer
    return f"{what}-{school}-{dossier.schooljaar_label}.pdf"


def preventieplan_pdf(
    dossier: Dossier, excerpt: Excerpt | None = None, *, bijlage: bool = False
) -> KeptDocument:
    """The PDF of the plan with everything that was filled in, also under earlier versions.

    excerpt: the part of it that is wanted; None for the whole.
    bijlage: whether the questions that nobody touched follow it. Without, they are counted.
    """
    plan, acties = whole_plan(dossier), placed_acties(dossier)
    earlier = goals_left_behind(dossier, acties.of_goals)
    fasen = scored_phases(dossier)
    if excerpt:
        plan, earlier = excerpt.of(plan), excerpt.of_earlier(earlier)
        fasen = excerpt.of_scores(fasen)
    scores = tuple(one for one in fasen if one.bewogen)
    others = () if excerpt else acties.others
    _tell(dossier, (*_planned(plan), *others, *(one for deel in earlier for one in deel.acties)))
    context = {
        "titel": _titel(f"{dossier.planversie.materiaal}", excerpt, dossier),
        "dossier": dossier,
        "versie": dossier.planversie,
        "stand_van": last_change(dossier),
        "met_voorstel": Herkomst.VOORSTEL in _shown(plan, bijlage=bijlage),
        "uittreksel": excerpt,
        "bijlage": bijlage,
        "plan": plan,
        "ernaast": tuple(beside_on_paper(dossier, _asked(plan))),
        "fasen": tuple(fase.stand for fase in plan),
        "open": tuple(_open(plan, bijlage=bijlage)),
        "earlier": earlier,
        "scores": scores,
        "spreidingen": tuple(printed_spreads(dossier).items()),
        "spiegels": tuple(printed_mirrors(dossier).items()),
        "eerdere_woorden": earlier_words(scores, schooljaar=dossier.schooljaar),
        "others": others,
    }
    return render_kept(
        "preventieplan/pdf/plan.html",
        context,
        styles=STYLES,
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def _planned(plan: Iterable[PlanPhase]) -> Iterator[Actie]:
    for fase in plan:
        yield from fase.acties
        for doel in fase.doelen:
            yield from doel.acties


def _tell(dossier: Dossier, acties: Iterable[Actie]) -> None:
    """Give each action its story. At most four queries."""
    known = list(acties)
    told = stories_with_scores(dossier, known)
    for actie in known:
        actie.story = told.get(actie.pk)


def _asked(plan: Iterable[PlanPhase]) -> Iterator[tuple[str, str]]:
    """The goals that are printed, each with what of the dossier stands beside it."""
    for fase in plan:
        for doel in fase.begonnen:
            yield doel.stand.code, doel.stand.doelstelling.toont


def _open(
    plan: Iterable[PlanPhase], *, bijlage: bool
) -> Iterator[tuple[PlanPhase, tuple[PlanGoal, ...]]]:
    """The phases with goals that have something untouched, each with those goals.

    bijlage: whether their questions are written out. Otherwise a goal that was begun counts its own
    where it stands.
    """
    for fase in plan:
        doelen = tuple(doel for doel in fase.onbesproken if bijlage or not doel.is_begonnen)
        if doelen:
            yield fase, doelen


def overzicht_pdf(dossier: Dossier) -> KeptDocument:
    """The PDF of the overview: every action of the dossier, phase by phase, with its check."""
    plan, acties = whole_plan(dossier), placed_acties(dossier)
    left_behind = goals_left_behind(dossier, acties.of_goals)
    context = {
        "titel": f"Overzicht van de acties {dossier}",
        "dossier": dossier,
        "stand_van": last_change(dossier),
        "plan": plan,
        "earlier": tuple(one for one in left_behind if one.acties),
        "others": acties.others,
    }
    return render_kept(
        "preventieplan/pdf/overzicht.html",
        context,
        styles=("overzicht.css",),
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def blank_preventieplan_pdf(dossier: Dossier, excerpt: Excerpt | None = None) -> KeptDocument:
    """The PDF of the plan to fill in by hand, with the name of the school but no answers.

    excerpt: the part of it that is wanted; None for the whole.
    """
    titel = _titel(f"{dossier.planversie.materiaal} om in te vullen", excerpt, dossier)
    context = {"titel": titel, "dossier": dossier, "uittreksel": excerpt}
    # With the questions of this school, but none of its answers.
    empty = Dossier(planversie=dossier.planversie, school=dossier.school)
    return _blank(
        empty,
        context,
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def blank_pdf(versie: Materiaalversie, van: School | CLB | None = None) -> KeptDocument:
    """The PDF of the plan to fill in by hand for any school, with a blank for its name.

    van: for whom it is printed, for the letterhead.
    """
    titel = f"{versie.materiaal} om in te vullen"
    context = {"titel": titel, "dossier": None, "uittreksel": None}
    letterhead, owner = printed_for(van)
    return _blank(Dossier(planversie=versie), context, owner=owner, letterhead=letterhead)


def _blank(empty: Dossier, context: dict[str, Any], **kept: Any) -> KeptDocument:
    """empty: a dossier in which nobody wrote; without a school for one that is not known.

    kept: whose it is, as for `render_kept`.
    """
    plan, versie = whole_plan(empty), empty.planversie
    if context["uittreksel"]:
        plan = context["uittreksel"].of(plan)
    context |= {
        "versie": versie,
        "stand_van": None,
        "met_voorstel": any(
            Herkomst.VOORSTEL in _herkomsten(doel, doel.antwoorden)
            for fase in plan
            for doel in fase.doelen
        ),
        "plan": plan,
        "fasen": tuple(fase.stand for fase in plan),
        "standen": Antwoordstand.labels,
        "scores": range(MAX_SCORE + 1),
        "woorden": words_for(None),
    }
    return render_kept("preventieplan/pdf/plan_blanco.html", context, styles=STYLES, **kept)


def _titel(what: str, excerpt: Excerpt | None, dossier: Dossier) -> str:
    return f"{what}, {excerpt.naam}, {dossier}" if excerpt else f"{what} {dossier}"


def _shown(plan: Iterable[PlanPhase], *, bijlage: bool) -> tuple[str, ...]:
    """Where each text on the PDF of a plan comes from."""
    return tuple(
        herkomst
        for fase in plan
        for doel in fase.doelen
        for herkomst in _herkomsten(
            doel,
            doel.antwoorden if bijlage else doel.beantwoord,
            with_introduction=doel.is_begonnen,
        )
    )


def _herkomsten(
    doel: PlanGoal,
    vragen: Iterable[tuple[Checklistvraag, Antwoord]],
    *,
    with_introduction: bool = True,
) -> Iterator[str]:
    yield doel.stand.doelstelling.herkomst
    if with_introduction:
        yield doel.stand.doelstelling.inleiding_herkomst
    for vraag, _ in vragen:
        yield vraag.herkomst
        yield vraag.uitleg_herkomst
