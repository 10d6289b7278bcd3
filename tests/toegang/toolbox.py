from tests.conftest import Huis
from tests.toegang import Row

ROWS: list[Row] = []


def args(huis: Huis) -> dict[str, list]:
    return {}
