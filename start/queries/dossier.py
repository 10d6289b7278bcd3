"""Queries for the page of a dossier: a constant number, however much is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models

from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.bevragingen.queries import bevragingen_of
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dialoogfiches.gesprekken.queries.gesprekken import TalkLine, recent_gesprekken
from dialoogfiches.lezen.queries import ReadingMaterial, leesmaterialen
from dialoogfiches.oudergesprekken.access import may_read_vrijgaven
from dialoogfiches.oudergesprekken.models import Vrijgave
from dialoogfiches.oudergesprekken.queries import vrijgaven_of
from dossiers.acties.domain.acties import (
    is_finished,
    is_overdue,
    lacks_when,
    lacks_who_or_when,
    next_date,
)
from dossiers.acties.models import Actie, Actiestand
from dossiers.acties.queries.trekkers import name_trekkers, with_trekkers
from dossiers.anoniem.queries import SurveyState
from dossiers.cijfers.models import Cijfers
from dossiers.mensen.access import CLB_ROLLEN, Recht
from dossiers.mensen.models import Rol, User
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier
from preventieplan.bestuur.models import VastgesteldeRoutekaart
from preventieplan.bestuur.queries.kaarten import shown_on_dossier
from preventieplan.queries.plan import GoalState, PhaseState, last_change, plan_stand
from preventieplan.routekaart.models import Routezinnen
from start.queries.changes import last_of

WITHIN_A_WEEK = timedelta(days=7)
NEXT_ACTIES = 4
NEXT_GESPREKKEN = 3
# As many names as a line holds.
NAMES = 8


class Wanneer(models.TextChoices):
    """How soon an action asks for somebody."""

    OVER_TIJD = "over-tijd"
    DEZE_WEEK = "deze-week"
    LATER = "later"


@dataclass(frozen=True)
class ActionLine:
    """An action that still needs attention.

    datum: the day on which it does, if one is known; is_check: whether that is to look back.
    """

    actie: Actie
    wanneer: Wanneer
    datum: date | None
    is_check: bool

    @property
    def te_laat(self) -> bool:
        return self.wanneer == Wanneer.OVER_TIJD

    @property
    def deze_week(self) -> bool:
        return self.wanneer == Wanneer.DEZE_WEEK

    @property
    def zonder_moment(self) -> bool:
        """Whether no moment is known to do it, though there may be a day to look back."""
        return lacks_when(self.actie)


@dataclass(frozen=True)
class Member:
    """Somebody who works in the dossier or reads along, as the line of names tells it."""

    user: User
    rol: Rol

    @property
    def van(self) -> str:
        """What to say of the role; nothing of who works at the school."""
        if self.rol in CLB_ROLLEN:
            return "CLB"
        return "leest mee" if self.rol == Rol.LEZER else ""


@dataclass(frozen=True)
class NextStep:
    """What a team does next in its plan: a goal, the end of a phase, or what it agreed on.

    doel: the goal to go on with. rond: the phase that is complete and asks for a choice. Neither:
        the whole plan is complete.
    """

    doel: GoalState | None = None
    rond: PhaseState | None = None

    @property
    def fase(self) -> int | None:
        if self.rond is not None:
            return self.rond.nummer
        return self.doel.doelstelling.fase if self.doel else None


@dataclass(frozen=True)
class DossierPage:
    """The contents of the page of one dossier.

    vastgesteld: the routekaart that was last fixed and those that the board answered, the newest
        first; aantal_vastgesteld: how many were fixed in all.
    """

    fasen: tuple[PhaseState, ...]
    acties: tuple[ActionLine, ...]
    team: tuple[Member, ...]
    gesprekken: tuple[TalkLine, ...]
    bevragingen: tuple[SurveyState[Bevraging], ...]
    materialen: tuple[ReadingMaterial, ...]
    vrijgaven: tuple[Vrijgave, ...]
    vastgesteld: tuple[VastgesteldeRoutekaart, ...]
    aantal_vastgesteld: int
    last_change: datetime

    @property
    def nieuwste_gesprekken(self) -> tuple[TalkLine, ...]:
        return self.gesprekken[:NEXT_GESPREKKEN]

    @property
    def nieuwste_bevraging(self) -> SurveyState[Bevraging] | None:
        return next(iter(self.bevragingen), None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was discussed or scored yet."""
        return not any(fase.is_begonnen for fase in self.fasen)

    @property
    def next_step(self) -> NextStep:
        """The first goal that is not complete, in the order of the plan.

        Before a team begins with a phase, it chooses what comes first in the one that it completed.
        """
        doel = next((doel for fase in self.fasen for doel in fase.doelen if not doel.is_af), None)
        done = [fase for fase in self.fasen if fase.is_rond]
        begun = any(fase.is_begonnen and not fase.is_rond for fase in self.fasen)
        rond = done[-1] if done and not begun and not done[-1].prioriteiten else None
        return NextStep(rond=rond) if rond else NextStep(doel=doel)

    @property
    def eerste_acties(self) -> tuple[ActionLine, ...]:
        """The late ones, those of this week, and the next ones, as many as one takes in at once."""
        return self.acties[: max(NEXT_ACTIES, min(self.te_laat, 2 * NEXT_ACTIES))]

    @property
    def meer_acties(self) -> int:
        return len(self.acties) - len(self.eerste_acties)

    @property
    def te_laat(self) -> int:
        return sum(regel.te_laat for regel in self.acties)

    @property
    def zonder(self) -> int:
        """How many actions still need somebody or a moment."""
        return sum(lacks_who_or_when(regel.actie) for regel in self.acties)

    @property
    def uit_te_zoeken(self) -> int:
        return sum(fase.uit_te_zoeken for fase in self.fasen)

    @property
    def namen(self) -> tuple[Member, ...]:
        return self._people[:NAMES]

    @property
    def meer_namen(self) -> int:
        return len(self._people) - len(self.namen)

    @property
    def _people(self) -> tuple[Member, ...]:
        """Each of the team once, by her largest role: who stands in as ankerfiguur has two."""
        once: dict[User, Member] = {}
        for one in self.team:
            once.setdefault(one.user, one)
        return tuple(once.values())


def dossier_page(*, dossier: Dossier, today: date, clb: bool) -> DossierPage:
    """Everything on the page of a dossier. A constant number of queries.

    dossier: from the access check, with its `recht`.
    clb: whether the user works for the CLB of the school.
    """
    fasen = plan_stand(dossier)
    gesprekken = recent_gesprekken(dossier)
    # Users who may only read do not see what teachers answered.
    schrijft = dossier.recht >= Recht.SCHRIJVEN
    vastgesteld, aantal_vastgesteld = shown_on_dossier(dossier)
    return DossierPage(
        fasen=fasen,
        acties=tuple(_open_acties(dossier, today)),
        team=tuple(Member(lid.user, Rol(lid.rol)) for lid in team_of(dossier.school)),
        gesprekken=gesprekken,
        bevragingen=tuple(bevragingen_of(dossier)) if schrijft else (),
        materialen=leesmaterialen(dossier=dossier, clb=clb),
        vrijgaven=tuple(vrijgaven_of(dossier)) if may_read_vrijgaven(dossier) else (),
        vastgesteld=tuple(vastgesteld),
        aantal_vastgesteld=aantal_vastgesteld,
        last_change=max(last_change(dossier), _last_talk(dossier)),
    )


def _last_talk(dossier: Dossier) -> datetime:
    """When what is no part of the plan last changed, else when the dossier was opened."""
    talks = last_of(Gesprek, Gesprekstap, Notitie, Routezinnen, Cijfers)
    found = Dossier.objects.filter(pk=dossier.pk).annotate(**talks).values_list(*talks)
    return max(filter(None, found.get()), default=dossier.geopend_op)


def _open_acties(dossier: Dossier, today: date) -> Iterable[ActionLine]:
    """The actions that still need attention: the late ones first, then by date."""
    acties = with_trekkers(Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=True))
    still_open = [actie for actie in acties if not is_finished(actie)]
    name_trekkers(still_open)
    regels = [_line(actie, today, may_be_late=dossier.is_open) for actie in still_open]
    return sorted(regels, key=lambda regel: (not regel.te_laat, regel.datum or date.max))


def _line(actie: Actie, today: date, *, may_be_late: bool) -> ActionLine:
    datum = next_date(actie)
    # Actions of a closed dossier are never late.
    if may_be_late and is_overdue(actie, today=today):
        wanneer = Wanneer.OVER_TIJD
    elif datum is not None and today <= datum <= today + WITHIN_A_WEEK:
        wanneer = Wanneer.DEZE_WEEK
    else:
        wanneer = Wanneer.LATER
    is_done = actie.stand == Actiestand.KLAAR
    is_check = datum is not None and (is_done or datum != actie.wanneer_op)
    return ActionLine(actie, wanneer, datum, is_check)
