"""The oefendossier of CLB Ten Berg is there, and only who works for that CLB gets in."""

from django.utils import timezone

from start.domain.oefendossier import open_oefendossier
from tests.access_matrix import Row
from tests.conftest import Huis

CLB = "302 404  404 404 200 200  404 404 404 404"
CLB_WRITE = "403 404  404 404 302 302  404 404 404 404"
# Theirs is there already, and the page leads to it; the other CLB has none yet.
WAY_IN = "302 403  403 403 302 302  403 403 200 200"

ROWS: list[Row] = [
    Row("get", "oefendossier", WAY_IN),
    Row("post", "oefendossier-openen", CLB_WRITE),
    Row("get", "oefendossier-leegmaken", CLB),
    Row("post", "oefendossier-leegmaken", CLB_WRITE),
]


def args(huis: Huis) -> dict[str, list]:
    dossier = open_oefendossier(clb=huis.clb, today=timezone.localdate(), door=huis.ankerfiguur)
    return {
        "oefendossier": [],
        "oefendossier-openen": [huis.clb.pk],
        "oefendossier-leegmaken": [dossier.pk],
    }
