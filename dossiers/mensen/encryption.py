"""What the secrets of second steps are encrypted with: a key that follows from DJANGO_SECRET_KEY.

Fernet, of the `cryptography` package. A key of before (DJANGO_SECRET_KEY_FALLBACKS) still opens
what was made with it (docs/adr/0024-second-step.md).
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

PURPOSE = "stsdialoog.tweede-stap"


@lru_cache
def _fernet(secret: str) -> Fernet:
    made = salted_hmac(PURPOSE, "", secret=secret, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(made))


def encrypt(text: str) -> str:
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Raises cryptography's InvalidToken without the key that it was made with."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_fernet(key) for key in keys]).decrypt(token).decode()


def is_of_before(token: str) -> bool:
    """Whether only a key of before opens it."""
    try:
        _fernet(settings.SECRET_KEY).decrypt(token)
    except InvalidToken:
        return True
    return False
