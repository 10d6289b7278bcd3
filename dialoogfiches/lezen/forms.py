"""The form for a new action that arises from reading, and the one for the tip card."""

from collections.abc import Mapping
from uuid import UUID

from django import forms

from dialoogfiches.models import Onderdeel
from dialoogfiches.queries import Fiche
from dossiers.acties.forms import NieuweActieForm

# The place of an action that comes from no tip, which determines the names of its fields.
NAAM = "lezen"


class LeesactieForm(NieuweActieForm):
    """A new action, with the part of the material that it arose from."""

    def __init__(
        self, data: Mapping[str, str] | None, *, fiche: Fiche, onderdeel: str = ""
    ) -> None:
        """onderdeel: the code of the part that is being read; without one, the first."""
        # Choosing another part, without typing, does not create an action.
        typed = data is not None and (
            data.get("nieuwe_actie") == NAAM
            or NieuweActieForm(data, prefix=f"nieuw-{NAAM}").has_changed()
        )
        super().__init__(data if typed else None, prefix=f"nieuw-{NAAM}")
        self.fiche = fiche
        self.fields["onderdeel"] = forms.ChoiceField(
            label="Bij welk deel?",
            choices=[(deel.onderdeel.code, deel.onderdeel.titel) for deel in fiche.parts],
            initial=onderdeel or fiche.parts[0].onderdeel.code,
            widget=forms.Select(attrs={"class": "form-select"}),
            error_messages={"invalid_choice": "Kies een deel uit de lijst."},
        )

    def clean_onderdeel(self) -> Onderdeel | None:
        deel = self.fiche.part(self.cleaned_data["onderdeel"])
        return deel.onderdeel if deel else None


class KaartForm(forms.Form):
    """The page on which the tips for a card were selected: that of a dossier, or the toolbox."""

    dossier = forms.UUIDField(required=False)

    @property
    def van_dossier(self) -> UUID | None:
        return self.cleaned_data.get("dossier") if self.is_valid() else None
