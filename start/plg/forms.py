"""What a member of a PLG types: other words for a line."""

from typing import Any

from django import forms

from dossiers.materialen.content.files import Finding
from dossiers.materialen.forms import ContentTextField
from dossiers.regels.domain.deciding import Seen
from dossiers.regels.domain.lines import Line
from dossiers.regels.models import MAX_CODE
from dossiers.regels.queries import Blad
from preventieplan.opmerkingen.forms import TE_LANG
from stsdialoog.fields import LineFormField, SeenField
from stsdialoog.text import without_invisible

# Characters: the longest text of a material that a page, a phone and a PDF still hold.
MAX_TEKST = 4000
LEEG = "Laat dit niet leeg. Mag de regel weg, schrap hem dan."
# What is called in a file what, as one reads it above a box.
NAMEN = {
    "titel": "Titel",
    "kort": "Korte naam",
    "naam": "Naam",
    "kop": "Kop",
    "fiche": "Naam op de fiche",
    "tekst": "Tekst",
}
KERNWOORD = "Kernwoord"


class WordsField(ContentTextField):
    """A text without what nobody sees and that comes along from elsewhere when one pastes."""

    def to_python(self, value: Any) -> str:
        return "\n".join(map(without_invisible, super().to_python(value).split("\n"))).strip()


class SeenForm(forms.Form):
    """What somebody had before her: the version on her page, and the line."""

    concept = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)
    seen = SeenField()

    @property
    def gezien(self) -> Seen:
        """Of a valid form."""
        return Seen(self.cleaned_data["concept"], self.cleaned_data["seen"])


class KnopForm(SeenForm):
    """What a button in the list sends: beside that the line that it stands at."""

    adres = forms.CharField(max_length=MAX_CODE)


class HerwoordForm(SeenForm):
    """The words of a line, each text in a box."""

    def __init__(self, data: Any, *, line: Line, blad: Blad) -> None:
        super().__init__(data, use_required_attribute=False)
        self.initial = {"seen": line.mark, "concept": concept_of(blad)}
        for number, (place, text) in enumerate(line.words):
            field = _box(str(place[-1]), text)
            field.error_messages["required"] = LEEG
            self.fields[f"w{number}"] = field
            self.initial[f"w{number}"] = text

    @property
    def vakken(self) -> list[forms.BoundField]:
        return [self[naam] for naam in self.fields if naam.startswith("w")]

    @property
    def woorden(self) -> list[str]:
        """What was typed, in the order of the boxes; of a valid form."""
        return [self.cleaned_data[bound.name] for bound in self.vakken]

    def refuse(self, findings: list[Finding]) -> None:
        """Say what is wrong with these words."""
        for finding in findings:
            self.add_error(None, finding.text)

    def show_again(self, line: Line, blad: Blad) -> None:
        """Keep what was typed; from here on, what stands there now was seen."""
        now = {"seen": line.mark, "concept": concept_of(blad) or ""}
        self.data = {**dict(self.data.items()), **now}


def concept_of(blad: Blad) -> int | None:
    """The key of the concept that a page shows, if it shows one."""
    return blad.versie.pk if blad.versie.is_concept else None


def _box(key: str, text: str) -> forms.CharField:
    label = KERNWOORD if key.isdecimal() else NAMEN.get(key, key.capitalize())
    if key == "tekst":
        rows = max(3, text.count("\n") + 2 + len(text) // 70)
        widget = forms.Textarea(attrs={"class": "form-control", "rows": min(rows, 16)})
        field = WordsField(
            label=label,
            widget=widget,
            max_length=MAX_TEKST,
            error_messages={"max_length": TE_LANG},
        )
        field.widget.attrs.pop("maxlength", None)
        return field
    return LineFormField(label=label, widget=forms.TextInput(attrs={"class": "form-control"}))
