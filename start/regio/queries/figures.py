"""The figures of a province or of Flanders as they were settled, each with what it is of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dossiers.domain import schooljaar_of
from dossiers.materialen.models import Fase, Materiaal
from dossiers.materialen.queries import newest_published
from dossiers.mensen.models import Provincie
from preventieplan.models import Antwoordstand, Checklistvraag, Doelstelling
from preventieplan.scores_page import COLOURS
from start.regio.domain.histogram import Histogram
from start.regio.domain.values import GROWS
from start.regio.models import Regiocijfer, Soort

PLAN = "preventieplan"
VLAANDEREN = "Vlaanderen"
# So many questions of a goal are told of as those at which most schools see a groeikans.
MOST_GROWING = 3
# And so many of all questions.
MOST_OF_ALL = 12


@dataclass(frozen=True)
class QuestionFigure:
    """How the schools stand at one question; `standen` has their number by `Antwoordstand`.

    groeikansen: how many of the schools saw one there.
    """

    vraag: Checklistvraag
    scholen: int
    standen: Mapping[str, int]
    groeikansen: int

    @property
    def share(self) -> float:
        return self.groeikansen / self.scholen

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True)
class GoalFigure:
    """The scores of a goal; no `scores` where too few schools gave one, or too few CLB's did."""

    doel: Doelstelling
    scores: Histogram | None
    vragen: tuple[QuestionFigure, ...]

    @property
    def groeit(self) -> tuple[QuestionFigure, ...]:
        """The questions at which the largest share of the schools sees a groeikans."""
        return most_growing(self.vragen)[:MOST_GROWING]


@dataclass(frozen=True)
class PhaseFigure:
    fase: Fase
    doelen: tuple[GoalFigure, ...]

    @property
    def kleur(self) -> str:
        """The colour of its drawings on paper, where no style sheet applies inside one."""
        return COLOURS[self.fase]


@dataclass(frozen=True)
class MaterialFigure:
    materiaal: Materiaal
    scholen: int


@dataclass(frozen=True)
class Figures:
    """All that is told of a province, or of Flanders, in one schooljaar.

    provincie: None for Flanders.
    provincies: those that its figures are of; the others tell nothing yet.
    maand: of the newest figure; None without any.
    """

    schooljaar: int
    provincie: Provincie | None
    provincies: tuple[Provincie, ...]
    maand: date | None
    fasen: tuple[PhaseFigure, ...]
    materialen: tuple[MaterialFigure, ...]

    @property
    def naam(self) -> str:
        return self.provincie.label if self.provincie else VLAANDEREN

    @property
    def schooljaar_label(self) -> str:
        return f"{self.schooljaar}-{self.schooljaar + 1}"

    @property
    def doelen(self) -> tuple[GoalFigure, ...]:
        return tuple(doel for fase in self.fasen for doel in fase.doelen)

    @property
    def groeit(self) -> tuple[QuestionFigure, ...]:
        """Of all questions those at which the largest share of the schools sees a groeikans."""
        return most_growing(one for doel in self.doelen for one in doel.vragen)[:MOST_OF_ALL]

    @property
    def most_materiaal(self) -> int:
        """The largest number of schools that used one material; 0 without any."""
        return max((one.scholen for one in self.materialen), default=0)


@dataclass(frozen=True)
class Content:
    """The goals and questions of the newest plan, and the materials: what figures can be of."""

    doelen: tuple[Doelstelling, ...]
    vragen: Mapping[str, tuple[Checklistvraag, ...]]
    materialen: tuple[Materiaal, ...]


def most_growing(vragen: Iterable[QuestionFigure]) -> tuple[QuestionFigure, ...]:
    """Those at which any school sees a groeikans, the largest share of the schools first."""
    return tuple(sorted((one for one in vragen if one.groeikansen), key=lambda one: -one.share))


def schooljaren(*, today: date) -> tuple[int, ...]:
    """The schooljaren with figures, and the one of today; the newest first. One query."""
    found = _told().values_list("schooljaar", flat=True).distinct()
    return tuple(sorted({*found, schooljaar_of(today)}, reverse=True))


def content() -> Content:
    """Three queries and that of the newest version. Raises GeenMateriaal without a plan."""
    versie = newest_published(slug=PLAN)
    vragen = defaultdict(list)
    for vraag in Checklistvraag.objects.filter(doelstelling__versie=versie).select_related(
        "doelstelling"
    ):
        vragen[vraag.doelstelling.code].append(vraag)
    return Content(
        tuple(Doelstelling.objects.filter(versie=versie)),
        {code: tuple(rows) for code, rows in vragen.items()},
        tuple(Materiaal.objects.exclude(slug=PLAN)),
    )


def figures(
    *, of: Content, rows: Iterable[Regiocijfer], schooljaar: int, provincie: Provincie | None
) -> Figures:
    """Add up the figures of a province, or of all of them.

    rows: of `settled`.
    """
    of_these = [row for row in rows if provincie in (None, row.provincie)]
    sums: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in of_these:
        sums[row.soort, row.code] += Counter(row.verdeling)
    doelen = [
        GoalFigure(doel, _scores(sums[Soort.SCORE, doel.code]), _questions(doel, of, sums))
        for doel in of.doelen
    ]
    materialen = [
        MaterialFigure(one, sums[Soort.MATERIAAL, one.slug].total())
        for one in of.materialen
        if sums[Soort.MATERIAAL, one.slug]
    ]
    told = {row.provincie for row in of_these}
    return Figures(
        schooljaar=schooljaar,
        provincie=provincie,
        provincies=tuple(one for one in Provincie if one in told),
        maand=max((row.maand for row in of_these), default=None),
        fasen=tuple(
            PhaseFigure(fase, tuple(one for one in doelen if one.doel.fase == fase))
            for fase in Fase
        ),
        materialen=tuple(sorted(materialen, key=lambda one: (-one.scholen, one.materiaal.titel))),
    )


def settled(schooljaar: int) -> list[Regiocijfer]:
    """All figures of a schooljaar. One query, of some hundreds of rows."""
    return list(_told().filter(schooljaar=schooljaar))


def _told() -> QuerySet[Regiocijfer]:
    """All but what was skipped: that is for whoever makes a material (`start/weerklank`)."""
    return Regiocijfer.objects.exclude(soort=Soort.OVERGESLAGEN)


def _scores(verdeling: Mapping[str, int]) -> Histogram | None:
    return Histogram.of(verdeling) if verdeling else None


def _questions(
    doel: Doelstelling, of: Content, sums: Mapping[tuple[str, str], Counter[str]]
) -> tuple[QuestionFigure, ...]:
    found = []
    for vraag in of.vragen.get(doel.code, ()):
        verdeling = sums[Soort.VRAAG, vraag.code]
        if not verdeling:
            continue
        standen: Counter[str] = Counter()
        for value, scholen in verdeling.items():
            standen[value.removesuffix(GROWS)] += scholen
        found.append(
            QuestionFigure(
                vraag=vraag,
                scholen=verdeling.total(),
                standen={stand: standen[stand] for stand in Antwoordstand},
                groeikansen=sum(n for value, n in verdeling.items() if value.endswith(GROWS)),
            )
        )
    return tuple(found)
