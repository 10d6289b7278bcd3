"""Access to the materials that are read within a dossier."""

from django.core.exceptions import PermissionDenied

from dossiers.mensen.access import is_clb_staff
from dossiers.mensen.models import School, User

VOOR_HET_CLB = (
    "Bij een dossier is dit materiaal er alleen voor wie bij het CLB werkt. In de toolbox kan je "
    "het wel helemaal lezen."
)


def require_clb_staff(*, user: User, school: School) -> None:
    """Raise PermissionDenied unless the user is CLB staff of the school, for CLB-only materials."""
    if not is_clb_staff(user=user, school=school):
        raise PermissionDenied(VOOR_HET_CLB)
