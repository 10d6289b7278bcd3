"""Surveys with enough answers. Of the others nothing leaves, not even that they were held."""

from dataclasses import dataclass
from typing import Any

from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.bevragingen.queries import (
    Branch,
    QuestionResult,
    SurveyResult,
    bevragingen_of,
    result_of,
)
from dossiers.anoniem.queries import SurveyState
from dossiers.models import Dossier
from start.uitvoer.queries.plan import versie_data
from start.uitvoer.queries.values import day


@dataclass(frozen=True)
class SettledSurvey:
    """A survey of which the results may be shown, and those results."""

    stand: SurveyState[Bevraging]
    resultaat: SurveyResult


def settled_surveys(dossier: Dossier) -> tuple[SettledSurvey, ...]:
    """The surveys whose results may be shown, the first one first. One query, and those of
    `result_of` for each that is over."""
    results = ((stand, result_of(stand)) for stand in reversed(bevragingen_of(dossier)))
    return tuple(SettledSurvey(stand, found) for stand, found in results if found is not None)


def bevraging_data(one: SettledSurvey) -> dict[str, Any]:
    stand, resultaat = one.stand, one.resultaat
    return {
        "versie": versie_data(stand.bevraging.versie),
        "titel": stand.bevraging.titel,
        "tot": day(stand.einde),
        "eerste_dag": day(resultaat.eerste_dag),
        "laatste_dag": day(resultaat.laatste_dag),
        "antwoorden": resultaat.aantal,
        "vraag": resultaat.vraag,
        "keuzes": [_branch(branch) for branch in resultaat.branches],
        "hoofd": [_question(vraag) for vraag in resultaat.hoofd],
    }


def _branch(branch: Branch) -> dict[str, Any]:
    return {
        "keuze": branch.keuze.value,
        "aantal": branch.aantal,
        "te_weinig_om_te_tonen": branch.is_too_small,
        "vragen": [_question(vraag) for vraag in branch.vragen],
    }


def _question(vraag: QuestionResult) -> dict[str, Any]:
    return {"vraag": vraag.tekst, "antwoorden": [one.tekst for one in vraag.antwoorden]}
