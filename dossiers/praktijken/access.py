"""The doors to a practice: through its dossier, for whoever reads it there; on the shelf, for
everybody; and before that for an editor of the PLG, who comes no further than its words.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from dossiers.access import get_dossier_or_404
from dossiers.materialen.domain.versions import may_edit
from dossiers.mensen.access import WRITE, Recht, plgs_of, schools_for
from dossiers.mensen.models import School, User
from dossiers.models import Dossier
from dossiers.praktijken.models import Praktijk, Stand


def get_own_praktijk_or_404(
    *, user: User, pk: UUID, praktijk_pk: UUID, recht: Recht, closed_ok: bool = False
) -> Praktijk:
    """Load a practice of a dossier, with that dossier; arguments and refusals are those of
    `get_dossier_or_404`.
    """
    dossier = get_dossier_or_404(user=user, pk=pk, recht=recht, closed_ok=closed_ok)
    return in_dossier_or_404(dossier, praktijk_pk)


def in_dossier_or_404(dossier: Dossier, pk: UUID) -> Praktijk:
    praktijk = Praktijk.objects.select_related("actie").filter(dossier=dossier, pk=pk).first()
    if praktijk is None:
        raise Http404
    praktijk.dossier = dossier
    return praktijk


def require_editor(user: User) -> None:
    """Raises PermissionDenied for whoever is no editor of the materials and in no PLG."""
    if not (may_edit(user) or plgs_of(user)):
        raise PermissionDenied("Praktijken van scholen nalezen doen de leden van een PLG.")


def schools_to_speak_for(user: User, praktijk: Praktijk) -> list[School]:
    """The schools for which a user can say that a practice helped: those where she may write,
    without the one that shared it. Two queries.
    """
    scholen = schools_for(user, rollen=WRITE).exclude(pk=praktijk.dossier.school_id)
    return list(scholen.order_by("naam", "gemeente", "pk"))


def waits_with_plg(pk: UUID) -> Praktijk | None:
    """What an editor reads, as long as it is with the PLG; None after that."""
    waiting = Praktijk.objects.filter(stand=Stand.PLG, dossier__school__oefen=False)
    return waiting.select_related("dossier__school").filter(pk=pk).first()
