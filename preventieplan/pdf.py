"""The PDFs of the plan: filled in, and blank to fill in by hand."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from dossiers.materialen.models import Herkomst, Materiaalversie
from dossiers.models import Dossier
from preventieplan.domain.words import words_for
from preventieplan.models import MAX_SCORE, Antwoordstand
from preventieplan.queries.earlier import goals_left_behind
from preventieplan.queries.plan import (
    PlanPhase,
    acties_of,
    introduction_of,
    last_change,
    other_acties,
    whole_plan,
)
from stsdialoog.documents.document import MATERIALS, KeptDocument, render_kept

STYLES = ("plan.css",)


def filename(what: str, dossier: Dossier) -> str:
    """The file name of a PDF of a dossier; `what` is the first part of it."""
    # A school name in another script gives an empty slug.
    school = slugify(dossier.school.naam) or dossier.school.instellingsnummer
    return f"{what}-{school}-{dossier.schooljaar_label}.pdf"


def preventieplan_pdf(dossier: Dossier) -> KeptDocument:
    """The PDF of the plan with everything that was filled in, also under earlier versions."""
    plan = whole_plan(dossier)
    context = {
        "titel": f"{dossier.planversie.materiaal} {dossier}",
        "dossier": dossier,
        "versie": dossier.planversie,
        "inleiding": introduction_of(dossier.planversie),
        "stand_van": last_change(dossier),
        "met_voorstel": _has_proposals(dossier.planversie, plan),
        "plan": plan,
        "fasen": tuple(fase.stand for fase in plan),
        "earlier": goals_left_behind(dossier, acties_of(dossier)),
        "others": tuple(other_acties(dossier)),
    }
    return render_kept(
        "preventieplan/pdf/plan.html",
        context,
        styles=STYLES,
        owner=dossier.pk,
    )


def blank_preventieplan_pdf(dossier: Dossier) -> KeptDocument:
    """The PDF of the plan to fill in by hand, with the name of the school but no answers."""
    titel = f"{dossier.planversie.materiaal} om in te vullen {dossier}"
    context = {"titel": titel, "dossier": dossier}
    # With the questions of this school, but none of its answers.
    empty = Dossier(planversie=dossier.planversie, school=dossier.school)
    return _blank(empty, context, owner=dossier.pk)


def blank_pdf(versie: Materiaalversie) -> KeptDocument:
    """The PDF of the plan to fill in by hand for any school, with a blank for its name."""
    context = {"titel": f"{versie.materiaal} om in te vullen", "dossier": None}
    return _blank(Dossier(planversie=versie), context, owner=MATERIALS)


def _blank(empty: Dossier, context: dict[str, Any], *, owner: object) -> KeptDocument:
    """empty: a dossier in which nobody wrote; without a school for one that is not known."""
    plan = whole_plan(empty)
    context |= {
        "versie": empty.planversie,
        "inleiding": introduction_of(empty.planversie),
        "met_voorstel": _has_proposals(empty.planversie, plan),
        "plan": plan,
        "fasen": tuple(fase.stand for fase in plan),
        "standen": Antwoordstand.labels,
        "scores": range(MAX_SCORE + 1),
        "woorden": words_for(None),
    }
    return render_kept("preventieplan/pdf/plan_blanco.html", context, styles=STYLES, owner=owner)


def _has_proposals(versie: Materiaalversie, plan: Iterable[PlanPhase]) -> bool:
    """Whether anything in the plan still has to be confirmed by the PLG."""
    inleiding = introduction_of(versie)
    return (inleiding is not None and inleiding["herkomst"] == Herkomst.VOORSTEL) or any(
        Herkomst.VOORSTEL
        in (
            doel.stand.doelstelling.herkomst,
            doel.stand.doelstelling.inleiding_herkomst,
            *(vraag.herkomst for vraag, _ in doel.antwoorden),
            *(vraag.uitleg_herkomst for vraag, _ in doel.antwoorden),
        )
        for fase in plan
        for doel in fase.doelen
    )
