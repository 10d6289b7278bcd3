"""What a team found when it looked back, and the story of an action with those it goes on in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from dossiers.acties.models import Actie, Checkmoment, Vervolg
from dossiers.models import Dossier


@dataclass(frozen=True)
class CheckStep:
    """A check in a story.

    score: the score that moved with it, as `van`, `naar` and `want`; None when none did.
    """

    check: Checkmoment
    score: Any = None


@dataclass(frozen=True)
class Link:
    """An action in a story, with the checks in which something was said; the first one first.

    schooljaar: that of its dossier, such as "2025-2026".
    """

    actie: Actie
    checks: tuple[CheckStep, ...]
    schooljaar: str


@dataclass(frozen=True)
class Story:
    """The chain that an action is part of: agreed, looked back on, adjusted, and so on.

    links: from the action that it began with, which may be of an earlier schooljaar, to the one
        that it ends with in this one.
    """

    actie: Actie
    links: tuple[Link, ...]

    @property
    def begun(self) -> bool:
        """Whether there is more to tell than what was agreed."""
        return len(self.links) > 1 or any(link.checks for link in self.links)

    @property
    def at(self) -> int:
        """Where in the chain the action itself stands."""
        return [link.actie.pk for link in self.links].index(self.actie.pk)

    @property
    def checks(self) -> tuple[CheckStep, ...]:
        """Those of the action itself."""
        return self.links[self.at].checks

    @property
    def last_check(self) -> Checkmoment | None:
        return self.checks[-1].check if self.checks else None

    @property
    def told(self) -> Iterator[tuple[Link, str]]:
        """Each link, with the schooljaar where it goes on in another one than that before it."""
        for before, link in zip((self.links[0], *self.links), self.links, strict=False):
            yield link, "" if link.schooljaar == before.schooljaar else link.schooljaar

    @property
    def eerdere(self) -> Actie | None:
        """The action of the same schooljaar that this one goes on from."""
        return self.links[self.at - 1].actie if self.at and not self.van_vroeger else None

    @property
    def van_vroeger(self) -> tuple[Link, ...]:
        """What went before in earlier schooljaren, for the action that goes on from there."""
        before = self.links[: self.at]
        goes_on = before and before[-1].schooljaar != self.links[self.at].schooljaar
        return before if goes_on else ()

    @property
    def vervolg(self) -> Actie | None:
        """The action that goes on from this one."""
        after = self.links[self.at + 1 :]
        return after[0].actie if after else None

    @property
    def letters(self) -> int:
        """How much its own checks say, and those of earlier schooljaren that are told with it."""
        told = (*self.van_vroeger, self.links[self.at])
        checks = (one.check for link in told for one in link.checks)
        return sum(len(check.vaststelling) + len(check.waarom) for check in checks)


def with_findings(acties: QuerySet[Actie]) -> QuerySet[Actie]:
    """Actions with, as `bevinding`, what the team last found; "" where it found nothing yet."""
    found = Checkmoment.objects.filter(actie=OuterRef("pk")).exclude(vaststelling="")
    last = Subquery(found.order_by("-nummer").values("vaststelling")[:1])
    said: dict[str, Any] = {"bevinding": Coalesce(last, Value(""), output_field=TextField())}
    return acties.annotate(**said)


def findings(acties: Collection[UUID]) -> dict[UUID, str]:
    """What the team last found of some actions, by their primary keys; of those it found something.

    One query.
    """
    found = Checkmoment.objects.filter(actie__in=acties).exclude(vaststelling="")
    return dict(found.order_by("nummer").values_list("actie", "vaststelling"))


def stories(dossier: Dossier, acties: Iterable[Actie]) -> dict[UUID, Story]:
    """The stories of some actions of a dossier, by their primary keys. Two queries, or three when
    one goes on from another that is not among them; none without actions.

    An action that was struck is told only in its own story. What went before in an earlier
    schooljaar of the school is told, for who may read this dossier may read that one
    (`dossiers/access.py`). What comes of it in a later one is not: a dossier stays as it was.
    """
    found = {actie.pk: actie for actie in acties}
    if not found:
        return {}
    earlier = _earlier(dossier)
    later = {one: other for other, one in earlier.items()}
    chains = {pk: _chain(pk, earlier, later) for pk in found}
    wanted = {pk for chain in chains.values() for pk in chain}
    if others := wanted - found.keys():
        others_found = Actie.objects.filter(pk__in=others).select_related("dossier")
        found |= {one.pk: one for one in others_found}
    schooljaren = {pk: _schooljaar(one, dossier) for pk, one in found.items()}
    checks = _by_action(Checkmoment.objects.filter(actie__in=wanted))
    return {
        pk: Story(
            found[pk],
            tuple(
                Link(found[one], tuple(map(CheckStep, checks.get(one, ()))), schooljaren[one])
                for one in chain
                if one == pk or found[one].geschrapt_op is None
            ),
        )
        for pk, chain in chains.items()
    }


def went_before(dossier: Dossier, acties: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The actions that each of these goes on from, the nearest first; by their primary keys.

    One query; none without actions.
    """
    asked = tuple(acties)
    earlier = _earlier(dossier) if asked else {}
    return {pk: tuple(_follow(pk, earlier)) for pk in asked}


def goes_on_later(actie: Actie) -> Actie | None:
    """The action in which one goes on in a later schooljaar, with its dossier. One query."""
    later = Actie.objects.filter(vervolg_van__eerdere=actie, geschrapt_op=None)
    return later.exclude(dossier=actie.dossier_id).select_related("dossier").first()


def _earlier(dossier: Dossier) -> dict[UUID, UUID]:
    """What each action of a school goes on from, up to the schooljaar of a dossier."""
    pairs = Vervolg.objects.filter(
        actie__dossier__school=dossier.school_id,
        actie__dossier__schooljaar__lte=dossier.schooljaar,
    )
    return dict(pairs.values_list("actie", "eerdere"))


def _schooljaar(actie: Actie, dossier: Dossier) -> str:
    here = actie.dossier_id == dossier.pk
    return dossier.schooljaar_label if here else actie.dossier.schooljaar_label


def _chain(pk: UUID, earlier: Mapping[UUID, UUID], later: Mapping[UUID, UUID]) -> list[UUID]:
    before = list(_follow(pk, earlier))
    return [*reversed(before), pk, *_follow(pk, later)]


def _follow(pk: UUID, next_of: Mapping[UUID, UUID]) -> Iterator[UUID]:
    seen = {pk}
    while (pk := next_of.get(pk, pk)) not in seen:
        seen.add(pk)
        yield pk


def _by_action(checks: QuerySet[Checkmoment]) -> dict[UUID, tuple[Checkmoment, ...]]:
    found: dict[UUID, list[Checkmoment]] = defaultdict(list)
    for check in checks.order_by("nummer"):
        if check.is_filled:
            found[check.actie_id].append(check)
    return {actie: tuple(some) for actie, some in found.items()}
