"""Who lost her second step: two colleagues vouch for her, and a day later she sets up a new one.

It also opens the talks with parents of an account that somebody else gave another address: no act
of the STS-team alone ever does (docs/adr/0025-recovery-by-two.md).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import clbs_open_to
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.domain.tweede_stap import STEPS
from dossiers.mensen.models import CLB, CLB_ROLLEN, Herstelaanvraag, Lidmaatschap, User
from stsdialoog import mail
from stsdialoog.small_steps import delete_in_steps, midnight

Handeling = Logregel.Handeling
WACHTTIJD = timedelta(hours=24)
GELDIG = timedelta(days=7)
# How long a colleague works there and has her second step, so that nobody is made up for it unseen:
# the ankerfiguren are mailed of who comes in through the admin.
BEKEND = timedelta(days=7)
MOST_A_DAY = 3
BEWAARD_NA_EINDE = timedelta(days=30)
SALT = "stsdialoog.herstel"
MAIL = "mensen/mail/herstel"
NIET_AAN_JOU = (
    "Dit kan alleen een collega bevestigen die al een week of langer bij hetzelfde CLB werkt, en "
    "even lang een tweede stap heeft."
)


class HerstelGesloten(Exception):
    """The request was stopped, finished or has expired, or it is too early for this."""


class TeVaakGevraagd(Exception):
    """The account asked too often today."""


def open_request_of(user: User) -> Herstelaanvraag | None:
    return _open().filter(user=user).select_related("eerste", "tweede").first()


def finishes_at(aanvraag: Herstelaanvraag) -> datetime | None:
    """From when on it can be finished; None while it was not vouched for by two."""
    return aanvraag.bevestigd_op and aanvraag.bevestigd_op + WACHTTIJD


def ask(*, user: User) -> Herstelaanvraag:
    """Ask for a new second step; the one that is open when there is one.

    The owner of the account gets a mail with a link that stops it. Without that mail there is no
    request: raises MailNietVerstuurd. Raises TeVaakGevraagd after three in a day.
    """
    aanvraag, made = _ask(user)
    if made:
        try:
            mail.send_mail(to=user.email, template=MAIL, context=_told_of(aanvraag))
        except mail.MailNietVerstuurd:
            stop(aanvraag=aanvraag)
            raise
    return aanvraag


@transaction.atomic
def _ask(user: User) -> tuple[Herstelaanvraag, bool]:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if running := open_request_of(user):
        return running, False
    now = timezone.now()
    mine = Herstelaanvraag.objects.filter(user=user)
    if mine.filter(gemaakt_op__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TeVaakGevraagd
    mine.filter(gestopt_op__isnull=True, afgerond_op__isnull=True).update(gestopt_op=now)
    aanvraag = Herstelaanvraag.objects.create(user=user, gemaakt_op=now, vervalt_op=now + GELDIG)
    log_of_account(door=user, handeling=Handeling.HERSTEL_GEVRAAGD, user=user)
    return aanvraag, True


def colleagues_of(aanvraag: Herstelaanvraag) -> QuerySet[User]:
    """Who may vouch: who works for a CLB of hers, or for an account without one, the STS-team.

    Each had that role and a second step of her own a week before it was asked, and before somebody
    else changed how the account is reached: colleagues who were made up for it do not count.
    """
    since = _known_since(aanvraag)
    steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=STEPS, created_at__lt=since)
    return _work_with(aanvraag).filter(Exists(steps))


def requests_for(door: User) -> list[Herstelaanvraag]:
    """The open requests that somebody may vouch for and did not yet, oldest first."""
    waiting = _open().filter(tweede__isnull=True).exclude(eerste=door).exclude(user=door)
    return [
        one
        for one in waiting.select_related("user").order_by("gemaakt_op")
        if colleagues_of(one).filter(pk=door.pk).exists()
    ]


@transaction.atomic
def vouch(*, aanvraag: Herstelaanvraag, door: User) -> None:
    """Vouch for a colleague, as the first or as the second; the same person counts once, and who is
    no colleague any more does not.

    Raises PermissionDenied for who is not among `colleagues_of`, and HerstelGesloten.
    """
    locked = _open().select_for_update(of=("self",)).select_related("user").filter(pk=aanvraag.pk)
    current = locked.first()
    if current is None:
        raise HerstelGesloten
    if not colleagues_of(current).filter(pk=door.pk).exists():
        raise PermissionDenied(NIET_AAN_JOU)
    _free_places(current)
    if door.pk in (current.eerste_id, current.tweede_id) or current.tweede_id:
        return
    if current.eerste_id is None:
        current.eerste = door
    else:
        current.tweede, current.bevestigd_op = door, timezone.now()
        transaction.on_commit(partial(_mail_quietly, current))
    current.save()
    log_of_account(door=door, handeling=Handeling.HERSTEL_BEVESTIGD, user=current.user)


@transaction.atomic
def stop(*, aanvraag: Herstelaanvraag) -> bool:
    """Stop a request, for whoever has the link of the mail. False when it was closed already."""
    stopped = _open().filter(pk=aanvraag.pk).update(gestopt_op=timezone.now())
    if stopped:
        log_of_account(door=None, handeling=Handeling.HERSTEL_GESTOPT, user=aanvraag.user)
    return bool(stopped)


def long_ended(op: date) -> QuerySet[Herstelaanvraag]:
    """The requests that were finished, were stopped or expired long enough before a day."""
    before = midnight(op) - BEWAARD_NA_EINDE
    return Herstelaanvraag.objects.filter(
        Q(afgerond_op__lt=before) | Q(gestopt_op__lt=before) | Q(vervalt_op__lt=before)
    )


def forget_long_ended(*, op: date) -> Iterator[int]:
    """Delete those; yields after each step how many. What happened stays in the log."""
    yield from delete_in_steps(long_ended(op))


def finish(*, aanvraag: Herstelaanvraag) -> None:
    """Take all second steps of an account away, and end its sessions; two colleagues vouched.

    So do its logins elsewhere go: whether one counts is a setting, and she lost what counted.
    Its talks with parents are open again, unless it was the STS-team that vouched.
    Raises HerstelGesloten before two vouched and a day went by, and once it is closed. Also when
    one of them is no colleague of hers any more: then another one vouches.
    """
    if not _finish(aanvraag):
        raise HerstelGesloten


@transaction.atomic
def _finish(aanvraag: Herstelaanvraag) -> bool:
    # Nobody gets a role meanwhile: who vouched is held against those that she has now.
    now, user = timezone.now(), User.objects.select_for_update(no_key=True).get(pk=aanvraag.user_id)
    found = _open().filter(pk=aanvraag.pk, bevestigd_op__lte=now - WACHTTIJD)
    current = found.select_for_update(of=("self",)).first()
    if current is None:
        return False
    current.user = user
    if _free_places(current):
        current.save()
        return False
    current.afgerond_op = now
    current.save()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    vouched_by_clb = bool(clbs_open_to(user))
    User.objects.filter(pk=user.pk).update(
        session_epoch=F("session_epoch") + 1,
        toegang_versie=F("toegang_versie") + 1,
        gesprekken_dicht_sinds=None if vouched_by_clb else now,
    )
    log_of_account(door=user, handeling=Handeling.HERSTEL_AFGEROND, user=user)
    return True


@transaction.atomic
def vouch_by_step(*, user: User, step: Authenticator) -> None:
    """Open the talks of an account again when a second step of before was used to log in."""
    opened = User.objects.filter(pk=user.pk, gesprekken_dicht_sinds__gt=step.created_at).update(
        gesprekken_dicht_sinds=None
    )
    if opened:
        log_of_account(door=user, handeling=Handeling.GESPREKKEN_WEER_OPEN, user=user)


def stop_token(aanvraag: Herstelaanvraag) -> str:
    return signing.Signer(salt=SALT).sign(str(aanvraag.pk))


def find_by_token(token: str) -> Herstelaanvraag | None:
    """The request that the link of a mail is about, open or not."""
    try:
        pk = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Herstelaanvraag.objects.filter(pk=pk).select_related("user").first()


def _open() -> QuerySet[Herstelaanvraag]:
    return Herstelaanvraag.objects.filter(
        gestopt_op__isnull=True, afgerond_op__isnull=True, vervalt_op__gt=timezone.now()
    )


def _known_since(aanvraag: Herstelaanvraag) -> datetime:
    dicht = aanvraag.user.gesprekken_dicht_sinds
    return min(aanvraag.gemaakt_op, dicht or aanvraag.gemaakt_op) - BEKEND


def _work_with(aanvraag: Herstelaanvraag) -> QuerySet[User]:
    """Who works now for a CLB of hers, or for an account without one, in the STS-team."""
    user, since = aanvraag.user, _known_since(aanvraag)
    clbs = clbs_open_to(user)
    if not (clbs or user.is_staff):
        return User.objects.none()
    works = Q(Exists(_work_for(clbs, since))) if clbs else Q(is_staff=True, sinds__lt=since)
    return User.objects.filter(works, is_active=True).exclude(pk=user.pk)


def _free_places(aanvraag: Herstelaanvraag) -> bool:
    """Forget who vouched and is no colleague any more; not saved yet. False when nobody was."""
    vouched = [one for one in (aanvraag.eerste_id, aanvraag.tweede_id) if one]
    here = set(_work_with(aanvraag).filter(pk__in=vouched).values_list("pk", flat=True))
    stay = [one for one in vouched if one in here]
    if stay == vouched:
        return False
    aanvraag.eerste_id, aanvraag.tweede_id = (*stay, None, None)[:2]
    aanvraag.bevestigd_op = None
    return True


def _work_for(clbs: list[CLB], since: datetime) -> QuerySet[Lidmaatschap]:
    return Lidmaatschap.objects.active().filter(
        Q(clb__in=clbs) | Q(school__clb__in=clbs),
        user=OuterRef("pk"),
        rol__in=CLB_ROLLEN,
        sinds__lt=since,
    )


def _mail_quietly(aanvraag: Herstelaanvraag) -> None:
    """The first mail has the link that stops it too."""
    mail.send_if_possible(aanvraag.user.email, MAIL, _told_of(aanvraag))


def _told_of(aanvraag: Herstelaanvraag) -> dict[str, Any]:
    return {
        "user": aanvraag.user,
        "vanaf": finishes_at(aanvraag),
        "link": mail.absolute_url("herstel-stoppen", token=stop_token(aanvraag)),
    }
