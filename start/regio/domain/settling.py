"""Settling the figures of a month, in a way that two looks at them tell no more than one does."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from dossiers.domain import schooljaar_of
from dossiers.mensen.models import Provincie
from dossiers.thresholds import MIN_SCHOLEN, MIN_VAN_ANDEREN, are_enough, without_the_largest
from start.regio.domain.values import Counted, counted_dossiers
from start.regio.models import (
    Bijdrage,
    Regiocijfer,
    Rekenmaand,
    Soort,
)

BATCH = 200  # rows in one statement


def settle_month(*, maand: date, track: Callable[[int], object]) -> tuple[Provincie, ...]:
    """Settle the figures of a month for each province that was not done yet.

    Reads in small steps; writes those of a province in one transaction, so that a figure and what
    counts for it never part. A second call, also at the same moment, changes nothing any more.

    maand: its first day; it says to which schooljaar the dossiers belong.
    track: called with the number of dossiers that were read.
    Returns the provinces that were settled now.
    """
    done = set(Rekenmaand.objects.filter(maand=maand).values_list("provincie", flat=True))
    return tuple(
        provincie
        for provincie in Provincie
        if provincie not in done and _settle(provincie, maand=maand, track=track)
    )


@dataclass
class Tally:
    """How one figure would move; schools are counted by their CLB.

    remaining: how many of those that it counted are still there. changed: how many of these have
    another value or none any more. new: how many were not counted before.
    """

    verdeling: Counter[str] = field(default_factory=Counter)
    clbs: Counter[UUID] = field(default_factory=Counter)
    changed: Counter[UUID] = field(default_factory=Counter)
    new: Counter[UUID] = field(default_factory=Counter)
    remaining: int = 0

    @property
    def scholen(self) -> int:
        return self.verdeling.total()

    def add(self, clb: UUID, *, now: str | None, before: str | None) -> None:
        if now is not None:
            self.verdeling[now] += 1
            self.clbs[clb] += 1
        if before is None:
            self.new[clb] += 1
            return
        self.remaining += 1
        if now != before:
            self.changed[clb] += 1

    def may_move(self, told_of: int) -> bool:
        """Whether enough schools are in it, and enough of them changed since it was told.

        told_of: how many schools it was told of. Who left since is among those who changed it; but
        who left and who is new may be one school that came back as it was, and that is no change.
        """
        gone = told_of - self.remaining
        changed = self.changed.total() + abs(self.new.total() - gone)
        known = self.changed if gone else self.changed + self.new
        return (
            are_enough(self.clbs.elements())
            and changed >= MIN_SCHOLEN
            and without_the_largest(known) >= MIN_VAN_ANDEREN
        )


def _settle(provincie: Provincie, *, maand: date, track: Callable[[int], object]) -> bool:
    schooljaar = schooljaar_of(maand)
    dossiers: list[Counted] = []
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for batch in counted_dossiers(provincie=provincie, schooljaar=schooljaar):
        for one in batch:
            for key in one.now.keys() | one.before.keys():
                tally = tallies[key]
                tally.add(one.clb, now=one.now.get(key), before=one.before.get(key))
        dossiers += batch
        track(len(batch))
    told = Regiocijfer.objects.filter(provincie=provincie, schooljaar=schooljaar)
    told_of = {f"{row.soort} {row.code}": row.scholen for row in told}
    moved = {key: one for key, one in tallies.items() if one.may_move(told_of.get(key, 0))}
    try:
        with transaction.atomic():
            Rekenmaand.objects.create(maand=maand, provincie=provincie)
            _write_figures(moved, provincie=provincie, schooljaar=schooljaar, maand=maand)
            # Who left is counted no more, also when its school comes back.
            Bijdrage.objects.filter(provincie=provincie, dossier__schooljaar=schooljaar).exclude(
                dossier__school__provincie=provincie
            ).delete()
            _write_contributions(dossiers, moved=moved, provincie=provincie)
    except IntegrityError:
        # Another process was first, or a dossier was erased meanwhile: the next night is in time.
        return False
    return True


def _write_figures(
    moved: dict[str, Tally], *, provincie: Provincie, schooljaar: int, maand: date
) -> None:
    rows = []
    for key, tally in moved.items():
        soort, code = key.split(" ")
        rows.append(
            Regiocijfer(
                schooljaar=schooljaar,
                provincie=provincie,
                soort=Soort(soort),
                code=code,
                verdeling=dict(tally.verdeling),
                scholen=tally.scholen,
                maand=maand,
            )
        )
    Regiocijfer.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["schooljaar", "provincie", "soort", "code"],
        update_fields=["verdeling", "scholen", "maand"],
    )


def _write_contributions(
    dossiers: Iterable[Counted], *, moved: dict[str, Tally], provincie: Provincie
) -> None:
    rows = []
    for one in dossiers:
        waarden = {key: value for key, value in one.before.items() if key not in moved}
        waarden |= {key: value for key, value in one.now.items() if key in moved}
        if waarden != one.before:
            rows.append(Bijdrage(dossier_id=one.dossier, provincie=provincie, waarden=waarden))
    Bijdrage.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["dossier"],
        update_fields=["provincie", "waarden"],
    )
