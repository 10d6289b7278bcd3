"""A CLB stops: one of its ankerfiguren asks it, and somebody of the STS-team confirms.

From then on all its schools wait, as one that stops alone does (vertrek.py); those that go on with
another CLB have to move before. When the last one is gone, the CLB goes, with what else it held.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from dialoogfiches.oudergesprekken.domain.retention import erase_held_by
from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import concerned
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf
from dossiers.mensen.models import (
    CLB,
    Aankondiging,
    Bevestigingsmail,
    Lidmaatschap,
    School,
    User,
    Verhuis,
    Vertrek,
)
from dossiers.models import Dossier, GeleegdDossier
from start.domain.erasing import erase_dossier
from start.domain.vertrek import forget_in_admin, mark_to_leave, mark_to_stay
from stsdialoog import mail
from stsdialoog.wislijst import WACHTTIJD, erase_and_remember, erased_keys

Handeling = Logregel.Handeling


class VertrekGesloten(Exception):
    """It was taken back meanwhile, or somebody else confirmed it."""


@transaction.atomic
def ask_to_leave(*, clb: CLB, door: User) -> None:
    """Ask that a CLB stops, by one of its ankerfiguren. Nothing changes until it is confirmed.

    The other ankerfiguren and whoever manages organisations are told. One of which it was asked
    already is untouched.
    """
    held = CLB.objects.select_for_update(no_key=True).get(pk=clb.pk)
    _, is_new = Vertrek.objects.get_or_create(clb=held, defaults={"gevraagd_door": door})
    if is_new:
        log(door=door, handeling=Handeling.CLB_WISSEN_GEVRAAGD, record=held)
        _tell(held, door, told=_ankerfiguren(held) | _sts_team(), stand="gevraagd")


@transaction.atomic
def confirm(*, vertrek: Vertrek, door: User, today: date) -> None:
    """Have a CLB with all its schools wait to be erased, by somebody of the STS-team.

    Everybody with a role there is told, once.
    Raises VertrekGesloten when it is not asked any more, and NietVoorJezelf for whoever asked it or
    leads the CLB: it takes two sides.
    """
    held = _held(vertrek)
    if held is None or held.wissen_op:
        raise VertrekGesloten
    mine = Lidmaatschap.objects.active().filter(user=door, clb=held.clb)
    if door.pk == held.gevraagd_door_id or mine.exists():
        raise NietVoorJezelf
    for school in _schools(held.clb):
        mark_to_leave(school=school, door=door, today=today)
    last = _schools(held.clb).aggregate(dag=Max("wissen_op"))["dag"]
    held.bevestigd_door, held.wissen_op = door, max(today + WACHTTIJD, last or today)
    held.save(update_fields=["bevestigd_door", "wissen_op"])
    log(door=door, handeling=Handeling.CLB_WISSEN_BEVESTIGD, record=held.clb)
    _tell(held.clb, door, told=_everybody(held.clb), stand="bevestigd", wissen_op=held.wissen_op)


@transaction.atomic
def stay(*, clb: CLB, door: User, today: date) -> None:
    """Keep a CLB of which it was asked or confirmed, with all its schools that still are there.

    Whoever heard of it hears this too. A CLB that does not leave is untouched.
    """
    vertrek = Vertrek.objects.filter(clb=clb).first()
    held = _held(vertrek) if vertrek else None
    if held is None:
        return
    waited = held.wissen_op is not None
    if waited:
        for school in _schools(held.clb):
            mark_to_stay(school=school, door=door, today=today)
    held.delete()
    log(door=door, handeling=Handeling.CLB_WISSEN_TERUG, record=held.clb)
    told = _everybody(held.clb) if waited else _ankerfiguren(held.clb)
    _tell(held.clb, door, told=told | _sts_team(), stand="terug")


def due_clbs(op: date) -> QuerySet[CLB]:
    """The CLB's of which the waiting time is over, and that have no school any more."""
    schools = School.objects.filter(clb=OuterRef("pk"), oefen=False)
    return CLB.objects.filter(~Exists(schools), vertrek__wissen_op__lte=op).order_by("pk")


def erase_clbs_due(*, op: date) -> Iterator[int]:
    """Erase those; yields after each how many. Their schools go before them.

    First goes what it held elsewhere: its oefendossier, and the talks with parents that stayed with
    it when a school moved, which nobody could open any more. Of one that is kept meanwhile, what is
    still there stays.
    Raises NotRemembered, with the CLB and those after it as they were.
    """
    due = due_clbs(op)
    for clb in list(due):
        still_due = due.filter(pk=clb.pk)
        practice = Dossier.objects.filter(school__clb__in=still_due, school__oefen=True)
        for dossier in list(practice.select_related("school")):
            erase_dossier(dossier, among=practice, door=None)
        erase_held_by(still_due)
        yield int(erase_and_remember(records=[clb], erase=partial(_delete, clb, among=due)))


@transaction.atomic
def catch_up(*, op: date) -> None:
    """Erase from a restored database the CLB's that were erased since its backup.

    Comes after the schools. Of the others that were to be, somebody may have taken it back
    meanwhile: they wait anew.
    """
    schools = School.objects.filter(clb=OuterRef("pk"), oefen=False)
    gone = CLB.objects.filter(~Exists(schools), pk__in=erased_keys(CLB))
    for clb in list(gone):
        _delete(clb, among=gone)
    waits = Vertrek.objects.filter(wissen_op__lt=op + WACHTTIJD)
    waits.update(wissen_op=op + WACHTTIJD)


def _held(vertrek: Vertrek) -> Vertrek | None:
    """What was asked as it is now, locked until the end of the transaction; schools come after."""
    found = Vertrek.objects.select_for_update(no_key=True, of=("self",)).filter(pk=vertrek.pk)
    return found.select_related("clb").first()


def _schools(clb: CLB) -> QuerySet[School]:
    return School.objects.filter(clb=clb, oefen=False).order_by("pk")


def _delete(clb: CLB, *, among: QuerySet[CLB]) -> bool:
    """Returns False when it is not among these any more.

    What refers to a CLB protects it, so that a model that is forgotten here is an error.
    """
    held = CLB.objects.select_for_update(no_key=True).filter(pk=clb.pk).first()
    if held is None or not among.filter(pk=held.pk).exists():
        return False
    log(door=None, handeling=Handeling.CLB_GEWIST, record=held)
    roles = Lidmaatschap.objects.filter(clb=held)
    forget_in_admin(roles)
    Lidmaatschapsvraag.objects.filter(Q(clb=held) | Q(gegeven__in=roles)).delete()
    roles.delete()
    Verhuis.objects.filter(Q(van=held) | Q(naar=held)).delete()
    for model in (Aankondiging, Bevestigingsmail, Vertrek):
        model._default_manager.filter(clb=held).delete()
    GeleegdDossier.objects.filter(school__clb=held).delete()
    School.objects.filter(clb=held, oefen=True).delete()
    # With its sociale kaart and what it puts on paper.
    held.delete()
    return True


def _ankerfiguren(clb: CLB) -> set[str]:
    return {*concerned([clb]).adressen}


def _sts_team() -> set[str]:
    """The addresses of who manages organisations, and so can confirm it."""
    managers = User.objects.filter(is_active=True, is_staff=True, beheert_organisaties=True)
    return {*managers.values_list("email", flat=True)}


def _everybody(clb: CLB) -> set[str]:
    """The addresses of who has a role in a CLB or in one of its schools."""
    roles = Lidmaatschap.objects.active().filter(
        Q(clb=clb) | Q(school__clb=clb), user__is_active=True
    )
    return {*roles.values_list("user__email", flat=True)}


def _tell(
    clb: CLB, door: User, *, told: set[str], stand: str, wissen_op: date | None = None
) -> None:
    """Mail each of these addresses once, when it is certain; not who did it.

    stand: "gevraagd", "bevestigd" or "terug". wissen_op: the day on which it goes, once confirmed.
    """
    context = {
        "clb": clb,
        "door": door,
        "stand": stand,
        "wissen_op": wissen_op,
        "link": mail.absolute_url("scholen"),
        "beheer": mail.absolute_url("admin:mensen_vertrek_changelist"),
    }
    for adres in sorted(told - {door.email}):
        mail.send_when_committed(adres, "start/mail/clb_stopt", context)
