"""Fields for names, addresses and days, which every form and every model has in one form.

What a field of a model stores and what it is compared with are both canonical, whichever way they
came: a page, the admin, a command or the code.

Also a lookup for whoever asks for many records by their keys.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import EmptyResultSet, ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models.lookups import In

from stsdialoog.text import (
    LONGEST,
    MAX_ZOEK,
    address,
    has_letter,
    line,
    looked_for,
    paragraph,
    search_key,
)

GEEN_LETTER = "Schrijf hier minstens één letter."
GEEN_DATUM = "Geef een datum zoals 15/01/2027."
# Who types 26 gets the year 26, and a calendar of her own programs can't hold just any year.
EERSTE_DAG, LAATSTE_DAG = date(2000, 1, 1), date(2099, 12, 31)


def validate_has_letter(text: str) -> None:
    if not has_letter(text):
        raise ValidationError(GEEN_LETTER)


def validate_address(text: str) -> None:
    """Refuse what is no address, and a domain that does not exist in ASCII."""
    if not text.isascii():
        raise ValidationError(validate_email.message, validate_email.code)
    validate_email(text)


class LineFormField(forms.CharField):
    """One line of visible characters; one that nobody can see counts as empty."""

    def to_python(self, value: Any) -> str:
        return line(super().to_python(value) or "")


class NameFormField(LineFormField):
    default_validators = [validate_has_letter]


class SearchFormField(forms.CharField):
    """What somebody looks for."""

    widget = forms.TextInput(
        attrs={
            "class": "form-control",
            "type": "search",
            "maxlength": MAX_ZOEK,
            "autocomplete": "off",
        }
    )

    def to_python(self, value: Any) -> str:
        return looked_for(super().to_python(value) or "")

    def bound_data(self, data: Any, initial: Any) -> Any:
        # The page shows what was looked for.
        return self.to_python(super().bound_data(data, initial))


class AddressFormField(forms.EmailField):
    default_validators = [validate_address]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return address(text) if len(text) <= LONGEST else text


class DayFormField(forms.DateField):
    """A day, with a year that is no slip of the hand."""

    default_error_messages: ClassVar = {
        "invalid": GEEN_DATUM,
        "jaar": "Kijk het jaar na: %(jaar)s kan niet kloppen.",
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, **kwargs})

    def validate(self, value: Any) -> None:
        super().validate(value)
        # Before what else there is to say of such a day.
        if value and not EERSTE_DAG <= value <= LAATSTE_DAG:
            raise ValidationError(self.error_messages["jaar"], "jaar", {"jaar": value.year})


class FormKeyField(forms.UUIDField):
    """A hidden key, unique per rendered form: it shows when the same form is submitted twice."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4, widget=forms.HiddenInput)

    def clean(self, value: Any) -> UUID:
        # Nobody can correct a hidden field: with an invalid key, treat it as a first submission.
        try:
            return super().clean(value) or uuid4()
        except forms.ValidationError:
            return uuid4()

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002
        return False


def key_from_form(sleutel: UUID, *typed: object) -> UUID:
    """The primary key of what is made with a form, the same one whenever that sends the same again.

    typed: what was typed in it, because after Back somebody makes something else with the same
        form; and where it belongs, so that no form reaches a record elsewhere. It can't be read
        off or guessed from the result: the key of a form is random, and kept nowhere.
    """
    return uuid5(sleutel, "\0".join(map(str, typed)))


class SeenField(forms.CharField):
    """The mark of what stood in a form when its page was made (`stsdialoog/seen.py`)."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)


class CanonicalField(models.CharField):
    """A text of which only the canonical form is stored, and compared with."""

    form_class: ClassVar[type[forms.Field]]

    @staticmethod
    def canonical(text: str) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        return self._in_form(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return self._in_form(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self._in_form(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})

    def _in_form(self, value: Any) -> Any:
        return self.canonical(value) if isinstance(value, str) else value


class LineField(CanonicalField):
    """One line of plain text."""

    canonical = staticmethod(line)
    form_class = LineFormField


class NameField(CanonicalField):
    """The name of a person, an organisation or a place."""

    canonical = staticmethod(line)
    form_class = NameFormField
    default_validators = [validate_has_letter]


class AddressField(CanonicalField, models.EmailField):
    """An e-mail address."""

    canonical = staticmethod(address)
    form_class = AddressFormField
    default_validators = [validate_address]


class ParagraphField(CanonicalField):
    """A few plain lines that somebody writes to somebody else."""

    canonical = staticmethod(paragraph)
    form_class = forms.CharField


class SearchKeyField(models.TextField):
    """The search key of the fields `of` the same record, renewed whenever the record is saved.

    No two words of different fields come together in it. Whoever updates one of those fields
    without saving the record has to update this one too.
    """

    def __init__(self, *, of: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**{"editable": False, "default": "", **kwargs})
        self.of = tuple(of)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002
        values = (getattr(model_instance, name) for name in self.of)
        key = search_key(" ".join(str(value) for value in values if value is not None))
        setattr(model_instance, self.attname, key)
        return key


@models.UUIDField.register_lookup
class AmongKeys(In):
    """As `in`, for many keys: PostgreSQL gets them as one value, which takes half the time."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[UUID]:
        return list(self.rhs)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if not self.rhs:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, self.rhs]
