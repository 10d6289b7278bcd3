"""A round itself: opening it, showing what came of it, stopping it, and a second one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.inschalen.domain.spreiding import MIN_PRINTED, MIN_SCORES, MIN_SENTENCES, Spread
from preventieplan.inschalen.models import Ronde, Rondedoel, Stemmental, Zin, new_code
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
    """There are too few scores to show any."""


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


@transaction.atomic
def open_ronde(
    *, dossier: Dossier, doelen: Sequence[str], telefoons: int, papieren: int, door: User
) -> Ronde:
    """Open a round.

    doelen: the codes of 1 to MAX_DOELEN goals of its plan, in order.
    telefoons, papieren: how many people score on each, together MIN_SCORES to MAX_DEELNEMERS.
    Raises ErLooptEenRonde, VandaagGetoond, and DossierAfgesloten when it has been closed.
    """
    hold_open(dossier.pk)
    now = timezone.now()
    _require_none_running(dossier, now)
    shown_today = Rondedoel.objects.filter(
        ronde__dossier=dossier, doel__in=doelen, ronde__geopend_op__gt=now - DUUR
    )
    if found := shown_today.first():
        raise VandaagGetoond(found.doel)
    return _open(dossier, doelen, telefoons=telefoons, papieren=papieren, door=door)


@transaction.atomic
def open_second(*, ronde: Ronde, doel: str, door: User) -> Ronde:
    """Let the same people score a goal again; what they gave the first time is erased.

    The phones find it under the same code.
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
    papieren = min(held.papieren, scores)
    code, held.code = held.code, None
    first.delete()
    if held.doelen.exists():
        held.save(update_fields=["code"])
    else:
        held.delete()
    return _open(
        held.dossier,
        [doel],
        telefoons=scores - papieren,
        papieren=papieren,
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
    spreads = [spread_of(doel) for doel in held.doelen.all()]
    fewest = min(spread.total for spread in spreads)
    if held.keer > 1 and not is_complete(held):
        raise WachtOpIedereen
    if fewest < MIN_SCORES:
        raise NogTeWeinig
    counts = Stemmental.objects.filter(doel__ronde=held)
    counts.update(stemmen=F("stemmen") + F("papieren"), papieren=0)
    if fewest < MIN_SENTENCES:
        Zin.objects.filter(doel__ronde=held).delete()
    held.getoond_op = timezone.now()
    held.save(update_fields=["getoond_op"])
    _erase_earlier(held)
    log(door=door, handeling=Logregel.Handeling.RONDE_GETOOND, record=held)


@transaction.atomic
def stop(*, ronde: Ronde) -> None:
    """End a round without showing anything: all that was given in it is erased.

    One that was shown stays. Of a second one stays that it was there, so that nobody opens another
    that day with the spread of the first still in mind. Raises RondeVoorbij and DossierAfgesloten.
    """
    held = lock(ronde)
    if held.getoond_op is not None or held.gestopt_op is not None:
        return
    if held.keer == 1:
        held.delete()
        return
    Stemmental.objects.filter(doel__ronde=held).delete()
    Zin.objects.filter(doel__ronde=held).delete()
    held.gestopt_op = timezone.now()
    held.save(update_fields=["gestopt_op"])


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
    code: str | None = None,
    keer: int = 1,
) -> Ronde:
    made = Ronde.objects.create(
        dossier=dossier,
        keer=keer,
        code=code or _free_code(),
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


def _require_none_running(dossier: Dossier, now: datetime) -> None:
    """Erase a round that nobody showed in its day, and raise ErLooptEenRonde for one that runs."""
    for ronde in dossier.rondes.filter(getoond_op__isnull=True, gestopt_op__isnull=True):
        if not is_over(ronde, now=now):
            raise ErLooptEenRonde
        ronde.delete()


def _free_code() -> str:
    """A code that leads nowhere yet; one of a round whose day is over is free again."""
    Ronde.objects.filter(geopend_op__lte=timezone.now() - DUUR, code__isnull=False).update(
        code=None
    )
    while Ronde.objects.filter(code=(code := new_code())).exists():
        pass
    return code


def _erase_earlier(ronde: Ronde) -> None:
    """Erase what an earlier round showed of the same goals: beside a score stands one spread."""
    doelen = list(ronde.doelen.values_list("doel", flat=True))
    earlier = Ronde.objects.filter(dossier=ronde.dossier_id).exclude(pk=ronde.pk)
    Rondedoel.objects.filter(ronde__in=earlier, doel__in=doelen).delete()
    earlier.filter(doelen__isnull=True).delete()
