"""What is new of practices, for the mail with reminders: numbers, and never a word of them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from dossiers.mensen.access import schools_for
from dossiers.mensen.models import Lidmaatschap, Rol, User
from dossiers.nieuws import Nieuwtje, Regel, name_of
from dossiers.praktijken.models import Praktijk, Stand
from stsdialoog.mail import absolute_url

# What a line says of one, and of more.
ZINNEN = {
    Stand.ANKERFIGUUR: (
        "Een praktijk van deze school wacht tot je ze leest.",
        "{aantal} praktijken van deze school wachten tot je ze leest.",
    ),
    Stand.VRAAG: (
        "Over een praktijk die jullie deelden, kwam een vraag terug.",
        "Over {aantal} praktijken die jullie deelden, kwam een vraag terug.",
    ),
    Stand.GEDEELD: (
        "Een praktijk van jullie school staat in de toolbox.",
        "{aantal} praktijken van jullie school staan in de toolbox.",
    ),
}
# Who hears of it: what waits, the ankerfiguur; what came back or is shared, the team.
OF_ROL = {Rol.ANKERFIGUUR: (Stand.ANKERFIGUUR,), Rol.SCHOOLTEAM: (Stand.VRAAG, Stand.GEDEELD)}


def new(until: Mapping[UUID, date], _today: date) -> Iterator[Nieuwtje]:
    """What waits for these people, or became of what they told. Two queries."""
    for rol, standen in OF_ROL.items():
        place = "dossier__school__clb" if rol == Rol.ANKERFIGUUR else "dossier__school"
        roles = Lidmaatschap.objects.active().filter(rol=rol, user__in=list(until))
        key = "clb" if rol == Rol.ANKERFIGUUR else "school"
        people = list(roles.values_list("user", key))
        found = _told(standen).filter(**{f"{place}__in": {at for _, at in people}})
        for praktijk in found.annotate(plek=F(place)):
            for user, at in people:
                if at == praktijk.plek:
                    yield Nieuwtje(user, _key(praktijk))


def lines(gebruiker: UUID, sleutels: Collection[str], _today: date) -> list[Regel]:
    """A line for each dossier and each thing that she may still read of. Three queries."""
    user = User.objects.get(pk=gebruiker)
    asked = [UUID(sleutel.partition(":")[0]) for sleutel in sleutels]
    found = _told(ZINNEN).filter(pk__among=asked, dossier__school__in=schools_for(user))
    by_dossier: dict[Any, list[Praktijk]] = {}
    for praktijk in found.order_by("dossier__school__naam", "dossier"):
        if _key(praktijk) in sleutels:
            by_dossier.setdefault((praktijk.dossier, praktijk.stand), []).append(praktijk)
    return [
        Regel(
            zin=ZINNEN[Stand(stand)][len(some) > 1].format(aantal=len(some)),
            link=absolute_url("praktijken", pk=dossier.pk),
            school=name_of(dossier.school),
            aantal=len(some),
        )
        for (dossier, stand), some in by_dossier.items()
    ]


def _told(standen: Collection[str]) -> QuerySet[Praktijk]:
    told = Q(stand__in=list(standen), dossier__school__oefen=False)
    return Praktijk.objects.filter(told).select_related("dossier__school")


def _key(praktijk: Praktijk) -> str:
    """Another one whenever its words or its stand are."""
    return f"{praktijk.pk.hex}:{praktijk.stand}:{praktijk.gewijzigd_op:%y%m%d%H%M%S}"
