"""What one reads in the overview of a CLB, out of its HTML, and schools that scored."""

import re
from collections.abc import Mapping
from html import unescape

from django.urls import reverse

from dossiers.domain import open_dossier
from dossiers.mensen.models import CLB, School, User
from dossiers.models import Dossier
from tests.conftest import SCHOOLJAAR
from tests.start.conftest import make_school, score

PAGE = reverse("clb-overzicht")


def scored(
    school: School, door: User, nu: Mapping[str, int], toen: Mapping[str, int] | None = None
) -> Dossier:
    """Give a school scores by goal in this schooljaar and, with `toen`, in the one before."""
    if toen is not None:
        _scored(school, SCHOOLJAAR - 1, door, toen)
    return _scored(school, SCHOOLJAAR, door, nu)


def _scored(school: School, schooljaar: int, door: User, scores: Mapping[str, int]) -> Dossier:
    found = Dossier.objects.filter(school=school, schooljaar=schooljaar).first()
    dossier = found or open_dossier(school=school, schooljaar=schooljaar, door=door)
    for code, waarde in scores.items():
        score(dossier, code, waarde)
    return dossier


def new_school(clb: CLB, naam: str, **velden: str) -> School:
    school = make_school(clb, 400_000 + School.objects.count(), naam=naam)
    School.objects.filter(pk=school.pk).update(**velden)
    school.refresh_from_db()
    return school


def rows(html: str) -> list[list[str]]:
    """Each row of the table as the words of its cells, for who sees no colour."""
    found = re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[1], re.DOTALL)
    return [
        [words(cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in found
    ]


def names(html: str) -> list[str]:
    return [unescape(naam) for naam in re.findall(r'<th scope="row"><a href=".*?">(.*?)<', html)]


def row_of(html: str, naam: str) -> list[str]:
    return next(row for row in rows(html) if row[0].startswith(naam))


def cells_of(html: str, naam: str) -> list[str]:
    """The words of the cells of a school, one for each goal."""
    return row_of(html, naam)[2:-1]


def words(html: str) -> str:
    """What a screen reader says of a part of the page."""
    heard = re.sub(r"<(\w+) aria-hidden=\"true\">.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r" (?=[,.])", "", unescape(" ".join(re.sub(r"<[^>]+>", " ", heard).split())))
