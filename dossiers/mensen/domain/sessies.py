"""When a session ends: by itself, because its owner says so, or because its account changed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Least
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.models import Sessie, User

# Without a click or a key: on a device that others use too, and of whoever works for a CLB or has
# rights in the admin on any device.
IDLE = timedelta(minutes=30)
# A room that talks presses nothing for long (ADR 0026).
IDLE_IN_TALK = timedelta(hours=4)
# After this one logs in again, however active one was.
LONGEST = timedelta(days=14)


def ends_at(sessie: Sessie) -> datetime:
    """When a session ends if nobody presses anything in it any more."""
    idle = IDLE if sessie.streng or not sessie.eigen_toestel else LONGEST
    if sessie.in_gesprek:
        idle = max(idle, IDLE_IN_TALK)
    return min(sessie.laatst + idle, sessie.sinds + LONGEST)


@transaction.atomic
def end_sessie(*, user: User, kenmerk: UUID, here: str) -> bool:
    """End one session of an account, and log that.

    here: the key of the session in which it is asked; that one is left alone.
    Returns False when it had ended already, or is somebody else's.
    """
    others = Sessie.objects.filter(gebruiker=user).exclude(session_key=here)
    ended, _ = others.filter(kenmerk=kenmerk).delete()
    if ended:
        log_of_account(door=user, handeling=Logregel.Handeling.SESSIE_BEEINDIGD, user=user)
    return bool(ended)


@transaction.atomic
def end_other_sessies(*, user: User, here: str) -> int:
    """End all sessions of an account but this one, and log that; returns how many.

    here: the key of the session in which it is asked.
    """
    ended, _ = Sessie.objects.filter(gebruiker=user).exclude(session_key=here).delete()
    if ended:
        log_of_account(door=user, handeling=Logregel.Handeling.SESSIE_BEEINDIGD, user=user)
    return ended


def forget_sessies(user: User) -> None:
    """Delete the sessions of an account that opens nothing any more."""
    Sessie.objects.filter(gebruiker=user).delete()


def shorten_sessies(user: User) -> None:
    """From now on an account ends sooner: it got a role for a CLB, or a right in the admin."""
    Sessie.objects.filter(gebruiker=user, streng=False).update(
        streng=True, expire_date=Least("expire_date", timezone.now() + IDLE)
    )
