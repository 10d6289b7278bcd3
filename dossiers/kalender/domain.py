"""Keeping the days that a school or a CLB has off."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from dossiers.kalender.models import VrijeDag
from dossiers.kalender.schooldays import is_known
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import CLB, School, User
from stsdialoog.fields import key_from_form

# Days after each other: more than that is rather a slip in a year.
MOST_DAYS = 31
# As many as somebody overlooks, over some schooljaren.
MOST = 120


class LijstVol(Exception):
    """There are as many days off as the list takes."""


class StaatErAl(Exception):
    """On some of the days the place is off already, by `dag`."""

    def __init__(self, dag: VrijeDag) -> None:
        super().__init__()
        self.dag = dag


class GeenVrijeDag(Exception):
    """Days that cannot be off: too many, the wrong way round, or of a schooljaar that is unknown.

    Its text says to people what to do.
    """


def check_days(*, van: date, tot: date) -> None:
    """Raise GeenVrijeDag unless these days can be off."""
    if tot < van:
        raise GeenVrijeDag("De laatste dag komt voor de eerste. Kijk ze even na.")
    if tot - van >= timedelta(days=MOST_DAYS):
        raise GeenVrijeDag(f"Dat zijn meer dan {MOST_DAYS} dagen. Kijk het jaartal even na.")
    if not (is_known(van) and is_known(tot)):
        raise GeenVrijeDag("Van dat schooljaar kennen we de vakanties niet. Kijk het jaartal na.")


@transaction.atomic
def add_vrije_dag(
    *, plaats: CLB | School, van: date, tot: date, naam: str, sleutel: UUID, door: User
) -> None:
    """Have a CLB, with all its schools, or a school off on some days.

    van, tot: the first and the last of them.
    sleutel: of the form it was typed in, so that a second click adds nothing.
    Raises GeenVrijeDag as `check_days`, StaatErAl for a day that is on its list, and LijstVol for
    one too many.
    """
    check_days(van=van, tot=tot)
    # One at a time: two people together add no more than there is room for, two clicks add one.
    type(plaats)._default_manager.select_for_update(no_key=True).get(pk=plaats.pk)
    pk = key_from_form(sleutel, plaats.pk, van, tot, naam)
    there = plaats.vrije_dagen.all()
    if there.filter(pk=pk).exists():
        return
    if overlap := there.filter(van__lte=tot, tot__gte=van).first():
        raise StaatErAl(overlap)
    if there.count() >= MOST:
        raise LijstVol
    dag = plaats.vrije_dagen.create(pk=pk, van=van, tot=tot, naam=naam)
    log(door=door, handeling=Logregel.Handeling.VRIJE_DAGEN_GEWIJZIGD, record=dag)


@transaction.atomic
def remove_vrije_dag(*, plaats: CLB | School, pk: UUID, door: User) -> VrijeDag | None:
    """Take days off the list of a place; None when they are not on it (any more)."""
    found: VrijeDag | None = plaats.vrije_dagen.filter(pk=pk).first()
    if found is not None and plaats.vrije_dagen.filter(pk=pk).delete()[0]:
        log(door=door, handeling=Logregel.Handeling.VRIJE_DAGEN_GEWIJZIGD, record=found)
    return found
