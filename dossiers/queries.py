"""The dossiers that a school has, and those it can open."""

from datetime import date

from dossiers.domain import schooljaar_of
from dossiers.mensen.models import School
from dossiers.models import Dossier


def schooljaren_to_open(today: date) -> list[int]:
    """The current schooljaar, and from January on also the one that starts this year."""
    return sorted({schooljaar_of(today), today.year})


def dossiers_to_open(school: School, *, today: date) -> list[Dossier]:
    """The dossiers that a school can open now, as unsaved instances."""
    existing = set(school.dossiers.values_list("schooljaar", flat=True))
    return [
        Dossier(school=school, schooljaar=jaar)
        for jaar in schooljaren_to_open(today)
        if jaar not in existing
    ]


def latest_open_dossier(school: School) -> Dossier | None:
    """The open dossier of a school with the latest schooljaar; None when there is none."""
    return school.dossiers.filter(afgesloten_op__isnull=True).order_by("-schooljaar").first()
