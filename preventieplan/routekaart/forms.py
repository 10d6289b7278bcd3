"""The form of the sentences above the routekaart."""

from collections.abc import Mapping
from typing import ClassVar

from dossiers.velden.formfields import LongTextField
from dossiers.velden.forms import VeldenForm
from preventieplan.routekaart.models import Routezinnen


class RoutezinnenForm(VeldenForm):
    kind: ClassVar = "routekaart"
    CHECKED: ClassVar = frozenset({"waar_staan_we", "wat_veranderde", "wat_vragen_we"})

    waar_staan_we = LongTextField(label="Waar staan we?", rows=3)
    wat_veranderde = LongTextField(label="Wat veranderde er?", rows=3)
    wat_vragen_we = LongTextField(label="Wat vragen we aan het bestuur?", rows=3)

    def __init__(self, *, record: Routezinnen, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        for field in self.fields.values():
            # For the style sheet: a draft stands beside a field that is empty (:placeholder-shown).
            field.widget.attrs["placeholder"] = " "

    @staticmethod
    def sleutel(record: object) -> str:  # noqa: ARG004
        """A dossier has one routekaart."""
        return "zinnen"
