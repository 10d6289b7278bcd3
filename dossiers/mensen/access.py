"""Access checks for schools: the only way for a view to load one, its people or its invitations.

The `get_..._or_404` functions load a record and check the right that the user has on it. A user
without any right gets a 404, so that nothing shows that the record exists; a user whose role is too
small gets a 403.

The oefenschool of a CLB has a dossier to practise in, for whoever works for that CLB, and nothing
else: it has no page, no team and no invitations, and is among nobody's schools.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
from django.http import Http404, HttpRequest

from dossiers.mensen.models import (
    CLB,
    CLB_ROLLEN,
    Lidmaatschap,
    Plglid,
    Rol,
    School,
    Uitnodiging,
    User,
    Verhuis,
)


class HasRight(Protocol):
    """A record that was loaded together with the right that the current user has on it."""

    recht: int


Record = TypeVar("Record", bound=HasRight)


class Recht(IntEnum):
    """A right on a school and its dossiers; each right includes the smaller ones."""

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
# Those that may write in a dossier of a school.
WRITE = tuple(rol for rol, recht in RECHT_VAN_ROL.items() if recht >= Recht.SCHRIJVEN)
# On a CLB itself, whose schools read along.
RECHT_OP_CLB = {
    Rol.LEZER: Recht.LEZEN,
    Rol.SCHOOLTEAM: Recht.LEZEN,
    Rol.CLB_MEDEWERKER: Recht.SCHRIJVEN,
    Rol.ANKERFIGUUR: Recht.BEHEREN,
}

TE_KLEINE_ROL = (
    "Met jouw rol kan je dit niet doen. Denk je dat dit wel moet kunnen? "
    "Vraag het aan de ankerfiguur van je CLB."
)


def right_needed(request: HttpRequest) -> Recht:
    """The right needed for a page that is read with GET and written to with POST."""
    return Recht.SCHRIJVEN if request.method == "POST" else Recht.LEZEN


@dataclass(frozen=True)
class Places:
    """Where a user has a role now: in schools, and in CLB's with all of their schools."""

    in_schools: Mapping[UUID, str]
    in_clbs: Mapping[UUID, str]
    # The CLB's that the user works for, be it for one of their schools, by name.
    works_for: Mapping[UUID, str]

    @property
    def is_ankerfiguur(self) -> bool:
        return Rol.ANKERFIGUUR in self.in_clbs.values()

    @property
    def works_for_clb(self) -> bool:
        return any(rol in CLB_ROLLEN for rol in (*self.in_schools.values(), *self.in_clbs.values()))

    def schools(self, *, own: bool = False) -> QuerySet[School]:
        """The schools of these places, without duplicates and without an oefenschool.

        own: only those in which the user has a role in the school itself.
        """
        mine = Q(pk__among=self.in_schools)
        places = mine if own else mine | Q(clb__in=self.in_clbs)
        return School.objects.filter(places, oefen=False)

    def right_on(self, school: School) -> Recht:
        """The largest right of the user on one of these schools."""
        rollen = (self.in_schools.get(school.pk), self.in_clbs.get(school.clb_id))
        return max((RECHT_VAN_ROL[Rol(rol)] for rol in rollen if rol), default=Recht.GEEN)


def places_of(user: User, *, rollen: Collection[str] = Rol.values) -> Places:
    """Where a user has one of these roles. One query.

    They are read at once. With subqueries for them, a database cannot tell how few schools that
    are, and plans for all of Flanders.
    """
    found = list(
        Lidmaatschap.objects.active()
        .filter(user=user, rol__in=rollen)
        .annotate(
            van=Coalesce("clb", "school__clb"), van_naam=Coalesce("clb__naam", "school__clb__naam")
        )
        .values_list("school", "clb", "rol", "van", "van_naam")
    )
    clbs = {(naam, clb) for _, _, rol, clb, naam in found if rol in CLB_ROLLEN}
    return Places(
        {school: rol for school, _, rol, _, _ in found if school},
        {clb: rol for _, clb, rol, _, _ in found if clb},
        {clb: naam for naam, clb in sorted(clbs)},
    )


def schools_for(user: User, *, rollen: Collection[str] = Rol.values) -> QuerySet[School]:
    """The schools in which a user has one of these roles, or in whose CLB; without duplicates.

    One query at once, as `places_of`.
    """
    return places_of(user, rollen=rollen).schools()


def get_school_or_404(*, user: User, pk: UUID, recht: Recht) -> School:
    """Load a school with its CLB, and with `school.recht` set.

    Raises Http404 when the user has no right on it at all, and for an oefenschool; PermissionDenied
    when it is less than `recht`.
    """
    school = (
        School.objects.filter(pk=pk, oefen=False)
        .select_related("clb")
        .annotate(  # type: ignore[no-redef]
            recht=right_on(user, school=OuterRef("pk"), clb=OuterRef("clb_id"))
        )
        .first()
    )
    return checked(school, recht)


def get_clb_or_404(*, user: User, pk: UUID, recht: Recht) -> CLB:
    """Load a CLB for somebody with a role in it or in one of its schools, with `clb.recht` set.

    Raises Http404 and PermissionDenied like `get_school_or_404`.
    """
    return checked(_with_right(CLB.objects.filter(pk=pk), user).first(), recht)


def _with_right(clbs: QuerySet[CLB], user: User) -> QuerySet[CLB]:
    rollen = Lidmaatschap.objects.active().filter(
        Q(clb=OuterRef("pk")) | Q(school__clb=OuterRef("pk")), user=user
    )
    return clbs.annotate(recht=_largest(rollen, RECHT_OP_CLB))  # type: ignore[no-redef]


def get_lidmaatschap_or_404(*, user: User, pk: UUID) -> Lidmaatschap:
    """Load an active membership of a school, for a user who manages that school.

    Raises Http404 and PermissionDenied like `get_school_or_404`.
    """
    lidmaatschap = (
        Lidmaatschap.objects.active().filter(pk=pk).select_related("school", "user").first()
    )
    if lidmaatschap is None or lidmaatschap.school_id is None:
        raise Http404
    get_school_or_404(user=user, pk=lidmaatschap.school_id, recht=Recht.BEHEREN)
    return lidmaatschap


def get_lidmaatschap_to_keep_or_404(*, user: User, pk: UUID) -> Lidmaatschap:
    """Load a membership, ended or not, for an ankerfiguur of the CLB that it is with.

    Raises Http404 and PermissionDenied like `get_school_or_404`.
    """
    found = Lidmaatschap.objects.filter(pk=pk).select_related("user", "clb", "school__clb").first()
    if found is None:
        raise Http404
    clb_id = found.school.clb_id if found.school else found.clb_id
    assert clb_id is not None  # noqa: S101 (a role is in a school or in a CLB)
    get_clb_or_404(user=user, pk=clb_id, recht=Recht.BEHEREN)
    return found


def get_verhuis_or_404(*, user: User, pk: UUID) -> Verhuis:
    """Load a move of a school for an ankerfiguur of either CLB, with `mag_beslissen` set.

    Raises Http404 and PermissionDenied like `get_school_or_404`.
    """
    found = Verhuis.objects.select_related(
        "school", "van", "naar", "beslist", "gevraagd_door", "bevestigd_door"
    )
    verhuis = found.filter(pk=pk).first()
    if verhuis is None:
        raise Http404
    sides = _with_right(CLB.objects.filter(pk__in=(verhuis.van_id, verhuis.naar_id)), user)
    rights = {clb.pk: clb.recht for clb in sides}
    checked(max(sides, key=lambda clb: clb.recht), Recht.BEHEREN)
    verhuis.mag_beslissen = rights[verhuis.beslist_id] >= Recht.BEHEREN
    return verhuis


def get_uitnodiging_or_404(*, user: User, pk: UUID) -> Uitnodiging:
    """Load an invitation to a school, for a user who manages that school.

    Raises Http404 and PermissionDenied like `get_school_or_404`.
    """
    uitnodiging = Uitnodiging.objects.filter(pk=pk).select_related("school").first()
    if uitnodiging is None:
        raise Http404
    get_school_or_404(user=user, pk=uitnodiging.school_id, recht=Recht.BEHEREN)
    return uitnodiging


def clbs_of_ankerfiguur(user: User) -> QuerySet[CLB]:
    """The CLBs for which a user may add schools."""
    mine = Lidmaatschap.objects.active().filter(user=user, rol=Rol.ANKERFIGUUR)
    return CLB.objects.filter(pk__in=mine.values("clb"))


def clbs_worked_for(user: User) -> QuerySet[CLB]:
    """The CLBs for which a user works, be it for one of their schools: those to practise with."""
    return CLB.objects.filter(works_for(user, clb=OuterRef("pk")))


def get_clb_to_practise_or_404(*, user: User, pk: UUID) -> CLB:
    """Load a CLB for somebody who works for it. Raises Http404 for anyone else."""
    clb = clbs_worked_for(user).filter(pk=pk).first()
    if clb is None:
        raise Http404
    return clb


def require_ankerfiguur(user: User) -> QuerySet[CLB]:
    """The CLBs of an ankerfiguur. Raises PermissionDenied for anyone else."""
    clbs = clbs_of_ankerfiguur(user)
    if not clbs.exists():
        raise PermissionDenied(TE_KLEINE_ROL)
    return clbs


def may_change_address(*, door: User, user: User) -> bool:
    """Whether a user (`door`) may change the e-mail address that an account (`user`) logs in with.

    Anyone who can change the address of an account can log in as its owner. CLB staff have parents'
    talks that the STS-team may not read, so only a superuser can change their address. This also
    holds after the role has ended, because the admin can give it back. Whoever has rights in the
    admin has them for herself alone.
    """
    works_there = Lidmaatschap.objects.filter(user=user, rol__in=CLB_ROLLEN)
    return door.is_superuser or not (user.is_staff or works_there.exists())


def may_give_rights(*, door: User, user: User | None) -> bool:
    """Whether a user (`door`) may give an account (`user`; None for a new one) rights in the admin.

    Only a superuser may, and nobody gives herself any.
    """
    return door.is_superuser and user != door


def clb_staff_of(school: School) -> QuerySet[User]:
    """The active users who work for the CLB of a school and have no role in the school itself."""
    user = OuterRef("pk")
    if school.oefen:
        return User.objects.filter(works_for(user, clb=school.clb_id))
    return User.objects.filter(in_clb_of(user, school=school, clb=school.clb_id))


def in_clb_of(user: User | OuterRef, *, school: School | OuterRef, clb: UUID | OuterRef) -> Q:
    """Whether an active user works for the CLB of a school and has no role in the school itself.

    A condition of a query; user, school, clb: values, or references to keys in that query. For an
    oefenschool, which has no roles of its own, see `may_practise`.
    """
    active = Lidmaatschap.objects.active().filter(user=user, user__is_active=True)
    return Q(
        Exists(active.filter(Q(school=school) | Q(clb=clb), rol__in=CLB_ROLLEN)),
        ~Exists(active.filter(school=school).exclude(rol__in=CLB_ROLLEN)),
    )


def may_practise(user: User, *, clb: OuterRef) -> Q:
    """Whether a user works for a CLB, be it for one of its schools, so may use its oefenschool.

    A condition of a query; clb: a reference to a key in that query.
    """
    return Q(works_for(user, clb=clb))


def works_for(user: User | OuterRef, *, clb: UUID | OuterRef) -> Exists:
    """Whether an active user works for a CLB, be it for one of its schools.

    A condition of a query; user, clb: values, or references to keys in that query.
    """
    active = Lidmaatschap.objects.active().filter(user=user, user__is_active=True)
    return Exists(active.filter(Q(clb=clb) | Q(school__clb=clb), rol__in=CLB_ROLLEN))


def is_clb_staff(*, user: User, school: School) -> bool:
    """Whether a user works for the CLB of a school and has no role in the school itself."""
    return clb_staff_of(school).filter(pk=user.pk).exists()


def plgs_of(user: User) -> list[str]:
    """The PLG's in which a user is a member, by name. One query.

    It is no right on a school: `Places` knows nothing of it.
    """
    return list(
        Plglid.objects.active().filter(user=user).order_by("plg").values_list("plg", flat=True)
    )


def works_for_clb(user: User) -> bool:
    """Whether a user has an active role as CLB staff, for any school or CLB."""
    return Lidmaatschap.objects.active().filter(user=user, rol__in=CLB_ROLLEN).exists()


def right_on(user: User, *, school: OuterRef, clb: OuterRef) -> Coalesce:
    """The largest right that a user has on a school, as a query expression (a `Recht` value).

    school, clb: references to the keys of the school and of its CLB in the outer query.
    """
    rollen = Lidmaatschap.objects.active().filter(Q(school=school) | Q(clb=clb), user=user)
    return _largest(rollen, RECHT_VAN_ROL)


def _largest(rollen: QuerySet[Lidmaatschap], rechten: Mapping[Rol, Recht]) -> Coalesce:
    """The largest right that these memberships of one user give, as a query expression."""
    right = Case(
        *(When(rol=rol, then=Value(int(recht))) for rol, recht in rechten.items()),
        output_field=IntegerField(),
    )
    rights = rollen.order_by().values("user").annotate(recht=Max(right)).values("recht")
    return Coalesce(Subquery(rights), Value(int(Recht.GEEN)))


def checked(record: Record | None, recht: Recht) -> Record:
    """Return a record if the user has at least this right on it.

    record: with its `recht`; None when it was not found.
    Raises Http404 without a record or any right on it, PermissionDenied below `recht`.
    """
    if record is None or record.recht == Recht.GEEN:
        raise Http404
    if record.recht < recht:
        raise PermissionDenied(TE_KLEINE_ROL)
    return record
