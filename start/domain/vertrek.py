"""A school stops: it waits with all its dossiers, its people hear of it, and then it goes.

A dossier that waits is closed, as when it is erased alone (ADR 0023); the school is the last to go,
with the roles of its people and all else that hangs on it. A school with the same number that comes
back later is a new one.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, Q, QuerySet

from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.domain import keep_after_all, mark_to_erase
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import verhuizen
from dossiers.mensen.domain.aankondigingen import announce, concerned
from dossiers.mensen.models import Lidmaatschap, School, User, Verhuis
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier
from preventieplan.bestuur.domain.vaststellen import erase_with_school
from start.domain.erasing import day_to_erase
from stsdialoog import mail
from stsdialoog.wislijst import WACHTTIJD, erase_and_remember, erased_keys

Handeling = Logregel.Handeling
# What the admin keeps of a role, in place of the name of who had it.
NAAMLOOS = "Gewiste rol"


@transaction.atomic
def ask_to_leave(*, school: School, door: User, today: date) -> None:
    """Have a school erased with all its dossiers, and tell everybody who has a role in it.

    It goes when the waiting time is over, or later: on the last of the days of its dossiers. A move
    to another CLB that somebody asked is stopped. One of which it was asked already is untouched,
    as is an oefenschool.
    """
    if wissen_op := mark_to_leave(school=school, door=door, today=today):
        _tell(school, door, wissen_op=wissen_op)


def mark_to_leave(*, school: School, door: User, today: date) -> date | None:
    """The same inside a transaction, without telling anybody that it is asked.

    Returns the day on which it goes, or None for a school that is untouched.
    """
    held = _held(school)
    if held is None or held.wissen_op or held.oefen:
        return None
    days = [today + WACHTTIJD]
    for dossier in held.dossiers.select_related("school"):
        wissen_op = day_to_erase(dossier, today=today)
        if mark_to_erase(dossier=dossier, door=door, wissen_op=wissen_op):
            days.append(wissen_op)
        else:
            days.append(dossier.wissen_op or today)
    School.objects.filter(pk=held.pk).update(wissen_op=max(days))
    log(door=door, handeling=Handeling.SCHOOL_WISSEN_GEVRAAGD, record=held)
    asked = Verhuis.objects.filter(
        school=held, bevestigd_op__isnull=True, gestopt_op__isnull=True
    ).select_related("school")
    for verhuis in asked:
        verhuizen.stop(verhuis=verhuis, door=door)
    return max(days)


@transaction.atomic
def stay(*, school: School, door: User, today: date) -> None:
    """Keep a school that was going to be erased, with all of its dossiers that still are there.

    Also those of which it was asked before. They stay closed until somebody reopens them. A school
    that does not wait is untouched.
    """
    if mark_to_stay(school=school, door=door, today=today):
        _tell(school, door, wissen_op=None)


def mark_to_stay(*, school: School, door: User, today: date) -> bool:
    """The same inside a transaction, without telling anybody. Returns False for one untouched."""
    held = _held(school)
    if held is None or held.wissen_op is None:
        return False
    School.objects.filter(pk=held.pk).update(wissen_op=None)
    for dossier in held.dossiers.select_related("school"):
        keep_after_all(dossier=dossier, door=door, today=today)
    log(door=door, handeling=Handeling.SCHOOL_WISSEN_TERUG, record=held)
    return True


def due_schools(op: date) -> QuerySet[School]:
    """The schools of which the waiting time is over, and that have no dossier any more."""
    return School.objects.filter(wissen_op__lte=op, dossiers__isnull=True).order_by("pk")


def erase_schools_due(*, op: date) -> Iterator[int]:
    """Erase those; yields after each how many. Its dossiers go before it (`erase_due`).

    One of which a dossier waits longer, because it moved meanwhile, gets the day of that dossier.
    Raises NotRemembered, with that one and those after it as they were.
    """
    late = School.objects.filter(wissen_op__lte=op, dossiers__wissen_op__gt=op)
    for pk, dag in late.annotate(dag=Max("dossiers__wissen_op")).values_list("pk", "dag"):
        School.objects.filter(pk=pk, wissen_op__lte=op).update(wissen_op=dag)
    due = due_schools(op)
    for school in list(due):
        erase = partial(_delete, school, among=due, tell=True)
        yield int(erase_and_remember(records=[school], erase=erase))


@transaction.atomic
def catch_up(*, op: date) -> None:
    """Erase from a restored database the schools that were erased since its backup.

    Comes after the dossiers. Of the others that were to be, somebody may have taken it back
    meanwhile: they wait anew.
    """
    gone = School.objects.filter(pk__in=erased_keys(School), dossiers__isnull=True)
    for school in list(gone):
        _delete(school, among=gone, tell=False)
    waits = School.objects.filter(wissen_op__lt=op + WACHTTIJD)
    waits.update(wissen_op=op + WACHTTIJD)


def forget_in_admin(roles: QuerySet[Lidmaatschap]) -> None:
    """Take the names of who had these roles out of what the admin keeps about them."""
    lines = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Lidmaatschap),
        object_id__in=[str(pk) for pk in roles.values_list("pk", flat=True)],
    )
    lines.update(object_repr=NAAMLOOS)


def _held(school: School) -> School | None:
    """The school as it is now, locked until the end of the transaction; its dossiers come after."""
    return School.objects.select_for_update(no_key=True).filter(pk=school.pk).first()


def _delete(school: School, *, among: QuerySet[School], tell: bool) -> bool:
    """Returns False when it is not among these any more.

    What refers to a school protects it, so that a model that is forgotten here is an error.
    tell: whether the ankerfiguren of its CLB hear of it.
    """
    held = _held(school)
    if held is None or not among.filter(pk=held.pk).exists():
        return False
    regel = log(door=None, handeling=Handeling.SCHOOL_GEWIST, record=held)
    if tell:
        betrokken = concerned([held.clb], in_beheer=False)
        announce(regel=regel, betrokken=betrokken, school=verhuizen.named(held))
    roles = Lidmaatschap.objects.filter(school=held)
    forget_in_admin(roles)
    Lidmaatschapsvraag.objects.filter(Q(school=held) | Q(gegeven__in=roles)).delete()
    roles.delete()
    Verhuis.objects.filter(school=held).delete()
    erase_with_school(held)
    # With its invitations and what it puts on paper.
    held.delete()
    return True


def _tell(school: School, door: User, *, wissen_op: date | None) -> None:
    """Mail everybody with a role in a school once, when it is certain; wissen_op: None if it stays.

    The board too: it loses what it read.
    """
    dossiers = Dossier.objects.filter(school=school).order_by("schooljaar")
    context = {
        "school": school,
        "door": door,
        "wissen_op": wissen_op,
        "dossiers": list(dossiers),
        "link": mail.absolute_url("school", pk=school.pk),
    }
    told = {lid.user.email for lid in team_of(school)} - {door.email}
    for adres in sorted(told):
        mail.send_when_committed(adres, "start/mail/school_stopt", context)
