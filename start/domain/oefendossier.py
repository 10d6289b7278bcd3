"""The oefendossier of a CLB: to practise in and to show with. It can be emptied at any time.

There is one, of this schooljaar. What is emptied is erased for good: a new dossier takes its place,
so nothing of before can be saved in it any more, and the wislijst keeps a restored backup from
bringing it back.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from dossiers.domain import DossierBestaat, open_dossier, schooljaar_of
from dossiers.mensen.domain.organisaties import oefenschool_of
from dossiers.mensen.models import CLB, School, User
from dossiers.models import Dossier
from start.domain.erasing import erase_dossier


def open_oefendossier(*, clb: CLB, today: date, door: User) -> Dossier:
    """The oefendossier of this schooljaar, made if there is none; that of another year is erased.

    Raises NotRemembered when that one cannot be erased, GeenMateriaal when there is no published
    preventieplan.
    """
    school = oefenschool_of(clb=clb)
    schooljaar = schooljaar_of(today)
    for old in school.dossiers.exclude(schooljaar=schooljaar):
        _erase(old, door=door)
    return _find_or_open(school=school, schooljaar=schooljaar, door=door)


def empty_oefendossier(*, dossier: Dossier, door: User) -> Dossier:
    """Erase an oefendossier with all that was made in it, and give the empty one in its place.

    When a colleague emptied it a moment ago, that is hers.
    Raises NotRemembered, with nothing erased.
    """
    _erase(dossier, door=door)
    return _find_or_open(school=dossier.school, schooljaar=dossier.schooljaar, door=door)


def past_oefendossiers(op: date) -> QuerySet[Dossier]:
    """The oefendossiers of a schooljaar before that of a day."""
    return Dossier.objects.filter(school__oefen=True, schooljaar__lt=schooljaar_of(op))


def erase_past(*, op: date) -> Iterator[int]:
    """Erase those, each by itself; yields 1 after each."""
    for old in list(past_oefendossiers(op).select_related("school")):
        erase_dossier(old, among=past_oefendossiers(op), door=None)
        yield 1


def _find_or_open(*, school: School, schooljaar: int, door: User) -> Dossier:
    """Of two people at once, one opens it and the other finds it."""
    try:
        return open_dossier(school=school, schooljaar=schooljaar, door=door)
    except DossierBestaat:
        return school.dossiers.get(schooljaar=schooljaar)


def _erase(dossier: Dossier, *, door: User) -> None:
    erase_dossier(dossier, among=Dossier.objects.filter(school__oefen=True), door=door)
