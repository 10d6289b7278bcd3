"""Invitations: sent by mail, and used once, by the person who received the mail."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import (
    AlLid,
    give_rol,
    hold_school,
    still_with_its_clb,
)
from dossiers.mensen.models import Lidmaatschap, School, Uitnodiging, User
from stsdialoog import mail
from stsdialoog.counters.mailed import mailed_in_a_day
from stsdialoog.small_steps import delete_in_steps, midnight
from stsdialoog.text import address

TOKEN_BYTES = 32
# In a day.
MOST_BY_ONE, MOST_TO_ONE = 40, 3
# So long one can still see why a link does nothing any more.
BEWAARD_NA_EINDE = timedelta(days=30)
JIJ_VANDAAG = f"je nodigde vandaag al {MOST_BY_ONE} mensen uit. Nodig de anderen morgen uit."
DEZE_VANDAAG = (
    f"dit adres kreeg vandaag al {MOST_TO_ONE} uitnodigingen. Vraag of ze bij de ongewenste mail "
    "zitten, of probeer het morgen."
)


class UitnodigingOngeldig(Exception):
    """The invitation was used, withdrawn or meant for somebody else, or it has expired."""


class AccountBestaat(Exception):
    """The invited address already has an account."""


class AlUitgenodigd(Exception):
    """The address has an open invitation for this school; `uitnodiging` is that one."""

    def __init__(self, uitnodiging: Uitnodiging) -> None:
        super().__init__()
        self.uitnodiging = uitnodiging


class TeVeelUitgenodigd(Exception):
    """As many invitations as one may send or get in a day; its text says which, and what to do."""


@dataclass(frozen=True)
class Guest:
    """Somebody to invite; without a name when nobody gave one."""

    email: str
    naam: str = ""


@dataclass(frozen=True)
class Invited:
    """What became of one guest: an invitation with its token, or why there is none."""

    guest: Guest
    uitnodiging: Uitnodiging | None = None
    token: str = ""
    refusal: AlLid | AlUitgenodigd | TeVeelUitgenodigd | None = None


def invite_many(
    *, school: School, guests: Iterable[Guest], rol: str, woord: str, door: User
) -> list[Invited]:
    """Invite each guest who is no member yet and has no open invitation, with the same role.

    Each stands on its own: one who is refused is in nobody's way. Raises SchoolVerhuisd.
    """
    outcomes = []
    for guest in guests:
        try:
            uitnodiging, token = _invite_new(school, guest, rol, woord, door)
        except (AlLid, AlUitgenodigd, TeVeelUitgenodigd) as error:
            outcomes.append(Invited(guest, refusal=error))
        else:
            outcomes.append(Invited(guest, uitnodiging, token))
    return outcomes


@transaction.atomic
def _invite_new(
    school: School, guest: Guest, rol: str, woord: str, door: User
) -> tuple[Uitnodiging, str]:
    # Held here already, so that of two clicks on the button the second sees what the first made.
    still_with_its_clb(school)
    earlier = open_uitnodigingen().filter(school=school, email=address(guest.email)).first()
    if earlier:
        raise AlUitgenodigd(earlier)
    return invite(
        school=school, email=guest.email, rol=rol, door=door, naam=guest.naam, woord=woord
    )


@transaction.atomic
def invite_again(*, uitnodiging: Uitnodiging, door: User) -> tuple[Uitnodiging, str]:
    """Replace an invitation by a new one, with the same role, name and words. As `invite`.

    Raises SchoolVerhuisd, and UitnodigingOngeldig when it was used, withdrawn or replaced in the
    meantime: of two clicks on the button, the second would make the link useless that the first
    mailed.
    """
    still_with_its_clb(uitnodiging.school)
    if not _unanswered().filter(pk=uitnodiging.pk).exists():
        raise UitnodigingOngeldig
    return invite(
        school=uitnodiging.school,
        email=uitnodiging.email,
        rol=uitnodiging.rol,
        door=door,
        naam=uitnodiging.naam,
        woord=uitnodiging.woord if uitnodiging.door_id == door.pk else "",
    )


@transaction.atomic
def invite(
    *, school: School, email: str, rol: str, door: User, naam: str = "", woord: str = ""
) -> tuple[Uitnodiging, str]:
    """Create an invitation, and withdraw any earlier one for the same address and school.

    naam: of who is invited, to greet them with. woord: what `door` writes to them.
    Returns the invitation and its token. The token is not stored anywhere: only the mail has it.
    Raises SchoolVerhuisd, AlLid when the address has this role in the school, or is an ankerfiguur
    of its CLB, and TeVeelUitgenodigd after as many in a day as `door` may send, or the address may
    get.
    """
    email = address(email)
    _check_not_member(school=school, email=email, rol=rol)
    still_with_its_clb(school)
    _check_not_too_many(email=email, door=door)
    for earlier in _unanswered().filter(school=school, email=email):
        withdraw_uitnodiging(uitnodiging=earlier, door=door)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = timezone.now()
    uitnodiging = Uitnodiging.objects.create(
        email=email,
        school=school,
        rol=rol,
        naam=naam,
        woord=woord,
        token_digest=_digest(token),
        door=door,
        gemaakt_op=now,
        vervalt_op=now + timedelta(days=settings.UITNODIGING_DAGEN),
    )
    log(door=door, handeling=Logregel.Handeling.UITGENODIGD, record=uitnodiging)
    return uitnodiging, token


def send_uitnodiging(*, uitnodiging: Uitnodiging, token: str) -> None:
    """Mail an invitation.

    Raises MailNietVerstuurd when the mail could not be sent; the invitation itself is kept.
    """
    mail.send_mail(
        to=uitnodiging.email,
        template="mensen/mail/uitnodiging",
        context={
            "uitnodiging": uitnodiging,
            # As a quote, so that none of it looks like ours.
            "woord": uitnodiging.woord.splitlines(),
            "link": mail.absolute_url("uitnodiging", token=token),
        },
    )


@transaction.atomic
def withdraw_uitnodiging(*, uitnodiging: Uitnodiging, door: User) -> bool:
    """Make the link of an invitation invalid.

    Returns False, with nothing changed, when it was used or withdrawn before.
    """
    withdrawn = _unanswered().filter(pk=uitnodiging.pk).update(ingetrokken_op=timezone.now())
    if withdrawn:
        log(door=door, handeling=Logregel.Handeling.UITNODIGING_INGETROKKEN, record=uitnodiging)
    return bool(withdrawn)


def find_uitnodiging(*, token: str) -> Uitnodiging | None:
    """Find the invitation with this token, open or not, without using it."""
    return (
        Uitnodiging.objects.filter(token_digest=_digest(token))
        .select_related("school", "door")
        .first()
    )


def long_ended(op: date) -> QuerySet[Uitnodiging]:
    """The invitations that were used, were withdrawn or expired long enough before a day."""
    before = midnight(op) - BEWAARD_NA_EINDE
    return Uitnodiging.objects.filter(
        Q(gebruikt_op__lt=before) | Q(ingetrokken_op__lt=before) | Q(vervalt_op__lt=before)
    )


def forget_long_ended(*, op: date) -> Iterator[int]:
    """Delete those, with their address; yields after each step how many.

    That somebody was invited, and by whom, stays in the log for as long as a line stays there.
    """
    yield from delete_in_steps(long_ended(op))


def open_uitnodigingen() -> QuerySet[Uitnodiging]:
    """The invitations that can still be accepted."""
    return _unanswered().filter(vervalt_op__gt=timezone.now())


@transaction.atomic
def accept(*, uitnodiging: Uitnodiging, user: User) -> Lidmaatschap:
    """Give a user the role that an invitation offers.

    Raises UitnodigingOngeldig when it is no longer open, or meant for another address.
    """
    if user.email != uitnodiging.email:
        raise UitnodigingOngeldig
    hold_school(uitnodiging.school)
    _use(uitnodiging)
    return give_rol(user=user, school=uitnodiging.school, rol=uitnodiging.rol)


@transaction.atomic
def accept_with_new_account(
    *, uitnodiging: Uitnodiging, naam: str, wachtwoord: str | None
) -> Lidmaatschap:
    """Create an account for the invited address and accept the invitation with it.

    wachtwoord: None for an account that logs in elsewhere, or by a code in a mail.
    Raises UitnodigingOngeldig when it is no longer open, and AccountBestaat when the address
    already has an account.
    """
    hold_school(uitnodiging.school)
    _use(uitnodiging)
    try:
        with transaction.atomic():
            user = User.objects.create_user(uitnodiging.email, wachtwoord, naam=naam)
    except IntegrityError as error:
        raise AccountBestaat from error
    return give_rol(user=user, school=uitnodiging.school, rol=uitnodiging.rol)


def _unanswered() -> QuerySet[Uitnodiging]:
    """The invitations that were neither used nor withdrawn, expired or not."""
    return Uitnodiging.objects.filter(gebruikt_op__isnull=True, ingetrokken_op__isnull=True)


def _use(uitnodiging: Uitnodiging) -> None:
    # The check and the write are one UPDATE: of two simultaneous clicks, only one succeeds.
    used = open_uitnodigingen().filter(pk=uitnodiging.pk).update(gebruikt_op=timezone.now())
    if not used:
        raise UitnodigingOngeldig


def _check_not_member(*, school: School, email: str, rol: str) -> None:
    active = Lidmaatschap.objects.active().filter(user__email=email)
    lidmaatschap = active.filter(Q(school=school, rol=rol) | Q(clb=school.clb_id)).first()
    if lidmaatschap:
        raise AlLid(lidmaatschap)


def _check_not_too_many(*, email: str, door: User) -> None:
    mailed = mailed_in_a_day(Uitnodiging.objects.all(), door=door, email=email)
    if mailed.by_one >= MOST_BY_ONE:
        raise TeVeelUitgenodigd(JIJ_VANDAAG)
    if mailed.to_one >= MOST_TO_ONE:
        raise TeVeelUitgenodigd(DEZE_VANDAAG)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
