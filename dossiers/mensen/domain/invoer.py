"""Bringing the schools of a list into the application: what would happen, and then all or nothing.

A school is known by its number. A new one is added to its CLB; of a known one name and place follow
the list. No school leaves its CLB in this way: that is for both CLB's to agree on. Nothing is
deleted: a school that is no longer in the list is named.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import cast

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from dossiers.logboek.domain import log_each
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.scholenlijst import Listed, Problem
from dossiers.mensen.models import CLB, School
from stsdialoog.fields import SearchKeyField

BATCH = 250  # schools
FOLLOWS = ("naam", "gemeente", "provincie")
SEARCH_KEY = "zoeksleutel"

ANDER_CLB = (
    "school {number} ({naam}) wordt gevolgd door {clb}. Een school verandert niet van CLB met een "
    "lijst: dat regelen beide CLB's samen. Haal de regel weg."
)
INTUSSEN = "Intussen kwam er een school bij die ook in de lijst staat. Probeer het opnieuw."


class NietIngevoerd(Exception):
    """Nothing was written; says why."""


@dataclass(frozen=True)
class Touched:
    """A school that a line of the list is about, with what that says of it, not saved yet.

    was: what it was until now, in words; "" for a new one.
    """

    line: int
    school: School
    was: str = ""


@dataclass
class Invoer:
    """What a list comes to.

    anders: schools whose niveau differs from that of the list, which stays what it is.
    weg: schools of these CLB's that are not in the list.
    """

    nieuw: list[Touched] = field(default_factory=list)
    gewijzigd: list[Touched] = field(default_factory=list)
    gelijk: int = 0
    problems: list[Problem] = field(default_factory=list)
    anders: list[Touched] = field(default_factory=list)
    weg: list[School] = field(default_factory=list)


def own_clbs(listed: Collection[str]) -> dict[str, CLB]:
    """The CLB that follows each of these schools, by number, as far as they are known. One query.

    listed: the numbers of schools.
    """
    known = School.objects.filter(oefen=False).select_related("clb")
    clbs = {school.instellingsnummer or "": school.clb for school in known}
    return {number: clbs[number] for number in listed if number in clbs}


def look_ahead(*, listed: Mapping[str, Listed], clbs: Mapping[str, CLB]) -> Invoer:
    """What bringing in a list would do. One query; nothing is written.

    listed: the schools of the list by number.
    clbs: the CLB of each of them; one without is left alone.
    """
    return _invoer(School.objects.all(), listed, clbs)


@transaction.atomic
def bring_in(
    *,
    listed: Mapping[str, Listed],
    clbs: Mapping[str, CLB],
    done: Callable[[int], object] = lambda _: None,
) -> Invoer:
    """Bring in a list, all of it or nothing. Arguments: as for `look_ahead`.

    done: is told each time how many schools more were written.
    Raises NietIngevoerd when anything is wrong.
    """
    invoer = _invoer(School.objects.select_for_update(no_key=True, of=("self",)), listed, clbs)
    if invoer.problems:
        raise NietIngevoerd("\n".join(map(str, invoer.problems)))
    _add([one.school for one in invoer.nieuw], done)
    _change([one.school for one in invoer.gewijzigd], done)
    return invoer


def _add(schools: list[School], done: Callable[[int], object]) -> None:
    try:
        for start in range(0, len(schools), BATCH):
            done(len(School.objects.bulk_create(schools[start : start + BATCH])))
    except IntegrityError as error:
        raise NietIngevoerd(INTUSSEN) from error
    log_each(door=None, handeling=Logregel.Handeling.SCHOOL_TOEGEVOEGD, records=schools)


def _change(schools: list[School], done: Callable[[int], object]) -> None:
    key = cast(SearchKeyField, School._meta.get_field(SEARCH_KEY))
    for school in schools:
        # Many at once are written as they are.
        key.pre_save(school, add=False)
    for start in range(0, len(schools), BATCH):
        some = schools[start : start + BATCH]
        done(School.objects.bulk_update(some, (*FOLLOWS, SEARCH_KEY)))
    log_each(door=None, handeling=Logregel.Handeling.SCHOOL_GEWIJZIGD, records=schools)


def _invoer(
    schools: QuerySet[School], listed: Mapping[str, Listed], clbs: Mapping[str, CLB]
) -> Invoer:
    invoer = Invoer()
    known = {
        school.instellingsnummer: school
        for school in schools.filter(oefen=False).select_related("clb")
    }
    for number, clb in clbs.items():
        _compare(listed[number], known.get(number), clb, invoer)
    theirs = {clb.pk for clb in clbs.values()}
    gone = (school for number, school in known.items() if number not in listed)
    invoer.weg = sorted((one for one in gone if one.clb_id in theirs), key=str)
    return invoer


def _compare(one: Listed, school: School | None, clb: CLB, invoer: Invoer) -> None:
    """Put a school of the list where it belongs in what the list comes to."""
    new = one.school
    if school is None:
        new.clb = clb
        invoer.nieuw.append(Touched(one.line, new))
    elif school.clb_id != clb.pk:
        text = ANDER_CLB.format(number=one.number, naam=school.naam, clb=school.clb)
        invoer.problems.append(Problem(one.line, text))
    else:
        if school.niveau != new.niveau:
            was, now = school.get_niveau_display(), new.get_niveau_display()
            invoer.anders.append(Touched(one.line, school, f"{was}, en in de lijst {now}"))
        was = f"{school.naam}, {school.gemeente}"
        if _follow(school, new):
            invoer.gewijzigd.append(Touched(one.line, school, was))
        else:
            invoer.gelijk += 1


def _follow(school: School, new: School) -> bool:
    """Give a school what the list says of it; False when that is nothing new."""
    said = {name: getattr(new, name) for name in FOLLOWS}
    is_new = any(getattr(school, name) != value for name, value in said.items())
    for name, value in said.items():
        setattr(school, name, value)
    return is_new
