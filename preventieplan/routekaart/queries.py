"""The data of the routekaart: a constant number of queries, however much was filled in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.utils import timezone

from dossiers.acties.belonging import phase_code
from dossiers.acties.domain.acties import is_overdue, not_checked_in_time, not_done_in_time
from dossiers.acties.models import (
    Actie,
    Actierevisie,
    Actiestand,
    Besluit,
    Checkmoment,
    Vervolg,
)
from dossiers.cijfers.pages import Story, story_for_routekaart
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Fase, Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.inschalen.domain.spreiding import Spread
from preventieplan.inschalen.queries.rondes import printed_spreads
from preventieplan.models import (
    Antwoord,
    Doelstelling,
    Inschaling,
    Inschalingrevisie,
    Trede,
)
from preventieplan.queries.plan import PlacedActies, last_change, placed_acties
from preventieplan.queries.stand import GoalState, PhaseState, plan_stand
from preventieplan.routekaart.domain.changes import Changes, GoalNow, changes_since
from preventieplan.routekaart.domain.drafts import ActionChanges
from preventieplan.routekaart.domain.fixed import Fixed, last_fixed
from preventieplan.routekaart.domain.since import GivenScore, Since, since_in
from preventieplan.routekaart.models import Routezinnen
from preventieplan.spiegel.domain.verschil import Comparison
from preventieplan.spiegel.models import Spiegelvraag
from preventieplan.spiegel.queries.beside import mirrors_by_goal

# The name of what is no goal, in its place among them.
DE_FASE = "De fase als geheel"
# A text in a column of a table: longer takes more than half a page.
LONG = 1_000


@dataclass(frozen=True)
class Routedoel:
    """A goal on the routekaart.

    eerder: its score at the moment that is compared with; None when it had none then.
    is_nieuw: whether it got its first score after that moment.
    is_weg: whether the version in use no longer has it; then it is here for its actions.
    is_fase: whether it is no goal but the phase as a whole, here for the actions that belong in it.
    eerst: its number among what the team works on first, from 1; 0 when it is not among them.
    spreiding: how the scores of a round lay, when the team wants that here.
    spiegels: what teachers answered to its questions, when the team wants that here.
    """

    stand: GoalState
    acties: tuple[Actie, ...]
    eerder: int | None = None
    is_nieuw: bool = False
    is_weg: bool = False
    is_fase: bool = False
    eerst: int = 0
    spreiding: Spread | None = None
    spiegels: tuple[tuple[Spiegelvraag, Comparison], ...] = ()

    @property
    def code(self) -> str:
        return self.stand.code

    @property
    def kort(self) -> str:
        return self.stand.kort

    @property
    def is_leeg(self) -> bool:
        return self.stand.hoever == "leeg" and not self.acties and not self.stand.has_words

    @property
    def is_lang(self) -> bool:
        """Whether its words are too many to keep on one page."""
        stand = self.stand
        return max(map(len, (stand.want, stand.hoger, stand.focus))) > LONG

    @property
    def richting(self) -> str:
        """How its score went since then: `hoger`, `lager`, `gelijk`, or empty."""
        if self.eerder is None or self.stand.score is None:
            return ""
        if self.stand.score == self.eerder:
            return "gelijk"
        return "hoger" if self.stand.score > self.eerder else "lager"


@dataclass(frozen=True)
class Routetrede:
    """A step of the routekaart: the key words of the source, and the school's own goals."""

    trede: Trede
    fase: PhaseState
    doelen: tuple[Routedoel, ...]


@dataclass(frozen=True)
class Routekaart:
    """Everything that the routekaart shows; `treden` are from fase 0 up.

    overige: the actions that belong nowhere in the plan: from talks, tips, surveys.
    sinds, veranderd: the moment that is compared with, and what happened to the actions since.
    vorige: the routekaart that the school last fixed; then that is the moment. None without one.
    makers: who wrote in the plan.
    cijfers: the figures of the school, when the team wants them here.
    today: the day that decides what is late; None for a closed dossier, in which nothing is.
    stand_van: the last day on which anything on it changed, also that an action became late. So the
        same data give the same document, until one more action is late.
    """

    titel: str
    doel: str
    treden: tuple[Routetrede, ...]
    overige: tuple[Actie, ...]
    zinnen: Routezinnen
    cijfers: Story | None
    sinds: Since
    veranderd: ActionChanges
    vorige: Fixed | None
    makers: tuple[str, ...]
    today: date | None
    stand_van: date

    @property
    def prioriteiten(self) -> tuple[Routedoel, ...]:
        """What the team works on first, from fase 0 up."""
        return tuple(doel for trede in self.treden for doel in trede.doelen if doel.eerst)

    @property
    def acties(self) -> tuple[Actie, ...]:
        """Every action of the dossier that was not struck."""
        of_goals = (one for trede in self.treden for doel in trede.doelen for one in doel.acties)
        return (*of_goals, *self.overige)

    @property
    def sinds_vorige(self) -> Changes | None:
        """All that changed since the school last fixed one; None when it never did."""
        if self.vorige is None:
            return None
        return changes_since(
            self.vorige,
            doelen=(
                GoalNow(doel.code, doel.kort, doel.stand.score, bool(doel.eerst))
                for trede in self.treden
                for doel in trede.doelen
            ),
            acties=self.acties,
        )


# The steps of a version, from fase 0 up; for a published version, read only once per process.
steps_of: KeptPerProcess[tuple[Trede, ...]] = KeptPerProcess(
    lambda versie: tuple(Trede.objects.filter(versie=versie))
)


def routekaart(dossier: Dossier, *, today: date) -> Routekaart:
    """Everything on the routekaart. A constant number of queries."""
    teksten = dossier.planversie.teksten
    fasen = {fase.fase: fase for fase in plan_stand(dossier)}
    placed = placed_acties(dossier)
    everything = placed.everything
    zinnen, vorige = sentences_of(dossier), last_fixed(dossier)
    sinds = _since(dossier, vorige)
    cijfers = story_for_routekaart(dossier)
    spreidingen = printed_spreads(dossier)
    spiegels = mirrors_by_goal(dossier)
    late_on = today if dossier.is_open else None
    numbers = count(1)
    return Routekaart(
        titel=teksten["routekaart_titel"],
        doel=teksten["routekaart_doel"],
        treden=tuple(
            Routetrede(
                trede,
                fase,
                tuple(
                    replace(
                        doel,
                        spreiding=spreidingen.get(doel.code),
                        spiegels=spiegels.get(doel.code, ()),
                    )
                    for doel in _goals(fase, placed, sinds, dossier.planversie, numbers)
                ),
            )
            for trede in steps_of(dossier.planversie)
            for fase in (fasen[Fase(trede.fase)],)
        ),
        overige=placed.others,
        zinnen=zinnen,
        cijfers=cijfers,
        sinds=sinds,
        veranderd=_changes(dossier, everything, sinds, late_on),
        vorige=vorige,
        makers=tuple(_writers(dossier)),
        today=late_on,
        stand_van=_last_day(
            [last_change(dossier), zinnen.gewijzigd_op, cijfers.gewijzigd_op if cijfers else None],
            everything,
            late_on,
        ),
    )


def sentences_of(dossier: Dossier) -> Routezinnen:
    """The sentences of a dossier, unsaved when there are none yet. One query."""
    zinnen = Routezinnen.objects.filter(dossier=dossier).first() or Routezinnen()
    zinnen.dossier = dossier
    return zinnen


def _goals(
    fase: PhaseState,
    placed: PlacedActies,
    sinds: Since,
    versie: Materiaalversie,
    numbers: Iterator[int],
) -> tuple[Routedoel, ...]:
    """The goals of a phase, those of an earlier version that still have actions, the phase itself.

    The phase itself is there for the actions that belong in it and at none of its goals.
    """
    acties: dict[str, list[Actie]] = defaultdict(list)
    gone: dict[str, Doelstelling] = {}
    for one in placed.of_goals:
        doel = one.doelstelling
        if doel.fase == fase.nummer:
            acties[doel.code].append(one.actie)
            if doel.versie_id != versie.pk:
                gone.setdefault(doel.code, doel)
    here = {stand.code for stand in fase.doelen}
    return (
        *(
            Routedoel(
                stand,
                tuple(acties[stand.code]),
                eerder=sinds.scores.get(stand.code),
                is_nieuw=stand.score is not None
                and not sinds.is_start
                and stand.code not in sinds.scores,
                eerst=next(numbers) if stand.is_prioriteit else 0,
            )
            for stand in fase.doelen
        ),
        *(
            Routedoel(_without_state(doel), tuple(acties[code]), is_weg=True)
            for code, doel in gone.items()
            if code not in here
        ),
        *(
            Routedoel(
                _without_state(
                    Doelstelling(code=phase_code(fase.nummer), fase=fase.nummer, kort=DE_FASE)
                ),
                placed.of_phases[fase.fase],
                is_fase=True,
            )
            for _ in range(fase.fase in placed.of_phases)
        ),
    )


def _without_state(doel: Doelstelling) -> GoalState:
    return GoalState(doel, None, "", "", "", 0, 0, 0, False)


def _since(dossier: Dossier, vorige: Fixed | None) -> Since:
    """What the scores of now are compared with: the routekaart that was last fixed; without one an
    earlier round, last year, or the start."""
    if vorige is not None:
        return Since(timezone.localdate(vorige.op), vorige.scores, moment=vorige.op)
    rows = Inschalingrevisie.objects.filter(record__dossier=dossier, veld="score").order_by(
        "op", "revisie"
    )
    given = [
        GivenScore(code, int(waarde) if waarde else None, timezone.localdate(op))
        for code, waarde, op in rows.values_list("record__doelstelling__code", "waarde", "op")
    ]
    return (
        since_in(given)
        or _last_year(dossier)
        or Since(timezone.localdate(dossier.geopend_op), is_start=True)
    )


def _last_year(dossier: Dossier) -> Since | None:
    """The scores that the last schooljaar with scores ended with."""
    rows = list(
        Inschaling.objects.filter(
            dossier__school=dossier.school_id,
            dossier__schooljaar__lt=dossier.schooljaar,
            score__isnull=False,
            gewijzigd_op__isnull=False,
        )
        .order_by("-dossier__schooljaar")
        .values_list("dossier__schooljaar", "doelstelling__code", "score", "gewijzigd_op")
    )
    last = [row for row in rows if row[0] == rows[0][0]]
    if not last:
        return None
    return Since(
        max(timezone.localdate(op) for *_, op in last),
        {code: score for _, code, score, _ in last if score is not None},
    )


def _changes(
    dossier: Dossier, acties: Iterable[Actie], sinds: Since, today: date | None
) -> ActionChanges:
    """What happened to these actions after the day that is compared with. One query, and one more
    for a dossier that goes on from another: what came along from there did not happen then.
    """
    after = sinds.moment or timezone.make_aware(datetime.combine(sinds.op, time.max))
    if sinds.is_start:
        after = dossier.geopend_op
    saved = Actierevisie.objects.filter(
        record__dossier=dossier, veld__in=("stand", "besluit"), op__gt=after
    )
    came_along: set[UUID] = set()
    if dossier.vorig is not None:
        saved = saved.exclude(op=dossier.voortzetting.op)
        pairs = Vervolg.objects.filter(actie__dossier=dossier, eerdere__dossier=dossier.vorig)
        came_along = set(pairs.values_list("actie", flat=True))
    since = set(saved.values_list("record", "waarde"))
    acties = list(acties)
    return ActionChanges(
        gedaan=sum(
            actie.stand == Actiestand.KLAAR and (actie.pk, Actiestand.KLAAR) in since
            for actie in acties
        ),
        bijgestuurd=sum(
            actie.besluit == Besluit.BIJSTUREN and (actie.pk, Besluit.BIJSTUREN) in since
            for actie in acties
        ),
        nieuw=sum(actie.gemaakt_op > after and actie.pk not in came_along for actie in acties),
        over_tijd=sum(today is not None and is_overdue(actie, today=today) for actie in acties),
    )


def _writers(dossier: Dossier) -> Iterable[str]:
    """The names of who last wrote a part of it. One query."""
    writers: list[Any] = [
        model._default_manager.filter(dossier=dossier).order_by().values("gewijzigd_door")
        for model in (Antwoord, Inschaling, Actie, Checkmoment, Routezinnen)
    ]
    return (
        User.objects.filter(pk__in=writers[0].union(*writers[1:]))
        .order_by("naam", "pk")
        .values_list("naam", flat=True)
    )


def _last_day(
    changes: Iterable[datetime | None], acties: Iterable[Actie], today: date | None
) -> date:
    """The last day on which anything changed, or one more action was late."""
    days = [timezone.localdate(changed) for changed in changes if changed]
    if today is not None:
        days += [day for actie in acties for day in _late_since(actie, today)]
    return max(days)


def _late_since(actie: Actie, today: date) -> Iterable[date]:
    """The days from which an action is late."""
    if actie.wanneer_op and not_done_in_time(actie, today=today):
        yield actie.wanneer_op + timedelta(days=1)
    if actie.check_op and not_checked_in_time(actie, today=today):
        yield actie.check_op + timedelta(days=1)
