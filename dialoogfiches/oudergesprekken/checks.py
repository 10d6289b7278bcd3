"""System checks for the encryption keys of the parents' talks."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error

MAAK_ER_EEN = (
    "Make one with: python -c 'from cryptography.fernet import Fernet; "
    "print(Fernet.generate_key().decode())'"
)


def check_sleutels(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Check that there is at least one key and that all are valid. Messages never contain a key."""
    sleutels = settings.OUDERGESPREK_SLEUTELS
    if not sleutels:
        return [
            Error("OUDERGESPREK_SLEUTELS is empty.", hint=MAAK_ER_EEN, id="oudergesprekken.E001")
        ]
    return [
        Error(
            f"Key {nummer} of OUDERGESPREK_SLEUTELS is not a Fernet key.",
            hint=MAAK_ER_EEN,
            id="oudergesprekken.E002",
        )
        for nummer, sleutel in enumerate(sleutels, start=1)
        if not _is_fernet_key(sleutel)
    ]


def _is_fernet_key(sleutel: str) -> bool:
    try:
        Fernet(sleutel)
    except ValueError:
        return False
    return True
