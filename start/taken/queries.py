"""What somebody agreed to do or to look back on, over all her schools."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from dossiers.acties.domain.acties import names, names_whole
from dossiers.acties.models import Actie, Actiestand, Besluit, Trekker
from dossiers.acties.queries.trekkers import check_url, row_url
from dossiers.mensen.access import CLB_ROLLEN, Places, Recht, places_of
from dossiers.mensen.models import School, User
from preventieplan.queries.plan import question_url
from preventieplan.uitzoeken.models import Uitzoekvraag
from start.queries.dossier import WITHIN_A_WEEK, Wanneer

# Enough letters of an action to know which one it is.
LETTERS = 200
CLB = "CLB"


class Soort(models.TextChoices):
    """What waits: an action to be done, or to be looked back on; a question to be found out."""

    DOEN = "doen", "doen"
    CHECK = "check", "check"
    UITZOEKEN = "uitzoeken", "uitzoeken"


class Waarom(models.TextChoices):
    """Why an action is somebody's."""

    GEKOZEN = "gekozen", "van jou"
    GENOEMD = "genoemd", "misschien van jou"
    CLB = "clb", "van jullie CLB"


@dataclass(frozen=True)
class Taak:
    """What is asked of somebody. An action that is done and checked later gives two of them.

    van: the key of the action or the question. url: where one goes on.
    dag: when; None for what has no day yet. wanneer: how soon that is.
    woorden: what the team said of when it has to be done.
    waarom: GEKOZEN when the team chose her for it. GENOEMD when only Wie names her, which may be
        somebody with the same first name; CLB when it names her CLB. Remind of the first alone.
    """

    van: UUID
    dossier_pk: UUID
    school: str
    wat: str
    url: str
    dag: date | None
    soort: Soort
    wanneer: Wanneer
    woorden: str
    waarom: Waarom
    may_write: bool

    @property
    def is_check(self) -> bool:
        return self.soort == Soort.CHECK

    @property
    def is_vraag(self) -> bool:
        return self.soort == Soort.UITZOEKEN

    @property
    def te_laat(self) -> bool:
        return self.wanneer == Wanneer.OVER_TIJD

    @property
    def deze_week(self) -> bool:
        return self.wanneer == Wanneer.DEZE_WEEK

    @property
    def is_zeker(self) -> bool:
        return self.waarom == Waarom.GEKOZEN


def tasks_of(user: User, *, today: date) -> list[Taak]:
    """What waits for somebody in all open dossiers that she may read, by day. Three queries.

    What was struck, stopped, or done and looked back on asks nothing. What has no day comes last.
    A role that ended, here or in her CLB, takes its tasks along.
    today: what is before it is over its date; what is within a week of it, this week.
    """
    places = places_of(user)
    found = [
        taak
        for actie in _open_acties(user, places)
        if (waarom := _why(actie, user, places))
        for taak in _tasks(actie, waarom, places, today)
    ]
    found += _questions(user, places, today)
    return sorted(found, key=lambda one: (one.dag or date.max, one.school, one.wat))


@dataclass(frozen=True)
class TaskLine:
    """An action or a question in a list of tasks: what it asks first, and what after that."""

    taak: Taak
    daarna: Taak | None


@dataclass(frozen=True)
class TasksOfSchool:
    school: str
    dossier_pk: UUID
    regels: tuple[TaskLine, ...]


@dataclass(frozen=True)
class TaskGroup:
    """The tasks that are as soon as each other, school by school."""

    wanneer: Wanneer
    scholen: tuple[TasksOfSchool, ...]

    @property
    def is_late(self) -> bool:
        return self.wanneer == Wanneer.OVER_TIJD

    @property
    def is_this_week(self) -> bool:
        return self.wanneer == Wanneer.DEZE_WEEK

    @property
    def aantal(self) -> int:
        return sum(len(one.regels) for one in self.scholen)


def task_groups(taken: Iterable[Taak]) -> tuple[TaskGroup, ...]:
    """Tasks as one reads them: each action once, by how soon, then by school. No query.

    taken: by day.
    """
    per_actie: dict[UUID, list[Taak]] = {}
    for taak in taken:
        per_actie.setdefault(taak.van, []).append(taak)
    groups: dict[Wanneer, dict[UUID, list[TaskLine]]] = {one: {} for one in Wanneer}
    for eerste, *rest in per_actie.values():
        line = TaskLine(eerste, rest[0] if rest else None)
        groups[eerste.wanneer].setdefault(eerste.dossier_pk, []).append(line)
    return tuple(
        TaskGroup(wanneer, tuple(sorted(_per_school(schools), key=attrgetter("school"))))
        for wanneer, schools in groups.items()
        if schools
    )


def _per_school(schools: dict[UUID, list[TaskLine]]) -> Iterator[TasksOfSchool]:
    for dossier, lines in schools.items():
        yield TasksOfSchool(lines[0].taak.school, dossier, tuple(lines))


def _open_acties(user: User, places: Places) -> QuerySet[Actie]:
    """The actions that ask something and may be of a user: she was chosen, or Wie says something.

    What they say, she reads: a long text is cut off in the database.
    """
    chosen = Exists(Trekker.objects.filter(actie=OuterRef("pk"), gebruiker=user))
    to_do = ~Q(stand=Actiestand.KLAAR)
    to_check = Q(besluit="", check_op__isnull=False)
    return (
        Actie.objects.filter(
            to_do | to_check,
            geschrapt_op__isnull=True,
            dossier__afgesloten_op__isnull=True,
            dossier__school__in=places.schools(),
        )
        .exclude(besluit=Besluit.STOPPEN)
        .annotate(gekozen=chosen, begin=Left("wat", LETTERS), bij=Left("wanneer", LETTERS))
        .filter(Q(gekozen=True) | ~Q(wie=""))
        .select_related("dossier__school")
        .only(
            *("wie", "wanneer_op", "check_op", "stand", "besluit"),
            *("dossier__school__naam", "dossier__school__clb"),
        )
        .order_by("gemaakt_op", "pk")
    )


def _why(actie: Actie, user: User, places: Places) -> Waarom | None:
    """Why an action is of a user; None when it is not."""
    # Who may only read by now is no longer in the team that does things.
    if actie.gekozen and _may_write(actie.dossier.school, places):  # type: ignore[attr-defined]
        return Waarom.GEKOZEN
    if names(actie, naam=user.naam):
        return Waarom.GENOEMD
    works_there = _works_for_clb_of(actie.dossier.school, places)
    return Waarom.CLB if works_there and names_whole(actie, naam=CLB) else None


def _may_write(school: School, places: Places) -> bool:
    return places.right_on(school) >= Recht.SCHRIJVEN


def _url_of(actie: Actie, soort: Soort, *, may_write: bool) -> str:
    """Where one goes on: to look back, or to the row of what has to be done."""
    where = check_url if soort == Soort.CHECK else row_url
    return where(actie.dossier_id, actie.pk, may_write=may_write)


def _works_for_clb_of(school: School, places: Places) -> bool:
    rollen = (places.in_schools.get(school.pk), places.in_clbs.get(school.clb_id))
    return any(rol in CLB_ROLLEN for rol in rollen)


def _tasks(actie: Actie, waarom: Waarom, places: Places, today: date) -> Iterator[Taak]:
    dossier = actie.dossier
    asked = []
    if actie.stand != Actiestand.KLAAR:
        asked.append((Soort.DOEN, actie.wanneer_op))
    if not actie.besluit and actie.check_op:
        asked.append((Soort.CHECK, actie.check_op))
    for soort, dag in asked:
        yield Taak(
            van=actie.pk,
            dossier_pk=dossier.pk,
            school=dossier.school.naam,
            wat=actie.begin,  # type: ignore[attr-defined]
            url=_url_of(actie, soort, may_write=_may_write(actie.dossier.school, places)),
            dag=dag,
            soort=soort,
            wanneer=_how_soon(dag, today),
            woorden=actie.bij if soort == Soort.DOEN else "",  # type: ignore[attr-defined]
            waarom=waarom,
            may_write=_may_write(actie.dossier.school, places),
        )


def _questions(user: User, places: Places, today: date) -> Iterator[Taak]:
    """The questions that a team gave to a user and does not know yet. One query."""
    found = (
        Uitzoekvraag.objects.still_open()
        .filter(gebruiker=user, antwoord__dossier__school__in=places.schools())
        .select_related("antwoord__dossier__school", "antwoord__vraag__doelstelling")
        .order_by("gegeven_op", "pk")
    )
    for one in found:
        vraag, dossier = one.antwoord.vraag, one.antwoord.dossier
        if _may_write(dossier.school, places):
            yield Taak(
                van=one.pk,
                dossier_pk=dossier.pk,
                school=dossier.school.naam,
                wat=vraag.tekst,
                url=question_url(dossier.pk, vraag),
                dag=one.tegen,
                soort=Soort.UITZOEKEN,
                wanneer=_how_soon(one.tegen, today),
                woorden="",
                waarom=Waarom.GEKOZEN,
                may_write=True,
            )


def _how_soon(dag: date | None, today: date) -> Wanneer:
    if dag is None or dag > today + WITHIN_A_WEEK:
        return Wanneer.LATER
    return Wanneer.OVER_TIJD if dag < today else Wanneer.DEZE_WEEK
