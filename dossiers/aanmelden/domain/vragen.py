"""Places that a login elsewhere asks for. A claim gives no role: an ankerfiguur does, or not."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import concerned
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf, give_rol, still_with_its_clb
from dossiers.mensen.models import CLB, Lidmaatschap, School, User
from stsdialoog import mail

Handeling = Logregel.Handeling


class AlBeantwoord(Exception):
    """Somebody answered it meanwhile, or who asked has no account any more."""


@transaction.atomic
def propose(*, user: User, nummer: str, via: str) -> Lidmaatschapsvraag | None:
    """Ask for a place at the school or CLB with this instellingsnummer; its ankerfiguren hear it.

    None for a number that is not here, where somebody has a role, or where she asked before.
    """
    if not nummer:
        return None
    schools = School.objects.filter(instellingsnummer=nummer, oefen=False)
    school = schools.select_related("clb").first()
    clb = None if school else CLB.objects.filter(instellingsnummer=nummer).first()
    led_by = school.clb if school else clb
    if led_by is None or _has_a_role(user, school, clb):
        return None
    vraag, made = Lidmaatschapsvraag.objects.get_or_create(
        user=user, school=school, clb=clb, defaults={"via": via}
    )
    if not made:
        return None
    log(door=user, handeling=Handeling.LIDMAATSCHAP_GEVRAAGD, record=vraag)
    for adres in concerned([led_by]).adressen:
        transaction.on_commit(partial(_mail, adres, "aanmelden/mail/vraag", vraag))
    return vraag


@transaction.atomic
def confirm(*, vraag: Lidmaatschapsvraag, school: School, rol: str, door: User) -> Lidmaatschap:
    """Give who asked a role in a school; she gets a mail.

    school: that of the question, or one of the CLB that it is about.
    Raises AlBeantwoord, SchoolVerhuisd, and NietVoorJezelf for who asked herself.
    """
    still_with_its_clb(school)
    held = _held(vraag, door)
    held.gegeven = give_rol(user=held.user, school=school, rol=rol, door=door)
    _answer(held, door)
    transaction.on_commit(partial(_mail, held.user.email, "aanmelden/mail/toegang", held))
    return held.gegeven


@transaction.atomic
def refuse(*, vraag: Lidmaatschapsvraag, door: User) -> None:
    """Say no. Raises AlBeantwoord, and NietVoorJezelf for who asked herself."""
    held = _held(vraag, door)
    _answer(held, door)
    log(door=door, handeling=Handeling.LIDMAATSCHAP_GEWEIGERD, record=held)


def _held(vraag: Lidmaatschapsvraag, door: User) -> Lidmaatschapsvraag:
    """The question, locked: of two answers at once, one counts."""
    found = Lidmaatschapsvraag.objects.select_for_update(of=("self",)).filter(pk=vraag.pk)
    held = found.select_related("user").get()
    if held.user_id == door.pk:
        raise NietVoorJezelf
    if held.beantwoord_op or not held.user.is_active:
        raise AlBeantwoord
    return held


def _answer(held: Lidmaatschapsvraag, door: User) -> None:
    held.beantwoord_op, held.door = timezone.now(), door
    held.save(update_fields=["beantwoord_op", "door", "gegeven"])


def _has_a_role(user: User, school: School | None, clb: CLB | None) -> bool:
    mine = Lidmaatschap.objects.active().filter(user=user)
    if school:
        return mine.filter(Q(school=school) | Q(clb=school.clb_id)).exists()
    return mine.filter(Q(clb=clb) | Q(school__clb=clb)).exists()


def _mail(adres: str, template: str, vraag: Lidmaatschapsvraag) -> None:
    context = {"vraag": vraag, "link": _link(vraag)}
    mail.send_if_possible(adres, template, context)


def _link(vraag: Lidmaatschapsvraag) -> str:
    if vraag.beantwoord_op:
        return mail.absolute_url("start")
    return mail.absolute_url("lidmaatschapsvraag", pk=vraag.pk)
