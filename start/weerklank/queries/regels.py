"""What whoever makes a material reads per line: how schools stand there, and what they said."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max, Q

from dossiers.domain import PLAN
from dossiers.materialen.models import Materiaal
from dossiers.reacties.domain.zeggen import line_of
from dossiers.reacties.models import Reactie
from dossiers.thresholds import MIN_SCHOLEN
from preventieplan.models import Antwoordstand
from start.regio.domain.skipped import SKIPPED
from start.regio.domain.values import GROWS
from start.regio.models import Regiocijfer, Soort

VOORAAN = 5  # reasons


@dataclass(frozen=True)
class Deel:
    """A part of the bar of stands: where it begins and how wide it is, in percents."""

    stand: Antwoordstand
    scholen: int
    begin: float
    breed: float


@dataclass(frozen=True)
class Weerklank:
    """What is told of one line, by schools that nobody can single out; 0 and empty for nothing.

    gewerkt: how many schools worked where the line stands.
    overgeslagen: how many of them skipped it.
    standen: how many schools gave which stand, of a question of the plan.
    gezegd: what was told of the reactions; those without a reason are only counted.
    """

    gewerkt: int
    overgeslagen: int
    standen: Mapping[Antwoordstand, int]
    gezegd: tuple[Reactie, ...]

    @property
    def scholen(self) -> int:
        """How many schools gave a stand."""
        return sum(self.standen.values())

    @property
    def weten_we_niet(self) -> int:
        return self.standen.get(Antwoordstand.WETEN_WE_NIET, 0)

    @property
    def delen(self) -> tuple[Deel, ...]:
        """The bar of the stands that any school gave, in the order in which one chooses them."""
        found, before = [], 0
        for stand, scholen in self.standen.items():
            if scholen:
                begin, breed = (round(100 * n / self.scholen, 1) for n in (before, scholen))
                found.append(Deel(stand, scholen, begin, breed))
                before += scholen
        return tuple(found)

    @property
    def werkt(self) -> int:
        return sum(one.werkt for one in self.gezegd)

    @property
    def werkt_niet(self) -> int:
        return len(self.gezegd) - self.werkt

    @property
    def redenen(self) -> tuple[Reactie, ...]:
        """What was said with it: why it does not work before why it does."""
        return tuple(sorted((one for one in self.gezegd if one.omdat), key=lambda one: one.werkt))

    @property
    def vooraan(self) -> tuple[Reactie, ...]:
        """The reasons that stand open at a line: sixty would hide what one came to do there."""
        return self.redenen[:VOORAAN]

    @property
    def verder(self) -> tuple[Reactie, ...]:
        """The others, which are folded."""
        return self.redenen[VOORAAN:]


def weerklank_of(materiaal: Materiaal) -> Mapping[str, Weerklank]:
    """What is told of the lines of a material, by their code; a line without anything is not there.

    Figures are those of all provinces that tell them, in the last schooljaar with any. Three
    queries.
    """
    begin = line_of(materiaal, "")
    figures = _figures(materiaal, begin)
    said: defaultdict[str, list[Reactie]] = defaultdict(list)
    for one in Reactie.objects.filter(verwijzing__startswith=begin, maand__isnull=False):
        said[one.verwijzing.removeprefix(begin)].append(one)
    codes = {code for _, code in figures} | said.keys()
    return {code: _weerklank(code, figures, tuple(said.get(code, ()))) for code in codes}


def _figures(materiaal: Materiaal, begin: str) -> Mapping[tuple[str, str], Counter[str]]:
    """The sums of the provinces, by kind and code."""
    wanted = Q(soort=Soort.OVERGESLAGEN, code__startswith=begin)
    if materiaal.slug == PLAN:
        wanted |= Q(soort=Soort.VRAAG)
    rows = Regiocijfer.objects.filter(wanted)
    last = rows.aggregate(last=Max("schooljaar"))["last"]
    sums: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows.filter(schooljaar=last):
        sums[row.soort, row.code.removeprefix(begin)] += Counter(row.verdeling)
    return sums


def _weerklank(
    code: str, figures: Mapping[tuple[str, str], Counter[str]], gezegd: tuple[Reactie, ...]
) -> Weerklank:
    skipped: Counter[str] = figures.get((Soort.OVERGESLAGEN, code), Counter())
    standen: Counter[str] = Counter()
    for value, scholen in figures.get((Soort.VRAAG, code), Counter()).items():
        standen[value.removesuffix(GROWS)] += scholen
    # Some of the schools that a figure is of may have said only where they see room to grow.
    told = sum(standen[stand] for stand in Antwoordstand) >= MIN_SCHOLEN
    return Weerklank(
        gewerkt=skipped.total(),
        overgeslagen=skipped[SKIPPED],
        standen={stand: standen[stand] for stand in Antwoordstand} if told else {},
        gezegd=gezegd,
    )
