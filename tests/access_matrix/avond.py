from django.utils import timezone

from preventieplan.inschalen.domain.codes import sealed
from start.avond.models import Agendapunt, Avond
from stsdialoog.seen import mark_of
from tests.access_matrix import PUBLIC, READ, WRITE, Row
from tests.conftest import Huis

# The school team and the CLB lead an evening; the board reads its minutes.
TEAM_PAGE = "302 404  403 200 200 200  404 404 404 404"

ROWS: list[Row] = [
    Row("get", "avond", READ),
    Row("post", "avond", WRITE, {"dag": "2026-12-03", "beloften": "10", "wat-1": "doel:f0-1"}),
    *(
        Row("post", "avond", WRITE, {"knop": knop, "punt": "0", "avond": "", "seen": ""})
        for knop in ("begin", "weg", "rond-af", "verder")
    ),
    # A part of a page; without htmx it is that page.
    Row("get", "avond-nu", "302 404  403 302 302 302  404 404 404 404"),
    Row("get", "avond-papier-pdf", TEAM_PAGE),
    Row("get", "avond-verslag", READ),
    Row("post", "avond-verslag", WRITE, {"seen": mark_of(""), "aanwezig": "zes leerkrachten"}),
    *(Row("post", "avond-verslag", WRITE, {"knop": knop}) for knop in ("mail", "weg")),
    Row("get", "avond-verslag-pdf", READ),
    # The code itself grants access.
    Row("get", "avond-telefoon", PUBLIC),
    Row("get", "avond-stand", PUBLIC),
]


def args(huis: Huis) -> dict[str, list]:
    # Inserted directly, because the matrix also tests a closed dossier.
    now, dossier = timezone.now(), huis.dossier
    ended = Avond.objects.create(dossier=dossier, dag=now, begonnen_op=now, beeindigd_op=now)
    runs = Avond.objects.create(dossier=dossier, dag=now, begonnen_op=now, code="BCDFGHJ")
    for avond in (ended, runs):
        Agendapunt.objects.create(
            avond=avond, volgorde=1, doel="f0-1", minuten=20, blad=True, begonnen_op=now
        )
    here, verslag, code = [dossier.pk], [dossier.pk, ended.pk], [runs.code]
    return {
        **dict.fromkeys(("avond", "avond-nu", "avond-papier-pdf"), here),
        **dict.fromkeys(("avond-verslag", "avond-verslag-pdf"), verslag),
        "avond-telefoon": code,
        "avond-stand": [sealed(str(runs.code))],
    }
