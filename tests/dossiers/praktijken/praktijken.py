"""Practices as a team tells them, as far along as a story needs them."""

from uuid import uuid4

from dossiers.mensen.models import CLB, School, User
from dossiers.models import Dossier
from dossiers.praktijken.domain.delen import share_praktijk
from dossiers.praktijken.domain.nalezen import approve, pass_on
from dossiers.praktijken.models import HielpOok, Praktijk
from tests.conftest import Huis

VERTELD = {
    "wat": "De klastitularis belt de eerste dag zelf. Na de middag belt het secretariaat.",
    "veranderde": "Ouders nemen vaker op, en zeggen sneller wat er is.",
    "voor_wie": "De eerste graad",
    "werkte_niet": "Een mail: die las niemand.",
    "hoort_bij": "f1-1",
    "toon_school": False,
}
# The same, as a form sends it.
GETYPT = {naam: str(waarde) for naam, waarde in VERTELD.items() if waarde is not False}


def told(dossier: Dossier, door: User, *, actie=None, **woorden) -> Praktijk:
    return share_praktijk(
        dossier=dossier, actie=actie, woorden=VERTELD | woorden, sleutel=uuid4(), door=door
    )


def with_plg(dossier: Dossier, door: User, **woorden) -> Praktijk:
    made = told(dossier, door, **woorden)
    pass_on(praktijk=made, seen=made.mark, door=door)
    made.refresh_from_db()
    return made


def on_the_shelf(dossier: Dossier, door: User, **woorden) -> Praktijk:
    made = with_plg(dossier, door, **woorden)
    approve(praktijk=made, seen=made.mark, door=door)
    made.refresh_from_db()
    return made


def of_huis(huis: Huis, **woorden) -> Praktijk:
    return on_the_shelf(huis.dossier, huis.team, **woorden)


def other_schools(clb: CLB, number: int, *, niveau="so", first=400) -> list[School]:
    return [
        School.objects.create(
            clb=clb,
            naam=f"School {nummer}",
            instellingsnummer=f"{nummer:06}",
            niveau=niveau,
            gemeente="Mechelen",
            provincie="antwerpen",
        )
        for nummer in range(first, first + number)
    ]


def helped_in(praktijk: Praktijk, scholen: list[School]) -> None:
    HielpOok.objects.bulk_create(HielpOok(praktijk=praktijk, school=one) for one in scholen)
