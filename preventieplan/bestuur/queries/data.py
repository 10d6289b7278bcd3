"""The data of a routekaart as one canonical text: the same routekaart gives the same bytes."""

import json
from datetime import date
from typing import Any

from dossiers.acties.models import Actie
from dossiers.models import Dossier
from preventieplan.bestuur.domain.vaststellen import asked_in
from preventieplan.routekaart.pages import RoutekaartPage
from preventieplan.routekaart.queries import Routedoel

SCHEMA = "vastgestelde-routekaart-1"


def routekaart_data(dossier: Dossier, page: RoutekaartPage, *, op: date | None = None) -> bytes:
    """What stands on a routekaart: UTF-8, keys in order, no space that says nothing.

    op: the day on which it is fixed.
    """
    versie, school = dossier.planversie, dossier.school
    data = {
        "schema": SCHEMA,
        "school": {"naam": school.naam, "instellingsnummer": school.instellingsnummer},
        "clb": school.clb.naam,
        "schooljaar": dossier.schooljaar_label,
        "materiaal": {
            "slug": versie.materiaal.slug,
            "titel": versie.materiaal.titel,
            "versie": versie.versie,
            "digest": versie.digest,
        },
        "vastgesteld_op": op and op.isoformat(),
        "stand_van": page.kaart.stand_van.isoformat(),
        "gemaakt_door": list(page.kaart.makers),
        "zinnen": {zin.naam: {"tekst": zin.tekst, "klad": zin.is_klad} for zin in page.zinnen},
        "vragen": list(asked_in(page.kaart.zinnen.wat_vragen_we)),
        "sinds": {
            "op": page.kaart.sinds.op.isoformat(),
            "scores": dict(page.kaart.sinds.scores),
        },
        "doelen": [
            _goal(doel, trede.trede.fase)
            for trede in page.kaart.treden
            for doel in trede.doelen
            if not (doel.is_fase or doel.is_weg)
        ],
        "acties": [
            *(
                _actie(actie, doel.code)
                for trede in page.kaart.treden
                for doel in trede.doelen
                for actie in doel.acties
            ),
            *(_actie(actie, "") for actie in page.kaart.overige),
        ],
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def _goal(doel: Routedoel, fase: str | int) -> dict[str, Any]:
    stand = doel.stand
    return {
        "code": doel.code,
        "kort": doel.kort,
        "titel": stand.doelstelling.titel,
        "herkomst": stand.doelstelling.herkomst,
        "fase": fase,
        "score": stand.score,
        "eerder": doel.eerder,
        "want": stand.want,
        "hoger": stand.hoger,
        "focus": stand.focus,
        "prioriteit": doel.eerst,
        "spreiding": doel.spreiding.in_short if doel.spreiding else "",
    }


def _actie(actie: Actie, doel: str) -> dict[str, Any]:
    return {
        "id": str(actie.pk),
        "doel": doel,
        "wat": actie.wat,
        "wie": actie.wie,
        "wanneer": actie.wanneer,
        "wanneer_op": actie.wanneer_op and actie.wanneer_op.isoformat(),
        "stand": actie.stand,
        "besluit": actie.besluit,
        "check_op": actie.check_op and actie.check_op.isoformat(),
        "vaststelling": actie.bevinding,
    }
