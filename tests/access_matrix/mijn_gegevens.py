"""What is kept about oneself, and about Tom for whoever helps people, which nobody here does.

The browser of the matrix proved nothing lately, so each is asked who she is first.
"""

from tests.access_matrix import LOGGED_IN, MOVES_ON, Row
from tests.conftest import Huis

NOBODY = "302 403  403 403 403 403  403 403 403 403"
NOBODY_WRITES = "403 403  403 403 403 403  403 403 403 403"
ASKED_FIRST = MOVES_ON
ASKED_FIRST_WRITE = "403 302  302 302 302 302  302 302 302 302"
# Nobody's page says what stood there, so all of them are shown what does.
SEES_AGAIN = "403 409  409 409 409 409  409 409 409 409"

ROWS: list[Row] = [
    Row("get", "mijn-gegevens", LOGGED_IN),
    Row("get", "mijn-gegevens-alles", ASKED_FIRST),
    Row("get", "mijn-gegevens-bestand", ASKED_FIRST),
    Row("get", "mijn-gegevens-naam", LOGGED_IN),
    Row("post", "mijn-gegevens-naam", SEES_AGAIN, {"naam": "Anders", "seen": "rommel"}),
    Row("get", "mijn-gegevens-wissen", ASKED_FIRST),
    Row("post", "mijn-gegevens-wissen", ASKED_FIRST_WRITE),
    Row("get", "gegevens-van", NOBODY),
    Row("post", "gegevens-van", NOBODY_WRITES),
]


def args(huis: Huis) -> dict[str, list]:
    return {"gegevens-van": [huis.team.pk]}
