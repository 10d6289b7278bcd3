"""Finds the record behind a field name, strictly within one dossier.

A field is named `<kind>-<sleutel>-<veld>`, like its input in the page: `actie-<uuid>-wie`,
`antwoord-f0-1-v03-toelichting`. Each app registers its own kinds in `AppConfig.ready`. Only
records that everyone who may read the dossier may also read belong in this registry.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dossiers.models import Dossier
from dossiers.velden.forms import Progress, VeldenForm
from dossiers.velden.models import Veldrecord
from stsdialoog.links import PageLink

# The characters allowed in a name; PostgreSQL refuses some others in a query, such as NUL.
NAAM = re.compile(r"[a-z0-9_-]{1,150}")


class GeenVeld(Exception):
    """The dossier has no such field."""


@dataclass(frozen=True)
class FoundField:
    """A field with its record, and the page that it is on.

    progress: gives the progress to show, for a field that counts towards it; called after a save.
    """

    form_class: type[VeldenForm]
    record: Veldrecord
    veld: str
    page: PageLink
    progress: Callable[[], Progress] | None = None


Finder = Callable[[Dossier, str, str], FoundField]
_finders: dict[str, Finder] = {}


def register_finder(kind: str, finder: Finder) -> None:
    """Register a kind. `finder(dossier, sleutel, veld)` raises GeenVeld for an unknown record."""
    _finders[kind] = finder


def find_veld(*, dossier: Dossier, naam: str) -> FoundField:
    """Find the record, form and field behind a name.

    Raises GeenVeld for a name that does not exist in this dossier.
    """
    return find_among(_finders, dossier=dossier, naam=naam)


def find_among(finders: dict[str, Finder], *, dossier: Dossier, naam: str) -> FoundField:
    """Like `find_veld`, with the finders of a record that has its own access check."""
    if not NAAM.fullmatch(naam):
        raise GeenVeld
    kind, _, rest = naam.partition("-")
    sleutel, _, veld = rest.rpartition("-")
    finder = finders.get(kind)
    if finder is None:
        raise GeenVeld
    found = finder(dossier, sleutel, veld)
    if veld not in found.form_class.base_fields:
        raise GeenVeld
    return found
