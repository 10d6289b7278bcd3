"""The sociale kaart of CLB Ten Berg: its schools read it, who works for the CLB keeps it."""

from dossiers.sociale_kaart.models import Voorziening
from tests.access_matrix import READ, Row
from tests.conftest import Huis
from tests.dossiers.sociale_kaart.kaart import GEZIEN, PLEK, place

KEEP_PAGE = "302 404  403 403 200 200  404 404 404 404"
KEEP = "403 404  403 403 302 302  404 404 404 404"

ROWS: list[Row] = [
    Row("get", "sociale-kaart", READ),
    Row("get", "sociale-kaart-pdf", READ),
    Row("get", "voorziening-nieuw", KEEP_PAGE),
    Row("post", "voorziening-nieuw", KEEP, PLEK),
    Row("get", "voorziening-wijzigen", KEEP_PAGE),
    Row("post", "voorziening-wijzigen", KEEP, PLEK | {"seen": GEZIEN}),
    Row("get", "voorziening-weghalen", KEEP_PAGE),
    Row("post", "voorziening-weghalen", KEEP),
]


def args(huis: Huis) -> dict[str, list]:
    found = Voorziening.objects.filter(clb=huis.clb).first() or place(huis.clb)
    clb, plek = [huis.clb.pk], [huis.clb.pk, found.pk]
    return {
        **dict.fromkeys(("sociale-kaart", "sociale-kaart-pdf", "voorziening-nieuw"), clb),
        **dict.fromkeys(("voorziening-wijzigen", "voorziening-weghalen"), plek),
    }
