"""The fields of the notes of a CLB: saved one by one, and remembered by no browser."""

from collections.abc import Mapping
from typing import ClassVar

from dossiers.velden.formfields import LongTextField
from dossiers.velden.forms import VeldenForm
from start.notities.models import Gidsnotitie


class NotitieForm(VeldenForm):
    kind: ClassVar = "gidsnotitie"
    CHECKED: ClassVar = frozenset({"onthouden", "volgende_keer"})

    onthouden = LongTextField(label="Om te onthouden over deze school", rows=8)
    volgende_keer = LongTextField(label="Voor de volgende keer", rows=4)

    def __init__(self, *, record: Gidsnotitie, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    @staticmethod
    def sleutel(record: Gidsnotitie) -> str:  # noqa: ARG004
        # There is one on a page, and its key is not known before it is saved.
        return "dit"
