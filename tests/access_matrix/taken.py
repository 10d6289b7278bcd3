"""What somebody agreed to, who of a team does an action, and when there is no school."""

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from tests.access_matrix import LOGGED_IN, MANAGE, READ, WRITE, Row
from tests.conftest import Huis

WRITE_PAGE = "302 404  403 200 200 200  404 404 404 404"
CLB_PAGE = "302 404  403 403 200 200  404 404 404 404"
STUDIEDAG = {"naam": "Studiedag", "van": "2027-03-12"}

ROWS: list[Row] = [
    Row("get", "taken", LOGGED_IN),
    Row("get", "trekkers", WRITE_PAGE),
    Row("post", "trekkers", WRITE),
    Row("get", "school-vrije-dagen", READ),
    Row("post", "school-vrije-dagen", WRITE, STUDIEDAG),
    Row("get", "clb-vrije-dagen", CLB_PAGE),
    Row("post", "clb-vrije-dagen", MANAGE, STUDIEDAG),
]


def args(huis: Huis) -> dict[str, list]:
    found = Actie.objects.filter(dossier=huis.dossier).first() or create_actie(
        dossier=huis.dossier, wat="Bel de ouders op", door=huis.team
    )
    return {
        "trekkers": [huis.dossier.pk, found.pk],
        "school-vrije-dagen": [huis.school.pk],
        "clb-vrije-dagen": [huis.clb.pk],
    }
