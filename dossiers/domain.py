"""Opening and closing a dossier, and having it erased."""

from contextlib import suppress
from datetime import date
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.queries import newest_published
from dossiers.mensen.models import Rol, School, User
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier, DossierAfgesloten, GeleegdDossier, OefendossierGeleegd
from stsdialoog import mail
from stsdialoog.documents import kept
from stsdialoog.documents.document import MATERIALS
from stsdialoog.wislijst import WACHTTIJD

PLAN = "preventieplan"
# A schooljaar starts on 1 September.
FIRST_MONTH = 9
# After so many days, a PDF that nobody asked for is made anew for the next who does.
DAYS_A_PDF_IS_KEPT = 7


class DossierBestaat(Exception):
    """The school already has a dossier in that schooljaar."""


def schooljaar_of(day: date) -> int:
    """The year in which the schooljaar of a day starts: 2026 from 1/9/2026 through 31/8/2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


@transaction.atomic
def open_dossier(*, school: School, schooljaar: int, door: User) -> Dossier:
    """Open a school's dossier on the newest published version of the preventieplan.

    schooljaar: the year in which it starts.
    Raises DossierBestaat when the school has one for that year, GeenMateriaal when there is no
    published preventieplan.
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
    """Make a dossier read-only; one that is closed already is untouched."""
    closed = Dossier.objects.filter(pk=dossier.pk, afgesloten_op__isnull=True).update(
        afgesloten_op=timezone.now()
    )
    if closed:
        log(door=door, handeling=Logregel.Handeling.DOSSIER_AFGESLOTEN, record=dossier)


@transaction.atomic
def reopen_dossier(*, dossier: Dossier, door: User) -> None:
    """Let the team write in a closed dossier again.

    One that is open already, or that is going to be erased, is untouched.
    """
    reopened = Dossier.objects.filter(
        pk=dossier.pk, afgesloten_op__isnull=False, wissen_op__isnull=True
    ).update(afgesloten_op=None)
    if reopened:
        log(door=door, handeling=Logregel.Handeling.DOSSIER_HEROPEND, record=dossier)


@transaction.atomic
def ask_to_erase(*, dossier: Dossier, door: User, today: date) -> None:
    """Have a dossier erased when the waiting time is over, and tell the others who work in it.

    It is closed until then: whoever reads it still can, and nobody adds to what will be lost. One
    of which it was asked already is untouched, as is an oefendossier.
    """
    asked = Dossier.objects.filter(
        pk=dossier.pk, wissen_op__isnull=True, school__oefen=False
    ).update(wissen_op=today + WACHTTIJD, afgesloten_op=Coalesce("afgesloten_op", timezone.now()))
    if asked:
        log(door=door, handeling=Logregel.Handeling.DOSSIER_WISSEN_GEVRAAGD, record=dossier)
        _tell_the_others(dossier, door, teruggenomen=False, wissen_op=today + WACHTTIJD)


@transaction.atomic
def take_erasure_back(*, dossier: Dossier, door: User) -> None:
    """Keep a dossier that was going to be erased. It stays closed until somebody reopens it."""
    if Dossier.objects.filter(pk=dossier.pk, wissen_op__isnull=False).update(wissen_op=None):
        log(door=door, handeling=Logregel.Handeling.DOSSIER_WISSEN_TERUG, record=dossier)
        _tell_the_others(dossier, door, teruggenomen=True)


def _tell_the_others(dossier: Dossier, door: User, **context: object) -> None:
    """Mail whoever writes in a dossier, once it is certain; not who did it."""
    team = team_of(dossier.school).exclude(rol=Rol.LEZER).exclude(user=door)
    context |= {
        "dossier": dossier,
        "door": door,
        "link": mail.absolute_url("dossier", pk=dossier.pk),
    }
    for adres in sorted({lid.user.email for lid in team}):
        transaction.on_commit(partial(_send, adres, context))


def _send(adres: str, context: dict[str, object]) -> None:
    # The mail is in the log of the server as not sent; the page says the same.
    with suppress(mail.MailNietVerstuurd):
        mail.send_mail(to=adres, template="dossiers/mail/wissen", context=context)


def still_open(pk: UUID) -> QuerySet[Dossier]:
    """The dossier with this primary key, unless it is closed. For use in, or before, a write.

    The access check ran earlier in the request; this keeps the dossier open until the end of the
    transaction, with a row lock on PostgreSQL. SQLite has a single writer at a time.
    """
    return Dossier.objects.filter(pk=pk, afgesloten_op__isnull=True).select_for_update(no_key=True)


def hold_open(pk: UUID) -> Dossier:
    """Keep the dossier with this primary key open until the end of the transaction.

    Raises DossierAfgesloten when it has been closed in the meantime, or emptied.
    """
    held = still_open(pk).first()
    if held is None:
        raise why_not_open(pk)
    return held


def why_not_open(pk: UUID) -> DossierAfgesloten:
    """What to say of a dossier that came through the front door, and is not open any more."""
    emptied = GeleegdDossier.objects.filter(pk=pk).exists()
    return OefendossierGeleegd() if emptied else DossierAfgesloten()


def tidy_documents() -> None:
    """Delete the kept PDFs of dossiers that are gone, and those that nobody asked for lately."""
    owners = kept.owners() - {MATERIALS}
    there = Dossier.objects.filter(pk__in=owners).values_list("pk", flat=True)
    for owner in owners - set(map(str, there)):
        kept.forget(owner)
    kept.forget_unused(days=DAYS_A_PDF_IS_KEPT)
