"""Opening and closing a dossier."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.queries import newest_published
from dossiers.mensen.models import School, User
from dossiers.models import Dossier, DossierAfgesloten

PLAN = "preventieplan"
# A schooljaar starts on 1 September.
FIRST_MONTH = 9


class DossierBestaat(Exception):
    """The school already has a dossier in that schooljaar."""


def schooljaar_of(day: date) -> int:
    """The year in which the schooljaar of a day starts: 2026 for 1/9/2026 up to 31/8/2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


@transaction.atomic
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
                planversie=newest_published(slug=PLAN),
                geopend_door=door,
            )
    except IntegrityError as error:
        raise DossierBestaat from error
    log(door=door, handeling=Logregel.Handeling.DOSSIER_GEOPEND, record=dossier)
    return dossier


@transaction.atomic
def close_dossier(*, dossier: Dossier, door: User) -> None:
    """From now on the dossier is read-only; what was typed stays.

    dossier: one that is closed already stays as it is.
    """
    closed = Dossier.objects.filter(pk=dossier.pk, afgesloten_op__isnull=True).update(
        afgesloten_op=timezone.now()
    )
    if closed:
        log(door=door, handeling=Logregel.Handeling.DOSSIER_AFGESLOTEN, record=dossier)


@transaction.atomic
def reopen_dossier(*, dossier: Dossier, door: User) -> None:
    """Let the team write in a closed dossier again.

    dossier: one that is open already stays as it is.
    """
    reopened = Dossier.objects.filter(pk=dossier.pk, afgesloten_op__isnull=False).update(
        afgesloten_op=None
    )
    if reopened:
        log(door=door, handeling=Logregel.Handeling.DOSSIER_HEROPEND, record=dossier)


def still_open(pk: UUID) -> QuerySet[Dossier]:
    """The dossier with this key, unless it is closed: for in a query that writes, or before it.

    The front door looked a moment ago; this keeps the dossier open up to the end of the
    transaction, by holding its row on PostgreSQL. SQLite has one writer at a time.
    """
    return Dossier.objects.filter(pk=pk, afgesloten_op__isnull=True).select_for_update(no_key=True)


def hold_open(pk: UUID) -> None:
    """Keep the dossier with this key open up to the end of the transaction.

    Raises DossierAfgesloten when it is closed by now.
    """
    if not still_open(pk).exists():
        raise DossierAfgesloten
