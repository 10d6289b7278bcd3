"""The PDFs of the plan: the routekaart, the whole plan, and the plan to fill in by hand."""

from dossiers.models import Dossier
from preventieplan import kaart
from preventieplan.models import MAX_SCORE, Stand
from preventieplan.queries import last_change, routekaart, whole_plan
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
        "met_lijst": not all(trede.fits for trede in treden),
    }
    return render_pdf("preventieplan/pdf/routekaart.html", context, styles=("routekaart.css",))


def preventieplan_pdf(dossier: Dossier) -> bytes:
    """The whole plan with everything that was filled in."""
    plan = whole_plan(dossier)
    context = {
        "titel": f"{dossier.planversie.materiaal} {dossier}",
        "dossier": dossier,
        "stand_van": last_change(dossier),
        "plan": plan,
        "fasen": tuple(fase.stand for fase in plan),
    }
    return render_pdf("preventieplan/pdf/plan.html", context, styles=("plan.css",))


def blank_preventieplan_pdf(dossier: Dossier) -> bytes:
    """The whole plan to print and fill in by hand; nothing of the school's answers is on it."""
    nobody_wrote = Dossier(planversie=dossier.planversie)
    plan = whole_plan(nobody_wrote)
    context = {
        "titel": f"{dossier.planversie.materiaal} om in te vullen {dossier}",
        "dossier": dossier,
        "plan": plan,
        "fasen": tuple(fase.stand for fase in plan),
        "standen": Stand.labels,
        "scores": range(MAX_SCORE + 1),
    }
    return render_pdf("preventieplan/pdf/plan_blanco.html", context, styles=("plan.css",))
