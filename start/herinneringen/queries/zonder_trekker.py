"""Checks that are late and that nobody does: for the ankerfiguur of the school, once.

Of an action that nobody took upon herself nobody would hear, and it would be forgotten. The team
itself is not written to: that would be a mail to all of them. The ankerfiguur leads the check, and
gets one line for each school, and only when the day has gone by.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from dossiers.acties.models import Actie
from dossiers.mensen.models import Lidmaatschap, Rol, School
from dossiers.nieuws import Nieuwtje, Regel, name_of
from start.herinneringen.domain.momenten import list_of
from start.herinneringen.queries.reach import followed_acties, working_trekkers

EEN = "Eén check, van een actie waar niemand van het team bij staat."
MEER = "{aantal} checks, van acties waar niemand van het team bij staat."


def new(until: Mapping[UUID, date], today: date) -> Iterator[Nieuwtje]:
    """The late checks without anybody, for who of these people is an ankerfiguur. Two queries."""
    of_clb: dict[UUID, list[UUID]] = defaultdict(list)
    roles = _ankerfiguren().filter(user__in=until).values_list("clb", "user").distinct()
    for clb, user in roles:
        of_clb[clb].append(user)
    if not of_clb:
        return
    found = _late(today).filter(dossier__school__clb__in=of_clb)
    rows = found.values_list("pk", "check_op", "dossier__school__clb")
    for pk, day, clb in rows.iterator():
        for user in of_clb[clb]:
            yield Nieuwtje(user, f"{pk.hex}:{day:%Y%m%d}")


def lines(gebruiker: UUID, sleutels: Collection[str], today: date) -> list[Regel]:
    """A line for each school of which something is still late, the most first. One query."""
    clbs = _ankerfiguren().filter(user=gebruiker).values("clb")
    told = set(sleutels)
    keys = [UUID(sleutel.partition(":")[0]) for sleutel in told]
    of_school: dict[School, list[Actie]] = defaultdict(list)
    found = _late(today).filter(pk__among=keys, dossier__school__clb__in=clbs)
    for actie in found.select_related("dossier__school").order_by("dossier__school__naam", "pk"):
        if f"{actie.pk.hex}:{actie.check_op:%Y%m%d}" in told:
            of_school[actie.dossier.school].append(actie)
    found_lines = [
        Regel(
            zin=EEN if len(acties) == 1 else MEER.format(aantal=len(acties)),
            link=list_of(acties[0]),
            school=name_of(school),
            aantal=len(acties),
            laat=True,
        )
        for school, acties in of_school.items()
    ]
    return sorted(found_lines, key=lambda one: -one.aantal)


def _ankerfiguren() -> QuerySet[Lidmaatschap]:
    return Lidmaatschap.objects.active().filter(rol=Rol.ANKERFIGUUR)


def _late(today: date) -> QuerySet[Actie]:
    does = working_trekkers().filter(actie=OuterRef("pk"))
    return followed_acties().filter(~Exists(does), besluit="", check_op__lt=today)
