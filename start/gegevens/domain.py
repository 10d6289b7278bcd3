"""That somebody got all that is kept about a person: in the log, and told to that person."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.gebeurtenissen import log_of_account, log_once_of_account
from dossiers.mensen.models import User
from stsdialoog import mail

OPGEHAALD = Logregel.Handeling.GEGEVENS_OPGEHAALD


@transaction.atomic
def got_own(*, user: User) -> None:
    """Log that somebody got what is kept about herself, once a day."""
    log_once_of_account(door=user, handeling=OPGEHAALD, user=user)


@transaction.atomic
def got_of(*, user: User, door: User) -> None:
    """Log that somebody else got it, and mail its owner."""
    log_of_account(door=door, handeling=OPGEHAALD, user=user)
    transaction.on_commit(partial(_tell, user.email))


def _tell(adres: str) -> None:
    context = {"op": timezone.now(), "link": mail.absolute_url("mijn-gegevens")}
    mail.send_if_possible(adres, "gegevens/mail/opgehaald", context)
