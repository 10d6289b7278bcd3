"""Linking an account to how its owner logs in elsewhere, and undoing that.

By issuer and subject only. An address that a provider tells is in nobody's way and opens nothing.
"""

from functools import partial

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from dossiers.aanmelden.domain.id_token import Aanmelding
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.domain.tweede_stap import has_second_step, needs_second_step
from dossiers.mensen.domain.uitnodigingen import accept_with_new_account
from dossiers.mensen.models import Lidmaatschap, Uitnodiging, User
from stsdialoog import mail

Handeling = Logregel.Handeling
INGELOGD_VIA = {
    "acmidm": Handeling.INGELOGD_ACMIDM,
    "entra": Handeling.INGELOGD_ENTRA,
    "google": Handeling.INGELOGD_GOOGLE,
}


class VanIemandAnders(Exception):
    """This login belongs to another account already."""


class LaatsteStap(Exception):
    """It is the only second step of an account that cannot do without one."""


def koppelingen_of(user: User) -> QuerySet[SocialAccount]:
    """How somebody may log in elsewhere, with the providers that are switched on now."""
    mine = SocialAccount.objects.filter(user=user, provider__in=list(settings.AANBIEDERS))
    return mine.order_by("date_joined", "pk")


@transaction.atomic
def link(*, user: User, aanmelding: Aanmelding) -> bool:
    """Let a login elsewhere open an account; its owner gets a mail.

    Returns False when it did so already. Raises VanIemandAnders, and changes nothing then: a
    subject belongs to one account, also of two that link it at the same moment.
    """
    known = SocialAccount.objects.filter(provider=aanmelding.aanbieder, uid=aanmelding.uid)
    try:
        with transaction.atomic():
            _, made = known.get_or_create(
                user=user,
                defaults={
                    "provider": aanmelding.aanbieder,
                    "uid": aanmelding.uid,
                    "extra_data": kept_of(aanmelding),
                },
            )
    except IntegrityError as error:
        raise VanIemandAnders from error
    if made:
        _changed(user, Handeling.AANMELDING_GEKOPPELD, aanmelding.aanbieder, weg=False)
    return made


@transaction.atomic
def unlink(*, user: User, koppeling: SocialAccount) -> None:
    """Let a login elsewhere open an account no more; its owner gets a mail.

    All sessions of the account end: one of them may have come in by it. The way in that always
    stays is a code in a mail. Raises LaatsteStap.
    """
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    gone, _ = SocialAccount.objects.filter(user=locked, pk=koppeling.pk).delete()
    if not gone:
        return
    if needs_second_step(locked) and _counts(koppeling) and not has_second_step(locked):
        # The transaction puts it back.
        raise LaatsteStap
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    _changed(locked, Handeling.AANMELDING_ONTKOPPELD, koppeling.provider, weg=True)


@transaction.atomic
def accept_with_login(
    *, uitnodiging: Uitnodiging, naam: str, aanmelding: Aanmelding
) -> Lidmaatschap:
    """Accept an invitation with a new account that has no password, and a login elsewhere.

    Its address is that of the invitation, which the mail proved, whatever the provider says.
    Raises VanIemandAnders, and what `accept_with_new_account` raises; nothing is made then.
    """
    lidmaatschap = accept_with_new_account(uitnodiging=uitnodiging, naam=naam, wachtwoord=None)
    link(user=lidmaatschap.user, aanmelding=aanmelding)
    return lidmaatschap


def kept_of(aanmelding: Aanmelding) -> dict[str, str]:
    """All that is kept of what a provider tells, besides who it is."""
    return {"als": aanmelding.als} if aanmelding.als else {}


def _counts(koppeling: SocialAccount) -> bool:
    aanbieder = settings.AANBIEDERS.get(koppeling.provider)
    return bool(aanbieder and aanbieder.tweede_stap)


def _changed(user: User, handeling: Handeling, code: str, *, weg: bool) -> None:
    # All sessions look again what it means for the second step (mensen/middleware.py).
    User.objects.filter(pk=user.pk).update(toegang_versie=F("toegang_versie") + 1)
    log_of_account(door=user, handeling=handeling, user=user)
    aanbieder = settings.AANBIEDERS.get(code)
    naam = aanbieder.naam if aanbieder else code
    transaction.on_commit(partial(_tell_owner, user, naam, weg))


def _tell_owner(user: User, aanbieder: str, weg: bool) -> None:
    """In case it was somebody else who did it."""
    context = {
        "user": user,
        "aanbieder": aanbieder,
        "weg": weg,
        "link": mail.absolute_url("mfa_index"),
    }
    mail.send_if_possible(user.email, "aanmelden/mail/koppeling", context)
