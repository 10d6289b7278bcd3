"""Schools that say something of a line: whoever tells of five has to have five."""

from datetime import date
from itertools import count

from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import CLB, School
from dossiers.reacties.domain.settling import settle_reacties
from dossiers.reacties.domain.zeggen import line_of, say
from dossiers.reacties.models import Reactie
from tests.conftest import SCHOOLJAAR

PLAN, VRAAG = "preventieplan", "f0-1-v01"
LIJN = f"{PLAN}/{VRAAG}"
OKTOBER, NOVEMBER, DECEMBER = (date(SCHOOLJAAR, month, 1) for month in (10, 11, 12))


class Gebied:
    """Schools of two CLB's."""

    def __init__(self) -> None:
        self._number = count(810_001)
        self.materiaal = Materiaal.objects.get(slug=PLAN)
        self.noord, self.zuid = (
            CLB.objects.create(naam=f"CLB {name}", instellingsnummer=f"{next(self._number)}")
            for name in ("Noord", "Zuid")
        )

    def school(self, clb: CLB | None = None, *, niveau="so", provincie="limburg") -> School:
        number = next(self._number)
        return School.objects.create(
            clb=clb or self.noord,
            naam=f"School {number}",
            instellingsnummer=f"{number}",
            niveau=niveau,
            gemeente="Genk",
            provincie=provincie,
        )

    def say(self, school: School | None = None, *, omdat="", code=VRAAG, clb=None) -> None:
        """That it does not work, when there is a reason; else that it does."""
        say(
            materiaal=self.materiaal,
            code=code,
            werkt=not omdat,
            omdat=omdat,
            school=school,
            clb=clb,
        )

    def schools(self, noord: int, zuid: int, **of) -> list[School]:
        """So many of each CLB, and each says something."""
        made = [self.school(self.noord, **of) for _ in range(noord)]
        made += [self.school(self.zuid, **of) for _ in range(zuid)]
        for school in made:
            self.say(school)
        return made


def settle(maand: date) -> int | None:
    return settle_reacties(maand=maand)


def told(code: str = VRAAG) -> list[Reactie]:
    lijn = line_of(Materiaal.objects.get(slug=PLAN), code)
    return list(Reactie.objects.filter(verwijzing=lijn, maand__isnull=False))
