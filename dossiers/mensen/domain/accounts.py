"""Changes to accounts by somebody other than the owner."""

from allauth.account.models import EmailAddress
from django.db import transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from stsdialoog import mail

LOGGED = {
    "email": Logregel.Handeling.EMAIL_GEWIJZIGD,
    "is_active": Logregel.Handeling.ACTIEF_GEWIJZIGD,
    "is_staff": Logregel.Handeling.BEHEER_GEWIJZIGD,
    "beheert_materialen": Logregel.Handeling.MATERIALEN_GEWIJZIGD,
}


@transaction.atomic
def change_account(*, user: User, door: User) -> str | None:
    """Save the changed data of an account, and log every change that affects access.

    allauth has its own table of addresses, by which it finds the account for a login code or a new
    password. An old address left behind there would give access to its next owner, so those rows
    are deleted when the address changes.

    user: cleaned and not saved yet.
    Returns the old address when it changed, else None; `send_email_changed` notifies its owner.
    """
    old = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.save()
    for veld, handeling in LOGGED.items():
        if getattr(old, veld) != getattr(user, veld):
            log(door=door, handeling=handeling, record=user)
    if old.email == user.email:
        return None
    EmailAddress.objects.filter(user=user).delete()
    return old.email


@transaction.atomic
def add_account(*, user: User, door: User) -> None:
    """Save a new account without a password: the first login is by a code in a mail.

    user: cleaned and not saved yet.
    """
    user.set_unusable_password()
    user.save(force_insert=True)
    for veld in ("is_staff", "beheert_materialen"):
        if getattr(user, veld):
            log(door=door, handeling=LOGGED[veld], record=user)


def send_email_changed(*, user: User, oud: str) -> None:
    """Mail the old address (`oud`) that it no longer gives access to the account.

    Raises MailNietVerstuurd when the mail could not be sent; the change itself is kept.
    """
    mail.send_mail(to=oud, template="mensen/mail/email_gewijzigd", context={"user": user})
