"""The figures of a dossier, without a count that could be about somebody."""

from typing import Any

from dossiers.cijfers.models import DREMPELS, Cell, Cijfergroep, Reden
from dossiers.cijfers.queries import figures_of
from dossiers.models import Dossier
from start.uitvoer.queries.values import day, moment


def cijfers_data(dossier: Dossier) -> dict[str, Any] | None:
    """The figures of this schooljaar, as they were counted; None when there are none. One query."""
    year = figures_of(dossier).nu
    if year is None:
        return None
    return {
        "geteld_tot": day(year.cijfers.geteld_tot),
        "gewijzigd_op": moment(year.cijfers.gewijzigd_op),
        "groepen": [_groep(groep) for groep in year.groepen],
    }


def _groep(groep: Cijfergroep) -> dict[str, Any]:
    return {
        "groep": groep.groep,
        "leerlingen": _count(groep.telling),
        "afwezig": [
            {"reden": reden.value, "vanaf": drempel, "leerlingen": _count(cell)}
            for reden in Reden
            for drempel, cell in zip(DREMPELS, groep.cells(reden), strict=True)
        ],
    }


def _count(cell: Cell) -> int | str | None:
    """A number, or as the page says it: "minder dan 5"; None when nobody filled it in."""
    return cell.tekst or None if cell.onder is not None else cell.exact
