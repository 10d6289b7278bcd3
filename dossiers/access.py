"""The front door of a dossier: the only way a view gets at one.

It opens as that of its school does (`dossiers/mensen/access.py`); a closed dossier is read-only.
"""

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from dossiers.mensen.access import (
    CLB_ROLLEN,
    RECHT_VAN_ROL,
    Recht,
    checked,
    right_on,
    schools_for,
)
from dossiers.mensen.models import Lidmaatschap, User
from dossiers.models import Dossier, DossierAfgesloten


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
            recht=right_on(user, school=OuterRef("school_id"), clb=OuterRef("school__clb_id"))
        )
        .first()
    )
    dossier = checked(dossier, recht)
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
