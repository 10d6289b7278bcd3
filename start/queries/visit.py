"""What somebody who comes back to a school wants to know: a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef
from django.utils import timezone

from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gesprekrevisie,
    Gesprekstaprevisie,
    Notitierevisie,
    Uitwerkingrevisie,
)
from dossiers.acties.belonging import is_whole_phase, phase_of
from dossiers.acties.domain.acties import names
from dossiers.acties.models import Actierevisie, Actiestand, Checkmomentrevisie, Trekker
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.models import Antwoordrevisie, Inschalingrevisie
from preventieplan.queries.stand import GoalState
from preventieplan.routekaart.models import Routezinnenrevisie
from start.domain.visits import Changes, MovedAction, MovedScore, Signs, question_to_ask
from start.queries.dossier import ActionLine, DossierPage

# The histories of what people of the school and the CLB write together. Talks with parents are
# left out on purpose, as they are in `changes.WRITTEN`.
HISTORIES: tuple[Any, ...] = (
    *(Antwoordrevisie, Inschalingrevisie, Actierevisie, Routezinnenrevisie),
    *(Gesprekrevisie, Gesprekstaprevisie, Notitierevisie, Uitwerkingrevisie),
    Checkmomentrevisie,
)


@dataclass(frozen=True)
class Visit:
    """What somebody wants to know before she enters a school.

    changes: None when she never wrote in the dossier.
    beloftes: what she promised herself and did not do yet, the late ones first.
    """

    changes: Changes | None
    beloftes: tuple[ActionLine, ...]
    vraag: str


def visit(*, dossier: Dossier, page: DossierPage, user: User, today: date) -> Visit:
    """What changed since she was last there, what she promised, and what to ask.

    Six queries; two for who never wrote in the dossier.

    page: the page of this dossier.
    """
    last = last_visit(dossier=dossier, user=user, today=today)
    doelen = {doel.code: doel for fase in page.fasen for doel in fase.doelen}
    changes = _changes(dossier, user, last, doelen) if last else None
    return Visit(changes, _promised(dossier, page, user), question_to_ask(_signs(page, changes)))


def last_visit(*, dossier: Dossier, user: User, today: date) -> date | None:
    """The last day before today on which somebody saved something in a dossier. One query."""
    before = _begin_of(today)
    moments = [
        one.objects.filter(record__dossier=dossier, door=user, op__lt=before)
        .order_by()
        .values("door")
        .annotate(last=Max("op"))
        .values_list("last", flat=True)
        for one in HISTORIES
    ]
    last = max(moments[0].union(*moments[1:], all=True), default=None)
    return timezone.localdate(last) if last else None


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _changes(dossier: Dossier, user: User, last: date, doelen: dict[str, GoalState]) -> Changes:
    """What others did after that day. Four queries."""
    since = _begin_of(last + timedelta(days=1))
    return Changes(
        last,
        tuple(_scores(dossier, user, since, doelen)),
        tuple(_answers(dossier, user, since, doelen)),
        tuple(_actions(dossier, user, since)),
        tuple(_talks(dossier, user, since)),
    )


def _scores(
    dossier: Dossier, user: User, since: datetime, doelen: dict[str, GoalState]
) -> Iterable[MovedScore]:
    rows = Inschalingrevisie.objects.filter(record__dossier=dossier, veld="score")
    then: dict[str, str] = {}
    now: dict[str, str] = {}
    moved = set()
    for code, waarde, op, door in rows.order_by("op", "revisie").values_list(
        "record__doelstelling__code", "waarde", "op", "door"
    ):
        now[code] = waarde
        if op < since:
            then[code] = waarde
        elif door != user.pk:
            moved.add(code)
    for code, doel in doelen.items():
        if code in moved and now[code] != then.get(code, ""):
            yield MovedScore(doel.kort, _score(then.get(code, "")), _score(now[code]))


def _score(waarde: str) -> int | None:
    return int(waarde) if waarde else None


def _answers(
    dossier: Dossier, user: User, since: datetime, doelen: dict[str, GoalState]
) -> Iterable[tuple[str, int]]:
    rows = (
        Antwoordrevisie.objects.filter(record__dossier=dossier, op__gte=since)
        .exclude(door=user)
        .order_by()
        .values("record__vraag__doelstelling__code")
        .annotate(aantal=Count("record", distinct=True))
        .values_list("record__vraag__doelstelling__code", "aantal")
    )
    found = dict(rows)
    return ((doel.kort, found[code]) for code, doel in doelen.items() if code in found)


def _actions(dossier: Dossier, user: User, since: datetime) -> Iterable[MovedAction]:
    """Each action with the last that happened to it."""
    rows = (
        Actierevisie.objects.filter(
            record__dossier=dossier,
            record__geschrapt_op__isnull=True,
            veld__in=("wat", "stand", "besluit"),
            op__gte=since,
        )
        .exclude(door=user)
        .order_by("op", "pk")
        .values_list("record", "record__wat", "veld", "revisie", "waarde")
    )
    happened: dict[Any, MovedAction] = {}
    for actie, wat, veld, revisie, waarde in rows:
        match veld:
            case "wat" if revisie == 1:
                happened[actie] = MovedAction(wat, "nieuw")
            case "stand" if waarde == Actiestand.KLAAR:
                happened[actie] = MovedAction(wat, "gedaan")
            case "besluit" if waarde:
                happened[actie] = MovedAction(wat, waarde)
    return happened.values()


def _talks(dossier: Dossier, user: User, since: datetime) -> Iterable[str]:
    written = [
        Exists(one.objects.filter(**{of: OuterRef("pk")}, op__gte=since).exclude(door=user))
        for one, of in (
            (Gesprekrevisie, "record"),
            (Gesprekstaprevisie, "record__gesprek"),
            (Notitierevisie, "record__gesprek"),
        )
    ]
    talks = Gesprek.objects.filter(dossier=dossier, geschrapt_op__isnull=True)
    return talks.filter(written[0] | written[1] | written[2]).values_list("titel", flat=True)


def _promised(dossier: Dossier, page: DossierPage, user: User) -> tuple[ActionLine, ...]:
    """The actions that are not done and of which she is, or is named as, who does them."""
    pulls = set(
        Trekker.objects.filter(gebruiker=user, actie__dossier=dossier).values_list(
            "actie", flat=True
        )
    )
    return tuple(
        regel
        for regel in page.acties
        if regel.actie.pk in pulls or names(regel.actie, naam=user.naam)
    )


def _signs(page: DossierPage, changes: Changes | None) -> Signs:
    doelen = [doel for fase in page.fasen for doel in fase.doelen]
    running = {regel.actie.hoort_bij for regel in page.acties}
    late = next((regel.actie for regel in page.acties if regel.te_laat), None)
    return Signs(
        te_laat=None if late is None else _where(late.hoort_bij, doelen),
        changes=changes,
        zonder_actie=next(
            (one.kort for one in doelen if one.is_prioriteit and one.code not in running), ""
        ),
        zonder_score=next(
            (one.kort for one in doelen if one.vragen and not one.nog and one.score is None), ""
        ),
    )


def _where(hoort_bij: str, doelen: Iterable[GoalState]) -> str:
    """The short name of the goal, or the phase, that something belongs at; "" for neither."""
    if is_whole_phase(hoort_bij):
        return f"fase {int(phase_of(hoort_bij) or 0)}"
    return next((doel.kort for doel in doelen if doel.code == hoort_bij), "")
