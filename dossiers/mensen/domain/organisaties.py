"""CLB's, and their schools, which their ankerfiguur adds and keeps up to date."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from dossiers.logboek.domain import Place, log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import announce, concerned
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf, end_lidmaatschap
from dossiers.mensen.domain.uitnodigingen import open_uitnodigingen, withdraw_uitnodiging
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User, Verhuis
from stsdialoog.errors import AlreadyExists
from stsdialoog.seen import check_seen

OEFENSCHOOL = "Oefenschool"


class SchoolBestaat(AlreadyExists):
    """Another school already has this instellingsnummer."""


@transaction.atomic
def add_clb(*, clb: CLB, door: User) -> None:
    """Save a new CLB, cleaned and not saved yet."""
    clb.save(force_insert=True)
    log(door=door, handeling=Logregel.Handeling.CLB_TOEGEVOEGD, record=clb)


@transaction.atomic
def change_clb(*, clb: CLB, door: User) -> None:
    """Save the changed data of a CLB."""
    clb.save(force_update=True)
    log(door=door, handeling=Logregel.Handeling.CLB_GEWIJZIGD, record=clb)


@transaction.atomic
def add_school(*, school: School, door: User) -> School:
    """Add a school to a CLB.

    school: cleaned and not saved yet, with its CLB.
    Raises SchoolBestaat when its instellingsnummer is taken.
    """
    _save(school)
    log(door=door, handeling=Logregel.Handeling.SCHOOL_TOEGEVOEGD, record=school)
    return school


def oefenschool_of(*, clb: CLB) -> School:
    """The school without a place or a number that a CLB practises with, made if there is none.

    There is one per CLB, also when two people ask for the first time at once. It is no school, so
    it is not logged as one.
    """
    school, _ = School.objects.get_or_create(clb=clb, oefen=True, defaults={"naam": OEFENSCHOOL})
    return school


@transaction.atomic
def change_school(*, school: School, door: User, seen: str | None = None) -> None:
    """Save the changed data of a school.

    seen: its `mark` on the page where they were typed; None in beheer, whose pages have none.

    When the school moves to another CLB, the staff of the old CLB lose their access to it, and the
    ankerfiguren of both are told.
    Raises SchoolBestaat when its instellingsnummer is taken, NietVoorJezelf when it would move to a
    CLB of the user who does it, and IntussenGewijzigd if it has another mark by now.
    """
    old = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if seen is not None:
        check_seen(seen, *old.shown)
    # Not in any form: a school that was asked to go meanwhile still goes.
    school.wissen_op = old.wissen_op
    _save(school)
    log(door=door, handeling=Logregel.Handeling.SCHOOL_GEWIJZIGD, record=school)
    if old.clb_id != school.clb_id:
        _move(school=school, old=old.clb, door=door)


def _move(*, school: School, old: CLB, door: User) -> None:
    mine = Lidmaatschap.objects.active().filter(user=door, clb=school.clb)
    if mine.exists():
        raise NietVoorJezelf
    settle_move(school=school, old=old, door=door, in_beheer=True)


def settle_move(*, school: School, old: CLB, door: User, in_beheer: bool) -> None:
    """Do what follows when a school has gone to another CLB, in the transaction that moved it.

    Both CLB's read it in their log and are told, the staff of the old one lose their access, and no
    other move of the school is asked any more. What hangs on the school goes along; a talk with
    parents keeps the CLB that held it.
    """
    handeling = Logregel.Handeling.SCHOOL_VERHUISD
    log(door=door, handeling=handeling, record=school, place=Place(None, school.pk, old.pk))
    announce(
        regel=log(door=door, handeling=handeling, record=school),
        betrokken=concerned([old, school.clb], in_beheer=in_beheer),
        school=str(school),
        clbs=f"{old} en {school.clb}",
    )
    _part_from_clb(school=school, door=door)
    asked = Verhuis.objects.filter(
        school=school, bevestigd_op__isnull=True, gestopt_op__isnull=True
    )
    asked.update(gestopt_op=timezone.now())


def _part_from_clb(*, school: School, door: User) -> None:
    """End the memberships and open invitations of the CLB-medewerkers of a school.

    The membership of an ankerfiguur is with the CLB itself.
    """
    staff = Lidmaatschap.objects.filter(
        school=school, rol=Rol.CLB_MEDEWERKER, actief_tot__isnull=True
    )
    # The other CLB gives none of them back.
    Lidmaatschap.objects.filter(school=school, rol=Rol.CLB_MEDEWERKER).update(vervallen_op=None)
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
