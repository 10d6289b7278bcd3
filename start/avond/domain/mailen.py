"""The link to the minutes, by mail to who works in the dossier: nothing that anybody typed.

The mails are claimed, handed over and noted. Where a process is killed in between, somebody can
press again after BROKEN_OFF. Whoever had hers gets it a second time then, under the same
Message-ID.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.mensen.queries import writers_of
from start.avond.models import Avond
from stsdialoog import mail
from stsdialoog.counters.limits import give_back, take

# The minutes of so many evenings of a dossier in a day.
MOST_A_DAY, DAY = 3, 24 * 3600
# A claim that is older, without a note, is of a process that was killed.
BROKEN_OFF = timedelta(minutes=10)


class AlGemaild(Exception):
    """The link was mailed before, or the evening did not end yet."""


class WordtGemaild(Exception):
    """Somebody else is mailing the link."""


class TeVeelVerslagen(Exception):
    """As many minutes of a dossier were mailed as may be in a day."""


def mail_link(*, avond: Avond, door: User) -> int:
    """Mail the link to everybody who writes in the dossier, once; returns to how many it left.

    avond: with its dossier and school. In an oefendossier nobody gets a mail.
    Raises AlGemaild, WordtGemaild, TeVeelVerslagen, DossierAfgesloten, and MailNietVerstuurd when
    none left: then it can be tried again.
    """
    if avond.dossier.school.oefen:
        return 0
    _claim(avond)
    sent = 0
    for one in writers_of(avond.dossier.school):
        try:
            _send(avond, one)
        except mail.MailserverWeg:
            break
        except mail.MailNietVerstuurd:
            continue
        sent += 1
    if not sent:
        _release(avond)
        raise mail.MailNietVerstuurd
    _note(avond, door)
    return sent


@transaction.atomic
def _claim(avond: Avond) -> None:
    """Of two who press at once, one mails."""
    hold_open(avond.dossier_id)
    waiting = Avond.objects.filter(pk=avond.pk, beeindigd_op__isnull=False, gemaild_op=None)
    if not waiting.exists():
        raise AlGemaild
    now = timezone.now()
    free = Q(geclaimd_op=None) | Q(geclaimd_op__lt=now - BROKEN_OFF)
    if not waiting.filter(free).update(geclaimd_op=now):
        raise WordtGemaild
    if not take(_counted(avond), amount=MOST_A_DAY, seconds=DAY):
        raise TeVeelVerslagen


@transaction.atomic
def _note(avond: Avond, door: User) -> None:
    Avond.objects.filter(pk=avond.pk).update(gemaild_op=timezone.now())
    log(door=door, handeling=Logregel.Handeling.VERSLAG_GEMAILD, record=avond)


def _release(avond: Avond) -> None:
    Avond.objects.filter(pk=avond.pk).update(geclaimd_op=None)
    give_back(_counted(avond))


def _counted(avond: Avond) -> str:
    return f"avond-verslag-{avond.dossier_id}"


def _send(avond: Avond, gebruiker: User) -> None:
    link = mail.absolute_url("avond-verslag", pk=avond.dossier_id, avond_pk=avond.pk)
    context = {
        "school": avond.dossier.school,
        "dag": timezone.localdate(avond.begonnen_op),
        "link": link,
    }
    mail.send_mail(
        to=gebruiker.email,
        template="avond/mail/verslag",
        context=context,
        headers={"Message-ID": mail.message_id("verslag", avond.pk, gebruiker.pk)},
        html=True,
    )
