"""Reading spiegels: of a dossier, behind a link, and what came of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from dossiers.anoniem.domain.bevragingen import is_settled
from dossiers.anoniem.queries import SurveyState
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Antwoordstand, Doelstelling
from preventieplan.queries.earlier import earlier_goal
from preventieplan.queries.plan import goal_of
from preventieplan.spiegel.domain.spiegels import answered_by_team, resting
from preventieplan.spiegel.domain.verschil import Comparison
from preventieplan.spiegel.models import Spiegel, Spiegeldag, Spiegelgolf, Spiegelvraag


@dataclass(frozen=True)
class MirroredQuestion:
    """A question with what both answered.

    doel: its goal; None when no version of the plan has that.
    nu: what the team answers today, when that is something else.
    """

    row: Spiegelvraag
    doel: Doelstelling | None
    verschil: Comparison
    nu: str


@dataclass(frozen=True)
class SpiegelResult:
    """Everything that may be shown of one spiegel.

    eerste_dag, laatste_dag: the days of the first and the last answer.
    """

    vragen: tuple[MirroredQuestion, ...]
    aantal: int
    eerste_dag: date
    laatste_dag: date


@dataclass(frozen=True)
class Choosable:
    """The questions of a goal that can be put to teachers, each with what the team answered."""

    doel: Doelstelling
    antwoorden: tuple[Antwoord, ...]


def spiegels_of(dossier: Dossier) -> list[SurveyState[Spiegel]]:
    """The spiegels of a dossier, newest first. One query."""
    return [_stand(spiegel, dossier) for spiegel in _counted(dossier)]


def find_spiegel(*, dossier: Dossier, pk: UUID) -> SurveyState[Spiegel] | None:
    """A spiegel of this dossier; None if the dossier has no such spiegel."""
    spiegel = _counted(dossier).filter(pk=pk).first()
    return _stand(spiegel, dossier) if spiegel else None


def spiegel_behind(sleutel: str) -> Spiegel | None:
    """The spiegel with the secret key of a link, with its dossier and school; or None."""
    return Spiegel.objects.filter(sleutel=sleutel).select_related("dossier__school").first()


def choosable(dossier: Dossier) -> tuple[dict[Fase, list[Choosable]], int]:
    """The questions that can be put to teachers, by phase and goal, and how many of them rest.

    Three queries, and those of `resting` for each spiegel that ended lately.
    """
    rest = resting(dossier)
    found: dict[Fase, list[Choosable]] = {}
    by_goal: dict[Doelstelling, list[Antwoord]] = {}
    asleep = 0
    for antwoord in answered_by_team(dossier):
        if antwoord.vraag.code in rest:
            asleep += 1
        else:
            by_goal.setdefault(antwoord.vraag.doelstelling, []).append(antwoord)
    for doel, antwoorden in by_goal.items():
        found.setdefault(Fase(doel.fase), []).append(Choosable(doel, tuple(antwoorden)))
    return found, asleep


def waves_of(spiegel: Spiegel) -> QuerySet[Spiegelgolf]:
    """The waves of answers to a spiegel, in order. One query."""
    return Spiegelgolf.objects.filter(bevraging=spiegel)


def result_of(stand: SurveyState[Spiegel]) -> SpiegelResult | None:
    """What came of a spiegel; None as long as it may not be shown.

    A running one is not locked, so viewing it blocks nobody. Eight queries, and one for each goal
    of an earlier version.
    """
    if stand.is_open:
        return None
    spiegel = stand.bevraging
    with transaction.atomic():
        # With the lock, an answer in flight at midnight has either been stored or will be refused.
        held = Spiegel.objects.select_for_update(no_key=True).filter(pk=spiegel.pk).first()
        # It is gone with an oefendossier, which can be emptied at any time.
        if held is None or not is_settled(held):
            return None
        rows = list(held.vragen.all())
        dagen = list(held.dagen.filter(aantal__gt=0))
    now = _stands_now(spiegel.dossier, rows)
    goals = {row.doel: _goal(spiegel.dossier, row.doel) for row in rows}
    return SpiegelResult(
        vragen=tuple(_question(row, goals[row.doel], now.get(row.vraag, "")) for row in rows),
        aantal=sum(one.aantal for one in dagen),
        eerste_dag=dagen[0].dag,
        laatste_dag=dagen[-1].dag,
    )


def _question(row: Spiegelvraag, doel: Doelstelling | None, now: str) -> MirroredQuestion:
    verschil = Comparison(Antwoordstand(row.stand), row.aantallen)
    nu = "" if now in ("", row.stand) else Antwoordstand(now).label
    return MirroredQuestion(row, doel, verschil, nu)


def _stands_now(dossier: Dossier, rows: list[Spiegelvraag]) -> Mapping[str, str]:
    """What the team answers today, by the code of the question."""
    found = Antwoord.objects.filter(dossier=dossier, vraag__code__in=[row.vraag for row in rows])
    in_order = found.order_by("gewijzigd_op", "pk")
    return dict(in_order.values_list("vraag__code", "stand"))


def _goal(dossier: Dossier, code: str) -> Doelstelling | None:
    return goal_of(dossier.planversie, code) or earlier_goal(dossier, code)


def _counted(dossier: Dossier) -> QuerySet[Spiegel]:
    today = timezone.localdate()
    loose = Spiegeldag.objects.filter(spiegel=OuterRef("pk"))
    waves = Spiegelgolf.objects.filter(bevraging=OuterRef("pk"), opzij=False)
    # A wave is of one day: its ten minutes begin on the clock.
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Spiegel.objects.filter(dossier=dossier).annotate(
        aantal=_sum(loose, "spiegel") + _sum(waves, "bevraging"),
        vroeger=_sum(loose.filter(dag__lt=today), "spiegel")
        + _sum(waves.filter(begin__lt=midnight), "bevraging"),
        onbeslist=Exists(waves),
    )


def _sum(rows: QuerySet[Any], by: str) -> Coalesce:
    summed = rows.order_by().values(by).annotate(n=Sum("aantal")).values("n")
    return Coalesce(Subquery(summed), 0)


def _stand(spiegel: Spiegel, dossier: Dossier) -> SurveyState[Spiegel]:
    spiegel.dossier = dossier
    found: Any = spiegel
    return SurveyState(spiegel, found.aantal, found.vroeger, found.onbeslist)
