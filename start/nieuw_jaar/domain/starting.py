"""A schooljaar that starts from the last dossier, and the moment from which one can.

The last dossier is closed and stays as it is. Of it come along: the open actions and the talks that
are still to come, as new rows; and all that was filled in, which is shown beside as of then until
somebody confirms it (`preventieplan/domain/last_year.py`). Locks are taken in one order: the
school, the last dossier, the next one.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from dossiers.domain import (
    SchoolStopt,
    close_dossier,
    hold_school,
    open_dossier,
    schooljaar_to_start,
)
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier, Voortzetting
from dossiers.queries import schooljaren_to_open
from start.nieuw_jaar.domain.acties import copy_open_acties
from start.nieuw_jaar.domain.gesprekken import copy_planned_gesprekken

SCHOOL_STOPT = "Deze school stopt: er begint geen schooljaar meer."
WORDT_GEWIST = (
    "Dit dossier wordt gewist. Moet het volgende schooljaar erop verdergaan? Neem het wissen dan "
    "eerst terug. Of open een leeg dossier op de pagina van de school."
)
OEFENDOSSIER = "Een oefendossier begint elk schooljaar leeg: er is niets mee te nemen."
NIET_HET_LAATSTE = "Er is al een later dossier. Een nieuw schooljaar begint vanuit het laatste."
AL_AFGESLOTEN = (
    "Het dossier van {schooljaar} is afgesloten. Heropen het eerst als je er nog iets in wil "
    "meenemen."
)
TE_VROEG = "Schooljaar {schooljaar} kan je starten vanaf 1 januari {jaar}."


class NietTeStarten(Exception):
    """No schooljaar starts from this dossier now; the message says why, in Dutch.

    verder: the dossier to go on to, if there is one.
    """

    def __init__(self, waarom: str, verder: Dossier | None = None) -> None:
        super().__init__(waarom)
        self.verder = verder


@dataclass(frozen=True)
class Next:
    """The schooljaar that starts from a dossier.

    there: its dossier, when somebody opened it already.
    """

    schooljaar: int
    there: Dossier | None

    @property
    def label(self) -> str:
        return Dossier(schooljaar=self.schooljaar).schooljaar_label

    @property
    def is_begun(self) -> bool:
        """Whether its dossier goes on from an earlier one already."""
        return self.there is not None and self.there.vorig is not None


@dataclass(frozen=True)
class Started:
    """The dossier of the new schooljaar. is_new: whether this very call started it."""

    dossier: Dossier
    is_new: bool


def next_of(vorig: Dossier, *, today: date) -> Next:
    """The schooljaar that can start from a dossier today. One query.

    vorig: with its school. Raises NietTeStarten.
    """
    if vorig.school.oefen:
        raise NietTeStarten(OEFENDOSSIER)
    if vorig.school.wissen_op:
        raise NietTeStarten(SCHOOL_STOPT)
    if vorig.wissen_op:
        raise NietTeStarten(WORDT_GEWIST)
    later = list(
        Dossier.objects.filter(school=vorig.school_id, schooljaar__gt=vorig.schooljaar)
        .select_related("voortzetting__vorig", "planversie__materiaal")
        .order_by("schooljaar")
    )
    schooljaar = _next_after(vorig.schooljaar, today)
    first = later[0] if later else None
    if first is not None and (schooljaar is None or first.schooljaar < schooljaar):
        raise NietTeStarten(NIET_HET_LAATSTE, later[-1])
    if schooljaar is None:
        label = Dossier(schooljaar=vorig.schooljaar + 1).schooljaar_label
        raise NietTeStarten(TE_VROEG.format(schooljaar=label, jaar=vorig.schooljaar + 1))
    there = first if first is not None and first.schooljaar == schooljaar else None
    if there is not None and there.vorig is None and not there.is_open:
        raise NietTeStarten(AL_AFGESLOTEN.format(schooljaar=there.schooljaar_label), there)
    return Next(schooljaar, there)


def _next_after(schooljaar: int, today: date) -> int | None:
    """The schooljaar to start behind another; None as long as none can be opened."""
    after = [jaar for jaar in schooljaren_to_open(today) if jaar > schooljaar]
    proposed = schooljaar_to_start(today)
    return proposed if proposed in after else next(iter(after), None)


@transaction.atomic
def start_schooljaar(
    *, vorig: Dossier, door: User, today: date, planversie: Materiaalversie | None = None
) -> Started:
    """Start the next schooljaar from a dossier, which is closed by it.

    A dossier of that schooljaar that was opened by hand goes on from this one too, in the version
    that it has. Of two people who start it at once, the second gets the dossier of the first.

    vorig: from the access check, with its school.
    planversie: the version of the plan to work with; None for that of `vorig`.
    Raises NietTeStarten.
    """
    try:
        hold_school(vorig.school)
    except SchoolStopt as error:
        raise NietTeStarten(SCHOOL_STOPT) from error
    held = (
        Dossier.objects.select_for_update(no_key=True, of=("self",))
        .select_related("school", "planversie__materiaal")
        .get(pk=vorig.pk)
    )
    following = next_of(held, today=today)
    if following.there is not None and following.is_begun:
        return Started(following.there, is_new=False)
    dossier = following.there or open_dossier(
        school=held.school,
        schooljaar=following.schooljaar,
        planversie=planversie or held.planversie,
        door=door,
    )
    op = timezone.now()
    Voortzetting.objects.create(dossier=dossier, vorig=held, op=op, sloot_af=held.is_open)
    close_dossier(dossier=held, door=door)
    copy_open_acties(van=held, naar=dossier, door=door, today=today, op=op)
    copy_planned_gesprekken(van=held, naar=dossier, door=door, today=today, op=op)
    log(door=door, handeling=Logregel.Handeling.SCHOOLJAAR_GESTART, record=dossier)
    return Started(dossier, is_new=True)
