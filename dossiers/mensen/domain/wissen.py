"""Erasing an account: it is turned off, waits, and is then nobody's any more.

What was done with it stays under its key, with no name. Talks with parents that only it could open
are left behind, for the ankerfiguur to see to.
"""

from contextlib import suppress
from datetime import date
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import announce, clbs_open_to, concerned, person
from dossiers.mensen.domain.accounts import RECHTEN
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf, end_lidmaatschap
from dossiers.mensen.models import GEWIST, Lidmaatschap, Uitnodiging, User
from stsdialoog import mail
from stsdialoog.wislijst import WACHTTIJD, erase_and_remember, erased_keys

NAAMLOOS = "Gewist account"


@transaction.atomic
def ask_to_erase_account(*, user: User, door: User, today: date) -> None:
    """Turn an account off, and have it erased when the waiting time is over.

    Its owner and the ankerfiguren of its CLB's are told. Whoever turns it on again in the admin
    takes it back. One of which it was asked already, or that was erased, is untouched.
    Raises NietVoorJezelf for the account of who asks it.
    """
    if user == door:
        raise NietVoorJezelf
    held = User.objects.known().select_for_update(no_key=True).filter(pk=user.pk).first()
    if held is None or held.wissen_op:
        return
    betrokken = concerned(clbs_open_to(held))
    held.is_active = False
    held.wissen_op = today + WACHTTIJD
    held.session_epoch += 1
    held.save()
    dag = date_format(held.wissen_op, "j F Y")
    regel = log_of_account(
        door=door, handeling=Logregel.Handeling.ACCOUNT_WISSEN_GEVRAAGD, user=held
    )
    announce(regel=regel, betrokken=betrokken, wie=person(held), dag=dag)
    transaction.on_commit(partial(_tell_owner, held.email, dag))


def erase_accounts_due(*, op: date) -> int:
    """Make nobody's the accounts of which the waiting time is over; returns how many.

    Raises NotRemembered, with that one and those after it as they were.
    """
    due = User.objects.filter(wissen_op__lte=op)
    return sum(
        erase_and_remember(records=[user], erase=partial(_make_nobodys, user, among=due))
        for user in list(due.order_by("wissen_op", "pk"))
    )


@transaction.atomic
def catch_up(*, op: date) -> None:
    """Erase from a restored database the accounts that were erased since its backup.

    Of the others that were to be, somebody may have taken it back meanwhile: they wait anew.
    """
    gone = User.objects.known().filter(pk__in=erased_keys(User))
    for user in list(gone):
        _make_nobodys(user, among=gone)
    waits = User.objects.filter(wissen_op__lt=op + WACHTTIJD)
    waits.update(wissen_op=op + WACHTTIJD)


def _make_nobodys(user: User, *, among: QuerySet[User]) -> bool:
    """Returns False when it is not among these any more."""
    held = among.select_for_update(no_key=True).filter(pk=user.pk).first()
    if held is None:
        return False
    # While its memberships still say which CLB's have to read it.
    log_of_account(door=None, handeling=Logregel.Handeling.ACCOUNT_GEWIST, user=held)
    for lidmaatschap in Lidmaatschap.objects.filter(user=held, actief_tot__isnull=True):
        end_lidmaatschap(lidmaatschap=lidmaatschap, door=None)
    Uitnodiging.objects.filter(email=held.email).delete()
    EmailAddress.objects.filter(user=held).delete()
    held.email, held.naam = f"{held.pk}{GEWIST}", NAAMLOOS
    held.set_unusable_password()
    held.is_active = held.is_superuser = False
    for recht in RECHTEN:
        setattr(held, recht, False)
    held.wissen_op, held.last_login = None, None
    held.session_epoch += 1
    held.save()
    return True


def _tell_owner(adres: str, dag: str) -> None:
    # The mail is in the log of the server as not sent.
    with suppress(mail.MailNietVerstuurd):
        mail.send_mail(to=adres, template="mensen/mail/account_wissen", context={"dag": dag})
