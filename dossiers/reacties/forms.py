"""That a line works or not, and why, in the name of a school or a CLB."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from dossiers.reacties.access import Spreker
from dossiers.reacties.models import MAX_OMDAT
from dossiers.velden.guarded import GuardedForm
from stsdialoog.text import paragraph

TOCH = "Staat er echt geen leerling in? Kies dan nog eens."
WAAROM = "Zeg in een zin waarom niet: daar leert de PLG het meest uit."
TE_LANG = (
    "Dit telt %(show_value)d tekens en er passen er %(limit_value)d: maak het korter. "
    "Wat je typte, staat er nog."
)
JA, NEE = "ja", "nee"


class ReactieForm(GuardedForm):
    """Two buttons and one text. Of one school or CLB nobody chooses."""

    GUARDED = ("omdat",)
    TOCH = TOCH

    voor = forms.ChoiceField(
        label="Voor wie spreek je?",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Kies voor wie je spreekt."},
    )
    omdat = forms.CharField(
        label="Omdat …",
        required=False,
        max_length=MAX_OMDAT,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        error_messages={"max_length": TE_LANG},
    )
    werkt = forms.ChoiceField(
        choices=((JA, "Dit werkt"), (NEE, "Dit werkt niet")), widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict | None, *, sprekers: Sequence[Spreker]) -> None:
        super().__init__(data, use_required_attribute=False)
        self.sprekers = {one.sleutel: one for one in sprekers}
        self.fields["omdat"].widget.attrs.pop("maxlength", None)
        if not self.chooses:
            del self.fields["voor"]
            return
        choices = [("", "Kies"), *((one.sleutel, one.naam) for one in sprekers)]
        self.fields["voor"].choices = choices  # type: ignore[attr-defined]

    @property
    def chooses(self) -> bool:
        """Whether there is more than one to speak for."""
        return len(self.sprekers) > 1

    def clean_omdat(self) -> str:
        return paragraph(self.cleaned_data["omdat"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("werkt") == NEE and not cleaned.get("omdat") and "omdat" not in self.errors:
            self.add_error("omdat", WAAROM)
        return cleaned

    @property
    def spreker(self) -> Spreker:
        """For whom it is, of a valid form."""
        key = self.cleaned_data["voor"] if self.chooses else next(iter(self.sprekers))
        return self.sprekers[key]

    @property
    def gezegd(self) -> dict[str, Any]:
        """What was said, for `say`."""
        return {
            "werkt": self.cleaned_data["werkt"] == JA,
            "omdat": self.cleaned_data["omdat"],
            **self.spreker.van,
        }
