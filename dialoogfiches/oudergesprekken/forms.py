"""The fields of a parents' talk: saved individually as elsewhere, but leaving fewer traces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dialoogfiches.oudergesprekken.domain.retention import last_day
from dialoogfiches.oudergesprekken.models import Oudergesprek, Oudernotitie, Ouderthema
from dossiers.acties.forms import NieuweActieForm
from dossiers.mensen.models import User
from dossiers.velden.formfields import DayField, LongTextField
from dossiers.velden.forms import Veld, VeldenForm
from stsdialoog.fields import DayFormField, FormKeyField, LineFormField
from stsdialoog.herkenning.recognise import Recognised, recognise, recognise_pseudonym
from stsdialoog.layout import OneButtonHelper
from stsdialoog.text import line

ZEG_EEN_PSEUDONIEM = "Kies een pseudoniem: een woord dat alleen jij kan thuisbrengen."
ECHT_EEN_PSEUDONIEM = (
    "Kies liever een ander woord. Is het toch een pseudoniem? "
    "Kies dan nog eens ‘Start het gesprek’."
)


@dataclass(frozen=True)
class CheckedField:
    """A field, with what was recognised in it that could identify somebody."""

    veld: Veld
    recognised: tuple[Recognised, ...]


class SecretForm(VeldenForm):
    """Fields of a talk. Browsers do not remember them, and no URL of the dossier reaches them."""

    def __init__(self, *, record: Any, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def historiek_url(self, naam: str) -> str:
        return reverse("oudergesprek-historiek", args=[self.gesprek.pk, naam])

    @property
    def gesprek(self) -> Oudergesprek:
        return self.record.oudergesprek  # type: ignore[attr-defined]

    @property
    def checked(self) -> dict[str, CheckedField]:
        """Each field by its name, for templates: `form.checked.groter`."""
        return {naam: self.checked_field(naam) for naam in self.fields}

    def checked_field(self, naam: str) -> CheckedField:
        veld = self[naam]
        tekst = veld.text if veld.is_text else ""
        look = recognise_pseudonym if naam == "pseudoniem" else recognise
        return CheckedField(veld, look(tekst, today=timezone.localdate()))

    def text_of(self, naam: str) -> str:
        """The current text of a field in the form, whether stored or only submitted."""
        return self[naam].text

    def _set_label(self, naam: str, label: str) -> None:
        """Set the label of a field, from the texts of the material."""
        self.fields[naam].label = label


class OudergesprekForm(SecretForm):
    """The fields that everybody with access to the talk may edit."""

    kind: ClassVar = "oudergesprek"

    pseudoniem = LongTextField(label="Pseudoniem", rows=1)
    datum = DayField(label="Datum van het gesprek")
    focus_nu = LongTextField(rows=3)
    focus_later = LongTextField(rows=3)
    school_mag_weten = LongTextField(label="Wat mag de school weten?", rows=3)

    def __init__(self, *, record: Oudergesprek, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        woorden = record.versie.teksten["woorden"]
        for naam in ("focus_nu", "focus_later"):
            self._set_label(naam, woorden[naam]["tekst"])

    @staticmethod
    def sleutel(record: Oudergesprek) -> str:  # noqa: ARG004
        # There is one talk per page, and a talk that is not stored has no lasting key.
        return "dit"

    @property
    def gesprek(self) -> Oudergesprek:
        return self.record  # type: ignore[return-value]

    def clean_pseudoniem(self) -> str:
        pseudoniem = line(self.cleaned_data["pseudoniem"])
        if not pseudoniem:
            raise forms.ValidationError(ZEG_EEN_PSEUDONIEM)
        return pseudoniem


class AuteurForm(OudergesprekForm):
    """Adds what only the author decides: when the talk is deleted."""

    wissen_op = DayField(label="Wordt gewist op")

    def clean_wissen_op(self) -> date:
        """Allow any day from today up to the default: earlier is allowed, later is not."""
        day: date | None = self.cleaned_data["wissen_op"]
        latest = last_day(
            schooljaar=self.gesprek.dossier.schooljaar,
            begonnen=timezone.localdate(self.gesprek.gemaakt_op),
        )
        if day is None or not timezone.localdate() <= day <= latest:
            raise forms.ValidationError(
                "Kies een dag van vandaag tot en met "
                f"{date_format(latest, 'SHORT_DATE_FORMAT')}: langer bewaren kan niet."
            )
        return day


class UnkeptForm(OudergesprekForm):
    """The fields of a talk that is not stored: on paper it needs no pseudonym."""

    def clean_pseudoniem(self) -> str:
        return line(self.cleaned_data["pseudoniem"])


class OuderthemaForm(SecretForm):
    kind: ClassVar = "ouderthema"

    groter = LongTextField(rows=3, help_text="Elk punt op een eigen regel.")
    kleiner = LongTextField(rows=3, help_text="Elk punt op een eigen regel.")

    def __init__(self, *, record: Ouderthema, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        woorden = record.oudergesprek.versie.teksten["woorden"]
        for naam in ("groter", "kleiner"):
            self._set_label(naam, woorden[f"raam_{naam}"]["tekst"])

    @staticmethod
    def sleutel(record: Ouderthema) -> str:
        return record.onderdeel.code


class OudernotitieForm(SecretForm):
    kind: ClassVar = "oudernotitie"

    tekst = LongTextField(rows=1)

    def __init__(self, *, record: Oudernotitie, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        self._set_label("tekst", record.item.tekst)

    @staticmethod
    def sleutel(record: Oudernotitie) -> str:
        return record.item.code


class NewOudergesprekForm(forms.Form):
    """Starts a talk that is stored."""

    sleutel = FormKeyField()
    pseudoniem = LineFormField(
        max_length=60,
        error_messages={"required": ZEG_EEN_PSEUDONIEM},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    datum = DayFormField(label="Datum van het gesprek", required=False)
    # The pseudonym that the user was already asked to confirm; a different one is asked again.
    gezien = forms.CharField(required=False, widget=forms.HiddenInput)

    helper = OneButtonHelper(
        "sleutel", "pseudoniem", "datum", "gezien", knop="Start het gesprek", warns=True
    )

    def clean(self) -> dict[str, Any]:
        """Ask once, before anything is stored, to confirm what looks like a name."""
        data = super().clean() or self.cleaned_data
        pseudoniem, gezien = data.get("pseudoniem", ""), data.pop("gezien", "")
        recognised = recognise_pseudonym(pseudoniem, today=timezone.localdate())
        if recognised and gezien != pseudoniem:
            self.add_error("pseudoniem", " ".join((*map(str, recognised), ECHT_EEN_PSEUDONIEM)))
            self.data = {**dict(self.data.items()), "gezien": pseudoniem}
        return data


class DelenForm(forms.Form):
    met = forms.ModelChoiceField(
        queryset=User.objects.none(), label="Collega", empty_label="Kies een collega"
    )

    def __init__(self, *args: Any, collegas: QuerySet[User], **kwargs: Any) -> None:
        """Build the form.

        collegas: the colleagues to choose from, to share with or to stop sharing with.
        """
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["met"]).queryset = collegas
        self.helper = OneButtonHelper("met", knop="Deel met deze collega")


class VrijgaveActieForm(NieuweActieForm):
    """An action, worded for the school. The talk has no actions that it could be copied from."""

    def __init__(self, data: Mapping[str, str] | None) -> None:
        super().__init__(data, prefix="vrij")
        # The school chooses who of its team does it.
        del self.fields["herinner"]
        for veld in self.visible_fields():
            veld.field.widget.attrs["autocomplete"] = "off"

    def recognised(self) -> tuple[Recognised, ...]:
        tekst = "\n".join(str(veld.value() or "") for veld in self.visible_fields())
        return recognise(tekst, today=timezone.localdate())
