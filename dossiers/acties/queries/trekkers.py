"""Who of a team does an action, and where somebody looks back on one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import is_finished, is_overdue, named_in_team, next_date
from dossiers.acties.models import Actie, Trekker, Vervolg
from dossiers.mensen.models import User
from dossiers.mensen.queries import writers_of


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be reminded of an action.

    trekker: that she does it already, with who chose her and when.
    in_team: may write here today; who left gets no reminder.
    staat_bij_wie: her whole name stands in Wie, and is that of nobody else in the team.
    """

    gebruiker: User
    trekker: Trekker | None
    in_team: bool
    staat_bij_wie: bool

    @property
    def gekozen(self) -> bool:
        return self.trekker is not None

    @property
    def koos_zelf(self) -> bool:
        return self.trekker is not None and self.trekker.gekozen_door == self.gebruiker


def candidates_for(actie: Actie) -> tuple[Candidate, ...]:
    """Who can be chosen for an action, by role and name, and after them who left. Two queries.

    actie: with its dossier and school loaded.
    """
    chosen = Trekker.objects.filter(actie=actie).select_related("gebruiker", "gekozen_door")
    there = {one.gebruiker_id: one for one in chosen.order_by("pk")}
    team = writers_of(actie.dossier.school)
    named = named_in_team(actie, team)
    return (
        *(
            Candidate(
                one,
                trekker=there.get(one.pk),
                in_team=True,
                staat_bij_wie=one in named,
            )
            for one in team
        ),
        *(
            Candidate(one.gebruiker, trekker=one, in_team=False, staat_bij_wie=False)
            for pk, one in there.items()
            if pk not in {member.pk for member in team}
        ),
    )


def name_trekkers(acties: Iterable[Actie]) -> None:
    """Give actions that no words say who of the names of who of the team does them.

    acties: as `with_trekkers` gives them. One query when there are such actions, otherwise none.
    """
    asked = {one.pk: one for one in acties if one.heeft_trekker and not one.wie.strip()}
    if not asked:
        return
    rows = Trekker.objects.filter(actie__in=asked).select_related("gebruiker").order_by("pk")
    names: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        names[row.actie_id].append(str(row.gebruiker))
    for pk, found in names.items():
        asked[pk].trekkersnamen = ", ".join(found)


def chosen_for(user: User, acties: Iterable[Actie]) -> frozenset[UUID]:
    """Those of these actions that a user was chosen for, by their primary keys.

    acties: as `with_trekkers` gives them. One query when any has somebody, otherwise none.
    """
    asked = [one.pk for one in acties if one.heeft_trekker]
    if not asked:
        return frozenset()
    rows = Trekker.objects.filter(gebruiker=user, actie__in=asked)
    return frozenset(rows.values_list("actie", flat=True))


def with_trekkers(acties: QuerySet[Actie]) -> QuerySet[Actie]:
    """Actions that know whether somebody of the team does them, as `heeft_trekker`, and whether
    they came along from another schooljaar, as `kwam_mee`.
    """
    elsewhere = ~Q(eerdere__dossier=OuterRef("dossier"))
    came_along = Exists(Vervolg.objects.filter(elsewhere, actie=OuterRef("pk")))
    return acties.annotate(  # type: ignore[no-redef]
        heeft_trekker=has_trekker("pk"), kwam_mee=came_along
    )


def has_trekker(actie: str) -> Exists:
    """Whether somebody of the team does an action, in a query.

    actie: the name of its key there.
    """
    return Exists(Trekker.objects.filter(actie=OuterRef(actie)))


@dataclass(frozen=True)
class OpenActie:
    """An action that was agreed on before, with the day that it asks for something, if known.

    url: where somebody looks back on it.
    """

    actie: Actie
    dag: date | None
    te_laat: bool
    url: str


def open_lines(acties: Iterable[Actie], *, today: date, may_write: bool) -> tuple[OpenActie, ...]:
    """Those of these actions that still ask something: the late ones first, then by day."""
    lines = (
        OpenActie(
            actie,
            next_date(actie),
            is_overdue(actie, today=today),
            check_url(actie.dossier_id, actie.pk, may_write=may_write),
        )
        for actie in acties
        if not is_finished(actie)
    )
    return tuple(sorted(lines, key=lambda one: (not one.te_laat, one.dag or date.max)))


def agreed_before(acties: Iterable[Actie], *, today: date) -> list[Actie]:
    """Those of these actions that were not made today, so in an earlier talk; also what came along
    from another schooljaar today.

    acties: as `with_trekkers` gives them.
    """
    return [one for one in acties if one.kwam_mee or timezone.localdate(one.gemaakt_op) < today]


def row_url(dossier: UUID, actie: UUID, *, may_write: bool) -> str:
    """The row of an action in the overview, open for who may change it."""
    overview = reverse("overzicht", args=[dossier])
    return f"{overview}?open={actie}#actie-{actie}" if may_write else f"{overview}#actie-{actie}"


def check_url(dossier: UUID, actie: UUID, *, may_write: bool) -> str:
    """Where somebody looks back on an action; for who may only read, where she reads it."""
    if may_write:
        return reverse("check", args=[dossier, actie])
    return row_url(dossier, actie, may_write=False)
