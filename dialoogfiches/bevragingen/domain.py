"""The anonymous survey: opening it, answering once, closing it; and what may be shown of it.

The rules that keep anybody from being singled out:

- Nothing is shown before a survey is over, and then only if it has at least MIN_ANSWERS answers.
  From that moment it is settled: it never reopens, so there is never a second result to compare
  with the first. A survey that ended with fewer answers showed only their number, and may be
  reopened.
- A dossier has at most one running survey. Two at once would reach the same people in the same
  days, and those who answered only one of them would stand out; a single link also keeps the group
  as large as possible. The next survey starts from zero and needs MIN_ANSWERS answers of its own:
  answers never carry over.
- The texts of a branch are shown only if the branch has at least MIN_ANSWERS_PER_BRANCH answers.
  With one nee, all texts under nee are by the same person; with two, each of the two knows what
  the other wrote. Their number is shown, their texts are not, and the public page says so
  beforehand.
- The head (vak, richting) is shown apart from all answers, one question at a time, and only if at
  least MIN_ANSWERS people filled in that question: in a short list, the name of a subject is the
  name of a person.
- The day is the only time that is stored, and the rows reveal no order: see `_store_shuffled`. As
  long as there are no results, the number that is shown is that of the days before today: nobody
  sees it go up when a colleague puts her phone away.
- One exception: somebody can fill up a survey with made-up answers. From FLOOD answers in the same
  ten minutes on, those answers carry a mark of that wave (Golf), texts as well. It says no more
  than "one of these twenty or more". Until then nothing is kept but in the memory of the process.
  The team is told, and decides before there are results, without reading anything: set it aside, or
  let it count. What counts loses its mark. What was set aside can be put back, until the results
  are there: there is never a second result to compare.

What no rule here can detect is somebody who submits four answers in order to read the fifth, or
made-up answers that come slowly.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from random import SystemRandom
from typing import Any, TypeVar
from uuid import UUID

from django.core.cache import cache, caches
from django.db import transaction
from django.db.models import Manager, Model, QuerySet
from django.utils import timezone

from dialoogfiches.bevragingen.models import Bevraging, Golf, Inzending, Keuze, Openantwoord
from dialoogfiches.models import Item, Rubrieksoort
from dossiers.acties.domain import create_actie
from dossiers.acties.models import Actie
from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import Rol, User
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier, DossierAfgesloten
from stsdialoog import mail

MIN_ANSWERS = 5
MIN_ANSWERS_PER_BRANCH = 3
# The default and the maximum duration of a survey, in days from today.
DEFAULT_DAYS = 14
MAX_DAYS = 60
# Maximum number of characters per text.
MAX_ANTWOORD = 2000
# The maximum number of answers to a survey: more than the largest school has teachers, and few
# enough to read on one page.
MAX_ANSWERS = 500
# The maximum number of answers per link per minute, for each web process: a staff room that
# answers all at once hardly notices it.
MAX_PER_WINDOW = 60
WINDOW_SECONDS = 60
# So many answers in the same ten minutes, for each web process, are a wave.
FLOOD = 20
FLOOD_MINUTES = 10
# The maximum number of existing rows that are shuffled together with those of a new answer: all
# rows of a large school, and a bound on the work if somebody floods a link.
MAX_SHUFFLED = 500

Rij = TypeVar("Rij", bound=Model)
_chance = SystemRandom()


class BevragingGesloten(Exception):
    """The survey takes no more answers: it is over, or its dossier has been closed."""


class BevragingVol(Exception):
    """The survey has the maximum number of answers."""


class TeDruk(Exception):
    """The link received more answers than the maximum per minute."""


class ResultaatStaatVast(Exception):
    """The results can be seen, so no answers can be added any more."""


class ErLooptEenBevraging(Exception):
    """The dossier has a survey that is still running."""


class Effect(StrEnum):
    """What a decision about waves does for good, so that somebody has to have agreed to it."""

    PUTS_BACK = "terug"
    OPENS_RESULTS = "resultaten"


class NotAgreed(Exception):
    """A decision would have these effects, its arguments, and nobody agreed to them all."""


def is_over(bevraging: Bevraging) -> bool:
    """Whether a survey was closed by hand, or its last day has passed."""
    return bevraging.gesloten_op is not None or bevraging.tot < timezone.localdate()


def takes_answers(bevraging: Bevraging) -> bool:
    """Whether a survey can be answered now; not in a closed dossier, where nothing changes."""
    return bevraging.dossier.is_open and not is_over(bevraging)


def is_full(bevraging: Bevraging) -> bool:
    """Whether a survey has the maximum number of answers. One query."""
    return _counted(bevraging.inzendingen).count() >= MAX_ANSWERS


def is_settled(bevraging: Bevraging) -> bool:
    """Whether the results of a survey may be seen, so that nothing about it changes any more."""
    return (
        is_over(bevraging)
        and _counted(bevraging.inzendingen).count() >= MIN_ANSWERS
        and not bevraging.golven.filter(opzij=False).exists()
    )


@transaction.atomic
def open_bevraging(
    *, dossier: Dossier, versie: Materiaalversie, titel: str, tot: date, door: User
) -> Bevraging:
    """Open a survey.

    tot: the last day on which it can be answered.
    Raises ErLooptEenBevraging if another survey is running in the dossier, and DossierAfgesloten if
    the dossier has been closed.
    """
    hold_open(dossier.pk)
    _require_none_running(dossier)
    bevraging = Bevraging.objects.create(
        dossier=dossier, versie=versie, titel=titel, tot=tot, geopend_door=door
    )
    log(door=door, handeling=Logregel.Handeling.BEVRAGING_GEOPEND, record=bevraging)
    return bevraging


@transaction.atomic
def set_last_day(*, bevraging: Bevraging, tot: date, door: User) -> None:
    """Change the last day; a survey that was over is reopened until that day.

    tot: today or later.
    Raises ResultaatStaatVast once there are results, ErLooptEenBevraging if another survey is
    already running, and DossierAfgesloten if the dossier has been closed.
    """
    held = _lock_unsettled(bevraging)
    handeling = Logregel.Handeling.BEVRAGING_GEWIJZIGD
    if is_over(held):
        _require_none_running(bevraging.dossier)
        handeling = Logregel.Handeling.BEVRAGING_HEROPEND
    Bevraging.objects.filter(pk=held.pk).update(tot=tot, gesloten_op=None)
    log(door=door, handeling=handeling, record=bevraging)


@transaction.atomic
def close_bevraging(*, bevraging: Bevraging, door: User) -> None:
    """Close a survey for answers; one that is already over is not changed.

    Raises DossierAfgesloten if the dossier has been closed.
    """
    if not is_over(_lock(bevraging)):
        Bevraging.objects.filter(pk=bevraging.pk).update(gesloten_op=timezone.now())
        log(door=door, handeling=Logregel.Handeling.BEVRAGING_GESLOTEN, record=bevraging)


@transaction.atomic
def save_inzending(
    *, bevraging: Bevraging, keuze: str, teksten: Mapping[Item, str], blad: str
) -> None:
    """Store one answer: ja or nee, with only the texts of the head and of that branch.

    teksten: by question, each with its rubriek loaded; empty texts are not stored.
    blad: a random token of the form that was filled in. A form that arrives twice (two taps, a weak
        network) is stored once. Empty for a form without a token.
    Raises BevragingGesloten, BevragingVol and TeDruk.
    """
    try:
        held = _lock(bevraging)
    except DossierAfgesloten as error:
        raise BevragingGesloten from error
    if is_over(held):
        raise BevragingGesloten
    _rate_limit(held)
    # Per survey: the same token for another survey is another answer.
    sheet = f"bevraging-blad-{held.pk}-{blad}"
    if blad and cache.get(sheet):
        return
    if is_full(held):
        raise BevragingVol
    kept = (Rubrieksoort.HOOFD, keuze)
    answers = [
        Openantwoord(bevraging=held, item=item, tekst=tekst.strip())
        for item, tekst in teksten.items()
        if tekst.strip() and item.rubriek.soort in kept
    ]
    inzending = Inzending(bevraging=held, keuze=Keuze(keuze))
    _store_shuffled(held, Inzending, [inzending])
    if answers:
        _store_shuffled(held, Openantwoord, answers)
    _watch_for_wave(held, inzending, answers)
    if blad:
        cache.set(sheet, True, _seconds_until_end_of_tomorrow())


@transaction.atomic
def set_aside(
    *, bevraging: Bevraging, golven: Collection[UUID], agreed: Collection[str], door: User
) -> None:
    """Count and show nothing of these waves.

    agreed: the effects that whoever decides was told of.
    Raises NotAgreed when it has another, ResultaatStaatVast and DossierAfgesloten.
    """
    held = _lock_unsettled(bevraging)
    if held.golven.filter(pk__in=golven, opzij=False).update(opzij=True):
        log(door=door, handeling=Logregel.Handeling.ANTWOORDEN_OPZIJGEZET, record=bevraging)
    _require_agreed(held, agreed, puts_back=False)


@transaction.atomic
def let_count(
    *, bevraging: Bevraging, golven: Collection[UUID], agreed: Collection[str], door: User
) -> None:
    """Let the answers of these waves count, also those that were set aside, and forget the waves.

    agreed, Raises: as for `set_aside`.
    """
    held = _lock_unsettled(bevraging)
    waves = held.golven.filter(pk__in=golven)
    if puts_back := waves.filter(opzij=True).exists():
        log(door=door, handeling=Logregel.Handeling.ANTWOORDEN_TERUGGEZET, record=bevraging)
    waves.delete()
    _require_agreed(held, agreed, puts_back=puts_back)
    # Rows that were written together must not tell which of them had a mark.
    for model in (Inzending, Openantwoord):
        _store_shuffled(bevraging, model, [])


@transaction.atomic
def make_actie(*, antwoord: Openantwoord, dossier: Dossier, door: User, **words: Any) -> Actie:
    """Create the action that grew from a shown answer.

    words: the team's own, as for `create_actie`. An answer has one action; another has no link.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    hold_open(dossier.pk)
    held = Openantwoord.objects.select_for_update(no_key=True).get(pk=antwoord.pk)
    actie = create_actie(dossier=dossier, door=door, **words)
    is_free = held.actie is None or held.actie.geschrapt_op is not None
    if is_free and not Openantwoord.objects.filter(actie=actie).exists():
        held.actie = actie
        held.save(update_fields=["actie"])
    return actie


def _lock(bevraging: Bevraging) -> Bevraging:
    """Lock a survey until the end of the transaction, and return its current state.

    Thus an answer is either stored before the survey closes, or refused; never in between.
    """
    # As in every save, the dossier is locked before any other row: a fixed order avoids deadlocks.
    hold_open(bevraging.dossier_id)
    return Bevraging.objects.select_for_update(no_key=True).get(pk=bevraging.pk)


def _require_none_running(dossier: Dossier) -> None:
    running = Bevraging.objects.filter(
        dossier=dossier, gesloten_op__isnull=True, tot__gte=timezone.localdate()
    )
    if running.exists():
        raise ErLooptEenBevraging


def _rate_limit(bevraging: Bevraging) -> None:
    """Count an answer towards the rate limit. Raises TeDruk.

    Counted per link, whoever sends it: who that is, is not stored anywhere. Kept in the memory of
    this process, because a database row would still tell in which minute the last answer arrived.
    """
    counter, key = caches["rate_limit"], str(bevraging.pk)
    try:
        aantal = counter.incr(key)
    except ValueError:
        # No window yet, or the previous one has expired.
        aantal = 1
        counter.set(key, aantal, WINDOW_SECONDS)
    if aantal > MAX_PER_WINDOW:
        raise TeDruk


def _seconds_until_end_of_tomorrow() -> float:
    day = timezone.localdate() + timedelta(days=2)
    return (timezone.make_aware(datetime.combine(day, time())) - timezone.now()).total_seconds()


def _counted(rows: "QuerySet[Rij] | Manager[Rij]") -> QuerySet[Rij]:
    """The answers or texts that were not set aside."""
    return rows.exclude(golf__opzij=True)


def _lock_unsettled(bevraging: Bevraging) -> Bevraging:
    if is_settled(held := _lock(bevraging)):
        raise ResultaatStaatVast
    return held


def _require_agreed(held: Bevraging, agreed: Collection[str], *, puts_back: bool) -> None:
    """Undo a decision, by NotAgreed in its transaction, that does what nobody agreed to."""
    effects = [Effect.PUTS_BACK] * puts_back + [Effect.OPENS_RESULTS] * is_settled(held)
    if not set(effects) <= set(agreed):
        raise NotAgreed(*effects)


def _watch_for_wave(
    bevraging: Bevraging, inzending: Inzending, answers: Sequence[Openantwoord]
) -> None:
    """Mark the answers of these ten minutes from the moment that they are FLOOD or more.

    Which ones those are is known in the memory of this process only, the texts apart from the rest.
    """
    begin = _ten_minutes()
    memory, key = caches["rate_limit"], f"golf-{bevraging.pk}-{begin.isoformat()}"
    inzendingen, teksten = memory.get(key, (set(), set()))
    inzendingen |= {inzending.pk}
    teksten |= {answer.pk for answer in answers}
    golf = bevraging.golven.filter(begin=begin).first()
    if golf is None and len(inzendingen) >= FLOOD:
        golf = _new_wave(bevraging, begin)
    if golf is not None:
        Inzending.objects.filter(pk__in=inzendingen).update(golf=golf)
        Openantwoord.objects.filter(pk__in=teksten).update(golf=golf)
        inzendingen, teksten = set(), set()
    memory.set(key, (inzendingen, teksten), FLOOD_MINUTES * 60)


def _new_wave(bevraging: Bevraging, begin: datetime) -> Golf:
    if not bevraging.golven.filter(opzij=False).exists():
        transaction.on_commit(partial(_tell_team, bevraging))
    return Golf.objects.create(bevraging=bevraging, begin=begin)


def _tell_team(bevraging: Bevraging) -> None:
    """Mail whoever opened a survey, or else those who may manage it, that a wave has come."""
    team = [lid for lid in team_of(bevraging.dossier.school) if lid.rol != Rol.LEZER]
    opener = [lid for lid in team if lid.user_id == bevraging.geopend_door_id]
    ankerfiguren = [lid for lid in team if lid.rol == Rol.ANKERFIGUUR]
    link = mail.absolute_url("bevraging", pk=bevraging.dossier_id, bevraging_pk=bevraging.pk)
    for adres in {lid.user.email for lid in opener or ankerfiguren}:
        # It is on the page too, and the answer that made it a wave was stored all the same.
        with suppress(mail.MailNietVerstuurd):
            mail.send_mail(
                to=adres,
                template="bevragingen/mail/golf",
                context={"bevraging": bevraging, "link": link},
            )


def _ten_minutes() -> datetime:
    """The first of the ten minutes that it is now."""
    now = timezone.now()
    return now.replace(minute=now.minute - now.minute % FLOOD_MINUTES, second=0, microsecond=0)


def _store_shuffled(bevraging: Bevraging, model: type[Rij], new: Sequence[Rij]) -> None:
    """Insert rows at random positions among those of the same survey, which are written again.

    A table remembers the order in which its rows were inserted, and PostgreSQL which rows were
    inserted together (xmin); either would reveal which texts have the same author, and what the
    last respondent answered.

    new: may be empty, to shuffle only.
    """
    manager = model._default_manager
    there = _counted(manager.filter(bevraging=bevraging)).order_by("?")[:MAX_SHUFFLED]
    rows = [*there, *new]
    manager.filter(pk__in=[row.pk for row in rows]).delete()
    _chance.shuffle(rows)
    manager.bulk_create(rows)
