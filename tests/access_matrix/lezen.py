from tests.access_matrix import LOGGED_IN, READ, WRITE, Row
from tests.conftest import Huis, load_material

TIP = {"nieuw-tip-preventief-t01-wat": "Elke klas een buddy"}

ROWS: list[Row] = [
    Row("get", "lezen", READ),
    Row("post", "lezen", WRITE, TIP),
    Row("get", "tipkaart-pdf", LOGGED_IN, {"tip": "preventief-t01"}),
]


def args(huis: Huis) -> dict[str, list]:
    slug = load_material("leerkracht-als-schakel").materiaal.slug
    return {"lezen": [huis.dossier.pk, slug], "tipkaart-pdf": [slug]}
