"""All that the page of the notes shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from dossiers.acties.forms import PageWithActionPlaces
from dossiers.velden.forms import VeldenForm
from start.notities.forms import NotitieForm
from start.notities.models import Gidsnotitie


@dataclass(frozen=True)
class NotesPage(PageWithActionPlaces):
    """The notes of this schooljaar, and those of the last one to read."""

    notes: Gidsnotitie
    form: NotitieForm
    vorig: Gidsnotitie | None

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield self.form

    @property
    def typed_actions(self) -> list:
        return []
