from tests.access_matrix import LOGGED_IN, READ, WRITE, Row
from tests.conftest import Huis, load_material

TIP = {"nieuw-tip-preventief-t01-wat": "Elke klas een buddy"}

ROWS: list[Row] = [
    Row("get", "lezen", READ),
    Row("post", "lezen", WRITE, TIP),
    # A page of a fiche that is for the CLB.
    Row("get", "lezen-deel", "302 404  403 403 200 200  404 404 404 404"),
    Row("post", "lezen-deel", "403 404  403 403 302 302  404 404 404 404"),
    Row("get", "tipkaart-pdf", LOGGED_IN, {"tip": "preventief-t01"}),
]


def args(huis: Huis) -> dict[str, list]:
    slug = load_material("leerkracht-als-schakel").materiaal.slug
    fiche = load_material("psychisch-kwetsbare-jongeren").materiaal.slug
    return {
        "lezen": [huis.dossier.pk, slug],
        "lezen-deel": [huis.dossier.pk, fiche, "fase-0"],
        "tipkaart-pdf": [slug],
    }
