from datetime import date, time
from uuid import UUID

from dialoogfiches.gesprekken.models import Gesprek, Voorbereiding
from tests.access_matrix import READ, WRITE, Row
from tests.conftest import Huis, load_material

GESPREK = UUID("7d3c1f0a-5f1e-4c7b-9a51-0e6c1b2a4d3f")
NIEUW = UUID("c0a8a2b4-2f1d-4b66-8d35-6f7e90d1c2ab")
WRITE_PAGE = "302 404  403 200 200 200  404 404 404 404"
NOTITIE = f"notitie-{GESPREK}-registratie-b01-tekst"

ROWS: list[Row] = [
    Row("get", "gesprekken", READ),
    Row("post", "gesprekken", WRITE, {"zet_terug": str(GESPREK)}),
    Row("get", "gesprek-nieuw", WRITE_PAGE),
    Row("post", "gesprek-nieuw", WRITE, {"sleutel": str(NIEUW), "titel": "Over aanwezig zijn"}),
    Row("get", "gesprek", READ),
    Row("post", "gesprek", WRITE, {f"gesprek-{GESPREK}-deelnemers": "het kernteam"}),
    Row("get", "gesprekstap", READ),
    Row("post", "gesprekstap", WRITE, {NOTITIE: "Met een app.", f"{NOTITIE}_basis": "0"}),
    Row("get", "gesprek-pdf", READ),
    Row("get", "gesprek-voorbereiden", READ),
    Row("post", "gesprek-voorbereiden", WRITE, {"seen": "1.0", "minuten": "60"}),
    Row("get", "gesprek-uitnodiging", READ),
    Row("get", "vragenblad-pdf", READ),
]


def args(huis: Huis) -> dict[str, list]:
    versie = load_material("dialoogdocument")
    # Inserted directly, because the matrix also tests a closed dossier.
    Gesprek.objects.create(pk=GESPREK, dossier=huis.dossier, versie=versie, titel="Gesprek")
    Gesprek.objects.filter(pk=GESPREK).update(datum=date(2026, 12, 1))
    Voorbereiding.objects.create(
        gesprek_id=GESPREK,
        uur=time(15, 45),
        minuten=50,
        volgnummer=1,
        gewijzigd_door=huis.team,
    )
    dossier = huis.dossier.pk
    return {
        "gesprekken": [dossier],
        "gesprek-nieuw": [dossier, "dialoogdocument"],
        "gesprek": [dossier, GESPREK],
        "gesprekstap": [dossier, GESPREK, "registratie"],
        "gesprek-pdf": [dossier, GESPREK],
        "gesprek-voorbereiden": [dossier, GESPREK],
        "gesprek-uitnodiging": [dossier, GESPREK],
        "vragenblad-pdf": [dossier, GESPREK],
    }
