"""Spiegels with enough answers. Of the others nothing leaves, not even that they were held."""

from dataclasses import dataclass
from typing import Any

from dossiers.anoniem.queries import SurveyState
from dossiers.models import Dossier
from preventieplan.spiegel.models import STANDEN, Spiegel
from preventieplan.spiegel.queries.spiegels import (
    MirroredQuestion,
    SpiegelResult,
    result_of,
    spiegels_of,
)
from start.uitvoer.queries.values import day


@dataclass(frozen=True)
class SettledSpiegel:
    """A spiegel of which the results may be shown, and those results."""

    stand: SurveyState[Spiegel]
    resultaat: SpiegelResult


def settled_spiegels(dossier: Dossier) -> tuple[SettledSpiegel, ...]:
    """The spiegels whose results may be shown, the first one first. One query, and those of
    `result_of` for each that is over."""
    results = ((stand, result_of(stand)) for stand in reversed(spiegels_of(dossier)))
    return tuple(SettledSpiegel(stand, found) for stand, found in results if found is not None)


def spiegel_data(one: SettledSpiegel) -> dict[str, Any]:
    resultaat = one.resultaat
    return {
        "tot": day(one.stand.einde),
        "eerste_dag": day(resultaat.eerste_dag),
        "laatste_dag": day(resultaat.laatste_dag),
        "antwoorden": resultaat.aantal,
        "vragen": [_vraag(vraag) for vraag in resultaat.vragen],
    }


def _vraag(vraag: MirroredQuestion) -> dict[str, Any]:
    row = vraag.row
    return {
        "doelstelling": row.doel,
        "vraag": row.vraag,
        "tekst": row.tekst,
        "team": row.stand,
        "leerkrachten": dict(zip(STANDEN, row.aantallen, strict=True)),
    }
