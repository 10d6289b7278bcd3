"""The link to the minutes, by mail to who works in the dossier: nothing that anybody typed."""

from django.db import transaction
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


class AlGemaild(Exception):
    """The link was mailed before, or the evening did not end yet."""


class TeVeelVerslagen(Exception):
    """As many minutes of a dossier were mailed as may be in a day."""


def mail_link(*, avond: Avond, door: User) -> int:
    """Mail the link to everybody who writes in the dossier, once; returns to how many it left.

    avond: with its dossier and school. In an oefendossier nobody gets a mail.
    Raises AlGemaild, TeVeelVerslagen, DossierAfgesloten, and MailNietVerstuurd when none left: then
    it can be tried again.
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
        Avond.objects.filter(pk=avond.pk).update(gemaild_op=None)
        give_back(_counted(avond))
        raise mail.MailNietVerstuurd
    log(door=door, handeling=Logregel.Handeling.VERSLAG_GEMAILD, record=avond)
    return sent


@transaction.atomic
def _claim(avond: Avond) -> None:
    """Of two who press at once, one mails."""
    hold_open(avond.dossier_id)
    waiting = Avond.objects.filter(pk=avond.pk, beeindigd_op__isnull=False, gemaild_op=None)
    if not waiting.update(gemaild_op=timezone.now()):
        raise AlGemaild
    if not take(_counted(avond), amount=MOST_A_DAY, seconds=DAY):
        raise TeVeelVerslagen


def _counted(avond: Avond) -> str:
    return f"avond-verslag-{avond.dossier_id}"


def _send(avond: Avond, gebruiker: User) -> None:
    link = mail.absolute_url("avond-verslag", pk=avond.dossier_id, avond_pk=avond.pk)
    context = {
        "school": avond.dossier.school,
        "dag": timezone.localdate(avond.begonnen_op),
        "link": link,
    }
    mail.send_mail(to=gebruiker.email, template="avond/mail/verslag", context=context, html=True)
