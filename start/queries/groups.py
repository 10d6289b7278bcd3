"""Who needs a user this week: all her schools in groups, and what is shown of each group."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import reduce
from operator import attrgetter, or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least, Left, Lower

from dialoogfiches.gesprekken.models import Gesprek
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.domain import schooljaar_to_start
from dossiers.mensen.models import School
from start.domain.attention import Groep, Standing, groep_of, last_day, lively_since
from start.domain.why import Appointment, Soort
from start.queries.changes import WRITTEN

# Schools of a group on the page; of those that run by themselves, which are folded, some more.
PER_GROEP = 10
LOOPT_PER_GROEP = 50
# Enough letters of an action to quote it.
LETTERS = 200

NOT_DONE = ~Q(stand=Actiestand.KLAAR)
NOT_CHECKED = Q(besluit="")
NEVER = Value(date.max, output_field=DateField())


class Place(NamedTuple):
    """A school in its group, by key, with the dossier that this is about.

    dossier: None when that would be one to open.
    eerste: the first day that asks for somebody.
    """

    school: UUID
    dossier: UUID | None
    eerste: date | None


# A school with one of its dossiers in which one works or could: of now, to come, or still open. Its
# key, that of the dossier, the schooljaar, when it was closed, whether anything changed in it
# lately, and its first days; None with the dossier.
Found = tuple[UUID, UUID | None, int | None, datetime | None, bool, date | None, date | None]


def in_groups(scholen: QuerySet[School], today: date) -> dict[Groep, list[Place]]:
    """All of these schools by group. One query.

    Those that cannot wait come by the day that they wait for, and all others by name.
    """
    groups: dict[Groep, list[Place]] = {groep: [] for groep in Groep}
    schooljaar = schooljaar_to_start(today)
    for school, dossier, jaar, closed, gewijzigd, eerste_dag, gesprek_op in _one_for_each(
        _dossiers_at_work(scholen, today), schooljaar
    ):
        is_open = dossier is not None and closed is None
        standing = Standing(
            begonnen=jaar is not None and jaar >= schooljaar,
            is_open=is_open,
            gewijzigd=gewijzigd,
            eerste_dag=eerste_dag if is_open else None,
            gesprek_op=gesprek_op if is_open else None,
        )
        place = Place(school, dossier, standing.eerste)
        groups[groep_of(standing, today=today)].append(place)
    for groep in (Groep.NU, Groep.DEZE_WEEK):
        groups[groep].sort(key=attrgetter("eerste"))
    return groups


def _one_for_each(found: Iterable[Found], schooljaar: int) -> Iterable[Found]:
    """Each school with the dossier that counts: that of a schooljaar, else the newest other.

    found: the newest of a school first.
    """
    counts: dict[UUID, Found] = {}
    for row in found:
        if row[0] not in counts or row[2] == schooljaar:
            counts[row[0]] = row
    return counts.values()


def shown(groups: Mapping[Groep, list[Place]]) -> dict[Groep, list[Place]]:
    """The first of each group."""
    return {
        groep: places[: LOOPT_PER_GROEP if groep == Groep.LOOPT else PER_GROEP]
        for groep, places in groups.items()
    }


def appointments(dossiers: Collection[UUID], today: date) -> dict[UUID, list[Appointment]]:
    """What is late or comes this week in these dossiers, the first one first. Two queries."""
    found: dict[UUID, list[Appointment]] = defaultdict(list)
    until = last_day(today)
    acties = _asking(until=until).filter(dossier__in=dossiers).order_by("gemaakt_op", "pk")
    for pk, dossier, do_by, check_by, wat, wie in acties.values_list(
        "pk", "dossier", *_days(), Left("wat", LETTERS), Left("wie", LETTERS)
    ):
        # An action is one appointment, on the first of its two days.
        soort = Soort.ACTIE if do_by <= check_by else Soort.CHECK
        found[dossier].append(Appointment(soort, min(do_by, check_by), pk, wat, wie))
    gesprekken = _talks_to_come(today).filter(dossier__in=dossiers).order_by("gemaakt_op", "pk")
    for pk, dossier, op, titel in gesprekken.values_list(
        "pk", "dossier", "datum", Left("titel", LETTERS)
    ):
        found[dossier].append(Appointment(Soort.GESPREK, op, pk, titel))
    for afspraken in found.values():
        afspraken.sort(key=attrgetter("op"))
    return found


def _dossiers_at_work(scholen: QuerySet[School], today: date) -> QuerySet[Any, Any]:
    """Each school by name, with its dossiers as `Found`: the database decides all of it."""
    of_dossier = Q(dossier=OuterRef("werk__pk"))
    since = lively_since(today)
    # The first that is true ends it: for most schools that takes one look into an index.
    gewijzigd = [
        Exists(model._default_manager.filter(of_dossier, gewijzigd_op__gte=since))
        for model in WRITTEN
    ]
    eerste_dag = (
        _asking(until=last_day(today))
        .filter(of_dossier)
        .order_by()
        .values("dossier")
        .annotate(
            dag=Least(
                Coalesce(Min("wanneer_op", filter=NOT_DONE), NEVER),
                Coalesce(Min("check_op", filter=NOT_CHECKED), NEVER),
            )
        )
        .values("dag")
    )
    gesprek = _talks_to_come(today).filter(of_dossier).order_by().values("dossier")
    at_work = Q(dossiers__schooljaar__gte=schooljaar_to_start(today))
    at_work |= Q(dossiers__afgesloten_op__isnull=True)
    return (
        scholen.annotate(werk=FilteredRelation("dossiers", condition=at_work))
        .annotate(
            gewijzigd=reduce(or_, gewijzigd, Q(werk__geopend_op__gte=since)),
            eerste_dag=Subquery(eerste_dag),
            gesprek_op=Subquery(gesprek.annotate(dag=Min("datum")).values("dag")),
        )
        .order_by(Lower("naam"), "pk", "-werk__schooljaar")
        .values_list(
            *("pk", "werk__pk", "werk__schooljaar", "werk__afgesloten_op"),
            *("gewijzigd", "eerste_dag", "gesprek_op"),
        )
    )


def _asking(*, until: date) -> QuerySet[Actie]:
    """The actions that ask for something by a day."""
    return (
        Actie.objects.filter(geschrapt_op__isnull=True)
        .exclude(besluit=Besluit.STOPPEN)
        .filter(NOT_DONE & Q(wanneer_op__lte=until) | NOT_CHECKED & Q(check_op__lte=until))
    )


def _days() -> tuple[Case, Case]:
    """The day on which an action has to be done and that of its check; NEVER for what is past."""
    return (
        Case(When(NOT_DONE & Q(wanneer_op__isnull=False), then=F("wanneer_op")), default=NEVER),
        Case(When(NOT_CHECKED & Q(check_op__isnull=False), then=F("check_op")), default=NEVER),
    )


def _talks_to_come(today: date) -> QuerySet[Gesprek]:
    return Gesprek.objects.filter(
        geschrapt_op__isnull=True, datum__gte=today, datum__lte=last_day(today)
    )
