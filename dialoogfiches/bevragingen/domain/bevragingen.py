"""Opening a mini-bevraging, and which of its answers count."""

from datetime import date
from typing import TypeVar

from django.db.models import Manager, Model, QuerySet

from dialoogfiches.bevragingen.models import Bevraging
from dossiers.anoniem.domain.bevragingen import open_survey
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier

MIN_ANSWERS_PER_BRANCH = 3

Rij = TypeVar("Rij", bound=Model)


def counted(rows: "QuerySet[Rij] | Manager[Rij]") -> QuerySet[Rij]:
    """The answers or texts that were not set aside."""
    return rows.exclude(golf__opzij=True)


def count_answers(bevraging: Bevraging) -> int:
    """How many answers count. One query."""
    return counted(bevraging.inzendingen).count()


def open_bevraging(
    *, dossier: Dossier, versie: Materiaalversie, titel: str, tot: date, door: User
) -> Bevraging:
    """Open a survey.

    tot: the last day on which it can be answered. Raises what `open_survey` does.
    """
    return open_survey(
        Bevraging(dossier=dossier, versie=versie, titel=titel, tot=tot, geopend_door=door)
    )
