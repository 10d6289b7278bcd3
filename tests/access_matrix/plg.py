"""The materials of a PLG: for its members alone, whatever else somebody is."""

from datetime import date

from dossiers.reacties.models import Reactie
from tests.access_matrix import Row
from tests.conftest import Huis, load_material
from tests.start.plg.plgs import CODE, SLUG, decided

HERS = "302 403  403 403 403 403  403 403 403 403  200"
HERS_PAGE = "302 404  404 404 404 404  404 404 404 404  200"
HERS_ALONE = "403 404  404 404 404 404  404 404 404 404  302"

ROWS: list[Row] = [
    Row("get", "plg", HERS),
    Row("get", "plg-materiaal", HERS_PAGE),
    Row("post", "plg-materiaal", HERS_ALONE),
    Row("get", "plg-regel", HERS_PAGE),
    Row("post", "plg-regel", HERS_ALONE, {"tekst": "Kan dit korter?"}),
    Row("get", "plg-voorbeeld", HERS_PAGE),
    Row("get", "plg-publiceren", HERS_PAGE),
    Row("post", "plg-publiceren", HERS_ALONE),
    Row("get", "weerklank-reden", HERS),
    Row("post", "weerklank-reden", "403 403  403 403 403 403  403 403 403 403  302"),
]


def args(huis: Huis) -> dict[str, list]:
    load_material(SLUG)
    decided(huis.ankerfiguur)
    told = Reactie.objects.create(
        verwijzing=f"{SLUG}/{CODE}", werkt=False, omdat="Te lang", maand=date(2026, 10, 1)
    )
    return {
        **{row.name: [SLUG] for row in ROWS},
        "plg-regel": [SLUG, CODE],
        "plg": [],
        "weerklank-reden": [told.pk],
    }
