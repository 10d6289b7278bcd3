"""The mail with reminders leaves once: it is claimed, handed over and noted.

A mail is claimed together with all that it tells, in one transaction, and the database takes one
claim a day for a person, and one that is under way. Where a process is killed decides what happens:

- before the claim: the next run makes it.
- after the claim: a later run takes the claim up and sends the same, under the same Message-ID.
- after it was handed over and before that was noted: so does it then, and the mail comes a second
  time. No order of steps can avoid that. Its Message-ID is that of the first, so that a mail
  program can see it.
- after it was noted: it is done.

A run comes more than once a day. The first one that looks at everybody is the round of that day;
those after it only send what did not leave.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from dossiers.kalender.schooldays import Schooldays
from dossiers.mensen.models import Lidmaatschap, User
from dossiers.nieuws import news
from start.herinneringen.domain.bericht import context_of, headers_of, lines_of
from start.herinneringen.domain.dagen import DAY, goes_out, monday_of, until
from start.herinneringen.domain.vrij import schooldays_for, was_off
from start.herinneringen.models import GEWOON, Bericht, Melding, Ritme, Ronde
from stsdialoog import mail

# A claim that is older, without a note, is of a process that was killed.
BROKEN_OFF = timedelta(hours=1)
# An address that takes no mail for so long is not tried again with the same one.
GIVES_UP = timedelta(days=14)
BATCH = 100  # people

# (kind of news, key)
Told = tuple[str, str]
Track = Callable[[int], object]


@dataclass(frozen=True)
class Run:
    """What came of a run.

    verstuurd: mails that the mail server took, or that would have left. mislukt: those that it
        refused today, which are tried again on a next day. school: whether there is school at all.
    weg: whether the mail server could not be reached, so that the rest was not tried; the next run
        does so.
    """

    verstuurd: int = 0
    mislukt: int = 0
    school: bool = True
    weg: bool = False


def send_due(*, today: date, track: Track = lambda _: None) -> Run:
    """Send everybody who is to get one on this day a mail with what is new for her.

    track: hears how many people were looked at, each time some were.
    """
    if not goes_out(today):
        return Run(school=False)
    sent = 0
    try:
        for bericht in _taken_up(today):
            sent += _deliver(bericht, today)
        for people, told in _in_steps(today):
            for gebruiker, found in told.items():
                if claimed := _claim(gebruiker, today, found):
                    sent += _deliver(claimed, today)
            track(people)
    except mail.MailserverWeg:
        return Run(verstuurd=sent, mislukt=_refused(today), weg=True)
    Ronde.objects.get_or_create(dag=today)
    return Run(verstuurd=sent, mislukt=_refused(today))


def rehearse(*, today: date, track: Track = lambda _: None) -> Run:
    """Count the mails that would leave, and change nothing."""
    if not goes_out(today):
        return Run(school=False)
    count = len(_to_take_up(today))
    for people, told in _in_steps(today):
        count += len(told)
        track(people)
    return Run(verstuurd=count)


def people_to_look_at(today: date) -> int:
    return _readers(today, _rounds_of_week(today)).count()


# --- who, and what -------------------------------------------------------------------------------


def _readers(today: date, rounds: Collection[date]) -> QuerySet[User]:
    """Who may get a mail on this day: works somewhere, wants it, and has none under way.

    Of who gets one a week, and of who has a day off, `_in_steps` looks closer.
    rounds: as `_rounds_of_week` gives them.
    """
    if today in rounds:
        return User.objects.none()
    roles = Lidmaatschap.objects.active().filter(user=OuterRef("pk"))
    under_way = Q(dag=today) | Q(verstuurd_op__isnull=True)
    has_one = Bericht.objects.filter(under_way, gebruiker=OuterRef("pk"))
    wants = Q(herinnerwens__isnull=True) | Q(herinnerwens__ritme=Ritme.DAGELIJKS)
    weekly = Q(herinnerwens__ritme=Ritme.WEKELIJKS)
    if rounds:
        weekly &= Q(pk__in=was_off(first=monday_of(today), before=today).values("pk"))
    wants |= weekly
    return User.objects.filter(wants, Exists(roles), ~Exists(has_one), is_active=True)


def _rounds_of_week(today: date) -> list[date]:
    """The days of this week on which everybody was looked at, today too."""
    rounds = Ronde.objects.filter(dag__gte=monday_of(today), dag__lte=today)
    return list(rounds.values_list("dag", flat=True))


def _in_steps(today: date) -> Iterator[tuple[int, Mapping[UUID, list[Told]]]]:
    """Some people at a time: how many they are, and what each who has something is to be told."""
    rounds = _rounds_of_week(today)
    readers, after = _readers(today, rounds).order_by("pk"), Q()
    while batch := list(readers.filter(after).values_list("pk", "herinnerwens__ritme")[:BATCH]):
        rhythms = {gebruiker: ritme or GEWOON for gebruiker, ritme in batch}
        school = schooldays_for(rhythms, since=monday_of(today))
        last = {
            gebruiker: until(ritme, today=today, school=school[gebruiker])
            for gebruiker, ritme in rhythms.items()
            if school[gebruiker].has(today) and _is_due(ritme, school[gebruiker], rounds)
        }
        yield len(batch), _new_for(last, today)
        after = Q(pk__gt=batch[-1][0])


def _is_due(ritme: str, school: Schooldays, rounds: Iterable[date]) -> bool:
    """Who gets one mail a week gets it in the first round of a day on which she has school."""
    return ritme != Ritme.WEKELIJKS or not any(map(school.has, rounds))


def _new_for(last: Mapping[UUID, date], today: date) -> Mapping[UUID, list[Told]]:
    """last: the last day before each of these people gets a next mail."""
    found = [
        (one.gebruiker, naam, one.sleutel)
        for naam, soort in news().items()
        for one in soort.new(last, today)
    ]
    rows = Melding.objects.filter(gebruiker__in={gebruiker for gebruiker, *_ in found})
    before = set(rows.values_list("gebruiker", "soort", "sleutel"))
    told: dict[UUID, list[Told]] = {}
    for gebruiker, naam, sleutel in dict.fromkeys(found):
        if (gebruiker, naam, sleutel) not in before:
            told.setdefault(gebruiker, []).append((naam, sleutel))
    return told


# --- claim, hand over, note ----------------------------------------------------------------------


def _claim(gebruiker: UUID, today: date, told: Iterable[Told]) -> Bericht | None:
    """Take a mail upon oneself; None when another run has one for her, or sent it just now."""
    with suppress(IntegrityError), transaction.atomic():
        bericht = Bericht.objects.create(
            gebruiker_id=gebruiker, sinds=today, dag=today, geclaimd_op=timezone.now()
        )
        Melding.objects.bulk_create(
            Melding(bericht=bericht, gebruiker_id=gebruiker, soort=soort, sleutel=sleutel)
            for soort, sleutel in told
        )
        return bericht
    return None


def _broken_off(today: date) -> QuerySet[Bericht]:
    """The mails of earlier runs that did not leave, or of which nobody knows."""
    stale = Q(geclaimd_op__isnull=True) | Q(geclaimd_op__lt=timezone.now() - BROKEN_OFF)
    return Bericht.objects.filter(stale, verstuurd_op__isnull=True, dag__lte=today)


def _taken_up(today: date) -> Iterator[Bericht]:
    """Claim them, each for this process alone, and forget those that were tried for too long."""
    Bericht.objects.filter(verstuurd_op__isnull=True, sinds__lt=today - GIVES_UP).delete()
    for pk in _to_take_up(today):
        # With this day it is the one mail of today.
        mine = _broken_off(today).filter(pk=pk)
        if mine.update(geclaimd_op=timezone.now(), dag=today):
            yield Bericht.objects.get(pk=pk)


def _to_take_up(today: date) -> list[UUID]:
    """Their keys, but for those of who has a day off: these wait until she has school."""
    waiting = list(_broken_off(today).order_by("sinds", "pk").values_list("pk", "gebruiker"))
    found: list[UUID] = []
    for begin in range(0, len(waiting), BATCH):
        some = waiting[begin : begin + BATCH]
        school = schooldays_for({gebruiker for _, gebruiker in some}, since=today)
        found += (pk for pk, gebruiker in some if school[gebruiker].has(today))
    return found


def _refused(today: date) -> int:
    """How many mails the server refused today; they are tried again on a next day."""
    return Bericht.objects.filter(verstuurd_op__isnull=True, dag__gt=today).count()


def _deliver(bericht: Bericht, today: date) -> bool:
    """Hand a mail over and note it; False when it was refused, or when there is nothing to send.

    Raises MailserverWeg when the mail server can't be reached.
    """
    user = _still_wants(bericht)
    regels = lines_of(bericht, today=today) if user else []
    if user is None or not regels:
        bericht.delete()
        return False
    if not _offer(bericht):
        return False
    try:
        _hand_over(bericht, user, context_of(bericht, regels))
    except mail.MailserverWeg:
        _release(bericht, today)
        raise
    except mail.MailNietVerstuurd:
        # An address that takes none now will hardly do so within the hour.
        _release(bericht, today + DAY)
        return False
    _note(bericht)
    return True


def _still_wants(bericht: Bericht) -> User | None:
    people = User.objects.filter(pk=bericht.gebruiker_id, is_active=True)
    return people.exclude(herinnerwens__ritme=Ritme.NOOIT).first()


def _offer(bericht: Bericht) -> bool:
    """Whether the claim is still of this process, and not taken up by another one meanwhile."""
    mine = Bericht.objects.filter(
        pk=bericht.pk, geclaimd_op=bericht.geclaimd_op, verstuurd_op__isnull=True
    )
    return bool(mine.update(aangeboden_op=timezone.now()))


def _hand_over(bericht: Bericht, user: User, context: Mapping[str, Any]) -> None:
    mail.send_mail(
        to=user.email,
        template="herinneringen/mail/herinnering",
        context=context,
        headers=headers_of(bericht),
        html=True,
    )


def _note(bericht: Bericht) -> None:
    Bericht.objects.filter(pk=bericht.pk).update(verstuurd_op=timezone.now())


def _release(bericht: Bericht, dag: date) -> None:
    """Let the next run from a day on try again, with the same mail: the mail server may have taken
    it all the same, and only said so too late.
    """
    Bericht.objects.filter(pk=bericht.pk).update(geclaimd_op=None, dag=dag)
