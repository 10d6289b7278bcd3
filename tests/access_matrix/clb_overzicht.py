"""The overview of a CLB: whoever works for one sees her own schools; a school has no part in it."""

from tests.access_matrix import Row
from tests.conftest import Huis

ROWS: list[Row] = [
    Row("get", "clb-overzicht", "302 403  403 403 200 200  403 403 200 200"),
]


def args(huis: Huis) -> dict[str, list]:
    return {}
