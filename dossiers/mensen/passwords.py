"""Password validators with our own messages, because Django's Dutch ones say "u"."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

WORDS = Path(__file__).with_name("wachtwoorden.txt")
# As many of them after each other as somebody guesses: of three or more there are too many.
FEWEST_WORDS = 3
AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
ALS_CIJFERS = str.maketrans("0134578@$", "oleastbas")


class MinimumLength(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort: het moet minstens {self.min_length} tekens tellen."

    def get_help_text(self) -> str:
        return f"Minstens {self.min_length} tekens, bijvoorbeeld enkele woorden na elkaar."


class NotYourself(password_validation.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "naam"))

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op je naam of je e-mailadres. Kies iets anders."

    def get_help_text(self) -> str:
        return "Niet je naam of je e-mailadres."


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Te veel mensen gebruiken dit wachtwoord. Kies iets wat alleen jij bedenkt."

    def get_help_text(self) -> str:
        return "Geen wachtwoord dat veel mensen gebruiken."


class NotJustWords:
    """Refuses what is one or two common words of this country, with anything but letters between.

    The words are in wachtwoorden.txt: what people here choose, and what a guesser who knows schools
    would try first. A year, a number or a mark behind them makes no difference, nor does a digit
    that looks like a letter.
    """

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        core = AROUND.sub("", password)
        for spelled in (core, core.translate(ALS_CIJFERS)):
            if _fewest_words(_letters(spelled)) < FEWEST_WORDS:
                raise ValidationError(
                    "Dit is te makkelijk te raden: een of twee gewone woorden, of alleen cijfers. "
                    "Neem drie woorden of meer die niets met elkaar te maken hebben.",
                    code="password_just_words",
                )

    def get_help_text(self) -> str:
        return "Niet alleen een of twee gewone woorden met een jaartal erbij."


def _letters(text: str) -> str:
    """The letters of a text alone, without accents and capitals."""
    plain = unicodedata.normalize("NFD", text).casefold()
    return re.sub(r"[^a-z]", "", plain)


def _fewest_words(letters: str) -> int:
    """Of how many common words a text consists at the fewest; FEWEST_WORDS when of none.

    A text without letters, such as a date or a telephone number, counts as none at all: 0.
    """
    words = _words()
    if not letters:
        return 0
    if letters in words:
        return 1
    halves = ((letters[:at], letters[at:]) for at in range(1, len(letters)))
    return 2 if any(one in words and two in words for one, two in halves) else FEWEST_WORDS


@lru_cache
def _words() -> frozenset[str]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(_letters(word) for line in lines if line[:1] != "#" for word in line.split())
