"""The front door of a school: the only way a view gets at one, its people and its invitations.

Every function loads a record together with the right that the person has on it. A person without
any right gets a 404 (a stranger sees nothing, not even that it exists); one whose role is too small
gets a 403.
"""

from enum import IntEnum
from typing import Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import (
    Case,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import Http404

from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, Uitnodiging, User


class HasRight(Protocol):
    """A record that was loaded together with what the person who asks may do with it."""

    recht: int


Record = TypeVar("Record", bound=HasRight)


class Recht(IntEnum):
    """What one may do with a school and its dossiers; a larger right holds the smaller ones."""

    GEEN = 0
    LEZEN = 1
    SCHRIJVEN = 2
    BEHEREN = 3


RECHT_VAN_ROL = {
    Rol.LEZER: Recht.LEZEN,
    Rol.SCHOOLTEAM: Recht.SCHRIJVEN,
    Rol.CLB_MEDEWERKER: Recht.SCHRIJVEN,
    Rol.ANKERFIGUUR: Recht.BEHEREN,
}
CLB_ROLLEN = (Rol.ANKERFIGUUR, Rol.CLB_MEDEWERKER)

TE_KLEINE_ROL = (
    "Met jouw rol kan je dit niet doen. Denk je dat dit wel moet kunnen? "
    "Vraag het aan de ankerfiguur van je CLB."
)


def schools_for(user: User) -> QuerySet[School]:
    """The schools a person may see, each once."""
    active = Lidmaatschap.objects.filter(user=user, actief_tot__isnull=True)
    return School.objects.filter(
        Q(pk__in=active.filter(school__isnull=False).values("school"))
        | Q(clb__in=active.filter(clb__isnull=False).values("clb"))
    )


def get_school_or_404(*, user: User, pk: UUID, recht: Recht) -> School:
    """Load a school, with `school.recht`.

    Raises Http404 without any right on it, PermissionDenied below `recht`.
    """
    school = (
        School.objects.filter(pk=pk)
        .select_related("clb")
        .annotate(  # type: ignore[no-redef]
            recht=right_on(user, school=OuterRef("pk"), clb=OuterRef("clb_id"))
        )
        .first()
    )
    return checked(school, recht)


def get_lidmaatschap_or_404(*, user: User, pk: UUID) -> Lidmaatschap:
    """Load a running membership of a school, for who manages that school."""
    lidmaatschap = (
        Lidmaatschap.objects.filter(pk=pk, school__isnull=False, actief_tot__isnull=True)
        .select_related("school", "user")
        .first()
    )
    if lidmaatschap is None or lidmaatschap.school_id is None:
        raise Http404
    get_school_or_404(user=user, pk=lidmaatschap.school_id, recht=Recht.BEHEREN)
    return lidmaatschap


def get_uitnodiging_or_404(*, user: User, pk: UUID) -> Uitnodiging:
    """Load an invitation to a school, for who manages that school."""
    uitnodiging = Uitnodiging.objects.filter(pk=pk).select_related("school").first()
    if uitnodiging is None:
        raise Http404
    get_school_or_404(user=user, pk=uitnodiging.school_id, recht=Recht.BEHEREN)
    return uitnodiging


def clbs_of_ankerfiguur(user: User) -> QuerySet[CLB]:
    """The CLB's for which a person may add schools."""
    return CLB.objects.filter(
        lidmaatschappen__user=user,
        lidmaatschappen__actief_tot__isnull=True,
        lidmaatschappen__rol=Rol.ANKERFIGUUR,
    )


def require_ankerfiguur(user: User) -> QuerySet[CLB]:
    """The CLB's of an ankerfiguur; PermissionDenied for anybody else."""
    clbs = clbs_of_ankerfiguur(user)
    if not clbs.exists():
        raise PermissionDenied(TE_KLEINE_ROL)
    return clbs


def may_change_address(*, door: User, user: User) -> bool:
    """Whether somebody may change the address that an account logs in with.

    Who gives it another address can log in as its owner. Who works for a CLB holds parents' talks
    that the STS-team may not read: only a superuser changes her address. Also when her role has
    ended, for in the admin it can be given back.
    """
    return (
        door.is_superuser or not Lidmaatschap.objects.filter(user=user, rol__in=CLB_ROLLEN).exists()
    )


def clb_staff_of(school: School) -> QuerySet[User]:
    """The people who work for the CLB of a school now, and have no part in the school itself."""
    active = Lidmaatschap.objects.filter(user=OuterRef("pk"), actief_tot__isnull=True)
    return User.objects.filter(
        Exists(active.filter(Q(school=school) | Q(clb=school.clb_id), rol__in=CLB_ROLLEN)),
        ~Exists(active.filter(school=school).exclude(rol__in=CLB_ROLLEN)),
        is_active=True,
    )


def is_clb_staff(*, user: User, school: School) -> bool:
    """Whether somebody works for the CLB of a school, and only for that."""
    return clb_staff_of(school).filter(pk=user.pk).exists()


def works_for_clb(user: User) -> bool:
    """Whether a person follows schools for a CLB, rather than working in one."""
    return Lidmaatschap.objects.filter(
        user=user, actief_tot__isnull=True, rol__in=CLB_ROLLEN
    ).exists()


def right_on(user: User, *, school: OuterRef, clb: OuterRef) -> Coalesce:
    """The largest right that a person has on a school, as a column of a query (a `Recht`).

    school, clb: where the keys of the school and of its CLB stand in that query.
    """
    rights = (
        Lidmaatschap.objects.filter(user=user, actief_tot__isnull=True)
        .filter(Q(school=school) | Q(clb=clb))
        .order_by()
        .values("user")
        .annotate(
            recht=Max(
                Case(
                    *(
                        When(rol=rol, then=Value(int(recht)))
                        for rol, recht in RECHT_VAN_ROL.items()
                    ),
                    output_field=IntegerField(),
                )
            )
        )
        .values("recht")
    )
    return Coalesce(Subquery(rights), Value(int(Recht.GEEN)))


def checked(record: Record | None, recht: Recht) -> Record:
    """Let a record through for a person who holds at least this right on it.

    record: with its `recht`; None when it was not found.
    Raises Http404 without any right, PermissionDenied below `recht`.
    """
    if record is None or record.recht == Recht.GEEN:
        raise Http404
    if record.recht < recht:
        raise PermissionDenied(TE_KLEINE_ROL)
    return record
