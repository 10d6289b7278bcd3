from datetime import timedelta

from django.utils import timezone

from preventieplan.bestuur.domain.links import digest_of
from preventieplan.bestuur.models import Bestuurslink
from tests.access_matrix import MOVES_ON, PUBLIC, READ, WRITE, Row
from tests.conftest import Huis
from tests.preventieplan.bestuur.vast import keep

SLEUTEL = "een-sleutel-van-het-bestuur"
TEAM_PAGE = "302 404  403 200 200 200  404 404 404 404"
# What stands there is not what somebody saw who read no page.
NOT_SEEN = "403 404  403 409 409 409  404 404 404 404"
TOT = (timezone.localdate() + timedelta(days=7)).isoformat()
NIEUW = {"functie": "voorzitter", "email": "voorzitter@test.be", "tot": TOT}

ROWS: list[Row] = [
    Row("get", "vastgesteld", READ),
    Row("post", "vastgesteld", NOT_SEEN),
    Row("get", "vastgesteld-een", READ),
    Row("post", "vastgesteld-een", WRITE, NIEUW),
    Row("get", "vastgesteld-pdf", READ),
    Row("get", "vastgesteld-data", READ),
    Row("post", "bestuurslink-opnieuw", WRITE),
    Row("get", "bestuurslink-intrekken", TEAM_PAGE),
    Row("post", "bestuurslink-intrekken", WRITE),
    Row("get", "school-vastgesteld", READ),
    Row("get", "school-vastgesteld-pdf", READ),
    # The link itself grants access; answering asks for more than that.
    Row("get", "bestuur", PUBLIC),
    Row("get", "bestuur-pdf", PUBLIC),
    Row("get", "bestuur-antwoord", PUBLIC),
    Row("post", "bestuur-antwoord", MOVES_ON, {"knop": "mail"}),
    Row("get", "bestuur-dank", MOVES_ON),
]


def args(huis: Huis) -> dict[str, list]:
    kaart = keep(huis.dossier, door=huis.team, vragen=["Twee lesuren?"])
    link = Bestuurslink.objects.create(
        kaart=kaart,
        functie="penningmeester",
        email="penningmeester@test.be",
        sleutel_digest=digest_of(SLEUTEL),
        door=huis.team,
        tot=timezone.localdate() + timedelta(days=7),
    )
    dossier, one = [huis.dossier.pk], [huis.dossier.pk, kaart.pk]
    of_link, key = [*one, link.pk], [SLEUTEL]
    return {
        "vastgesteld": dossier,
        **dict.fromkeys(("vastgesteld-een", "vastgesteld-pdf", "vastgesteld-data"), one),
        **dict.fromkeys(("bestuurslink-opnieuw", "bestuurslink-intrekken"), of_link),
        "school-vastgesteld": [huis.school.pk],
        "school-vastgesteld-pdf": [huis.school.pk, kaart.pk],
        **dict.fromkeys(("bestuur", "bestuur-pdf", "bestuur-antwoord", "bestuur-dank"), key),
    }
