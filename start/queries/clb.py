"""What waits for an ankerfiguur, beside what her schools need."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from dossiers.mensen.access import Places
from dossiers.mensen.domain.bevestigen import asked, in_season, of_clb
from dossiers.mensen.models import Rol, Verhuis


@dataclass(frozen=True)
class ClbTasks:
    """te_bevestigen: roles to confirm; verhuizen: schools that go when she agrees."""

    clb: UUID
    naam: str
    te_bevestigen: int
    verhuizen: int


def clb_tasks(*, places: Places, today: date) -> list[ClbTasks]:
    """What waits for whom these places are of, of each CLB that she manages, by name.

    Without those where nothing waits. One query, and one more for each CLB in the weeks in which
    roles are confirmed; none for who manages nothing.
    """
    managed = [clb for clb, rol in places.in_clbs.items() if rol == Rol.ANKERFIGUUR]
    if not managed:
        return []
    waiting = Verhuis.objects.filter(
        beslist__in=managed, bevestigd_op__isnull=True, gestopt_op__isnull=True
    ).order_by()
    moves = dict(waiting.values_list("beslist").annotate(aantal=Count("pk")))
    tasks = [
        ClbTasks(
            clb,
            naam,
            of_clb(asked(today=today), clb).count() if in_season(today) else 0,
            moves.get(clb, 0),
        )
        for clb, naam in places.works_for.items()
        if clb in managed
    ]
    return [one for one in tasks if one.te_bevestigen or one.verhuizen]
