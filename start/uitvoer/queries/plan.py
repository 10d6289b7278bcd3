"""What a team filled in in its preventieplan: answers, scores, focus, priorities, sentences.

And of rounds of scoring in silence what the team put on plan and routekaart, and nothing else.
"""

from collections import defaultdict
from typing import Any

from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier
from preventieplan.inschalen.queries.rondes import printed_spreads
from preventieplan.models import Antwoord, Inschaling, Inschalingrevisie, Prioriteit
from preventieplan.routekaart.models import Routezinnen
from start.uitvoer.queries.values import day, moment

IN_ORDER = ("doelstelling__fase", "doelstelling__volgorde", "doelstelling__versie", "pk")


def versie_data(versie: Materiaalversie) -> dict[str, Any]:
    """Which version of which material something was written for."""
    return {
        "materiaal": versie.materiaal.slug,
        "titel": versie.materiaal.titel,
        "versie": versie.versie,
        "datum": day(versie.datum),
    }


def plan_data(dossier: Dossier) -> dict[str, Any]:
    """All that was filled in, also for content of an earlier version. Seven queries."""
    zinnen = Routezinnen.objects.filter(dossier=dossier).first() or Routezinnen()
    return {
        "antwoorden": [_antwoord(one) for one in _antwoorden(dossier)],
        "inschalingen": _inschalingen(dossier),
        "spreidingen": [
            {"doelstelling": code, "aantallen": list(spread.counts)}
            for code, spread in sorted(printed_spreads(dossier).items())
        ],
        "prioriteiten": [
            {"fase": one.fase, "plaats": one.plaats, "doelstelling": one.doelstelling.code}
            for one in Prioriteit.objects.filter(dossier=dossier).select_related("doelstelling")
        ],
        "routekaart": {naam: getattr(zinnen, naam) for naam in Routezinnen.VELDEN},
    }


def _antwoorden(dossier: Dossier) -> list[Antwoord]:
    return list(
        Antwoord.objects.filled()
        .filter(dossier=dossier)
        .select_related("vraag__doelstelling__versie")
        .order_by(*(f"vraag__{naam}" for naam in IN_ORDER[:3]), "vraag__volgorde", "pk")
    )


def _antwoord(antwoord: Antwoord) -> dict[str, Any]:
    vraag = antwoord.vraag
    return {
        "doelstelling": vraag.doelstelling.code,
        "vraag": vraag.code,
        "versie": vraag.doelstelling.versie.versie,
        "tekst": vraag.tekst,
        "herkomst": vraag.herkomst,
        "stand": antwoord.stand or None,
        "toelichting": antwoord.toelichting,
        "groeikans": antwoord.groeikans,
        "gewijzigd_op": moment(antwoord.gewijzigd_op),
    }


def _inschalingen(dossier: Dossier) -> list[dict[str, Any]]:
    scores = defaultdict(list)
    saved = Inschalingrevisie.objects.filter(record__dossier=dossier, veld="score")
    for one in saved.order_by("record", "revisie"):
        score = int(one.waarde) if one.waarde else None
        scores[one.record_id].append({"score": score, "op": moment(one.op)})
    found = Inschaling.objects.filter(dossier=dossier).select_related("doelstelling__versie")
    return [
        {
            "fase": one.doelstelling.fase,
            "doelstelling": one.doelstelling.code,
            "versie": one.doelstelling.versie.versie,
            "tekst": one.doelstelling.titel,
            "score": one.score,
            "want": one.want,
            "hoger": one.hoger,
            "focus": one.focus,
            "gewijzigd_op": moment(one.gewijzigd_op),
            "scores": scores[one.pk],
        }
        for one in found.order_by(*IN_ORDER)
    ]
