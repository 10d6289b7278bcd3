"""Changes to accounts by somebody other than the owner."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import announce, clbs_open_to, concerned, person
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf
from dossiers.mensen.domain.sessies import shorten_sessies
from dossiers.mensen.models import CLB_ROLLEN, Lidmaatschap, User
from stsdialoog import mail
from stsdialoog.seen import check_seen

# The rights in the admin, and what is logged when one is given or taken.
RECHTEN = {
    "is_staff": Logregel.Handeling.BEHEER_GEWIJZIGD,
    "beheert_materialen": Logregel.Handeling.MATERIALEN_GEWIJZIGD,
    "beheert_organisaties": Logregel.Handeling.ORGANISATIES_GEWIJZIGD,
    "helpt_gebruikers": Logregel.Handeling.GEBRUIKERS_GEWIJZIGD,
}


@transaction.atomic
def change_account(*, user: User, door: User) -> str | None:
    """Save the changed data of an account, and log every change that affects access.

    Whoever can get at dossiers through it is announced to the ankerfiguren of that CLB.

    allauth has its own table of addresses, by which it finds the account for a login code or a new
    password. An old address left behind there would give access to its next owner, so those rows
    are deleted when the address changes. Its sessions end too then, and when it is turned off.
    Another address opens no talk with parents of who works or worked for a CLB (`herstel.py`).

    user: cleaned and not saved yet.
    Returns the old address when it changed, else None; `send_email_changed` notifies its owner.
    Raises NietVoorJezelf when somebody would change her own rights.
    """
    old = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    rechten = [handeling for veld, handeling in RECHTEN.items() if _differs(old, user, veld)]
    if rechten and user == door:
        raise NietVoorJezelf
    betrokken = concerned(clbs_open_to(user))
    _keep_the_rest(user, old)
    closes = _differs(old, user, "email") and _may_have_talks(old)
    if closes:
        # The first time counts: a step of between two changes of address is none of before.
        user.gesprekken_dicht_sinds = old.gesprekken_dicht_sinds or timezone.now()
    user.save()
    if rechten:
        shorten_sessies(user)
    if closes:
        log_of_account(door=door, handeling=Logregel.Handeling.GESPREKKEN_GESLOTEN, user=user)
    for handeling in rechten:
        log_of_account(door=door, handeling=handeling, user=user)
    for handeling in _changed_access(old, user):
        regel = log_of_account(door=door, handeling=handeling, user=user)
        words = {"wie": person(old), "naam": user.naam, "adres": user.email}
        announce(regel=regel, betrokken=betrokken, **words)
    if old.email == user.email:
        return None
    EmailAddress.objects.filter(user=user).delete()
    return old.email


def _keep_the_rest(user: User, old: User) -> None:
    """What is not in the form: what stands there now, whatever happened since it was opened.

    With another address, or turned off, the sessions end. Whoever turns an account on again keeps
    it, and its owner has as long to log in as anybody.
    """
    user.session_epoch, user.toegang_versie = old.session_epoch, old.toegang_versie
    user.gesprekken_dicht_sinds = old.gesprekken_dicht_sinds
    user.gewaarschuwd_op = old.gewaarschuwd_op if old.is_active or not user.is_active else None
    if _differs(old, user, "email") or not user.is_active:
        user.session_epoch = old.session_epoch + 1
    if user.is_active:
        user.wissen_op = None


@transaction.atomic
def correct_own_name(*, user: User, naam: str, seen: str) -> None:
    """Save the name that somebody gives herself; the ankerfiguren of her CLB's hear of it.

    seen: a mark of the name that stood in her form. Raises IntussenGewijzigd when it is another
    one by now. The same name again changes nothing.
    """
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    check_seen(seen, held.naam)
    if held.naam == naam:
        return
    wie, betrokken = person(held), concerned(clbs_open_to(held))
    held.naam = naam
    held.save(update_fields=["naam", "zoeksleutel"])
    regel = log_of_account(door=held, handeling=Logregel.Handeling.NAAM_GEWIJZIGD, user=held)
    announce(regel=regel, betrokken=betrokken, wie=wie, naam=naam)


@transaction.atomic
def add_account(*, user: User, door: User) -> None:
    """Save a new account without a password: the first login is by a code in a mail.

    user: cleaned and not saved yet.
    """
    user.set_unusable_password()
    user.save(force_insert=True)
    log(door=door, handeling=Logregel.Handeling.ACCOUNT_GEMAAKT, record=user)
    for veld, handeling in RECHTEN.items():
        if getattr(user, veld):
            log(door=door, handeling=handeling, record=user)


def _may_have_talks(user: User) -> bool:
    """Whether somebody who ever logged in works or worked for a CLB: one who never did has none."""
    works_there = Lidmaatschap.objects.filter(user=user, rol__in=CLB_ROLLEN)
    return user.last_login is not None and works_there.exists()


def _changed_access(old: User, new: User) -> Iterator[Logregel.Handeling]:
    """What changed about who can log in with an account, and under which name."""
    if _differs(old, new, "naam"):
        yield Logregel.Handeling.NAAM_GEWIJZIGD
    if _differs(old, new, "email"):
        yield Logregel.Handeling.EMAIL_GEWIJZIGD
    if _differs(old, new, "is_active"):
        on = new.is_active
        handelingen = Logregel.Handeling
        yield handelingen.ACCOUNT_AANGEZET if on else handelingen.ACTIEF_GEWIJZIGD


def _differs(old: User, new: User, veld: str) -> bool:
    return getattr(old, veld) != getattr(new, veld)


def send_email_changed(*, user: User, oud: str) -> None:
    """Mail the old address (`oud`) that it no longer gives access to the account.

    Raises MailNietVerstuurd when the mail could not be sent; the change itself is kept.
    """
    mail.send_mail(to=oud, template="mensen/mail/email_gewijzigd", context={"user": user})
