"""Accounts that nobody logs in with: their owner is told, and a month later they go.

We know of no law that says how long. Half of a school team changes each summer, and a board logs
in twice a year: two years leaves nobody out who still comes.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.formats import date_format

from dossiers.mensen.domain.wissen import erase_unused_account
from dossiers.mensen.models import User
from stsdialoog import mail
from stsdialoog.small_steps import midnight

ONGEBRUIKT = timedelta(days=2 * 365)
# Before that, the owner is told.
VOORAF = timedelta(days=30)
# So that a first night, or one after a long silence, does not flood the mail server.
MOST_A_NIGHT = 200


def to_warn(op: date) -> QuerySet[User]:
    """The accounts without a login for nearly as long as they stay, whose owner was not told yet.

    Also those that were turned off. One that was used since it was told, is told anew.
    """
    told_before = Q(gewaarschuwd_op__isnull=False, laatst__date__lt=F("gewaarschuwd_op"))
    return _unused_before(op - (ONGEBRUIKT - VOORAF)).exclude(told_before)


def warn(*, op: date) -> Iterator[int]:
    """Tell them, by mail; yields 1 after each, at most MOST_A_NIGHT.

    Raises MailserverWeg, with who was not told yet to be told another night.
    """
    for user in list(to_warn(op).order_by("sinds", "pk")[:MOST_A_NIGHT]):
        _tell(user, op)
        User.objects.filter(pk=user.pk).update(gewaarschuwd_op=op)
        yield 1


def to_turn_off(op: date) -> QuerySet[User]:
    """The accounts whose owner was told long enough ago, and did not log in."""
    told = _unused_before(op - ONGEBRUIKT).filter(gewaarschuwd_op__lte=op - VOORAF)
    return told.filter(laatst__date__lt=F("gewaarschuwd_op"))


def turn_off(*, op: date) -> Iterator[int]:
    """Turn them off, to be erased when the waiting time is over; yields 1 after each."""
    for user in list(to_turn_off(op).order_by("sinds", "pk")[:MOST_A_NIGHT]):
        with transaction.atomic():
            # Who logged in a moment ago keeps it.
            if to_turn_off(op).filter(pk=user.pk).exists():
                erase_unused_account(user=user, today=op)
        yield 1


def _unused_before(day: date) -> QuerySet[Any]:
    """The accounts that were not used since a day, and that nobody asked to erase: with `laatst`,
    when that was.
    """
    known = User.objects.known().filter(wissen_op__isnull=True)
    return known.annotate(laatst=Coalesce("last_login", "sinds")).filter(laatst__lt=midnight(day))


def _tell(user: User, op: date) -> None:
    context = {"dag": date_format(op + VOORAF, "j F Y"), "link": mail.absolute_url("account_login")}
    try:
        mail.send_mail(to=user.email, template="mensen/mail/inactief", context=context)
    except mail.MailserverWeg:
        raise
    except mail.MailNietVerstuurd:
        # An address that does not exist any more keeps no account: its CLB hears of it later.
        return
