"""Saying that a line of a material works, for a school or a CLB."""

from tests.access_matrix import LOGGED_IN, WRITE, Row
from tests.conftest import Huis

WERKT = {"werkt": "ja"}

ROWS: list[Row] = [
    Row("get", "reactie", LOGGED_IN),
    # Who speaks for nobody may not, and an ankerfiguur who did not choose for whom.
    Row("post", "reactie", "403 403  403 302 302 422  403 302 302 422", WERKT),
    Row("get", "reactie-dossier", "302 404  403 200 200 200  404 404 404 404"),
    Row("post", "reactie-dossier", WRITE, WERKT),
    # An editor of the PLG alone, and none of these is.
    Row("get", "weerklank", "302 403  403 403 403 403  403 403 403 403"),
]


def args(huis: Huis) -> dict[str, list]:
    line = ["preventieplan", "f0-1-v01"]
    return {
        "weerklank": ["preventieplan"],
        "reactie": line,
        "reactie-dossier": [huis.dossier.pk, *line],
    }
