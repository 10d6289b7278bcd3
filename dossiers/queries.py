"""The dossiers that a school has, and those it can open."""

from dataclasses import dataclass
from datetime import date

from dossiers.domain import schooljaar_of, schooljaar_to_start
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


@dataclass(frozen=True)
class Upcoming:
    """What comes behind a dossier of which the schooljaar is over.

    schooljaar: that of the next dossier, such as "2026-2027". dossier: None when there is none yet.
    """

    vorig: Dossier
    schooljaar: str
    dossier: Dossier | None

    @property
    def goes_on(self) -> bool:
        """Whether the next dossier goes on from an earlier one."""
        return self.dossier is not None and self.dossier.vorig is not None


def upcoming(dossier: Dossier, *, today: date) -> Upcoming | None:
    """What comes behind a dossier: from 15 August on, a next one can be started from it.

    None for the dossier of the schooljaar that is to be started now or of a later one, and for an
    oefendossier. At most one query.
    """
    to_start = schooljaar_to_start(today)
    if dossier.school.oefen or dossier.schooljaar >= to_start:
        return None
    later = (
        Dossier.objects.filter(school=dossier.school_id, schooljaar__gt=dossier.schooljaar)
        .select_related("voortzetting__vorig")
        .order_by("schooljaar")
        .first()
    )
    label = (later or Dossier(schooljaar=to_start)).schooljaar_label
    return Upcoming(dossier, label, later)
