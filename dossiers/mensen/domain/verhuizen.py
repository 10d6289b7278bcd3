"""A school goes to another CLB: one of the two asks it, and an ankerfiguur of the other agrees.

The school goes with its dossiers, its team and what was released to it. Who worked for it from the
old CLB loses access; the talks with parents stay with the CLB that held them.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dossiers.logboek.domain import Place, log
from dossiers.logboek.models import DAGEN_BEWAARD, Logregel
from dossiers.mensen.domain.aankondigingen import announce, concerned
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf, hold_school
from dossiers.mensen.domain.organisaties import settle_move
from dossiers.mensen.models import CLB, School, User, Verhuis
from stsdialoog import mail
from stsdialoog.small_steps import midnight

Handeling = Logregel.Handeling
MOST_A_DAY = 20


class VerhuisGesloten(Exception):
    """The move was stopped or done meanwhile, or the school is with yet another CLB."""


class VerhuisKanNiet(Exception):
    """There is no such school, it is going to be erased, it is with this CLB already, or nobody
    there could agree.
    """


class TeVaakGevraagd(Exception):
    """The user asked too many of them today: each mails the ankerfiguren of two CLB's."""


class VerhuisLoopt(Exception):
    """A move of this school was asked already."""


@transaction.atomic
def offer_school(*, school: School, naar: CLB, door: User) -> Verhuis:
    """Ask another CLB to take over a school, by an ankerfiguur of the CLB it is with.

    Raises VerhuisLoopt, TeVaakGevraagd, and VerhuisKanNiet when the other CLB has no ankerfiguur or
    is this one, and when the school is going to be erased.
    """
    held = hold_school(school)
    if held.clb_id == naar.pk:
        raise VerhuisKanNiet
    return _ask(Verhuis(school=held, van=held.clb, naar=naar, beslist=naar, gevraagd_door=door))


@transaction.atomic
def ask_for_school(*, instellingsnummer: str, naar: CLB, door: User) -> Verhuis:
    """Ask the CLB of a school to give it, by an ankerfiguur of the CLB that is to take it over.

    Raises VerhuisLoopt, TeVaakGevraagd, and VerhuisKanNiet when no school has this number, when it
    is going to be erased or with this CLB already, and when nobody could agree.
    """
    school = School.objects.filter(instellingsnummer=instellingsnummer, oefen=False).first()
    held = hold_school(school) if school else None
    if held is None or held.clb_id == naar.pk:
        raise VerhuisKanNiet
    van = held.clb
    return _ask(Verhuis(school=held, van=van, naar=naar, beslist=van, gevraagd_door=door))


@transaction.atomic
def agree(*, verhuis: Verhuis, door: User) -> None:
    """Bring the school to the other CLB, by an ankerfiguur of the CLB that has to agree.

    Raises VerhuisGesloten when it is not asked any more, and NietVoorJezelf for who asked it.
    """
    school, current = _held_with_move(verhuis)
    if not current.is_open or school.clb_id != current.van_id:
        raise VerhuisGesloten
    if door.pk == current.gevraagd_door_id:
        raise NietVoorJezelf
    current.bevestigd_door, current.bevestigd_op = door, timezone.now()
    current.save(update_fields=["bevestigd_door", "bevestigd_op"])
    school.clb = current.naar
    school.save(update_fields=["clb"])
    settle_move(school=school, old=current.van, door=door, in_beheer=False)


@transaction.atomic
def stop(*, verhuis: Verhuis, door: User) -> None:
    """Leave the school where it is, by an ankerfiguur of either CLB.

    Raises VerhuisGesloten when it is not asked any more.
    """
    _, current = _held_with_move(verhuis)
    if not current.is_open:
        raise VerhuisGesloten
    current.gestopt_op = timezone.now()
    current.save(update_fields=["gestopt_op"])
    _tell(current, handeling=Handeling.VERHUIS_GESTOPT, door=door)


def long_ended(op: date) -> QuerySet[Verhuis]:
    """The moves that were done or stopped as long before a day as a line stays in the log."""
    before = midnight(op) - timedelta(days=DAGEN_BEWAARD)
    return Verhuis.objects.filter(Q(bevestigd_op__lt=before) | Q(gestopt_op__lt=before))


def _held_with_move(verhuis: Verhuis) -> tuple[School, Verhuis]:
    """The school as it is now, locked until the end of the transaction; its moves come after it."""
    school = hold_school(verhuis.school)
    current = Verhuis.objects.select_related("van", "naar", "beslist").get(pk=verhuis.pk)
    return school, current


def _ask(verhuis: Verhuis) -> Verhuis:
    """verhuis: not saved yet, with its school locked."""
    today = Verhuis.objects.filter(gevraagd_op__gt=timezone.now() - timedelta(days=1))
    if today.filter(gevraagd_door=verhuis.gevraagd_door).count() >= MOST_A_DAY:
        raise TeVaakGevraagd
    running = Verhuis.objects.filter(
        school=verhuis.school, bevestigd_op__isnull=True, gestopt_op__isnull=True
    )
    if running.exists():
        raise VerhuisLoopt
    if verhuis.school.wissen_op or not concerned([verhuis.beslist]).adressen:
        raise VerhuisKanNiet
    verhuis.save(force_insert=True)
    _tell(verhuis, handeling=Handeling.VERHUIS_GEVRAAGD, door=verhuis.gevraagd_door)
    return verhuis


def _tell(verhuis: Verhuis, *, handeling: Logregel.Handeling, door: User) -> None:
    """Log it with both CLB's, and tell the ankerfiguren of both."""
    school, van, naar = verhuis.school, verhuis.van, verhuis.naar
    first, _ = (
        log(door=door, handeling=handeling, record=school, place=Place(None, school.pk, clb.pk))
        for clb in (van, naar)
    )
    announce(
        regel=first,
        betrokken=concerned([van, naar], in_beheer=False),
        link=mail.absolute_url("verhuis", pk=verhuis.pk),
        school=named(school),
        van=str(van),
        naar=str(naar),
        beslist=str(verhuis.beslist),
    )


def named(school: School) -> str:
    """A school with its number behind it: names of schools are often the same."""
    return f"{school} ({school.instellingsnummer})"
