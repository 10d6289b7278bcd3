"""The second step of logging in: who cannot do without one, and what happens to those there are."""

from functools import partial

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.accounts import RECHTEN
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.encryption import decrypt, encrypt, is_of_before
from dossiers.mensen.models import CLB_ROLLEN, Lidmaatschap, User
from stsdialoog import mail

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def needs_second_step(user: User) -> bool:
    """Whether an account cannot do without: of a CLB, with a right in the admin, or a superuser.

    At most one query.
    """
    return settings.TWEEDE_STAP_VERPLICHT and is_of_clb_or_beheer(user)


def is_of_clb_or_beheer(user: User) -> bool:
    """Whether an account reaches beyond a school: for a CLB or in the admin. At most one query."""
    if user.is_superuser or any(getattr(user, recht) for recht in RECHTEN):
        return True
    return Lidmaatschap.objects.active().filter(user=user, rol__in=CLB_ROLLEN).exists()


def has_second_step(user: User) -> bool:
    """Whether an account has a second step: an app, a passkey, or a login elsewhere that counts.

    One query, and one more on a server where such a login can count.
    """
    if Authenticator.objects.filter(user=user, type__in=STEPS).exists():
        return True
    codes = providers_that_count()
    return bool(codes) and SocialAccount.objects.filter(user=user, provider__in=codes).exists()


def providers_that_count() -> list[str]:
    """Where one may log in elsewhere with what counts as the second step here."""
    return [code for code, one in settings.AANBIEDERS.items() if one.tweede_stap]


def standing_of(user: User) -> str:
    """What the need for a second step follows from, as the account itself says it.

    A session that found it in order keeps this, and looks again once it is another: after a role
    for a CLB, a right in the admin, a step that was taken away, or a provider that counts no more.
    No query.
    """
    rights = "".join(str(int(getattr(user, one))) for one in ("is_superuser", *RECHTEN))
    return ".".join([str(user.toegang_versie), rights, *providers_that_count()])


def passkey_name(authenticator: Authenticator) -> str:
    """What a passkey is called in an address: nothing that counts them."""
    named = salted_hmac("stsdialoog.passkey", str(authenticator.pk), algorithm="sha256")
    return named.hexdigest()[:20]


@transaction.atomic
def step_changed(user: User) -> None:
    """A step of an account came or went: all its sessions look again what that means for them."""
    User.objects.filter(pk=user.pk).update(toegang_versie=F("toegang_versie") + 1)
    log_of_account(door=user, handeling=Logregel.Handeling.TWEEDE_STAP_GEWIJZIGD, user=user)
    transaction.on_commit(partial(_mail_changed, user))


def _mail_changed(user: User) -> None:
    """Tell the owner, in case it was somebody else who changed it."""
    context = {"user": user, "link": mail.absolute_url("mfa_index")}
    mail.send_if_possible(user.email, "mensen/mail/tweede_stap_gewijzigd", context)


def renew_secret(authenticator: Authenticator) -> None:
    """Encrypt the secret of a step with the key of now, when it was with one of before."""
    name = SECRETS.get(Authenticator.Type(authenticator.type))
    if name and is_of_before(authenticator.data[name]):
        authenticator.data[name] = encrypt(decrypt(authenticator.data[name]))
        authenticator.save(update_fields=["data"])
