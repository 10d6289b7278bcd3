"""The secret address of a calendar: made, shown once, and taken back by its owner."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.models import User
from start.herinneringen.models import Agenda

Handeling = Logregel.Handeling


@transaction.atomic
def make_agenda(*, user: User) -> str:
    """Make an address, in the place of the one she had; returns its key, which is kept nowhere."""
    key = secrets.token_urlsafe(32)
    values = {"digest": digest_of(key), "gemaakt_op": timezone.now()}
    Agenda.objects.update_or_create(gebruiker=user, defaults=values)
    log_of_account(door=user, handeling=Handeling.AGENDA_GEMAAKT, user=user)
    return key


@transaction.atomic
def withdraw_agenda(*, user: User) -> bool:
    """From now on her address opens nothing. Returns False when she had none."""
    gone, _ = Agenda.objects.filter(gebruiker=user).delete()
    if gone:
        log_of_account(door=user, handeling=Handeling.AGENDA_INGETROKKEN, user=user)
    return bool(gone)


def owner_of(key: str) -> User | None:
    """Whose calendar reads along by a key; None for any other, and for an account that is off."""
    found = Agenda.objects.filter(digest=digest_of(key), gebruiker__is_active=True)
    agenda = found.select_related("gebruiker").first()
    return agenda.gebruiker if agenda else None


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
