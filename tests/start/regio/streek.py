"""Many schools at once: whoever tells of five has to have five."""

from collections.abc import Iterable
from itertools import count

from dossiers.domain import open_dossier
from dossiers.mensen.models import CLB, School
from dossiers.models import Dossier
from preventieplan.models import Doelstelling, Inschaling
from start.regio.domain.settling import settle_month
from start.regio.models import Regiocijfer, Soort
from tests.conftest import SCHOOLJAAR

DOEL = "f0-1"


class Streek:
    """Schools of two CLB's in turn, each with a dossier and a score for one goal."""

    def __init__(self, door) -> None:
        self.door = door
        self._number = count(800_001)
        self.clbs = [
            CLB.objects.create(naam=f"CLB {name}", instellingsnummer=f"{next(self._number)}")
            for name in ("Noord", "Zuid")
        ]

    def school(self, clb: CLB, provincie: str = "limburg") -> Dossier:
        number = next(self._number)
        school = School.objects.create(
            clb=clb,
            naam=f"School {number}",
            instellingsnummer=f"{number}",
            niveau="so",
            gemeente="Genk",
            provincie=provincie,
        )
        return open_dossier(school=school, schooljaar=SCHOOLJAAR, door=self.door)

    def schools(
        self, scores: Iterable[int], *, clbs: int = 2, provincie: str = "limburg"
    ) -> list[Dossier]:
        """A dossier for each score, of so many CLB's in turn."""
        made = []
        for number, score in enumerate(scores):
            dossier = self.school(self.clbs[number % clbs], provincie)
            give(dossier, score)
            made.append(dossier)
        return made


def give(dossier: Dossier, score: int | None, code: str = DOEL) -> None:
    doel = Doelstelling.objects.get(versie=dossier.planversie, code=code)
    Inschaling.objects.update_or_create(
        dossier=dossier, doelstelling=doel, defaults={"score": score}
    )


def settle(maand) -> tuple:
    return settle_month(maand=maand, track=lambda _: None)


def told(provincie: str = "limburg", code: str = DOEL) -> dict[str, int] | None:
    """How the scores of a goal are told to lie; None when nothing is told."""
    row = Regiocijfer.objects.filter(provincie=provincie, soort=Soort.SCORE, code=code).first()
    return row.verdeling if row else None
