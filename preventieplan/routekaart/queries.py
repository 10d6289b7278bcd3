"""The data of the routekaart: a constant number of queries, however much was filled in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from dossiers.acties.belonging import phase_code
from dossiers.acties.domain import is_overdue, not_checked_in_time, not_done_in_time
from dossiers.acties.models import Actie, Actierevisie, Actiestand, Besluit
from dossiers.cijfers.pages import Story, story_for_routekaart
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Fase, Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.models import (
    Antwoord,
    Doelstelling,
    Inschaling,
    Inschalingrevisie,
    Trede,
)
from preventieplan.queries.plan import PlacedActies, last_change, placed_acties
from preventieplan.queries.stand import GoalState, PhaseState, plan_stand
from preventieplan.routekaart.domain.drafts import ActionChanges
from preventieplan.routekaart.domain.since import GivenScore, Since, since_in
from preventieplan.routekaart.models import Routezinnen

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
    """

    stand: GoalState
    acties: tuple[Actie, ...]
    eerder: int | None = None
    is_nieuw: bool = False
    is_weg: bool = False
    is_fase: bool = False

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
    makers: tuple[str, ...]
    today: date | None
    stand_van: date

    @property
    def prioriteiten(self) -> tuple[Routedoel, ...]:
        """What the team works on first, from fase 0 up."""
        return tuple(
            doel for trede in self.treden for doel in trede.doelen if doel.stand.is_prioriteit
        )

    @property
    def acties(self) -> tuple[Actie, ...]:
        """Every action of the dossier that was not struck."""
        of_goals = (one for trede in self.treden for doel in trede.doelen for one in doel.acties)
        return (*of_goals, *self.overige)


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
    zinnen, sinds = sentences_of(dossier), _since(dossier)
    cijfers = story_for_routekaart(dossier)
    late_on = today if dossier.is_open else None
    return Routekaart(
        titel=teksten["routekaart_titel"],
        doel=teksten["routekaart_doel"],
        treden=tuple(
            Routetrede(trede, fase, _goals(fase, placed, sinds, dossier.planversie))
            for trede in steps_of(dossier.planversie)
            for fase in (fasen[Fase(trede.fase)],)
        ),
        overige=placed.others,
        zinnen=zinnen,
        cijfers=cijfers,
        sinds=sinds,
        veranderd=_changes(dossier, everything, sinds, late_on),
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
    fase: PhaseState, placed: PlacedActies, sinds: Since, versie: Materiaalversie
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


def _since(dossier: Dossier) -> Since:
    """What the scores of now are compared with: an earlier round, last year, or the start."""
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
    """What happened to these actions after the day that is compared with. One query."""
    after = timezone.make_aware(datetime.combine(sinds.op, time.max))
    if sinds.is_start:
        after = dossier.geopend_op
    since = {
        (pk, waarde)
        for pk, waarde in Actierevisie.objects.filter(
            record__dossier=dossier, veld__in=("stand", "besluit"), op__gt=after
        ).values_list("record", "waarde")
    }
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
        nieuw=sum(actie.gemaakt_op > after for actie in acties),
        over_tijd=sum(today is not None and is_overdue(actie, today=today) for actie in acties),
    )


def _writers(dossier: Dossier) -> Iterable[str]:
    """The names of who last wrote a part of it. One query."""
    writers: list[Any] = [
        model._default_manager.filter(dossier=dossier).order_by().values("gewijzigd_door")
        for model in (Antwoord, Inschaling, Actie, Routezinnen)
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
