"""Access checks for dossiers: the only way for a view to load one.

The rights are those on its school (`dossiers/mensen/access.py`); a closed dossier is read-only. In
an oefendossier whoever works for the CLB may write, and nobody may do more.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import Http404

from dossiers.mensen.access import (
    CLB_ROLLEN,
    WRITE,
    Recht,
    checked,
    may_practise,
    right_on,
    schools_for,
)
from dossiers.mensen.domain.gebeurtenissen import log_refusal
from dossiers.mensen.models import Lidmaatschap, User
from dossiers.models import Dossier, DossierAfgesloten, GeleegdDossier, OefendossierGeleegd


def get_dossier_or_404(*, user: User, pk: UUID, recht: Recht, closed_ok: bool = False) -> Dossier:
    """Load a dossier by its key, as `dossier_or_404` does.

    Raises OefendossierGeleegd when it is an oefendossier that was emptied, for whoever may practise
    in the one that took its place.
    """
    dossiers = Dossier.objects.filter(pk=pk)
    try:
        return dossier_or_404(dossiers, user=user, recht=recht, closed_ok=closed_ok)
    except Http404:
        say_if_emptied(user=user, pk=pk)
        raise


def dossier_or_404(
    dossiers: QuerySet[Dossier], *, user: User, recht: Recht, closed_ok: bool = False
) -> Dossier:
    """Load a dossier with its school, CLB, version and the one it goes on from, and with
    `dossier.recht` set. One query.

    dossiers: the dossier that is asked for, at most one.
    recht: the right that the user needs.
    closed_ok: allow a closed dossier even for writing: to close or reopen it, and to show a page
        that only writers may see.
    Raises Http404 when the user has no right on it at all, PermissionDenied when it is less than
    `recht`, both of which are logged, and DossierAfgesloten when `recht` is SCHRIJVEN or more and
    the dossier is closed.
    """
    dossier = (
        dossiers.select_related("school__clb", "planversie__materiaal", "voortzetting__vorig")
        .annotate(recht=_right_on_dossier(user))  # type: ignore[no-redef]
        .first()
    )
    try:
        dossier = checked(dossier, recht)
    except (Http404, PermissionDenied):
        if dossier is not None:
            log_refusal(user=user, dossier=dossier)
        raise
    if recht >= Recht.SCHRIJVEN and not (dossier.is_open or closed_ok):
        raise DossierAfgesloten
    return dossier


def get_oefendossier_or_404(*, user: User, pk: UUID) -> Dossier:
    """Load an oefendossier for whoever may practise in it; any other dossier is a 404."""
    dossier = get_dossier_or_404(user=user, pk=pk, recht=Recht.LEZEN)
    if not dossier.school.oefen:
        raise Http404
    return dossier


def say_if_emptied(*, user: User, pk: UUID) -> None:
    """Raise OefendossierGeleegd when this was an oefendossier of a CLB that the user works for."""
    theirs = may_practise(user, clb=OuterRef("school__clb_id"))
    if GeleegdDossier.objects.filter(theirs, pk=pk).exists():
        raise OefendossierGeleegd


def may_write(dossier: Dossier) -> bool:
    """Whether the user may change something in a dossier; in a closed one nobody may.

    dossier: as loaded by `get_dossier_or_404`, with the `recht` of the user.
    """
    return dossier.recht >= Recht.SCHRIJVEN and dossier.is_open


def open_dossiers_of(user: User) -> QuerySet[Dossier]:
    """The open dossiers that a user may at least read. One query at once, as `schools_for`."""
    return Dossier.objects.filter(school__in=schools_for(user), afgesloten_op__isnull=True)


def dossiers_to_work_in(user: User, *, as_clb: bool) -> QuerySet[Dossier]:
    """The open dossiers in which a user may write, with their school and without duplicates.

    One query at once, as `schools_for`.

    as_clb: only those where the user has a CLB role and no role in the school itself, for materials
        that schools do not use.
    """
    scholen = schools_for(user, rollen=CLB_ROLLEN if as_clb else WRITE)
    dossiers = Dossier.objects.filter(
        school__in=scholen, afgesloten_op__isnull=True
    ).select_related("school")
    if not as_clb:
        return dossiers
    in_school = (
        Lidmaatschap.objects.active()
        .filter(user=user, school__isnull=False)
        .exclude(rol__in=CLB_ROLLEN)
    )
    return dossiers.exclude(school__in=in_school.values("school"))


def _right_on_dossier(user: User) -> Case:
    """The right of a user on a dossier, as a query expression (a `Recht` value)."""
    school, clb = OuterRef("school_id"), OuterRef("school__clb_id")
    return Case(
        When(Q(may_practise(user, clb=clb), school__oefen=True), then=Value(int(Recht.SCHRIJVEN))),
        When(school__oefen=True, then=Value(int(Recht.GEEN))),
        default=right_on(user, school=school, clb=clb),
        output_field=IntegerField(),
    )
