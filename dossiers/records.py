"""Finding the record behind a field's name, inside one dossier and nowhere else.

A field is named `<soort>-<sleutel>-<veld>`, as its input in the page: `actie-<uuid>-wie`,
`antwoord-f0-1-v03-toelichting`. Each app makes its own soorten known when it is ready; what is not
for everybody who may read the dossier stays out of here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from dossiers.forms.acties import ActieForm
from dossiers.forms.velden import VeldenForm
from dossiers.models import Actie, Dossier, Veldrecord

# The letters of a name; PostgreSQL refuses to look for some others, a NUL among them.
NAAM = re.compile(r"[a-z0-9_-]{1,150}")


class GeenVeld(Exception):
    """No such field in this dossier."""


@dataclass(frozen=True)
class Voortgang:
    """How many questions of a page have an answer: this one, and the others."""

    beantwoord: bool
    elders: int
    vragen: int

    @property
    def besproken(self) -> int:
        return self.elders + self.beantwoord


@dataclass(frozen=True)
class Plek:
    """The page on which a field stands, and how that page is called."""

    url: str
    titel: str


@dataclass(frozen=True)
class Gevonden:
    """A field with its record.

    voortgang: for a field that the page counts with; asked after it was saved.
    """

    form_class: type[VeldenForm]
    record: Veldrecord
    veld: str
    plek: Plek
    voortgang: Callable[[], Voortgang] | None = None


Finder = Callable[[Dossier, str, str], Gevonden]
_finders: dict[str, Finder] = {}


def register(soort: str, finder: Finder) -> None:
    """Make a soort known: `finder(dossier, sleutel, veld)` raises GeenVeld when there is none."""
    _finders[soort] = finder


def find_veld(*, dossier: Dossier, naam: str) -> Gevonden:
    """The record, form and field behind a name.

    Raises GeenVeld for a name that this dossier does not know.
    """
    return find_among(_finders, dossier=dossier, naam=naam)


def find_among(finders: dict[str, Finder], *, dossier: Dossier, naam: str) -> Gevonden:
    """The same among the soorten of a record that has a front door of its own."""
    if not NAAM.fullmatch(naam):
        raise GeenVeld
    soort, _, rest = naam.partition("-")
    sleutel, _, veld = rest.rpartition("-")
    finder = finders.get(soort)
    if finder is None:
        raise GeenVeld
    found = finder(dossier, sleutel, veld)
    if veld not in found.form_class.base_fields:
        raise GeenVeld
    return found


def find_actie(dossier: Dossier, pk: str) -> Actie:
    """An action of this dossier by what stands in a page. Raises GeenVeld for any other."""
    try:
        actie = Actie.objects.filter(dossier=dossier, pk=UUID(pk)).first()
    except ValueError as error:
        raise GeenVeld from error
    if actie is None:
        raise GeenVeld
    return actie


def actie_finder(plek: Callable[[Dossier], Plek]) -> Finder:
    """The finder of actions; `plek` says on which page all actions of a dossier stand."""

    def find(dossier: Dossier, sleutel: str, veld: str) -> Gevonden:
        return Gevonden(ActieForm, find_actie(dossier, sleutel), veld, plek(dossier))

    return find
