from uuid import UUID

from dialoogfiches.gesprekken.models import Gesprek
from tests.access_matrix import READ, WRITE, Row
from tests.conftest import Huis, load_material
from tests.dossiers.materialen.nieuweversie import next_version

GESPREK = UUID("5b0e7f0c-2d7a-4a58-8a0f-3f6f0d5a9c11")

ROWS: list[Row] = [
    Row("get", "planversie", READ),
    Row("post", "planversie", WRITE, {"versie": "2027.1"}),
    Row("get", "gespreksversie", READ),
    Row("post", "gespreksversie", WRITE, {"versie": "2027.1"}),
]


def args(huis: Huis) -> dict[str, list]:
    fiche = load_material("visuele-flow")
    Gesprek.objects.create(pk=GESPREK, dossier=huis.dossier, versie=fiche, titel="Gesprek")
    for versie in (fiche, huis.dossier.planversie):
        next_version(versie, huis.ankerfiguur)
    return {"planversie": [huis.dossier.pk], "gespreksversie": [huis.dossier.pk, GESPREK]}
