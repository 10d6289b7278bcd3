"""Finding the record behind a field's name, inside one dossier and nowhere else.

A field is named `<soort>-<sleutel>-<veld>`, as its input in the page: `actie-<uuid>-wie`,
`antwoord-f0-1-v03-toelichting`. Each chamber makes its own soorten known when it is ready; what is
not for everybody who may read the dossier stays out of here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dossiers.models import Dossier
from dossiers.velden.forms import VeldenForm, Voortgang
from dossiers.velden.models import Veldrecord
from stsdialoog.links import PageLink

# The letters of a name; PostgreSQL refuses to look for some others, a NUL among them.
NAAM = re.compile(r"[a-z0-9_-]{1,150}")


class GeenVeld(Exception):
    """No such field in this dossier."""


@dataclass(frozen=True)
class FoundField:
    """A field with its record, and the page on which it stands.

    voortgang: for a field that the page counts with; asked after it was saved.
    """

    form_class: type[VeldenForm]
    record: Veldrecord
    veld: str
    page: PageLink
    voortgang: Callable[[], Voortgang] | None = None


Finder = Callable[[Dossier, str, str], FoundField]
_finders: dict[str, Finder] = {}


def register_finder(soort: str, finder: Finder) -> None:
    """Make a soort known: `finder(dossier, sleutel, veld)` raises GeenVeld when there is none."""
    _finders[soort] = finder


def find_veld(*, dossier: Dossier, naam: str) -> FoundField:
    """The record, form and field behind a name.

    Raises GeenVeld for a name that this dossier does not know.
    """
    return find_among(_finders, dossier=dossier, naam=naam)


def find_among(finders: dict[str, Finder], *, dossier: Dossier, naam: str) -> FoundField:
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
