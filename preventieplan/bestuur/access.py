"""The doors to a fixed routekaart: its dossier, its school once that is gone, or a link."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import Recht, get_school_or_404
from dossiers.mensen.models import User
from preventieplan.bestuur.models import Bestuurslink, VastgesteldeRoutekaart


def get_kaart_or_404(
    *, user: User, pk: UUID, kaart_pk: UUID, recht: Recht, closed_ok: bool = False
) -> VastgesteldeRoutekaart:
    """Load one of a dossier, without its document; its dossier as `get_dossier_or_404` gives it.

    Raises what that raises, and Http404 for one of another dossier.
    """
    dossier = get_dossier_or_404(user=user, pk=pk, recht=recht, closed_ok=closed_ok)
    kaart = _find(VastgesteldeRoutekaart.objects.filter(dossier=dossier), kaart_pk)
    kaart.dossier, kaart.school = dossier, dossier.school
    return kaart


def get_kaart_of_school_or_404(*, user: User, pk: UUID, kaart_pk: UUID) -> VastgesteldeRoutekaart:
    """Load one of a school, of whatever dossier. Raises as `get_school_or_404`."""
    school = get_school_or_404(user=user, pk=pk, recht=Recht.LEZEN)
    kaart = _find(VastgesteldeRoutekaart.objects.filter(school=school), kaart_pk)
    kaart.school = school
    return kaart


def get_link_or_404(*, user: User, pk: UUID, kaart_pk: UUID, link_pk: UUID) -> Bestuurslink:
    """Load a link for who may write in its dossier, also a closed one.

    Raises as `get_kaart_or_404`.
    """
    kaart = get_kaart_or_404(
        user=user, pk=pk, kaart_pk=kaart_pk, recht=Recht.SCHRIJVEN, closed_ok=True
    )
    link = kaart.links.filter(pk=link_pk).first()
    if link is None:
        raise Http404
    link.kaart = kaart
    return link


def _find(kaarten: QuerySet[VastgesteldeRoutekaart], pk: UUID) -> VastgesteldeRoutekaart:
    kaart = kaarten.filter(pk=pk).select_related("door", "dossier").defer("document").first()
    if kaart is None:
        raise Http404
    return kaart
