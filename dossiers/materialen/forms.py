"""Forms for the content of a version in the admin."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from dossiers.materialen.content.files import ONZICHTBAAR
from dossiers.materialen.domain.documents import HEAD, KOP, KOP_OPTIONAL, whole_kop
from dossiers.materialen.domain.editing import LAST, save_rows
from dossiers.materialen.models import (
    ADRES_VOORBEELD,
    NIVEAUS,
    VERWIJZING_VOORBEELD,
    Doelgroep,
    Fase,
    Herkomst,
    Materiaalversie,
    Toont,
)
from stsdialoog.fields import DayFormField, LineFormField
from stsdialoog.text import invisible_in, with_plain_line_breaks

INTUSSEN = (
    "Dit is niet bewaard: iemand anders wijzigde dit intussen. Wat jij typte, staat hieronder nog. "
    "Open deze pagina in een tweede tabblad, neem je tekst daarin over en bewaar hem daar."
)
CODE_BESTAAT = "Deze code bestaat al in deze versie: kies een andere, of laat ze leeg."
FOUTE_CODE = "Gebruik kleine letters, cijfers en streepjes."
CODE_HULP = "Laat leeg: dan krijgt dit vanzelf een code. Ze verandert nooit meer."
HALVE_LINK = "Een link heeft woorden, een adres en een dag waarop iemand ze nakeek: vul aan."
# The fields of a link, of which a point has all or none.
LINK = ("link_label", "link_adres", "link_nagekeken")
# The fields of what stands behind a point.
ACHTER_EEN_PUNT = ("uitleg", "uitleg_herkomst", *LINK, "zelfde_als")
WAARVOOR = HEAD["properties"]["waarvoor"]["properties"]
FASES = [(str(fase.value), f"fase {fase.value}") for fase in Fase]
# Fields that change with an edit of a descendant, or on the page of the parent.
ELSEWHERE = frozenset(("digest", "bestand_digest", "zoektekst", "volgorde"))

Children = Mapping[str, tuple[str, ...]]
Fieldsets = tuple[tuple[str | None, dict[str, Any]], ...]


class ContentTextField(forms.CharField):
    """A text in the form of a content file: NFC, LF line breaks, no surrounding white space."""

    def to_python(self, value: Any) -> str:
        text = with_plain_line_breaks(str(super().to_python(value) or ""))
        # White space at the end of a line would make the exported file unreadable.
        lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
        return "\n".join(lines).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        for character in invisible_in(value):
            raise ValidationError(ONZICHTBAAR.format(f"U+{ord(character):04X}"))


class LinesField(ContentTextField):
    """A list of texts, each on a line of its own."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = (line.strip() for line in super().clean(value).split("\n"))
        return list(dict.fromkeys(filter(None, lines)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class NamesField(forms.MultipleChoiceField):
    """Some names of a short list, in one column with a space between them."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return " ".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial or ""), data)


def text_field(
    label: str, *, rows: int = 3, help_text: str = "", required: bool = True
) -> ContentTextField:
    """A form field for a text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    return ContentTextField(label=label, widget=widget, help_text=help_text, required=required)


def line_field(
    label: str, *, max_length: int | None = None, help_text: str = "", required: bool = True
) -> LineFormField:
    """A form field for a text of one line."""
    return LineFormField(
        label=label,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=help_text,
        max_length=max_length,
        required=required,
    )


def toont_field() -> NamesField:
    """A form field for what of its own a dossier shows beside a goal or a part."""
    return NamesField(
        label="In een dossier ernaast",
        choices=Toont.choices,
        help_text="Vink niets aan als er niets naast hoeft.",
        required=False,
    )


def herkomst_field(label: str = "Herkomst") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Herkomst.choices)


class GuardedForm(forms.ModelForm):
    """A form that refuses to overwrite changes made by others since the page was rendered."""

    # The related rows that are edited on the same page, with the fields that can be edited.
    CHILDREN: ClassVar[Children] = {}

    stand = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stand = self._now()
        self.initial["stand"] = self._stand

    def clean(self) -> dict[str, Any] | None:
        if self.data.get(self.add_prefix("stand")) != self._stand:
            raise ValidationError(INTUSSEN)
        return super().clean()

    def _now(self) -> str:
        """A digest of what the page shows, taken before the form changes the record."""
        fields = self.instance._meta.concrete_fields
        own = [getattr(self.instance, one.attname) for one in fields if one.name not in ELSEWHERE]
        rows = [
            list(getattr(self.instance, naam).order_by("pk").values_list("pk", *velden))
            for naam, velden in self.CHILDREN.items()
        ]
        return hashlib.sha256(json.dumps([own, rows], default=str).encode()).hexdigest()


class VersieForm(GuardedForm):
    """The head of a concept; the form of each soort adds the fixed sentences of its material."""

    FIELDSETS: ClassVar[Fieldsets] = (
        (None, {"fields": ("versie", "datum", "bron", "stand")}),
        (
            "Het materiaal",
            {
                "fields": (
                    *("titel", "waarvoor", "waarvoor_herkomst"),
                    *("ook", "plg", "doelgroepen", "niveaus", "fases"),
                )
            },
        ),
    )

    versie = LineFormField(
        label="Versie",
        help_text="Het jaar, een punt en een volgnummer, zoals 2027.1.",
        max_length=20,
    )
    datum = DayFormField(
        label="Datum",
        help_text="De dag van deze versie; ze komt na die van de vorige versie.",
    )
    bron = text_field("Bron", help_text="Waar komt de inhoud vandaan? Dit staat bij het materiaal.")
    titel = line_field("Titel", max_length=120)
    waarvoor = line_field(
        "Waarvoor",
        max_length=WAARVOOR["tekst"]["maxLength"],
        help_text="Eén zin die in de toolbox onder de titel staat. Leeg mag ook.",
        required=False,
    )
    waarvoor_herkomst = herkomst_field("Herkomst van die zin")
    ook = LinesField(
        label="Ook bekend als",
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Andere namen waarmee men het in de toolbox zoekt, elk op een eigen regel.",
        required=False,
    )
    plg = line_field("PLG", max_length=60)
    doelgroepen = forms.MultipleChoiceField(
        label="Voor wie", choices=Doelgroep.choices, widget=forms.CheckboxSelectMultiple
    )
    niveaus = forms.MultipleChoiceField(
        label="Alleen voor scholen van",
        choices=[(naam, naam) for naam in NIVEAUS.values()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Vink niets aan als elke school het kan gebruiken.",
        required=False,
    )
    fases = forms.TypedMultipleChoiceField(
        label="Fases van het zorgcontinuüm",
        choices=FASES,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Materiaalversie
        fields = ("versie", "datum", "bron")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(whole_kop(self.instance))
        self.initial.update(self.read_teksten(self.instance.teksten))
        self.initial["waarvoor"] = self.instance.waarvoor.get("tekst", "")
        self.initial["waarvoor_herkomst"] = self.instance.waarvoor.get(
            "herkomst", Herkomst.VOORSTEL
        )

    def clean_versie(self) -> str:
        versie = self.cleaned_data["versie"]
        if not re.fullmatch(
            HEAD["properties"]["versie"]["properties"]["versie"]["pattern"], versie
        ):
            raise ValidationError("Een versie ziet eruit als 2027.1: een jaar en een volgnummer.")
        others = self.instance.materiaal.versies.exclude(pk=self.instance.pk)
        if others.filter(versie=versie).exists():
            raise ValidationError("Deze versie bestaat al: kies een ander nummer.")
        return versie

    def read_teksten(self, teksten: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The fixed sentences of a version (`Materiaalversie.teksten`) as initial field values."""
        return {}

    def write_teksten(self) -> dict[str, Any]:
        """The reverse of `read_teksten`: the fixed sentences from the cleaned field values."""
        return self.instance.teksten

    def save(self, commit: bool = True) -> Any:
        data = self.cleaned_data
        optional = {naam: data[naam] for naam in KOP_OPTIONAL if data[naam]}
        self.instance.kop = {naam: data[naam] for naam in KOP} | optional
        self.instance.teksten = self.write_teksten()
        zin = {
            "herkomst": self.cleaned_data["waarvoor_herkomst"],
            "tekst": self.cleaned_data["waarvoor"],
        }
        self.instance.waarvoor = zin if zin["tekst"] else {}
        return super().save(commit)


class ContentRowForm(forms.ModelForm):
    """A child row of a part. Its code is chosen or generated once, and then never changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "volgorde" in self.fields:
            self.fields["volgorde"].required = False
        if "herkomst" in self.fields and self.instance._state.adding:
            self.initial["herkomst"] = Herkomst.VOORSTEL
        if "code" in self.fields:
            self.fields["code"].disabled = not self.instance._state.adding
            self.fields["code"].help_text = CODE_HULP if self.instance._state.adding else ""
            self.fields["code"].error_messages["invalid"] = FOUTE_CODE


class NiveausField(forms.MultipleChoiceField):
    """The schools that need a question or a point, in one column."""

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return " ".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial or ""), data)


class PuntRowForm(ContentRowForm):
    """A question or a point, with what can stand behind it: an explanation and a link."""

    niveaus = NiveausField(
        label="Alleen voor",
        choices=[(naam, naam) for naam in NIVEAUS.values()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Vink niets aan als elke school dit nodig heeft.",
        required=False,
    )

    link_nagekeken = DayFormField(label="Link nagekeken op", required=False)

    class Meta:
        labels: ClassVar = {
            "uitleg": "Info achter dit punt",
            "uitleg_herkomst": "Herkomst van die info",
            "link_label": "Link: wat er staat",
            "link_adres": "Link: het adres",
            "zelfde_als": "Dezelfde vraag in een ander materiaal",
        }
        help_texts: ClassVar = {
            "uitleg": "Klapt open onder het punt. Mag leeg blijven.",
            "link_adres": f"Zoals {ADRES_VOORBEELD}. Mag leeg blijven.",
            "zelfde_als": (
                f"Zoals {VERWIJZING_VOORBEELD}: wat een team daar antwoordde, wordt hier "
                "aangeboden. Mag leeg blijven."
            ),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # An uitleg must have a herkomst, and without an uitleg there is no herkomst.
        if not data.get("uitleg"):
            data["uitleg_herkomst"] = ""
        elif not data.get("uitleg_herkomst"):
            data["uitleg_herkomst"] = Herkomst.VOORSTEL
        if any(data.get(naam) for naam in LINK):
            for naam in LINK:
                if not data.get(naam) and naam not in self.errors:
                    self.add_error(naam, HALVE_LINK)
        return data


class ContentRowFormSet(BaseInlineFormSet):
    """The child rows of a part, ordered by number; `complete` fills in what a new one lacks."""

    def complete(self, record: Any) -> None:
        """Fill in what a new record lacks, apart from its number; `code` is what the user typed."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Label each input for screen readers: the visible label is the column heading."""
        super().add_fields(form, index)
        for bound in form:
            bound.field.widget.attrs["aria-label"] = bound.label

    def codes(self) -> set[str]:
        """The codes of this kind that the version already has."""
        return set()

    def wrong_code(self, code: str) -> str | None:
        """Say why a new record cannot have this code; None when it can."""

    def validate_unique(self) -> None:
        """Do nothing: `clean` reports duplicate codes at the row itself."""

    def clean(self) -> None:
        super().clean()
        gone = {form.instance.code for form in self.deleted_forms if hasattr(form.instance, "code")}
        taken = self.codes() - gone
        for form in self.extra_forms:
            code = getattr(form, "cleaned_data", {}).get("code")
            if not code or form in self.deleted_forms:
                continue
            wrong = CODE_BESTAAT if code in taken else self.wrong_code(code)
            if wrong:
                form.add_error("code", wrong)
            taken.add(code)

    def save(self, commit: bool = True) -> Any:  # noqa: ARG002 (the admin always commits)
        """Save all rows and renumber them from 1."""
        saved = super().save(commit=False)
        save_rows(
            saved=saved,
            deleted=self.deleted_objects,
            rows=self.model._default_manager.filter(**{self.fk.name: self.instance}),  # type: ignore[union-attr]
            moved=self._moved,
            complete=self.complete,
        )
        return saved

    def _moved(self) -> dict[Any, int]:
        """The rows whose number was changed, by primary key: 1 when moved down, else -1."""
        return {
            form.instance.pk: 1
            if (form.initial.get("volgorde") or LAST) < form.instance.volgorde
            else -1
            for form in self.forms
            if form.instance.pk and "volgorde" in form.changed_data
        }
