"""Form fields that save themselves: a text, a choice, a date."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

from dossiers.velden.models import MAX_TEKST
from stsdialoog.fields import DayFormField
from stsdialoog.renderer import RadioRow
from stsdialoog.text import with_plain_line_breaks

GEEN_NUL = ProhibitNullCharactersValidator(
    "In je tekst zit een onzichtbaar teken dat we niet kunnen bewaren. Typ of plak hem opnieuw."
)


class LongTextField(forms.CharField):
    """A text of several lines. Surrounding white space is kept, line breaks become LF."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows, "class": "form-control groeit"}),
            **kwargs,
        )
        # Replaces Django's own messages, which speak of "deze waarde".
        self.validators = [
            GEEN_NUL,
            MaxLengthValidator(
                MAX_TEKST,
                "Deze tekst telt %(show_value)d tekens en er passen er %(limit_value)d in dit "
                "veld: maak hem korter.",
            ),
        ]

    def to_python(self, value: Any) -> str:
        return with_plain_line_breaks(super().to_python(value) or "")


class OptionField(forms.ChoiceField):
    """A choice as a row of radio buttons; the empty option means that nothing was chosen yet."""

    row: ClassVar[type[forms.RadioSelect | forms.Select]] = RadioRow
    # CSS class of the fieldset around the row (static/css/plan.css).
    css_class: ClassVar = "keuzes"

    def __init__(self, *, choices: list[tuple[str, str]], empty_label: str, **kwargs: Any) -> None:
        super().__init__(
            choices=[("", empty_label), *choices],
            required=False,
            widget=self.row(),
            error_messages={"invalid_choice": "‘%(value)s’ bestaat niet: kies een van de knoppen."},
            **kwargs,
        )


class DropdownField(OptionField):
    """A choice as a drop-down list, where there is no room for a row of buttons."""

    row = forms.Select

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["class"] = "form-select"


class RequiredDropdownField(DropdownField):
    """A drop-down list without an empty option."""

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(choices=choices, empty_label="", **kwargs)
        self.choices = choices
        self.required = True


class DayField(DayFormField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs["class"] = "form-control"
