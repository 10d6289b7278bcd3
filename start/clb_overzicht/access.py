"""Who sees the overview of a CLB: whoever works for one, each her own schools."""

from django.core.exceptions import PermissionDenied

from dossiers.mensen.access import TE_KLEINE_ROL, Places, places_of
from dossiers.mensen.models import CLB_ROLLEN, User


def places_as_clb(user: User) -> Places:
    """Where somebody works for a CLB: the schools of Mijn scholen, save those of another role.

    One query. Raises PermissionDenied for who works for no CLB.
    """
    places = places_of(user, rollen=CLB_ROLLEN)
    if not places.works_for_clb:
        raise PermissionDenied(TE_KLEINE_ROL)
    return places
