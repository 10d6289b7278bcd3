"""The schools of a CLB: added and kept right by its ankerfiguur."""

from django.db import IntegrityError, transaction

from dossiers.domain.logboek import log
from dossiers.models import Logregel, School, User


class SchoolBestaat(Exception):
    """Another school already carries this instellingsnummer."""


@transaction.atomic
def add_school(*, school: School, door: User) -> School:
    """Add a school to a CLB.

    school: cleaned and not saved yet, with its CLB.
    Raises SchoolBestaat when its instellingsnummer is taken.
    """
    _save(school)
    log(door=door, handeling=Logregel.Handeling.SCHOOL_TOEGEVOEGD, record=school)
    return school


@transaction.atomic
def change_school(*, school: School, door: User) -> None:
    """Save the changed data of a school. Raises SchoolBestaat like `add_school`."""
    _save(school)
    log(door=door, handeling=Logregel.Handeling.SCHOOL_GEWIJZIGD, record=school)


def _save(school: School) -> None:
    try:
        with transaction.atomic():
            school.save()
    except IntegrityError as error:
        raise SchoolBestaat from error
