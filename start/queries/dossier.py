"""Queries for the page of a dossier: a constant number, however much is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dialoogfiches.bevragingen.queries import SurveyState, bevragingen_of
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dialoogfiches.gesprekken.queries.gesprekken import TalkLine, recent_gesprekken
from dialoogfiches.lezen.queries import ReadingMaterial, leesmaterialen
from dialoogfiches.oudergesprekken.access import may_read_vrijgaven
from dialoogfiches.oudergesprekken.models import Vrijgave
from dialoogfiches.oudergesprekken.queries import vrijgaven_of
from dossiers.acties.domain import is_overdue
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.mensen.access import Recht
from dossiers.mensen.models import Lidmaatschap
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier
from preventieplan.queries.plan import GoalState, PhaseState, last_change, plan_stand
from start.queries.bars import Bars
from start.queries.changes import last_of

NEXT_ACTIES = 3
NEXT_GESPREKKEN = 3


@dataclass(frozen=True)
class ActionLine:
    """An action that still needs attention, with the date on which it does, if any."""

    actie: Actie
    te_laat: bool
    datum: date | None


@dataclass(frozen=True)
class DossierPage:
    """The contents of the page of one dossier."""

    fasen: tuple[PhaseState, ...]
    bars: tuple[Bars, ...]
    acties: tuple[ActionLine, ...]
    team: tuple[Lidmaatschap, ...]
    gesprekken: tuple[TalkLine, ...]
    bevragingen: tuple[SurveyState, ...]
    materialen: tuple[ReadingMaterial, ...]
    vrijgaven: tuple[Vrijgave, ...]
    last_change: datetime

    @property
    def nieuwste_gesprekken(self) -> tuple[TalkLine, ...]:
        return self.gesprekken[:NEXT_GESPREKKEN]

    @property
    def nieuwste_bevraging(self) -> SurveyState | None:
        return next(iter(self.bevragingen), None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was discussed or scored yet."""
        return not any(fase.besproken or fase.ingeschaald for fase in self.fasen)

    @property
    def volgend_doel(self) -> GoalState | None:
        """The first goal that is not complete; None when the whole plan is."""
        return next((doel for fase in self.fasen for doel in fase.doelen if not doel.is_af), None)

    @property
    def eerste_acties(self) -> tuple[ActionLine, ...]:
        return self.acties[:NEXT_ACTIES]

    @property
    def te_laat(self) -> int:
        return sum(regel.te_laat for regel in self.acties)


def dossier_page(*, dossier: Dossier, today: date, clb: bool) -> DossierPage:
    """Everything on the page of a dossier. A constant number of queries.

    dossier: from the access check, with its `recht`.
    clb: whether the user works for the CLB of the school.
    """
    fasen = plan_stand(dossier)
    gesprekken = recent_gesprekken(dossier)
    # Users who may only read do not see what teachers answered.
    schrijft = dossier.recht >= Recht.SCHRIJVEN
    return DossierPage(
        fasen=fasen,
        bars=tuple(_bars_of(fase) for fase in fasen),
        acties=tuple(_open_acties(dossier, today)),
        team=tuple(team_of(dossier.school)),
        gesprekken=gesprekken,
        bevragingen=tuple(bevragingen_of(dossier)) if schrijft else (),
        materialen=leesmaterialen(dossier=dossier, clb=clb),
        vrijgaven=tuple(vrijgaven_of(dossier)) if may_read_vrijgaven(dossier) else (),
        last_change=max(last_change(dossier), _last_talk(dossier)),
    )


def _last_talk(dossier: Dossier) -> datetime:
    """When anything in the talks last changed, else when the dossier was opened."""
    talks = last_of(Gesprek, Gesprekstap, Notitie)
    found = Dossier.objects.filter(pk=dossier.pk).annotate(**talks).values_list(*talks)
    return max(filter(None, found.get()), default=dossier.geopend_op)


def _bars_of(fase: PhaseState) -> Bars:
    return Bars(fase.nummer, tuple((doel.doelstelling.kort, doel.score) for doel in fase.doelen))


def _open_acties(dossier: Dossier, today: date) -> Iterable[ActionLine]:
    """The actions that still need attention: the late ones first, then by date."""
    acties = Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=True)
    regels = [
        # Actions of a closed dossier are never late.
        ActionLine(actie, dossier.is_open and is_overdue(actie, today=today), _next_date(actie))
        for actie in acties
        if not _is_finished(actie)
    ]
    return sorted(regels, key=lambda regel: (not regel.te_laat, regel.datum or date.max))


def _is_finished(actie: Actie) -> bool:
    is_checked = bool(actie.besluit) or actie.check_op is None
    return actie.besluit == Besluit.STOPPEN or (actie.stand == Actiestand.KLAAR and is_checked)


def _next_date(actie: Actie) -> date | None:
    do_by = actie.wanneer_op if actie.stand != Actiestand.KLAAR else None
    check_by = actie.check_op if not actie.besluit else None
    return min(filter(None, (do_by, check_by)), default=None)
