"""Which materials one may read beside a dossier."""

from django.core.exceptions import PermissionDenied

from dossiers.mensen.access import is_clb_staff
from dossiers.mensen.models import School, User

VOOR_HET_CLB = (
    "Bij een dossier is dit materiaal er alleen voor wie bij het CLB werkt. In de toolbox kan je "
    "het wel helemaal lezen."
)


def require_clb_staff(*, user: User, school: School) -> None:
    """For a material that is only for the CLB: PermissionDenied for anybody else."""
    if not is_clb_staff(user=user, school=school):
        raise PermissionDenied(VOOR_HET_CLB)
