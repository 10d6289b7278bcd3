"""Queries for the pages across apps: a constant number, however many schools there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, ClassVar
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    Count,
    F,
    IntegerField,
    Max,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import Coalesce, Lower

from dialoogfiches.bevragingen.queries import SurveyState, bevragingen_of
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dialoogfiches.gesprekken.queries.gesprekken import TalkLine, recent_gesprekken
from dialoogfiches.lezen.queries import ReadingMaterial, leesmaterialen
from dialoogfiches.oudergesprekken.access import may_read_vrijgaven
from dialoogfiches.oudergesprekken.models import Vrijgave
from dialoogfiches.oudergesprekken.queries import vrijgaven_of
from dossiers.acties.domain import is_overdue
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.materialen.models import Fase
from dossiers.mensen.access import Recht, schools_for
from dossiers.mensen.models import Lidmaatschap, School, User
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier
from dossiers.velden.forms import whole_number
from dossiers.velden.models import Veldrecord
from preventieplan.models import MAX_SCORE, Antwoord, Inschaling
from preventieplan.queries.plan import GoalState, PhaseState, last_change, plan_stand
from stsdialoog.text import search_words

SCHOLEN_PER_PAGE = 50
# More words than anyone needs to find a school; each word adds a condition to the query.
MAX_WORDS = 6
NEXT_ACTIES = 3
NEXT_GESPREKKEN = 3
# The models in which people of the school and the CLB write together. Parents' talks are left out
# on purpose, so that they leave no trace in "last changed".
WRITTEN = (Antwoord, Inschaling, Actie, Gesprek, Gesprekstap, Notitie)
LAST = tuple(f"last_{model._meta.model_name}" for model in WRITTEN)


@dataclass(frozen=True)
class Bar:
    """A bar in the chart: its offset from the left and its height, in SVG units; None: no score."""

    x: int
    height: float | None


@dataclass(frozen=True)
class Bars:
    """The scores of one phase as small bars.

    scores: (short name, score or None) per goal.
    """

    fase: int
    scores: tuple[tuple[str, int | None], ...]

    STEP: ClassVar = 14
    MAX_HEIGHT: ClassVar = 30

    def __iter__(self) -> Iterator[Bar]:
        for index, (_, score) in enumerate(self.scores):
            # A score of 0 gets a visible bar too: it is not the same as no score.
            height = None if score is None else max(score / MAX_SCORE * self.MAX_HEIGHT, 1.5)
            yield Bar(index * self.STEP, height)

    @property
    def width(self) -> int:
        return len(self.scores) * self.STEP

    @property
    def text(self) -> str:
        """The scores in words, as the text alternative of the chart."""
        return ", ".join(
            f"{kort} {'nog niet ingeschaald' if score is None else f'{score} op 10'}"
            for kort, score in self.scores
        )

    @property
    def is_empty(self) -> bool:
        return all(score is None for _, score in self.scores)


@dataclass(frozen=True)
class DossierState:
    """A dossier, when it last changed (None: never), and when its next check is due."""

    dossier: Dossier
    last_change: datetime | None
    volgende_check: date | None


@dataclass(frozen=True)
class SchoolRow:
    """A school in the list, with its newest dossier and the number of late actions in it."""

    school: School
    stand: DossierState | None
    bars: Bars | None
    te_laat: int


@dataclass(frozen=True)
class SchoolsPage:
    """A page of the schools that were found; `page` is the paginator's page."""

    page: Page
    rijen: tuple[SchoolRow, ...]


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


def page_of_schools(*, user: User, zoek: str, number: str | None, today: date) -> SchoolsPage:
    """A page of the schools of a user, those with the most late actions first.

    Four queries; two more for a page that is not there.

    zoek: every word has to occur in the name, the gemeente or the instellingsnummer.
    number: the page number from the URL; an invalid one gives the first or the last page.
    """
    scholen = _in_order(_matching(schools_for(user), zoek), today)
    found, page = _cut(scholen, number)
    return SchoolsPage(page, tuple(_rows(found, today)))


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


def overdue(today: date) -> Q:
    """The condition for late actions that are not struck: `dossiers.acties.domain.is_overdue` as a
    query.
    """
    not_done = ~Q(stand=Actiestand.KLAAR) & Q(wanneer_op__lt=today)
    not_checked = Q(besluit="", check_op__lt=today)
    return Q(geschrapt_op__isnull=True) & ~Q(besluit=Besluit.STOPPEN) & (not_done | not_checked)


def _matching(scholen: QuerySet[School], zoek: str) -> QuerySet[School]:
    for word in search_words(zoek, at_most=MAX_WORDS):
        scholen = scholen.filter(zoeksleutel__contains=word)
    return scholen


def _in_order(scholen: QuerySet[School], today: date) -> QuerySet[School]:
    """The schools with the most late actions first, with `nieuwste_dossier` and `te_laat`."""
    newest = Dossier.objects.filter(school=OuterRef("pk")).order_by("-schooljaar")
    late = (
        Actie.objects.filter(
            overdue(today),
            dossier=OuterRef("nieuwste_dossier"),
            # Actions of a closed dossier are never late.
            dossier__afgesloten_op__isnull=True,
        )
        .order_by()
        .values("dossier")
        # Not of a column, so that the index of late actions has all that is asked.
        .annotate(aantal=Count("*"))
        .values("aantal")
    )
    return scholen.annotate(
        nieuwste_dossier=Subquery(newest.values("pk")[:1]),
        te_laat=Coalesce(Subquery(late, output_field=IntegerField()), 0),
    ).order_by("-te_laat", Lower("naam"), "pk")


def _cut(scholen: QuerySet[School], number: str | None) -> tuple[list[School], Page]:
    """The schools of one page, and its place among the pages.

    They are counted in the same query: it is costly to send the keys of a thousand schools twice.
    """
    counted = scholen.annotate(totaal=Window(Count("pk")))
    start = (max(whole_number(number or ""), 1) - 1) * SCHOLEN_PER_PAGE
    found: list[Any] = list(counted[start : start + SCHOLEN_PER_PAGE])
    total = found[0].totaal if found else scholen.count()
    page = Paginator(range(total), SCHOLEN_PER_PAGE).get_page(number)
    if page.start_index() != start + 1 and total:
        found = list(scholen[page.start_index() - 1 : page.end_index()])
    return found, page


def _rows(scholen: Sequence[Any], today: date) -> Iterator[SchoolRow]:
    """The rows of these schools, as `_in_order` gives them. Two queries."""
    pks = [school.nieuwste_dossier for school in scholen if school.nieuwste_dossier]
    standings = _standings(pks, today)
    bars = _fase_0_bars(pks)
    for school in scholen:
        pk = school.nieuwste_dossier
        yield SchoolRow(school, standings.get(pk), bars.get(pk), school.te_laat)


def _standings(pks: list[UUID], today: date) -> dict[UUID | None, DossierState]:
    coming = Actie.objects.filter(
        dossier__afgesloten_op__isnull=True,
        geschrapt_op__isnull=True,
        besluit="",
        check_op__gte=today,
    )
    dossiers = Dossier.objects.filter(pk__in=pks).annotate(
        **_last_of(*WRITTEN),
        eerste_check=_extreme(coming, Min("check_op")),
    )
    return {
        dossier.pk: DossierState(
            dossier,
            max(filter(None, map(dossier.__dict__.get, LAST)), default=None),
            dossier.eerste_check,
        )
        for dossier in dossiers
    }


def _last_talk(dossier: Dossier) -> datetime:
    """When anything in the talks last changed, else when the dossier was opened."""
    talks = _last_of(Gesprek, Gesprekstap, Notitie)
    found = Dossier.objects.filter(pk=dossier.pk).annotate(**talks).values_list(*talks)
    return max(filter(None, found.get()), default=dossier.geopend_op)


def _last_of(*models: type[Veldrecord]) -> dict[str, Subquery]:
    """Annotations, named as in LAST, for when a record of each model last changed in a dossier."""
    return {
        f"last_{model._meta.model_name}": _extreme(
            model._default_manager.all(), Max("gewijzigd_op")
        )
        for model in models
    }


def _extreme(rows: QuerySet[Model], of: Max | Min) -> Subquery:
    return Subquery(
        rows.filter(dossier=OuterRef("pk"))
        .order_by()
        .values("dossier")
        .annotate(uiterste=of)
        .values("uiterste")
    )


def _fase_0_bars(pks: list[UUID]) -> dict[UUID | None, Bars]:
    scores = Inschaling.objects.filter(
        dossier=OuterRef("pk"), doelstelling=OuterRef("planversie__doelstellingen")
    )
    rows = (
        Dossier.objects.filter(pk__in=pks, planversie__doelstellingen__fase=Fase.BASISZORG)
        .order_by("pk", "planversie__doelstellingen__volgorde")
        .annotate(
            kort=F("planversie__doelstellingen__kort"), score=Subquery(scores.values("score"))
        )
        .values_list("pk", "kort", "score")
    )
    return {
        pk: Bars(int(Fase.BASISZORG), tuple((kort, score) for _, kort, score in bars))
        for pk, bars in groupby(rows, key=lambda row: row[0])
    }


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
