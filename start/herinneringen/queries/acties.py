"""The actions and checks that somebody does, as they come near or are late."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from dossiers.nieuws import Nieuwtje, Regel, name_of
from start.herinneringen.domain.dagen import SOON, furthest, said_of, step_to
from start.herinneringen.domain.momenten import Wat, asked_of, page_of
from start.herinneringen.queries.reach import acties_of, followed_acties, working_trekkers

ZINNEN = {
    (Wat.KLAAR, True): "Een actie moest klaar zijn tegen {dag}.",
    (Wat.KLAAR, False): "Een actie moet klaar zijn tegen {dag}.",
    (Wat.CHECK, True): "De check van een actie was {op}.",
    (Wat.CHECK, False): "De check van een actie is {op}.",
}


def new(until: Mapping[UUID, date], today: date) -> Iterator[Nieuwtje]:
    """What these people do that comes near, or is late. One query."""
    last = furthest(max(until.values(), default=today))
    found = (
        working_trekkers()
        .filter(gebruiker__in=until, actie__in=followed_acties())
        .select_related("actie")
        .only("gebruiker", *(f"actie__{name}" for name in DAYS))
    )
    for trekker in found:
        actie = trekker.actie
        planned = timezone.localdate(actie.gemaakt_op)
        for wat, day in asked_of(actie):
            if day > last:
                continue
            step = step_to(day, today=today, until=until[trekker.gebruiker_id], planned=planned)
            if step:
                key = f"{actie.pk.hex}:{wat}:{day:%Y%m%d}:{step}"
                yield Nieuwtje(trekker.gebruiker_id, key)


DAYS = ("stand", "besluit", "wanneer_op", "check_op", "gemaakt_op")


def lines(gebruiker: UUID, sleutels: Collection[str], today: date) -> list[Regel]:
    """A line for each that is still to be done on that day, the latest first. One query."""
    told = {tuple(sleutel.split(":")[:3]) for sleutel in sleutels}
    found = acties_of(gebruiker).filter(pk__among=[UUID(key) for key in {key for key, *_ in told}])
    still = [
        (day, wat, actie)
        for actie in found
        for wat, day in asked_of(actie)
        if (actie.pk.hex, str(wat), f"{day:%Y%m%d}") in told
    ]
    return [
        Regel(
            zin=_sentence(wat, day, today),
            link=page_of(actie, wat),
            school=name_of(actie.dossier.school),
            laat=day < today,
        )
        for day, wat, actie in sorted(still, key=lambda one: (one[0], one[1], one[2].pk))
    ]


def _sentence(wat: Wat, day: date, today: date) -> str:
    dag = said_of(day, today=today)
    return ZINNEN[wat, day < today].format(dag=dag, op=dag if dag in SOON else f"op {dag}")
