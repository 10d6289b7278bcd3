"""A code that is mailed to the address of a link: who answers reads the mailbox that was invited.

A link can be passed on, and is opened by scanners of mails; it alone answers nothing.
"""

import secrets
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from preventieplan.bestuur.models import Bestuurslink
from stsdialoog import mail
from stsdialoog.counters.limits import take

DIGITS = 6
MINUTEN = 15
MOST_TRIES = 5
HOUR, DAY = 3600, 24 * 3600
# How many codes a link and an address are mailed, and how many tries a link and a place get.
MAILS_AN_HOUR, MAILS_A_DAY, MAILS_TO_ONE = 5, 10, 15
TRIES_A_DAY, TRIES_FROM_A_PLACE = 40, 60


class TeVeelMails(Exception):
    """As many codes were mailed as may be for now."""


class CodeVoorbij(Exception):
    """No code waits: it is too old, was used, or was tried too often."""


class TeVeelPogingen(Exception):
    """As many codes were tried as may be for now."""


def mail_code(*, link: Bestuurslink) -> None:
    """Mail a new code; the one before counts no more. Raises TeVeelMails and MailNietVerstuurd."""
    allowed = (
        take(f"bestuur:mail:{link.pk}", amount=MAILS_AN_HOUR, seconds=HOUR)
        and take(f"bestuur:mail-dag:{link.pk}", amount=MAILS_A_DAY, seconds=DAY)
        and take(f"bestuur:mail-adres:{link.email}", amount=MAILS_TO_ONE, seconds=DAY)
    )
    if not allowed:
        raise TeVeelMails
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    Bestuurslink.objects.filter(pk=link.pk).update(
        code_digest=_digest(link, code),
        code_tot=timezone.now() + timedelta(minutes=MINUTEN),
        code_pogingen=0,
    )
    mail.send_mail(
        to=link.email,
        template="bestuur/mail/code",
        context={"code": code, "minuten": MINUTEN, "school": link.kaart.school},
    )


def use_code(*, link: Bestuurslink, code: str, place: str) -> bool:
    """Whether this is the code that was mailed; it is used up then. A wrong one is counted.

    place: the network address that it comes from.
    Raises CodeVoorbij and TeVeelPogingen.
    """
    allowed = take(f"bestuur:hier:{place}", amount=TRIES_FROM_A_PLACE, seconds=HOUR) and take(
        f"bestuur:link:{link.pk}", amount=TRIES_A_DAY, seconds=DAY
    )
    if not allowed:
        raise TeVeelPogingen
    waiting = Bestuurslink.objects.filter(pk=link.pk, code_tot__gt=timezone.now())
    counted = waiting.exclude(code_digest="").filter(code_pogingen__lt=MOST_TRIES)
    # Counted before it is looked at, so that many tries at once are as many as one by one.
    if not counted.update(code_pogingen=F("code_pogingen") + 1):
        raise CodeVoorbij
    # Of two who send it at once, one finds it.
    used = waiting.filter(code_digest=_digest(link, code))
    return bool(used.update(code_digest="", code_tot=None))


def code_waits(link: Bestuurslink) -> bool:
    """Whether a code was mailed that can be typed now."""
    waits = bool(link.code_digest) and link.code_pogingen < MOST_TRIES
    return waits and link.code_tot is not None and link.code_tot > timezone.now()


def _digest(link: Bestuurslink, code: str) -> str:
    """With the key of the server: six digits alone could be guessed from any digest."""
    return salted_hmac(f"bestuurslink {link.pk}", code, algorithm="sha256").hexdigest()
