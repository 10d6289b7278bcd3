"""The key of the drafts that a browser keeps for one account."""

import secrets
from base64 import b64encode

from django.utils.crypto import salted_hmac

from dossiers.mensen.models import User


def draft_key(user: User) -> bytes:
    """The 256-bit key under which browsers keep what this account typed and did not send yet.

    It follows from the secret key of the installation, so nothing is stored; when that one is
    renewed, drafts of before stay unreadable in the browser where they are.
    """
    return salted_hmac("stsdialoog.drafts", str(user.pk), algorithm="sha256").digest()


def masked(key: bytes) -> str:
    """A key as base64, behind a random mask: `<mask>.<key xor mask>`.

    Pages are compressed. Were the same letters in each of them, their size could give them away.
    """
    mask = secrets.token_bytes(len(key))
    hidden = bytes(byte ^ other for byte, other in zip(key, mask, strict=True))
    return f"{b64encode(mask).decode()}.{b64encode(hidden).decode()}"
