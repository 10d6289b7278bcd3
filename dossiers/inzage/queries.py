"""The lines of the log for the page of a dossier and of a CLB, with the names of today."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from dossiers.inzage.domain import ALLEEN_CLB, SOORTEN, kinds_in, sentence
from dossiers.logboek.models import Handelingen, Logregel
from dossiers.mensen.models import CLB, Lidmaatschap, School, User
from dossiers.models import Dossier

VANZELF = "STS-Dialoog"
BATCH = 500  # lines of a file at a time


@dataclass(frozen=True)
class Line:
    """One event.

    waar: its school, with the schooljaar of a dossier; "" for what is of the whole CLB.
    dossier: that dossier, when it is still there.
    """

    op: datetime
    door: str
    soort: str
    zin: str
    waar: str
    dossier: Dossier | None

    @property
    def dag(self) -> str:
        return timezone.localtime(self.op).date().isoformat()


def of_dossier(dossier: Dossier) -> QuerySet[Logregel]:
    """What happened in a dossier, newest first, as far as whoever works in it may read it."""
    lines = Logregel.objects.filter(dossier_id=dossier.pk)
    return lines.exclude(handeling__in=kinds_in(ALLEEN_CLB)).order_by("-op", "-id")


def of_clb(clb: CLB) -> QuerySet[Logregel]:
    """What happened in a CLB, in its schools and with its accounts, newest first."""
    return Logregel.objects.filter(clb_id=clb.pk).order_by("-op", "-id")


def people_in(lines: QuerySet[Logregel]) -> list[tuple[str, str]]:
    """The key and the name of whoever did something in these lines, by name. One query."""
    found = lines.filter(door__isnull=False).order_by().values_list("door", "door__naam").distinct()
    return sorted(((str(pk), naam) for pk, naam in found), key=lambda one: one[1].casefold())


def with_names(rows: Sequence[Logregel]) -> list[Line]:
    """Lines as one reads them. At most five queries, however many lines."""
    roles = _by_key(Lidmaatschap.objects.select_related("user"), rows, "lidmaatschap")
    users = _by_key(User.objects.all(), rows, "user")
    doers = User.objects.in_bulk({row.door_id for row in rows if row.door_id})
    schools = School.objects.in_bulk({row.school_id for row in rows if row.school_id})
    dossiers = Dossier.objects.in_bulk({row.dossier_id for row in rows if row.dossier_id})
    lines = []
    for row in rows:
        role = roles.get(row.record_id)
        about = role.user if role else users.get(row.record_id)
        door = str(doers[row.door_id]) if row.door_id else VANZELF
        dossier = dossiers.get(row.dossier_id)
        wie, rol = str(about or ""), role.get_rol_display() if role else ""
        lines.append(
            Line(
                op=row.op,
                door=door,
                soort=SOORTEN[Handelingen(row.handeling)].groep.label,
                zin=sentence(row.handeling, door=door, wie=wie, rol=rol),
                waar=_place(schools.get(row.school_id), dossier),
                dossier=dossier,
            )
        )
    return lines


def all_lines(rows: QuerySet[Logregel]) -> Iterator[Line]:
    """All lines, newest first, read a few at a time: a file of them can be long."""
    last: Logregel | None = None
    while True:
        batch = list((rows.filter(_before(last)) if last else rows)[:BATCH])
        if not batch:
            return
        yield from with_names(batch)
        last = batch[-1]


def _before(line: Logregel) -> Q:
    return Q(op__lt=line.op) | Q(op=line.op, pk__lt=line.pk)


def _place(school: School | None, dossier: Dossier | None) -> str:
    if school is None:
        return ""
    return f"{school}, {dossier.schooljaar_label}" if dossier else str(school)


def _by_key(records: QuerySet[Any], rows: Iterable[Logregel], soort: str) -> dict[str, Any]:
    """The records of one kind that lines are about, by their key as text."""
    keys = {UUID(row.record_id) for row in rows if row.soort == soort}
    found: dict[UUID, Model] = records.in_bulk(keys)
    return {str(key): record for key, record in found.items()}
