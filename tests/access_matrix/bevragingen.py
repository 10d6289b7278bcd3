from datetime import timedelta

from django.utils import timezone

from dialoogfiches.bevragingen.models import Bevraging, Inzending, Openantwoord
from tests.access_matrix import PUBLIC, WRITE, Row
from tests.conftest import Huis, load_material

# The school team and the CLB read and open surveys, the board does not.
TEAM_PAGE = "302 404  403 200 200 200  404 404 404 404"
ANYBODY = "302 302  302 302 302 302  302 302 302 302"
TOT = (timezone.localdate() + timedelta(days=7)).isoformat()

ROWS: list[Row] = [
    Row("get", "bevragingen", TEAM_PAGE),
    Row("get", "bevraging-nieuw", TEAM_PAGE),
    Row("post", "bevraging-nieuw", WRITE, {"titel": "Leerkrachten", "tot": TOT}),
    Row("get", "bevraging", TEAM_PAGE),
    Row("post", "bevraging", WRITE, {"tot": TOT}),
    Row("get", "bevraging-pdf", TEAM_PAGE),
    Row("get", "bevraging-poster-pdf", TEAM_PAGE),
    Row("get", "bevraging-groeikans", TEAM_PAGE),
    Row("post", "bevraging-groeikans", WRITE, {"vraag": "f0-1-v01"}),
    # The link itself grants access.
    Row("get", "bevraging-invullen", PUBLIC),
    Row("post", "bevraging-invullen", ANYBODY, {"keuze": "ja", "schakel-ja1": "Ik ken ze."}),
    Row("get", "bevraging-dank", PUBLIC),
]


def args(huis: Huis) -> dict[str, list]:
    versie = load_material("mini-bevraging")
    today = timezone.localdate()
    # Inserted directly, because the matrix also tests a closed dossier.
    survey = {"dossier": huis.dossier, "versie": versie, "geopend_door": huis.team, "titel": "x"}
    settled = Bevraging.objects.create(**survey, tot=today - timedelta(days=1))
    running = Bevraging.objects.create(**survey, tot=today + timedelta(days=14))
    Inzending.objects.bulk_create(Inzending(bevraging=settled, keuze="ja") for _ in range(5))
    shown = Openantwoord.objects.create(
        bevraging=settled, item=versie.items.get(code="schakel-ja1"), tekst="Ik bel naar huis."
    )
    dossier = huis.dossier.pk
    return {
        "bevragingen": [dossier],
        "bevraging-nieuw": [dossier],
        "bevraging": [dossier, running.pk],
        "bevraging-pdf": [dossier, settled.pk],
        "bevraging-poster-pdf": [dossier, running.pk],
        "bevraging-groeikans": [dossier, settled.pk, shown.pk],
        "bevraging-invullen": [running.sleutel],
        "bevraging-dank": [running.sleutel],
    }
