"""The PDFs of the plan: the routekaart, the whole plan, and the plan to fill in by hand."""

from collections.abc import Iterable
from typing import Any

from dossiers.models import Dossier, Herkomst, Materiaalversie
from preventieplan import kaart
from preventieplan.eerder import left_behind
from preventieplan.models import MAX_SCORE, Stand
from preventieplan.queries import (
    Fasestand,
    Planfase,
    acties_of,
    last_change,
    routekaart,
    whole_plan,
)
from stsdialoog.pdf import render_pdf


def routekaart_pdf(dossier: Dossier) -> bytes:
    """Page 1 is all that a board reads; the whole list of actions follows if it does not fit."""
    found = routekaart(dossier)
    treden = kaart.steps(found)
    context = {
        "titel": f"{found.titel} {dossier}",
        "dossier": dossier,
        "kaart": found,
        "stand_van": found.stand_van,
        "treden": treden,
        "is_leeg": kaart.is_empty(treden),
        "voorstelfasen": _phases_with_proposals(trede.fase for trede in found.treden),
        "met_lijst": not all(trede.fits for trede in treden),
    }
    return render_pdf("preventieplan/pdf/routekaart.html", context, styles=("routekaart.css",))


def preventieplan_pdf(dossier: Dossier) -> bytes:
    """The whole plan with everything that was filled in, also under an earlier version."""
    plan = whole_plan(dossier)
    context = {
        "titel": f"{dossier.planversie.materiaal} {dossier}",
        "dossier": dossier,
        "versie": dossier.planversie,
        "stand_van": last_change(dossier),
        "met_voorstel": _has_proposals(plan),
        "plan": plan,
        "fasen": tuple(fase.stand for fase in plan),
        "eerder": left_behind(dossier, acties_of(dossier)),
    }
    return render_pdf("preventieplan/pdf/plan.html", context, styles=("plan.css",))


def blank_preventieplan_pdf(dossier: Dossier) -> bytes:
    """The whole plan to print and fill in by hand; nothing of the school's answers is on it."""
    titel = f"{dossier.planversie.materiaal} om in te vullen {dossier}"
    return _blank(dossier.planversie, {"titel": titel, "dossier": dossier})


def blank_pdf(versie: Materiaalversie) -> bytes:
    """The same for any school: the name of the school is to be filled in too."""
    return _blank(versie, {"titel": f"{versie.materiaal} om in te vullen"})


def _blank(versie: Materiaalversie, context: dict[str, Any]) -> bytes:
    plan = whole_plan(Dossier(planversie=versie))  # in which nobody wrote
    context |= {
        "versie": versie,
        "met_voorstel": _has_proposals(plan),
        "plan": plan,
        "fasen": tuple(fase.stand for fase in plan),
        "standen": Stand.labels,
        "scores": range(MAX_SCORE + 1),
    }
    return render_pdf("preventieplan/pdf/plan_blanco.html", context, styles=("plan.css",))


def _phases_with_proposals(fasen: Iterable[Fasestand]) -> str:
    """The phases with a goal that the PLG has yet to confirm, as words: "1, 2 en 3"."""
    nummers = [
        str(fase.nummer)
        for fase in fasen
        if any(doel.doelstelling.herkomst == Herkomst.VOORSTEL for doel in fase.doelen)
    ]
    return " en ".join([part for part in (", ".join(nummers[:-1]), *nummers[-1:]) if part])


def _has_proposals(plan: Iterable[Planfase]) -> bool:
    """Whether anything in the plan has yet to be confirmed by the PLG."""
    return any(
        Herkomst.VOORSTEL
        in (
            doel.stand.doelstelling.herkomst,
            doel.stand.doelstelling.inleiding_herkomst,
            *(vraag.herkomst for vraag, _ in doel.antwoorden),
        )
        for fase in plan
        for doel in fase.doelen
    )
