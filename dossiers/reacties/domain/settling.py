"""Telling what was said of the lines of the materials, once a month and of enough schools."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias
from uuid import UUID

from django.db import transaction

from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import School
from dossiers.reacties.models import Gezegd, Reactie, Reactiemaand
from dossiers.thresholds import MIN_SCHOLEN, are_enough
from stsdialoog.shuffling import store_shuffled

# What stands beside a sentence of the school that said it: as much of it as may be told.
BESIDE = (("niveau", "provincie"), ("niveau",), ("provincie",))
Shared: TypeAlias = tuple[str, ...]


@transaction.atomic
def settle_reacties(*, maand: date) -> int | None:
    """Tell of each line what waits there, where that is of enough schools.

    maand: its first day. A second call for it, also at the same moment, changes nothing any more.
    Returns of how many lines something was told; None when the month was settled already.
    """
    _, is_first = Reactiemaand.objects.get_or_create(maand=maand)
    if not is_first:
        return None
    return sum(_settle(verwijzing, maand) for verwijzing in _waiting_lines())


def _waiting_lines() -> list[str]:
    lines = Gezegd.objects.filter(wacht=True, school__isnull=False).order_by("verwijzing")
    return list(lines.values_list("verwijzing", flat=True).distinct())


def _settle(verwijzing: str, maand: date) -> bool:
    slug, _ = verwijzing.split("/")
    Materiaal.objects.select_for_update(no_key=True).get(slug=slug)
    waits = Gezegd.objects.filter(verwijzing=verwijzing, wacht=True)
    schools = list(waits.filter(school__isnull=False).select_related("school"))
    if not are_enough(one.school.clb_id for one in schools if one.school):
        return False
    found = Reactie.objects.filter(verwijzing=verwijzing, maand=None)
    reacties = list(found)
    _keep_what_may_be_told(reacties, schools)
    for reactie in reacties:
        reactie.maand = maand
    found.delete()
    store_shuffled(Reactie.objects.filter(verwijzing=verwijzing), reacties)
    waits.update(wacht=False, gelezen=True)
    return True


def _keep_what_may_be_told(reacties: Collection[Reactie], schools: Iterable[Gezegd]) -> None:
    """Leave niveau and province where enough schools share them; empty them elsewhere."""
    kept: Mapping[Shared, Sequence[str]] = {}
    names: Sequence[str] = ()
    for names in BESIDE:
        clbs: defaultdict[Shared, list[UUID]] = defaultdict(list)
        for one in schools:
            if one.school:
                clbs[_shared(one.school, names)].append(one.school.clb_id)
        said = Counter(_shared(one, names) for one in reacties)
        kept = dict.fromkeys(_tellable(clbs, said), names)
        if kept:
            break
    for reactie in reacties:
        stays = kept.get(_shared(reactie, names), ())
        for name in BESIDE[0]:
            if name not in stays:
                setattr(reactie, name, "")


def _tellable(clbs: Mapping[Shared, Sequence[UUID]], said: Counter[Shared]) -> set[Shared]:
    """What may be told, so that what is left is of nobody, or of enough schools as well.

    clbs: by what schools share, the CLB of each. said: how many reactions share it.
    """

    def tells(shared: Collection[Shared]) -> bool:
        of = [clb for one in shared for clb in clbs.get(one, ())]
        return are_enough(of) and sum(said[one] for one in shared) >= MIN_SCHOLEN

    told = {one for one in said if tells([one])}
    while told and (rest := said.keys() - told) and not tells(rest):
        told.remove(min(told, key=lambda one: (said[one], one)))
    return told


def _shared(of: School | Reactie, names: Sequence[str]) -> Shared:
    return tuple(getattr(of, name) for name in names)
