"""The anonymous survey: opening it, answering once, closing it; and what of it may be shown.

What keeps one person from being singled out:

- Nothing is shown before a survey is over, and then only with GENOEG answers. From that moment it
  is settled: it never opens again, so there is no second result to lay beside the first. One that
  ended with fewer showed nothing but how many there were, and may go on.
- Of a dossier one survey runs at a time. Two at once would reach the same people in the same days,
  and who answered in only one of them would stand out; one link for all also keeps the group as
  large as it can be. A next survey starts from nothing, with GENOEG answers of its own: nobody's
  answer moves along.
- What a branch wrote is shown only from GENOEG_IN_TAK answers in it. With one nee, all that stands
  under nee comes from one hand; with two, each of both knows what the other wrote. Their number is
  shown, their words are not, and the page to fill in says so beforehand.
- The head (vak, richting) stands apart from all answers, a question at a time, and only when GENOEG
  people filled that question in: a list with one name of a subject is a name.
- The day is the only time, and the rows tell no order: see `_store_shuffled`.

What no rule here can see is somebody who fills in four answers to read the fifth.
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

GENOEG = 5
GENOEG_IN_TAK = 3
# How long a survey runs, in days from today.
DAGEN = 14
MEESTE_DAGEN = 60
# Characters in one text.
MAX_ANTWOORD = 2000
# Answers that a survey takes at most: more than the largest school has teachers, and few enough to
# read on one page.
MEESTE = 500
# Answers that one link takes in a minute, of each web process: a staff room that answers together
# hardly notices.
PER_MINUUT = 60
MINUUT = 60  # seconds
# Rows that change places with the rows of a new answer: all of a large school, and no more work
# than that when somebody floods a link.
GESCHUD = 500

Rij = TypeVar("Rij", bound=Model)
_chance = SystemRandom()


class BevragingGesloten(Exception):
    """The survey takes no answers: it is over, or its dossier is closed."""


class BevragingVol(Exception):
    """The survey has as many answers as it takes."""


class TeDruk(Exception):
    """One link got more answers than it takes in a minute."""


class ResultaatStaatVast(Exception):
    """The results can be seen, so nothing is added to them any more."""


class ErLooptEenBevraging(Exception):
    """The dossier has another survey that is not over."""


def is_over(bevraging: Bevraging) -> bool:
    """Whether a survey was closed by hand, or its last day is past."""
    return bevraging.gesloten_op is not None or bevraging.tot < timezone.localdate()


def takes_answers(bevraging: Bevraging) -> bool:
    """Whether one can answer now; a closed dossier stands still, its survey too."""
    return bevraging.dossier.is_open and not is_over(bevraging)


def is_full(bevraging: Bevraging) -> bool:
    """Whether a survey has as many answers as it takes. One query."""
    return bevraging.inzendingen.count() >= MEESTE


@transaction.atomic
def open_bevraging(
    *, dossier: Dossier, versie: Materiaalversie, titel: str, tot: date, door: User
) -> Bevraging:
    """Open a survey.

    tot: the last day on which one can answer.
    Raises ErLooptEenBevraging, and DossierAfgesloten when the dossier is closed by now.
    """
    hold_open(dossier.pk)
    _check_alone(dossier)
    bevraging = Bevraging.objects.create(
        dossier=dossier, versie=versie, titel=titel, tot=tot, geopend_door=door
    )
    log(door=door, handeling=Logregel.Handeling.BEVRAGING_GEOPEND, record=bevraging)
    return bevraging


@transaction.atomic
def set_last_day(*, bevraging: Bevraging, tot: date, door: User) -> None:
    """Move the last day; a survey that is over goes on until then.

    tot: today or later.
    Raises ResultaatStaatVast once there are results, ErLooptEenBevraging when an other one runs by
    now, and DossierAfgesloten.
    """
    held = _held(bevraging)
    handeling = Logregel.Handeling.BEVRAGING_GEWIJZIGD
    if is_over(held):
        if held.inzendingen.count() >= GENOEG:
            raise ResultaatStaatVast
        _check_alone(bevraging.dossier)
        handeling = Logregel.Handeling.BEVRAGING_HEROPEND
    Bevraging.objects.filter(pk=held.pk).update(tot=tot, gesloten_op=None)
    log(door=door, handeling=handeling, record=bevraging)


@transaction.atomic
def close_bevraging(*, bevraging: Bevraging, door: User) -> None:
    """From now on nobody answers; a survey that is over already stays as it is.

    Raises DossierAfgesloten.
    """
    if not is_over(_held(bevraging)):
        Bevraging.objects.filter(pk=bevraging.pk).update(gesloten_op=timezone.now())
        log(door=door, handeling=Logregel.Handeling.BEVRAGING_GESLOTEN, record=bevraging)


@transaction.atomic
def save_inzending(
    *, bevraging: Bevraging, keuze: str, teksten: Mapping[Item, str], blad: str
) -> None:
    """Keep one answer: ja or nee, and the texts of the head and of that branch; no other ones.

    teksten: by question, each with its rubriek; empty ones are no answer.
    blad: the sheet it was filled in on, a word by chance. A sheet that arrives again (two taps, a
        weak network) was kept already. Empty for one that has none.
    Raises BevragingGesloten, BevragingVol and TeDruk.
    """
    try:
        held = _held(bevraging)
    except DossierAfgesloten as error:
        raise BevragingGesloten from error
    if is_over(held):
        raise BevragingGesloten
    _take_turn(held)
    # Of this survey only: the same word on another one is another answer.
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
        cache.set(sheet, True, _until_midnight())


@transaction.atomic
def make_actie(*, antwoord: Openantwoord, dossier: Dossier, door: User) -> Actie:
    """Make an action of an answer that is shown; a second click gives the one that is there.

    That one is put back on the plan when it was struck. Raises DossierAfgesloten.
    """
    hold_open(dossier.pk)
    held = Openantwoord.objects.select_for_update(no_key=True).get(pk=antwoord.pk)
    if held.actie is None:
        held.actie = create_actie(dossier=dossier, wat=held.tekst, door=door)
        held.save(update_fields=["actie"])
    elif held.actie.geschrapt_op:
        restore(record=held.actie, door=door)
    return held.actie


def _held(bevraging: Bevraging) -> Bevraging:
    """A survey as it is now, of which nobody else changes anything until the transaction ends.

    So an answer is in before the survey closes, or it is refused; never in between.
    """
    # Before any other row is held, as in every save: two who wait for each other never end.
    hold_open(bevraging.dossier_id)
    return Bevraging.objects.select_for_update(no_key=True).get(pk=bevraging.pk)


def _check_alone(dossier: Dossier) -> None:
    running = Bevraging.objects.filter(
        dossier=dossier, gesloten_op__isnull=True, tot__gte=timezone.localdate()
    )
    if running.exists():
        raise ErLooptEenBevraging


def _take_turn(bevraging: Bevraging) -> None:
    """Count an answer of this minute. Raises TeDruk.

    Counted per link, whoever sends it: who that is, is not kept anywhere. In the memory of this
    process, for a row in the database would still say in which minute the last answer came.
    """
    counter, key = caches["minuut"], str(bevraging.pk)
    try:
        aantal = counter.incr(key)
    except ValueError:
        # The minute of the answers before is over.
        aantal = 1
        counter.set(key, aantal, MINUUT)
    if aantal > PER_MINUUT:
        raise TeDruk


def _until_midnight() -> float:
    """Seconds up to the end of tomorrow."""
    day = timezone.localdate() + timedelta(days=2)
    return (timezone.make_aware(datetime.combine(day, time())) - timezone.now()).total_seconds()


def _store_shuffled(bevraging: Bevraging, new: Sequence[Rij]) -> None:
    """Add rows at places by chance among those of the same survey, which are written again.

    A table remembers in which order its rows came, and PostgreSQL which ones came together (xmin);
    either would tell which texts have one author, and what the last one answered.
    """
    if not new:
        return
    model = type(new[0])
    manager = model._default_manager
    rows = [*manager.filter(bevraging=bevraging).order_by("?")[:GESCHUD], *new]
    manager.filter(pk__in=[row.pk for row in rows]).delete()
    _chance.shuffle(rows)
    manager.bulk_create(rows)
