"""The schools of a CLB, added and kept up to date by its ankerfiguur."""

from django.db import IntegrityError, transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.domain.uitnodigingen import open_uitnodigingen, withdraw_uitnodiging
from dossiers.mensen.models import Lidmaatschap, Rol, School, User
from stsdialoog.errors import AlreadyExists


class SchoolBestaat(AlreadyExists):
    """Another school already has this instellingsnummer."""


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
    """Save the changed data of a school.

    When the school moves to another CLB, the staff of the old CLB lose their access to it.
    Raises SchoolBestaat when its instellingsnummer is taken.
    """
    old = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    _save(school)
    log(door=door, handeling=Logregel.Handeling.SCHOOL_GEWIJZIGD, record=school)
    if old.clb_id != school.clb_id:
        _part_from_clb(school=school, door=door)


def _part_from_clb(*, school: School, door: User) -> None:
    """End the memberships and open invitations of the CLB-medewerkers of a school.

    The membership of an ankerfiguur is with the CLB itself.
    """
    staff = Lidmaatschap.objects.filter(
        school=school, rol=Rol.CLB_MEDEWERKER, actief_tot__isnull=True
    )
    for lidmaatschap in staff:
        end_lidmaatschap(lidmaatschap=lidmaatschap, door=door)
    for uitnodiging in open_uitnodigingen().filter(school=school, rol=Rol.CLB_MEDEWERKER):
        withdraw_uitnodiging(uitnodiging=uitnodiging, door=door)


def _save(school: School) -> None:
    try:
        with transaction.atomic():
            school.save()
    except IntegrityError as error:
        raise SchoolBestaat from error
