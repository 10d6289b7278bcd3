"""Opening and closing a dossier."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from dossiers.domain.logboek import log
from dossiers.domain.materialen import latest_published
from dossiers.models import Dossier, Logregel, School, User

PLAN = "preventieplan"
# A schooljaar starts on 1 September.
FIRST_MONTH = 9


class DossierBestaat(Exception):
    """The school already has a dossier in that schooljaar."""


def schooljaar_of(day: date) -> int:
    """The year in which the schooljaar of a day starts: 2026 for 1/9/2026 up to 31/8/2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def open_dossier(*, school: School, schooljaar: int, door: User) -> Dossier:
    """Open a school's dossier on the newest published version of the preventieplan.

    schooljaar: the year in which it starts.
    Raises DossierBestaat when the school has one for that year.
    """
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(
                school=school,
                schooljaar=schooljaar,
                planversie=latest_published(PLAN),
                geopend_door=door,
            )
    except IntegrityError as error:
        raise DossierBestaat from error
    log(door=door, handeling=Logregel.Handeling.DOSSIER_GEOPEND, record=dossier)
    return dossier


def close_dossier(*, dossier: Dossier, door: User) -> None:
    """From now on the dossier is read-only; what was typed stays."""
    Dossier.objects.filter(pk=dossier.pk).update(afgesloten_op=timezone.now())
    log(door=door, handeling=Logregel.Handeling.DOSSIER_AFGESLOTEN, record=dossier)


def reopen_dossier(*, dossier: Dossier, door: User) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(afgesloten_op=None)
    log(door=door, handeling=Logregel.Handeling.DOSSIER_HEROPEND, record=dossier)
