"""A round itself: opening it, showing what came of it, stopping it, and a second one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.inschalen.domain.codes import free_code
from preventieplan.inschalen.domain.spreiding import MIN_PRINTED, MIN_SENTENCES, Spread
from preventieplan.inschalen.models import (
    CODE_LENGTH,
    MIN_SCORES,
    Ronde,
    Rondedoel,
    Stemmental,
    Zin,
)
from preventieplan.models import MAX_SCORE

# How long a round takes scores, and how long its phones follow it.
DUUR = timedelta(days=1)
MAX_DEELNEMERS = 100
MAX_DOELEN = 5


class ErLooptEenRonde(Exception):
    """The dossier has a round that takes scores."""


class VandaagGetoond(Exception):
    """The spread of a goal, its argument, was shown in the last day."""


class NogTeWeinig(Exception):
    """There are too few scores to show any, or too few on phones beside those on paper."""


class WachtOpIedereen(Exception):
    """A second round shows nothing until everybody of the first scored again."""


class RondeVoorbij(Exception):
    """The round was shown or stopped, or its day is over, in the meantime."""


def is_over(ronde: Ronde, *, now: datetime) -> bool:
    """Whether the day of a round is over."""
    return ronde.geopend_op <= now - DUUR


def takes_scores(ronde: Ronde, *, now: datetime) -> bool:
    """Whether a round can be scored in now; its dossier aside."""
    return ronde.getoond_op is None and ronde.gestopt_op is None and not is_over(ronde, now=now)


def spread_of(doel: Rondedoel) -> Spread:
    """How the scores of a goal lie, papers with them. One query, or none when prefetched."""
    return Spread(tuple(one.stemmen + one.papieren for one in doel.stemmentallen.all()))


def is_complete(ronde: Ronde) -> bool:
    """Whether everybody scored, each goal on paper too. Two queries, or none when prefetched."""
    return all(
        sum(one.stemmen for one in doel.stemmentallen.all()) >= ronde.telefoons
        and sum(one.papieren for one in doel.stemmentallen.all()) >= ronde.papieren
        for doel in ronde.doelen.all()
    )


def running(*, now: datetime) -> QuerySet[Ronde]:
    """The rounds that take scores now: as `takes_scores`, in a query; their dossiers aside."""
    unshown = Ronde.objects.filter(getoond_op__isnull=True, gestopt_op__isnull=True)
    return unshown.filter(geopend_op__gt=now - DUUR)


@transaction.atomic
def open_ronde(
    *, dossier: Dossier, doelen: Sequence[str], telefoons: int, papieren: int, door: User
) -> Ronde:
    """Open a round.

    doelen: the codes of 1 to MAX_DOELEN goals of its plan, in order.
    telefoons, papieren: how many people score on each, together MIN_SCORES to MAX_DEELNEMERS, and
        no phones or MIN_SCORES of them.
    Raises ErLooptEenRonde, VandaagGetoond, and DossierAfgesloten when it has been closed.
    """
    hold_open(dossier.pk)
    now = timezone.now()
    _require_none_running(dossier, now)
    if found := _shown_today(dossier, now).filter(doel__in=doelen).first():
        raise VandaagGetoond(found.doel)
    stopped = dossier.rondes.filter(gestopt_op__isnull=False)
    return _open(
        dossier,
        doelen,
        telefoons=telefoons,
        papieren=papieren,
        door=door,
        code=_take_code(stopped, now),
    )


@transaction.atomic
def open_second(*, ronde: Ronde, doel: str, door: User) -> Ronde:
    """Let the same people score a goal again; what they gave the first time is erased.

    The phones find it under the code of the last round.
    Raises ErLooptEenRonde, RondeVoorbij for a round that was a second one, that does not have this
    goal, was not shown or whose day is over, and DossierAfgesloten.
    """
    held = lock(ronde)
    now = timezone.now()
    first = held.doelen.filter(doel=doel).first()
    if first is None or held.getoond_op is None or held.keer > 1 or is_over(held, now=now):
        raise RondeVoorbij
    _require_none_running(held.dossier, now)
    scores = spread_of(first).total
    code = _take_code(held.dossier.rondes.all(), now)
    first.delete()
    if not held.doelen.exists():
        held.delete()
    return _open(
        held.dossier,
        [doel],
        telefoons=held.telefoons,
        papieren=scores - held.telefoons,
        door=door,
        code=code,
        keer=2,
    )


@transaction.atomic
def show(*, ronde: Ronde, door: User) -> None:
    """Show how the scores lie: the end of a round. What was shown before stays as it is.

    Raises NogTeWeinig, WachtOpIedereen, RondeVoorbij, and DossierAfgesloten.
    """
    held = lock(ronde)
    if held.getoond_op is not None:
        return
    if not takes_scores(held, now=timezone.now()):
        raise RondeVoorbij
    if held.keer > 1 and not is_complete(held):
        raise WachtOpIedereen
    telefoons, papieren = _given(held)
    if 0 < telefoons < MIN_SCORES or telefoons + papieren < MIN_SCORES:
        raise NogTeWeinig
    counts = Stemmental.objects.filter(doel__ronde=held)
    counts.update(stemmen=F("stemmen") + F("papieren"), papieren=0)
    if telefoons < MIN_SENTENCES:
        Zin.objects.filter(doel__ronde=held).delete()
    # From now on, how many scored: a second round is for them.
    held.telefoons, held.papieren = telefoons, papieren
    held.getoond_op = timezone.now()
    held.save(update_fields=["telefoons", "papieren", "getoond_op"])
    _erase_earlier(held)
    log(door=door, handeling=Logregel.Handeling.RONDE_GETOOND, record=held)


@transaction.atomic
def stop(*, ronde: Ronde, door: User) -> None:
    """End a round without showing anything: all that was given in it is erased.

    One that was shown stays. That it was there stays for a day: its phones are told that it is
    over, and after a second one nobody opens another with the spread of the first still in mind.
    Raises RondeVoorbij and DossierAfgesloten.
    """
    held = lock(ronde)
    if held.getoond_op is not None or held.gestopt_op is not None:
        return
    Stemmental.objects.filter(doel__ronde=held).delete()
    Zin.objects.filter(doel__ronde=held).delete()
    held.gestopt_op = timezone.now()
    held.save(update_fields=["gestopt_op"])
    log(door=door, handeling=Logregel.Handeling.RONDE_GESTOPT, record=held)


@transaction.atomic
def put_on_paper(*, ronde: Ronde, doel: str, aan: bool) -> None:
    """Let plan and routekaart show how the scores of a goal lie, or not any more.

    Raises NogTeWeinig below MIN_PRINTED scores, RondeVoorbij for a goal that the round does not
    have or did not show, and DossierAfgesloten.
    """
    held = lock(ronde)
    found = held.doelen.filter(doel=doel).first()
    if found is None or held.getoond_op is None:
        raise RondeVoorbij
    if aan and spread_of(found).total < MIN_PRINTED:
        raise NogTeWeinig
    found.op_papier = aan
    found.save(update_fields=["op_papier"])


def unshown(*, before: datetime) -> QuerySet[Ronde]:
    """The rounds whose day was over before a moment and that nobody showed: they are erased."""
    return Ronde.objects.filter(getoond_op__isnull=True, geopend_op__lte=before - DUUR)


def lock(ronde: Ronde) -> Ronde:
    """Lock a round until the end of the transaction, and return its current state.

    Raises RondeVoorbij when it is gone, and DossierAfgesloten.
    """
    # As in every save, the dossier is locked before any other row: a fixed order avoids deadlocks.
    hold_open(ronde.dossier_id)
    held = Ronde.objects.select_for_update(no_key=True).filter(pk=ronde.pk).first()
    if held is None:
        raise RondeVoorbij
    held.dossier = ronde.dossier
    return held


def _open(
    dossier: Dossier,
    doelen: Sequence[str],
    *,
    telefoons: int,
    papieren: int,
    door: User,
    code: str,
    keer: int = 1,
) -> Ronde:
    made = Ronde.objects.create(
        dossier=dossier,
        keer=keer,
        code=code,
        telefoons=telefoons,
        papieren=papieren,
        geopend_door=door,
    )
    rows = [
        Rondedoel(ronde=made, doel=doel, volgorde=nummer) for nummer, doel in enumerate(doelen, 1)
    ]
    # All scores from the start, so that no row tells which was given first.
    Stemmental.objects.bulk_create(
        Stemmental(doel=row, score=score)
        for row in Rondedoel.objects.bulk_create(rows)
        for score in range(MAX_SCORE + 1)
    )
    log(door=door, handeling=Logregel.Handeling.RONDE_GEOPEND, record=made)
    return made


def _given(ronde: Ronde) -> tuple[int, int]:
    """How many phones scored, and for how many papers the goal with the fewest was counted."""
    counts = ronde.doelen.values_list(Sum("stemmentallen__stemmen"), Sum("stemmentallen__papieren"))
    telefoons, papieren = zip(*counts, strict=True)
    return min(telefoons), min(papieren)


def _shown_today(dossier: Dossier, now: datetime) -> QuerySet[Rondedoel]:
    """The goals of which the school saw a spread in the last day, also one that was replaced."""
    since = now - DUUR
    seen = Q(ronde__getoond_op__gt=since) | Q(ronde__keer=2, ronde__geopend_op__gt=since)
    return Rondedoel.objects.filter(seen, ronde__dossier__school=dossier.school_id)


def _require_none_running(dossier: Dossier, now: datetime) -> None:
    """Erase a round that nobody showed in its day, and raise ErLooptEenRonde for one that runs."""
    for ronde in dossier.rondes.filter(getoond_op__isnull=True, gestopt_op__isnull=True):
        if not is_over(ronde, now=now):
            raise ErLooptEenRonde
        ronde.delete()


def _take_code(rondes: QuerySet[Ronde], now: datetime) -> str:
    """The code of the newest of these rounds, under which phones still wait; else a new one."""
    waiting = rondes.filter(code__isnull=False, geopend_op__gt=now - DUUR).first()
    if waiting is None:
        over = Ronde.objects.filter(geopend_op__lte=now - DUUR)
        return free_code(over, length=CODE_LENGTH)
    code = str(waiting.code)
    Ronde.objects.filter(pk=waiting.pk).update(code=None)
    return code


def _erase_earlier(ronde: Ronde) -> None:
    """Erase what an earlier round showed of the same goals: beside a score stands one spread."""
    doelen = list(ronde.doelen.values_list("doel", flat=True))
    earlier = Ronde.objects.filter(dossier=ronde.dossier_id).exclude(pk=ronde.pk)
    Rondedoel.objects.filter(ronde__in=earlier, doel__in=doelen).delete()
    earlier.filter(doelen__isnull=True).delete()
