"""What changes about an account outside its own pages."""

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
    """Save the changed data of an account, with a log line for what decides who gets in where.

    Gives the old address when it was changed: `send_email_changed` tells its owner.
    allauth keeps addresses in a table of its own and finds accounts by them for a login code and
    a new password: an address left behind there would open the account to who has it next.

    user: cleaned and not saved yet.
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
    """Save a new account without a password: the first login is by a code in the mail.

    user: cleaned and not saved yet.
    """
    user.set_unusable_password()
    user.save(force_insert=True)
    for veld in ("is_staff", "beheert_materialen"):
        if getattr(user, veld):
            log(door=door, handeling=LOGGED[veld], record=user)


def send_email_changed(*, user: User, oud: str) -> None:
    """Tell the owner of an old address that it opens the account no longer.

    Raises MailNietVerstuurd; the change itself stays.
    """
    mail.send_mail(to=oud, template="mensen/mail/email_gewijzigd", context={"user": user})
