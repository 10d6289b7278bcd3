"""What somebody saw before she changed it, for a form with one button.

A field that saves itself knows its revision (`dossiers/velden`). A form that replaces all of a
record at once sends along a mark of what stood there when its page was made; another mark by now
means that somebody else saved meanwhile, and that her words would go unseen.
"""

from hashlib import blake2b


class IntussenGewijzigd(Exception):
    """Somebody else saved since the page was read, so nothing was changed."""


def mark_of(*shown: object) -> str:
    """A mark of the values that a form shows, which is another one when any of them is.

    shown: with a `repr` that says all: texts, dates, bytes, None.
    """
    return blake2b(repr(shown).encode(errors="surrogatepass"), digest_size=12).hexdigest()


def check_seen(seen: str, *now: object) -> None:
    """Raise IntussenGewijzigd unless what stands there now is what was seen.

    Ask it with the record locked. A page that says nothing of what it saw, saw nothing.
    """
    if seen != mark_of(*now):
        raise IntussenGewijzigd
