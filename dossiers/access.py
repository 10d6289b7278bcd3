"""The front door: the only way a view gets at a record.

Every function loads a record together with the right that the person has on it. Who has none gets
a 404 (a stranger sees nothing, not even that it exists); who has too small a role gets a 403.
"""

from enum import IntEnum
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404

from dossiers.models import (
    CLB,
    Dossier,
    DossierAfgesloten,
    Lidmaatschap,
    Rol,
    School,
    Uitnodiging,
    User,
)

Record = TypeVar("Record", School, Dossier)


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
            recht=_right_on(user, school=OuterRef("pk"), clb=OuterRef("clb_id"))
        )
        .first()
    )
    return _checked(school, recht)


def get_dossier_or_404(*, user: User, pk: UUID, recht: Recht, closed_ok: bool = False) -> Dossier:
    """Load a dossier with its school, CLB and version, and with `dossier.recht`.

    closed_ok: for closing and reopening, which are all that one does to a closed dossier.
    Raises Http404 without any right on it, PermissionDenied below `recht`, and DossierAfgesloten
    for the right to write or more once it is closed.
    """
    dossier = (
        Dossier.objects.filter(pk=pk)
        .select_related("school__clb", "planversie__materiaal")
        .annotate(  # type: ignore[no-redef]
            recht=_right_on(user, school=OuterRef("school_id"), clb=OuterRef("school__clb_id"))
        )
        .first()
    )
    dossier = _checked(dossier, recht)
    if recht >= Recht.SCHRIJVEN and not (dossier.is_open or closed_ok):
        raise DossierAfgesloten
    return dossier


def open_dossiers_of(user: User) -> QuerySet[Dossier]:
    """The open dossiers that a person may at least read."""
    return Dossier.objects.filter(school__in=schools_for(user), afgesloten_op__isnull=True)


def dossiers_to_work_in(user: User, *, as_clb: bool) -> QuerySet[Dossier]:
    """The open dossiers in which a person may write, with their school, each once.

    as_clb: only those where the person has a role at the CLB and none in the school itself; for
        materials that no school uses.
    """
    writing = [rol for rol, recht in RECHT_VAN_ROL.items() if recht >= Recht.SCHRIJVEN]
    active = Lidmaatschap.objects.filter(
        user=user, actief_tot__isnull=True, rol__in=CLB_ROLLEN if as_clb else writing
    )
    dossiers = Dossier.objects.filter(
        Q(school__in=active.filter(school__isnull=False).values("school"))
        | Q(school__clb__in=active.filter(clb__isnull=False).values("clb")),
        afgesloten_op__isnull=True,
    ).select_related("school")
    if not as_clb:
        return dossiers
    in_school = Lidmaatschap.objects.filter(
        user=user, actief_tot__isnull=True, school__isnull=False
    ).exclude(rol__in=CLB_ROLLEN)
    return dossiers.exclude(school__in=in_school.values("school"))


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


def works_for_clb(user: User) -> bool:
    """Whether a person follows schools for a CLB, rather than working in one."""
    return Lidmaatschap.objects.filter(
        user=user, actief_tot__isnull=True, rol__in=CLB_ROLLEN
    ).exists()


def _right_on(user: User, *, school: OuterRef, clb: OuterRef) -> Coalesce:
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


def _checked(record: Record | None, recht: Recht) -> Record:
    if record is None or record.recht == Recht.GEEN:
        raise Http404
    if record.recht < recht:
        raise PermissionDenied(TE_KLEINE_ROL)
    return record
