"""Reading rounds: of a dossier, behind a code, and how the scores of its goals lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils import timezone

from dossiers.models import Dossier
from preventieplan.inschalen.domain.codes import sealed, unsealed
from preventieplan.inschalen.domain.rondes import is_complete, is_over, spread_of, takes_scores
from preventieplan.inschalen.domain.spreiding import MIN_PRINTED, MIN_SENTENCES, Spread
from preventieplan.inschalen.domain.stemmen import counted_papers
from preventieplan.inschalen.models import ALPHABET, Ronde, Rondedoel
from preventieplan.models import Doelstelling
from preventieplan.queries.earlier import earlier_goal
from preventieplan.queries.plan import goal_of


class Toestand(StrEnum):
    """How far a round is, as all may know."""

    BEZIG = "bezig"
    KLAAR = "klaar"
    GETOOND = "getoond"
    VOORBIJ = "voorbij"


@dataclass(frozen=True)
class GoalOfRound:
    """A goal of a round; its spread, and the sentences with it, only once they are shown."""

    doel: Doelstelling
    row: Rondedoel
    spread: Spread | None
    zinnen: tuple[str, ...]

    @property
    def papers_are_counted(self) -> bool:
        """Whether all its papers were; never what stands on them, before the spread is shown."""
        return sum(counted_papers(self.row)) >= self.row.ronde.papieren

    @property
    def may_be_printed(self) -> bool:
        return self.spread is not None and self.spread.total >= MIN_PRINTED


@dataclass(frozen=True)
class RoundState:
    """A round with its goals, in order."""

    ronde: Ronde
    toestand: Toestand
    doelen: tuple[GoalOfRound, ...]

    @property
    def is_running(self) -> bool:
        return self.toestand in (Toestand.BEZIG, Toestand.KLAAR)

    @property
    def is_complete(self) -> bool:
        """Whether everybody scored, and nobody showed how."""
        return self.toestand == Toestand.KLAAR

    @property
    def is_shown(self) -> bool:
        return self.toestand == Toestand.GETOOND

    @property
    def is_over(self) -> bool:
        """Whether it takes no scores any more, and showed none."""
        return self.toestand == Toestand.VOORBIJ

    @property
    def may_have_second(self) -> bool:
        """Whether the same people can score again: in the day of the round, and only once."""
        ronde = self.ronde
        is_first = self.is_shown and ronde.keer == 1
        return is_first and not is_over(ronde, now=timezone.now())

    @property
    def may_be_followed(self) -> bool:
        """Whether another round can take its place under its code: then its pages go along."""
        return self.may_have_second and self.ronde.code is not None

    @property
    def zegel(self) -> str:
        """Its code as `mark_at` takes it."""
        return sealed(str(self.ronde.code))

    @property
    def mark(self) -> str:
        return mark_of_state(self.ronde.pk, self.toestand)

    def goal(self, code: str) -> GoalOfRound | None:
        """The goal with this code, or else the first."""
        first = next(iter(self.doelen), None)
        return next((one for one in self.doelen if one.doel.code == code), first)


def mark_of_state(pk: UUID, toestand: Toestand) -> str:
    """What a page that waits asks for: another one when there is something else to see."""
    return f"{toestand} {str(pk)[:8]}"


def find_ronde(*, dossier: Dossier, pk: UUID) -> RoundState | None:
    """A round of a dossier. At most four queries, and one for each goal of an earlier version."""
    ronde = _with_goals(dossier.rondes.filter(pk=pk)).first()
    return _state(dossier, ronde) if ronde else None


def is_anywhere(pk: UUID) -> bool:
    """Whether a round is still there, in whichever dossier. One query."""
    return Ronde.objects.filter(pk=pk).exists()


def rondes_of(dossier: Dossier) -> list[RoundState]:
    """The rounds of a dossier, the newest first. Queries: as `find_ronde`."""
    return [_state(dossier, ronde) for ronde in _with_goals(dossier.rondes.all())]


def behind_code(code: str) -> Ronde | None:
    """The round of a code, with its dossier and school; None when it is of none. One query."""
    if not _may_be_code(code):
        return None
    rondes = Ronde.objects.select_related("dossier__school", "dossier__planversie")
    return rondes.filter(code=code).first()


def round_at(ronde: Ronde) -> RoundState:
    """A round that was found by its code, as it is now. Queries: as `find_ronde`.

    One that was erased meanwhile is over. Its code stays the one by which it was found, also when
    another round took that over meanwhile.
    """
    again = _with_goals(Ronde.objects.filter(pk=ronde.pk)).first()
    if again is None:
        return RoundState(ronde, Toestand.VOORBIJ, ())
    again.code = ronde.code
    return _state(ronde.dossier, again)


def mark_at(zegel: str) -> str | None:
    """The `mark_of_state` of a code, for a page that waits; None when it is of none. One query.

    zegel: as `RoundState.zegel` has it; another is of no round.
    """
    code = unsealed(zegel)
    if code is None:
        return None
    open_doelen = Ronde.objects.filter(code=code).values(
        "pk", "getoond_op", "gestopt_op", "geopend_op", "telefoons", "papieren", "doelen",
        "dossier__afgesloten_op",
        op_telefoon=Sum("doelen__stemmentallen__stemmen"),
        op_papier=Sum("doelen__stemmentallen__papieren"),
    )  # fmt: skip
    rows = list(open_doelen)
    if not rows:
        return None
    complete = all(
        (row["op_telefoon"] or 0) >= row["telefoons"] and (row["op_papier"] or 0) >= row["papieren"]
        for row in rows
    )
    first = rows[0]
    toestand = _toestand(
        getoond=first["getoond_op"] is not None,
        runs=first["gestopt_op"] is None
        and first["dossier__afgesloten_op"] is None
        and not is_over(Ronde(geopend_op=first["geopend_op"]), now=timezone.now()),
        complete=complete,
    )
    return mark_of_state(first["pk"], toestand)


def printed_spreads(dossier: Dossier) -> Mapping[str, Spread]:
    """What plan and routekaart show: for the code of a goal how its scores lie. Two queries."""
    rows = Rondedoel.objects.filter(
        ronde__dossier=dossier, ronde__getoond_op__isnull=False, op_papier=True
    ).prefetch_related("stemmentallen")
    spreads = {row.doel: spread_of(row) for row in rows}
    return {code: one for code, one in spreads.items() if one.total >= MIN_PRINTED}


def _with_goals(rondes: QuerySet[Ronde]) -> QuerySet[Ronde]:
    return rondes.select_related("geopend_door").prefetch_related(
        "doelen__stemmentallen", "doelen__zinnen"
    )


def _state(dossier: Dossier, ronde: Ronde) -> RoundState:
    ronde.dossier = dossier
    toestand = _toestand(
        getoond=ronde.getoond_op is not None,
        runs=takes_scores(ronde, now=timezone.now()) and dossier.is_open,
        complete=is_complete(ronde),
    )
    doelen = (_goal(dossier, row, toestand) for row in ronde.doelen.all())
    return RoundState(ronde, toestand, tuple(one for one in doelen if one))


def _goal(dossier: Dossier, row: Rondedoel, toestand: Toestand) -> GoalOfRound | None:
    doel = goal_of(dossier.planversie, row.doel) or earlier_goal(dossier, row.doel)
    if doel is None:
        return None
    if toestand != Toestand.GETOOND:
        return GoalOfRound(doel, row, None, ())
    # Sentences come from phones alone.
    may_be_read = row.ronde.telefoons >= MIN_SENTENCES
    zinnen = tuple(zin.tekst for zin in row.zinnen.all()) if may_be_read else ()
    return GoalOfRound(doel, row, spread_of(row), zinnen)


def _toestand(*, getoond: bool, runs: bool, complete: bool) -> Toestand:
    if getoond:
        return Toestand.GETOOND
    if not runs:
        return Toestand.VOORBIJ
    return Toestand.KLAAR if complete else Toestand.BEZIG


def _may_be_code(code: str) -> bool:
    return set(code) <= set(ALPHABET)
