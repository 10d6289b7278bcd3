"""What the team of a dossier told other schools, and where each of that stands."""

from typing import Any

from dossiers.models import Dossier
from dossiers.praktijken.models import WOORDEN, Praktijk
from dossiers.praktijken.queries.van_dossier import praktijken_of
from start.uitvoer.queries.values import day, moment


def praktijken_data(dossier: Dossier) -> list[dict[str, Any]]:
    """The practices of a dossier; never how many schools it helped. One query."""
    return [_data(one) for one in praktijken_of(dossier)]


def _data(one: Praktijk) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "actie": one.actie_id and str(one.actie_id),
        "fase": one.fase,
        "hoort_bij": one.hoort_bij or None,
        **{naam: getattr(one, naam) for naam in WOORDEN},
        "toon_school": one.toon_school,
        "stand": one.stand,
        "vraag": one.vraag,
        "gewijzigd_op": moment(one.gewijzigd_op),
        "gedeeld_op": day(one.gedeeld_op),
    }
