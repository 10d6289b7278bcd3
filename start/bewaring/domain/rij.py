"""A row of the table of how long what stays."""

from dataclasses import dataclass
from enum import StrEnum

from dossiers.logboek.models import DAGEN_BEWAARD
from start.bewaring.domain.tasks import Taak
from stsdialoog.wislijst import WACHTTIJD

WACHTEN = f"{WACHTTIJD.days} dagen"
JAREN_LOG = DAGEN_BEWAARD // 365
MET_HET_DOSSIER = "Zolang het dossier bestaat"


class Van(StrEnum):
    """Whose it is, in the order in which people read the table."""

    JOU = "Over jou"
    SCHOOL = "Van een school"
    CLB = "Van een CLB"
    TECHNIEK = "Nodig om STS-Dialoog te laten werken"


@dataclass(frozen=True)
class Rij:
    """One kind of record, in words that its owner understands.

    models: their labels; none for what is not in the database.
    taken: what `ruim_op` does of it, in this order; none for what ends with something else.
    """

    wat: str
    van: Van
    hoe_lang: str
    waarom: str
    daarna: str
    models: tuple[str, ...] = ()
    taken: tuple[Taak, ...] = ()
