"""How often somebody wants to be reminded, and the link in each mail that stops it."""

from uuid import UUID

from django.core import signing

from dossiers.mensen.models import User
from start.herinneringen.models import GEWOON, Herinnerwens, Ritme

SALT = "herinneringen.stop"


def ritme_of(user: User) -> Ritme:
    wens = Herinnerwens.objects.filter(gebruiker=user).first()
    return Ritme(wens.ritme) if wens else GEWOON


def choose_ritme(*, user: User, ritme: Ritme) -> None:
    """Remember how often; a mail that is under way still leaves, unless it is never."""
    Herinnerwens.objects.update_or_create(gebruiker=user, defaults={"ritme": ritme})


def stop_key(gebruiker: UUID) -> str:
    """The key of the link that stops the mails of somebody, and opens nothing else.

    It is signed and not kept, and it works as long as the secret key does, whatever she chose
    meanwhile: whoever gets a mail can stop them by it.
    """
    return signing.Signer(salt=SALT, sep=".").sign(gebruiker.hex)


def find_by_stop_key(key: str) -> User | None:
    try:
        pk = UUID(signing.Signer(salt=SALT, sep=".").unsign(key))
    except (signing.BadSignature, ValueError):
        return None
    return User.objects.known().filter(pk=pk).first()


def stop(*, user: User) -> None:
    """No more mails with reminders, until she chooses otherwise. Doing it twice does no harm."""
    choose_ritme(user=user, ritme=Ritme.NOOIT)
