"""A dossier to print: fresh, with something in it, and full."""

from datetime import date

import pytest

from dossiers.models import Dossier
from preventieplan.models import Doelstelling
from tests.preventieplan.papier.documenten import answer, plan, score


@pytest.fixture
def kort(versie) -> None:
    """Reduce a version to one goal per phase: a tenth of the pages, for tests that need no more."""
    versie.doelstellingen.exclude(code__endswith="-1").delete()


@pytest.fixture
def fresh(dossier) -> Dossier:
    """The dossier as a view loads it."""
    return Dossier.objects.select_related("school__clb", "planversie__materiaal").get()


@pytest.fixture
def filled(fresh, doel, vraag, tom) -> Dossier:
    """An ordinary dossier: a score, an answer and two actions."""
    score(fresh, doel, tom, 7, focus="De opvang van zij-instromers.\nMet een vast gezicht.")
    answer(
        fresh,
        vraag,
        tom,
        stand="deels",
        toelichting="In de eerste graad.\nDaarna wat minder.",
        groeikans="Ook de tweede graad.",
    )
    plan(fresh, doel, tom, "Onthaaldag voor nieuwkomers", wie="Łukasz", wanneer="in oktober")
    plan(fresh, doel, tom, "Peterschap", wie="Zoë Çelik", wanneer_op=date(2027, 3, 26))
    return fresh


@pytest.fixture
def full(filled, tom) -> Dossier:
    """Forty more actions, ten in each phase."""
    for fase in range(4):
        doel = Doelstelling.objects.filter(versie=filled.planversie, fase=fase).first()
        for nummer in range(10):
            plan(filled, doel, tom, f"Actie {fase}{nummer}", wie="Marie", wanneer="eens in mei")
    return filled
