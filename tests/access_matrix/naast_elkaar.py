from dossiers.acties.models import Actie
from preventieplan.models import Antwoord, Antwoordstand, Checklistvraag
from preventieplan.uitzoeken.domain import seen_mark
from tests.access_matrix import WRITE, Row
from tests.conftest import Huis

# The school team and the CLB work beside each other; the board reads what they agreed.
TEAM_PAGE = "302 404  403 200 200 200  404 404 404 404"
VRAAG = "f0-1-v02"
# Of notes not even the school hears.
CLB = "302 404  404 404 200 200  404 404 404 404"
CLB_WRITE = "403 404  404 404 302 302  404 404 404 404"
VELD = {
    "gidsnotitie-dit-onthouden": "De directie belt zelf.",
    "gidsnotitie-dit-onthouden_basis": "0",
}

ROWS: list[Row] = [
    Row("get", "opmerkingen", TEAM_PAGE),
    Row("get", "opmerkingen-bij", TEAM_PAGE),
    Row("post", "opmerkingen-bij", WRITE, {"tekst": "Vraag het eens aan An."}),
    Row("get", "opmerkingen-actie", TEAM_PAGE),
    Row("post", "opmerkingen-actie", WRITE, {"tekst": "Vraag het eens aan An."}),
    Row("get", "notities", CLB),
    Row("post", "notities", CLB_WRITE, VELD),
    # Each CLB has its own, and here nobody has any.
    Row("get", "notities-gebleven", "302 404  404 404 200 200  404 404 200 200"),
    Row("get", "uitzoeken", TEAM_PAGE),
    Row("post", "uitzoeken", WRITE, {"wie": "Tom", "seen": seen_mark(None)}),
]


def args(huis: Huis) -> dict[str, list]:
    # Inserted directly, because the matrix also tests a closed dossier.
    dossier = huis.dossier
    vraag = Checklistvraag.objects.get(doelstelling__versie=dossier.planversie_id, code=VRAAG)
    Antwoord.objects.create(dossier=dossier, vraag=vraag, stand=Antwoordstand.WETEN_WE_NIET)
    actie = Actie.objects.create(dossier=dossier, wat="Bel")
    return {
        "notities": [dossier.pk],
        "notities-gebleven": [],
        "uitzoeken": [dossier.pk, VRAAG],
        "opmerkingen": [dossier.pk],
        "opmerkingen-bij": [dossier.pk, VRAAG],
        "opmerkingen-actie": [dossier.pk, actie.pk],
    }
