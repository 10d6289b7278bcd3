"""Erasing an account: it is turned off, waits, and is then nobody's any more.

What was done with it stays under its key, with no name. Talks with parents that only it could open
are left behind, for the ankerfiguur to see to.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import announce, clbs_open_to, concerned, person
from dossiers.mensen.domain.accounts import RECHTEN
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf, end_lidmaatschap
from dossiers.mensen.domain.plgleden import end_plglid
from dossiers.mensen.domain.sessies import forget_sessies
from dossiers.mensen.models import (
    GEWIST,
    Herstelaanvraag,
    Lidmaatschap,
    Plglid,
    Uitnodiging,
    User,
)
from stsdialoog import mail
from stsdialoog.wislijst import WACHTTIJD, erase_and_remember, erased_keys

NAAMLOOS = "Gewist account"


def ask_to_erase_account(*, user: User, door: User, today: date) -> None:
    """Turn an account off, and have it erased when the waiting time is over.

    Its owner and the ankerfiguren of its CLB's are told. Whoever turns it on again in the admin
    takes it back. One of which it was asked already, or that was erased, is untouched.
    Raises NietVoorJezelf for the account of who asks it: she has a page of her own for that.
    """
    if user == door:
        raise NietVoorJezelf
    _ask(user, door=door, today=today)


def ask_to_erase_own_account(*, user: User, today: date) -> None:
    """The same, for whoever asks it for herself: she is logged out by it."""
    _ask(user, door=user, today=today)


def erase_unused_account(*, user: User, today: date) -> None:
    """The same, for an account that nobody logged in with for long (inactief.py)."""
    _ask(user, door=None, today=today)


@transaction.atomic
def _ask(user: User, *, door: User | None, today: date) -> None:
    held = User.objects.known().select_for_update(no_key=True).filter(pk=user.pk).first()
    if held is None or held.wissen_op:
        return
    betrokken = concerned(clbs_open_to(held))
    held.is_active = False
    held.wissen_op = today + WACHTTIJD
    held.session_epoch += 1
    held.save()
    forget_sessies(held)
    dag = date_format(held.wissen_op, "j F Y")
    regel = log_of_account(
        door=door, handeling=Logregel.Handeling.ACCOUNT_WISSEN_GEVRAAGD, user=held
    )
    announce(regel=regel, betrokken=betrokken, wie=person(held), dag=dag)
    zelf, iemand = door == held, door is not None
    context = {"dag": dag, "zelf": zelf, "iemand": iemand}
    mail.send_when_committed(held.email, "mensen/mail/account_wissen", context)


def due_accounts(op: date) -> QuerySet[User]:
    """The accounts of which the waiting time is over."""
    return User.objects.filter(wissen_op__lte=op)


def erase_accounts_due(*, op: date) -> Iterator[int]:
    """Make nobody's the accounts of which the waiting time is over; yields after each how many.

    Raises NotRemembered, with that one and those after it as they were.
    """
    due = due_accounts(op)
    for user in list(due.order_by("wissen_op", "pk")):
        erase = partial(_make_nobodys, user, among=due)
        yield int(erase_and_remember(records=[user], erase=erase))


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
    for plglid in Plglid.objects.active().filter(user=held):
        end_plglid(plglid=plglid, door=None)
    Uitnodiging.objects.filter(email=held.email).delete()
    EmailAddress.objects.filter(user=held).delete()
    # With what she called her passkeys.
    Authenticator.objects.filter(user=held).delete()
    Herstelaanvraag.objects.filter(user=held).delete()
    _take_name_from_admin(held)
    SocialAccount.objects.filter(user=held).delete()
    held.email, held.naam = f"{held.pk}{GEWIST}", NAAMLOOS
    held.set_unusable_password()
    held.is_active = held.is_superuser = False
    for recht in RECHTEN:
        setattr(held, recht, False)
    held.wissen_op, held.last_login, held.gewaarschuwd_op = None, None, None
    held.session_epoch += 1
    held.save()
    forget_sessies(held)
    return True


def _take_name_from_admin(user: User) -> None:
    """The admin keeps the name of what was changed beside who changed it."""
    about = (
        (User, User.objects.filter(pk=user.pk)),
        (Lidmaatschap, Lidmaatschap.objects.filter(user=user)),
        (Plglid, Plglid.objects.filter(user=user)),
    )
    for model, records in about:
        keys = [str(pk) for pk in records.values_list("pk", flat=True)]
        content_type = ContentType.objects.get_for_model(model)
        lines = LogEntry.objects.filter(content_type=content_type, object_id__in=keys)
        lines.update(object_repr=NAAMLOOS)
