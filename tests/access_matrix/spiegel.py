from datetime import timedelta

from django.utils import timezone

from preventieplan.models import Antwoord, Antwoordstand, Checklistvraag
from preventieplan.spiegel.models import Spiegel, Spiegeldag, Spiegelvraag
from tests.access_matrix import PUBLIC, WRITE, Row
from tests.conftest import Huis

# The school team and the CLB read and open spiegels, the board does not.
TEAM_PAGE = "302 404  403 200 200 200  404 404 404 404"
ANYBODY = "302 302  302 302 302 302  302 302 302 302"
TOT = (timezone.localdate() + timedelta(days=7)).isoformat()
VRAAG, TO_ASK = "f0-1-v01", "f0-1-v03"

ROWS: list[Row] = [
    Row("get", "spiegels", TEAM_PAGE),
    Row("get", "spiegel-nieuw", TEAM_PAGE),
    Row("post", "spiegel-nieuw", WRITE, {"vragen": TO_ASK, "tot": TOT}),
    Row("get", "spiegel", TEAM_PAGE),
    Row("post", "spiegel", WRITE, {"tot": TOT}),
    Row("get", "spiegel-pdf", TEAM_PAGE),
    Row("get", "spiegel-poster-pdf", TEAM_PAGE),
    Row("get", "spiegel-vragen-pdf", TEAM_PAGE),
    # The link itself grants access.
    Row("get", "spiegel-invullen", PUBLIC),
    Row("post", "spiegel-invullen", ANYBODY, {VRAAG: Antwoordstand.DEELS}),
    Row("get", "spiegel-dank", PUBLIC),
]


def args(huis: Huis) -> dict[str, list]:
    today = timezone.localdate()
    # Inserted directly, because the matrix also tests a closed dossier.
    settled, running = (_spiegel(huis, tot=today + timedelta(days=days)) for days in (-1, 14))
    settled.vragen.update(doen_we=5)
    Spiegeldag.objects.create(spiegel=settled, dag=today, aantal=5)
    vraag = Checklistvraag.objects.get(doelstelling__versie=huis.dossier.planversie, code=TO_ASK)
    Antwoord.objects.create(dossier=huis.dossier, vraag=vraag, stand=Antwoordstand.DEELS)
    dossier = huis.dossier.pk
    return {
        "spiegels": [dossier],
        "spiegel-nieuw": [dossier],
        "spiegel": [dossier, running.pk],
        "spiegel-pdf": [dossier, settled.pk],
        "spiegel-poster-pdf": [dossier, running.pk],
        "spiegel-vragen-pdf": [dossier, running.pk],
        "spiegel-invullen": [running.sleutel],
        "spiegel-dank": [running.sleutel],
    }


def _spiegel(huis: Huis, *, tot) -> Spiegel:
    made = Spiegel.objects.create(dossier=huis.dossier, geopend_door=huis.team, tot=tot)
    asked = {"doel": "f0-1", "vraag": VRAAG, "tekst": "Zien wij elkaar?", "stand": "doen-we"}
    Spiegelvraag.objects.create(spiegel=made, volgorde=1, **asked)
    return made
