"""Opening and closing a dossier, and having it erased."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
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
# From then on the next one is proposed: the month and the day.
PROPOSED_FROM = (8, 15)
# After so many days, a PDF that nobody asked for is made anew for the next who does.
DAYS_A_PDF_IS_KEPT = 7


class DossierBestaat(Exception):
    """The school already has a dossier in that schooljaar."""


class SchoolStopt(Exception):
    """The school is going to be erased with all its dossiers, so no dossier begins or stays."""


def schooljaar_of(day: date) -> int:
    """The year in which the schooljaar of a day starts: 2026 from 1/9/2026 through 31/8/2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def schooljaar_to_start(day: date) -> int:
    """The schooljaar that is to be started on a day: from 15 August on, the one that is coming."""
    return day.year if (day.month, day.day) >= PROPOSED_FROM else schooljaar_of(day)


def last_day_of(schooljaar: int) -> date:
    """The last day of a schooljaar, by the year in which it starts."""
    return date(schooljaar + 1, FIRST_MONTH - 1, 31)


@transaction.atomic
def open_dossier(
    *, school: School, schooljaar: int, door: User, planversie: Materiaalversie | None = None
) -> Dossier:
    """Open a school's dossier on the newest published version of the preventieplan.

    schooljaar: the year in which it starts.
    planversie: another version of it, for a school that goes on in the one it worked with.
    Raises DossierBestaat when the school has one for that year, SchoolStopt when it is going to be
    erased, GeenMateriaal when there is no published preventieplan.
    """
    hold_school(school)
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(
                school=school,
                schooljaar=schooljaar,
                planversie=planversie or newest_published(slug=PLAN),
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
def ask_to_erase(
    *, dossier: Dossier, door: User | None, today: date, niet_voor: date = date.min
) -> None:
    """Have a dossier erased when the waiting time is over, and tell the others who work in it.

    It is closed until then: whoever reads it still can, and nobody adds to what will be lost. One
    of which it was asked already is untouched, as is an oefendossier.

    door: None when it was kept long enough.
    niet_voor: the day before which something in it may not go, also when the wait is over.
    """
    wissen_op = max(today + WACHTTIJD, niet_voor)
    if mark_to_erase(dossier=dossier, door=door, wissen_op=wissen_op):
        _tell_the_others(dossier, door, teruggenomen=False, wissen_op=wissen_op)


@transaction.atomic
def take_erasure_back(*, dossier: Dossier, door: User, today: date) -> None:
    """Keep a dossier that was going to be erased, and tell the others; see `keep_after_all`.

    Raises SchoolStopt when all of its school is going to be erased.
    """
    hold_school(dossier.school)
    if keep_after_all(dossier=dossier, door=door, today=today):
        _tell_the_others(dossier, door, teruggenomen=True)


@transaction.atomic
def mark_to_erase(*, dossier: Dossier, door: User | None, wissen_op: date) -> bool:
    """Close a dossier and have it erased on a day, without telling anybody.

    Returns False for one that is untouched: it was asked already, or it is an oefendossier.
    """
    marked = Dossier.objects.filter(
        pk=dossier.pk, wissen_op__isnull=True, school__oefen=False
    ).update(wissen_op=wissen_op, afgesloten_op=Coalesce("afgesloten_op", timezone.now()))
    if marked:
        log(door=door, handeling=Logregel.Handeling.DOSSIER_WISSEN_GEVRAAGD, record=dossier)
    return bool(marked)


@transaction.atomic
def keep_after_all(*, dossier: Dossier, door: User, today: date) -> bool:
    """Keep a dossier that was going to be erased, without telling anybody.

    It stays closed until somebody reopens it. One that was kept long enough stays until the end of
    the next schooljaar, and is asked about again then. Returns False for one that did not wait.
    """
    waiting = Dossier.objects.filter(pk=dossier.pk, wissen_op__isnull=False)
    kept_now = waiting.update(wissen_op=None, langer_tot=last_day_of(schooljaar_of(today) + 1))
    if kept_now:
        log(door=door, handeling=Logregel.Handeling.DOSSIER_WISSEN_TERUG, record=dossier)
    return bool(kept_now)


def hold_school(school: School) -> None:
    """Keep a school, and which dossiers it has, as it is until the end of the transaction.

    Raises SchoolStopt when it is going to be erased. Comes before any dossier of it is locked.
    """
    held = School.objects.select_for_update(no_key=True).filter(pk=school.pk).first()
    if held is None or held.wissen_op:
        raise SchoolStopt


def _tell_the_others(dossier: Dossier, door: User | None, **context: object) -> None:
    """Mail whoever writes in a dossier, once it is certain; not who did it."""
    team = team_of(dossier.school).exclude(rol=Rol.LEZER)
    if door:
        team = team.exclude(user=door)
    context |= {
        "dossier": dossier,
        "door": door,
        "link": mail.absolute_url("dossier", pk=dossier.pk),
    }
    for adres in sorted({lid.user.email for lid in team}):
        mail.send_when_committed(adres, "dossiers/mail/wissen", context)


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


def untidy_documents() -> int:
    """How many kept PDFs are of a dossier that is gone, or were not asked for lately."""
    gone = _owners_that_are_gone()
    return kept.count(gone) + kept.count_unused(days=DAYS_A_PDF_IS_KEPT, besides=gone)


def tidy_documents() -> Iterator[int]:
    """Delete those; yields after each step how many."""
    for owner in _owners_that_are_gone():
        count = kept.count({owner})
        kept.forget(owner)
        yield count
    yield kept.forget_unused(days=DAYS_A_PDF_IS_KEPT)


def _owners_that_are_gone() -> set[str]:
    owners = kept.owners() - {MATERIALS}
    there = Dossier.objects.filter(pk__in=owners).values_list("pk", flat=True)
    return owners - set(map(str, there))
