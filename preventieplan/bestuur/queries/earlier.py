"""What a fixed routekaart held, for the next one that is compared with it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F, QuerySet

from dossiers.acties.models import Actiestand, Besluit, Vervolg
from dossiers.models import Dossier
from preventieplan.bestuur.domain.antwoorden import answers_since
from preventieplan.bestuur.models import Bestuursantwoord, VastgesteldeRoutekaart
from preventieplan.routekaart.domain.fixed import Answered, Fixed, FixedActie


def last_fixed(dossier: Dossier) -> Fixed | None:
    """The routekaart that the school of a dossier last fixed, this schooljaar or before.

    With what the board answered to it, and what it answered since to those of before: a board may
    take its time. One query when there is none, two otherwise, and one more when it was of
    an earlier schooljaar.
    """
    kaart = (
        VastgesteldeRoutekaart.objects.filter(
            school=dossier.school_id, schooljaar__lte=dossier.schooljaar
        )
        .defer("document")
        .first()
    )
    if kaart is None or kaart.dossier_id is None:
        return None
    data = read(kaart)
    doelen = data["doelen"]
    acties = {
        one["id"]: FixedActie(
            one["wat"],
            is_gedaan=one["stand"] == Actiestand.KLAAR and one["besluit"] != Besluit.STOPPEN,
            is_gestopt=one["besluit"] == Besluit.STOPPEN,
        )
        for one in data["acties"]
    }
    return Fixed(
        op=kaart.op,
        scores={one["code"]: one["score"] for one in doelen if one["score"] is not None},
        acties=acties if kaart.dossier_id == dossier.pk else _as_now(acties, dossier),
        prioriteiten={one["code"]: one["kort"] for one in doelen if one["prioriteit"]},
        antwoorden=tuple(_answered_since(kaart)),
    )


def _as_now(acties: Mapping[str, FixedActie], dossier: Dossier) -> dict[str, FixedActie]:
    """The same actions, by the keys under which they went on in this schooljaar. One query."""
    pairs = Vervolg.objects.filter(actie__dossier__school=dossier.school_id).exclude(
        actie__dossier=F("eerdere__dossier")
    )
    known = dict(acties)
    # The earliest schooljaar first, so that one that went on twice is found as well.
    for actie, eerdere in pairs.order_by("actie__dossier__schooljaar").values_list(
        "actie", "eerdere"
    ):
        if str(eerdere) in known:
            known[str(actie)] = known[str(eerdere)]
    return known


def read(kaart: VastgesteldeRoutekaart) -> dict[str, Any]:
    """The data of a fixed routekaart."""
    found: dict[str, Any] = json.loads(bytes(kaart.data))
    return found


def last_answers_to(kaart: VastgesteldeRoutekaart) -> list[Bestuursantwoord]:
    """The last answer of each link to each thing that was asked, by what was asked. One query."""
    return _last_of(Bestuursantwoord.objects.filter(link__kaart=kaart).select_related("link"))


def _answered_since(kaart: VastgesteldeRoutekaart) -> Iterator[Answered]:
    found = answers_since(kaart).select_related("link__kaart").defer("link__kaart__document")
    for one in _last_of(found):
        vraag = read(one.link.kaart)["vragen"][one.nummer - 1]
        yield Answered(vraag, one.link.functie, one.get_keuze_display(), one.zin)


def _last_of(answers: QuerySet[Bestuursantwoord]) -> list[Bestuursantwoord]:
    in_order = answers.order_by("link__kaart__op", "nummer", "link__gemaakt_op", "link", "keer")
    return list({(one.nummer, one.link_id): one for one in in_order}.values())
