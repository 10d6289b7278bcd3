"""A whole dossier, and the data of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialoogfiches.gesprekken.models import Gesprek
from dossiers.models import Dossier, Voortzetting
from start.avond.models import Avond
from start.avond.queries.punten import held_avonden
from start.queries.changes import last_change
from start.uitvoer.domain.schema import NEWEST
from start.uitvoer.queries.acties import PlacedActie, actie_data
from start.uitvoer.queries.bevragingen import SettledSurvey, bevraging_data, settled_surveys
from start.uitvoer.queries.cijfers import cijfers_data
from start.uitvoer.queries.gesprekken import gesprek_data, gesprekken_of
from start.uitvoer.queries.plan import plan_data, versie_data
from start.uitvoer.queries.praktijken import praktijken_data
from start.uitvoer.queries.spiegels import SettledSpiegel, settled_spiegels, spiegel_data
from start.uitvoer.queries.values import moment

# The name of the published schema; another shape gets another number.
SCHEMA = f"dossier-{NEWEST}"


# The plan, the routekaart and the overview, which every dossier has.
ALWAYS = 3


@dataclass(frozen=True)
class Contents:
    """What leaves of a dossier as documents.

    bevragingen, spiegels: those with enough answers. avonden: those that were ended.
    stand_van: when somebody last wrote in it, else when it was opened.
    """

    dossier: Dossier
    gesprekken: tuple[Gesprek, ...]
    bevragingen: tuple[SettledSurvey, ...]
    spiegels: tuple[SettledSpiegel, ...]
    avonden: tuple[Avond, ...]
    stand_van: datetime

    @property
    def documenten(self) -> int:
        surveys = len(self.bevragingen) + len(self.spiegels)
        return ALWAYS + len(self.gesprekken) + surveys + len(self.avonden)


def contents_of(dossier: Dossier) -> Contents:
    """Five queries, and those of `result_of` for each survey and each spiegel that is over."""
    found = Dossier.objects.filter(pk=dossier.pk).values_list(last_change(), flat=True)
    return Contents(
        dossier=dossier,
        gesprekken=tuple(gesprekken_of(dossier)),
        bevragingen=settled_surveys(dossier),
        spiegels=settled_spiegels(dossier),
        avonden=tuple(held_avonden(dossier)),
        # An oefendossier can be emptied at any time.
        stand_van=found.first() or dossier.geopend_op,
    )


def dossier_data(contents: Contents, acties: Iterable[PlacedActie]) -> dict[str, Any]:
    """All that leaves of a dossier, in the shape of the schema; for the same dossier the same.

    acties: those of the dossier.
    """
    dossier = contents.dossier
    school = dossier.school
    return {
        "schema": SCHEMA,
        "oefendossier": school.oefen,
        "id": str(dossier.pk),
        "schooljaar": dossier.schooljaar_label,
        "school": {
            "naam": school.naam,
            "instellingsnummer": school.instellingsnummer,
            "niveau": school.niveau or None,
            "gemeente": school.gemeente,
            "provincie": school.provincie,
        },
        "clb": {"naam": school.clb.naam, "instellingsnummer": school.clb.instellingsnummer},
        "geopend_op": moment(dossier.geopend_op),
        "afgesloten_op": moment(dossier.afgesloten_op),
        "stand_van": moment(contents.stand_van),
        "gaat_verder_op": _goes_on_from(dossier),
        "preventieplan": {"versie": versie_data(dossier.planversie), **plan_data(dossier)},
        "acties": [actie_data(one) for one in acties],
        "gesprekken": [gesprek_data(one) for one in contents.gesprekken],
        "cijfers": cijfers_data(dossier),
        "praktijken": praktijken_data(dossier),
        "bevragingen": [bevraging_data(one) for one in contents.bevragingen],
        "spiegels": [spiegel_data(one) for one in contents.spiegels],
    }


def _goes_on_from(dossier: Dossier) -> dict[str, str] | None:
    """The dossier of the schooljaar before that this one goes on from. One query."""
    rows = Voortzetting.objects.filter(dossier=dossier).select_related("vorig")
    return next(
        ({"id": str(one.vorig_id), "schooljaar": one.vorig.schooljaar_label} for one in rows), None
    )
