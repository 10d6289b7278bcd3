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
- The day is the only time that is stored, and the rows reveal no order: see `_store_shuffled`.

What no rule here can detect is somebody who submits four answers in order to read the fifth.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import SystemRandom
from typing import TypeVar

from django.core.cache import cache, caches
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from dialoogfiches.bevragingen.models import Bevraging, Inzending, Keuze, Openantwoord
from dialoogfiches.models import Item, Rubrieksoort
from dossiers.acties.domain import create_actie
from dossiers.acties.models import Actie
from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.striking import restore

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


def is_over(bevraging: Bevraging) -> bool:
    """Whether a survey was closed by hand, or its last day has passed."""
    return bevraging.gesloten_op is not None or bevraging.tot < timezone.localdate()


def takes_answers(bevraging: Bevraging) -> bool:
    """Whether a survey can be answered now; not in a closed dossier, where nothing changes."""
    return bevraging.dossier.is_open and not is_over(bevraging)


def is_full(bevraging: Bevraging) -> bool:
    """Whether a survey has the maximum number of answers. One query."""
    return bevraging.inzendingen.count() >= MAX_ANSWERS


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
    held = _lock(bevraging)
    handeling = Logregel.Handeling.BEVRAGING_GEWIJZIGD
    if is_over(held):
        if held.inzendingen.count() >= MIN_ANSWERS:
            raise ResultaatStaatVast
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
    _store_shuffled(held, [Inzending(bevraging=held, keuze=Keuze(keuze))])
    _store_shuffled(held, answers)
    if blad:
        cache.set(sheet, True, _seconds_until_end_of_tomorrow())


@transaction.atomic
def make_actie(*, antwoord: Openantwoord, dossier: Dossier, door: User) -> Actie:
    """Create an action from a shown answer, or return the one it already has, restored if struck.

    Raises DossierAfgesloten if the dossier has been closed.
    """
    hold_open(dossier.pk)
    held = Openantwoord.objects.select_for_update(no_key=True).get(pk=antwoord.pk)
    if held.actie is None:
        held.actie = create_actie(dossier=dossier, wat=held.tekst, door=door)
        held.save(update_fields=["actie"])
    elif held.actie.geschrapt_op:
        restore(record=held.actie, door=door)
    return held.actie


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
    """The number of seconds until the end of tomorrow."""
    day = timezone.localdate() + timedelta(days=2)
    return (timezone.make_aware(datetime.combine(day, time())) - timezone.now()).total_seconds()


def _store_shuffled(bevraging: Bevraging, new: Sequence[Rij]) -> None:
    """Insert rows at random positions among those of the same survey, which are written again.

    A table remembers the order in which its rows were inserted, and PostgreSQL which rows were
    inserted together (xmin); either would reveal which texts have the same author, and what the
    last respondent answered.
    """
    if not new:
        return
    model = type(new[0])
    manager = model._default_manager
    rows = [*manager.filter(bevraging=bevraging).order_by("?")[:MAX_SHUFFLED], *new]
    manager.filter(pk__in=[row.pk for row in rows]).delete()
    _chance.shuffle(rows)
    manager.bulk_create(rows)
