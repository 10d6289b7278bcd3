"""Forms to open a survey, change its last day, and fill it in."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.formats import date_format

from dialoogfiches.bevragingen.domain.inzendingen import MAX_ANTWOORD
from dialoogfiches.bevragingen.models import Bevraging, Keuze
from dialoogfiches.bevragingen.queries import whole_question
from dialoogfiches.models import Item, Rubriek, Rubrieksoort
from dialoogfiches.queries import Fiche
from dossiers.anoniem.forms import LaatsteDagForm
from dossiers.materialen.models import Materiaalversie
from dossiers.velden.formfields import GEEN_NUL, LongTextField
from stsdialoog.fields import LineFormField
from stsdialoog.layout import OneButtonHelper

TOKEN = re.compile(r"[A-Za-z0-9_-]{1,40}")
TE_LANG = (
    "Deze tekst telt %(show_value)d tekens en er passen er %(limit_value)d: maak hem korter. "
    "Wat je typte, staat er nog."
)


class NieuweBevragingForm(LaatsteDagForm):
    titel = LineFormField(
        label="Titel",
        max_length=Bevraging._meta.get_field("titel").max_length,
        help_text="Staat boven de vragen, op de poster en in de lijst.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Geef de bevraging een titel.",
            "max_length": (
                "Deze titel telt %(show_value)d tekens en er passen er %(limit_value)d: "
                "maak hem korter."
            ),
        },
    )
    materiaal = forms.ChoiceField(label="Welke bevraging?", widget=forms.RadioSelect)

    field_order = ("materiaal", "titel", "tot")

    def __init__(
        self,
        *args: Any,
        versies: Sequence[Materiaalversie],
        today: date,
        materiaal: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Build the form.

        versies: the available surveys, at least one; with only one there is nothing to choose.
        materiaal: the slug of the material to preselect, if any.
        """
        super().__init__(*args, today=today, knop="Start de bevraging", **kwargs)
        self._versies = {versie.materiaal.slug: versie for versie in versies}
        keuze = cast(forms.ChoiceField, self.fields["materiaal"])
        keuze.choices = [(slug, one.materiaal.titel) for slug, one in self._versies.items()]
        if len(versies) == 1:
            del self.fields["materiaal"]
        wanted = self._versies.get(materiaal or "", versies[0]).materiaal
        self.initial["materiaal"] = wanted.slug
        self.initial["titel"] = f"{wanted.titel} {date_format(today, 'F Y')}"
        self.helper = OneButtonHelper(*self.fields, knop="Start de bevraging", warns=True)

    @property
    def versie(self) -> Materiaalversie:
        return self._versies[self.cleaned_data.get("materiaal", self.initial["materiaal"])]


class TokenField(forms.CharField):
    """A random token per rendered form, so that a form that arrives twice is stored once.

    Nobody types it, so it has no error message: an invalid token counts as none.
    """

    def clean(self, value: Any) -> str:
        return value if isinstance(value, str) and TOKEN.fullmatch(value) else ""


class AntwoordField(LongTextField):
    """A text answer with a maximum length; the error message states the actual length."""

    def __init__(self, *, item: Item) -> None:
        super().__init__(label=item.tekst, rows=2)
        self.validators = [GEEN_NUL, MaxLengthValidator(MAX_ANTWOORD, TE_LANG)]
        self.widget.attrs["autocomplete"] = "off"
        if item.rubriek.soort == Rubrieksoort.HOOFD:
            self.widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})


@dataclass(frozen=True)
class ItemGroup:
    """Questions that are grouped under an optional common heading."""

    kop: str
    velden: tuple[forms.BoundField, ...]


class InvulForm(forms.Form):
    """A whole survey on one page, with both branches, because a page without CSS shows both."""

    keuze = forms.ChoiceField(
        choices=Keuze.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies eerst ja of nee. Wat je typte, staat er nog.",
            "invalid_choice": "Kies ja of nee. Wat je typte, staat er nog.",
        },
    )
    blad = TokenField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, fiche: Fiche) -> None:
        super().__init__(data, auto_id="%s", initial={"blad": secrets.token_urlsafe(16)})
        self._rubrieken = tuple(rubriek for deel in fiche.parts for rubriek in deel.rubrieken)
        self._items = {
            item.code: item
            for rubriek in self._rubrieken
            for item in rubriek.items.all()
            if rubriek.soort != Rubrieksoort.KEUZE
        }
        for code, item in self._items.items():
            self.fields[code] = AntwoordField(item=item)
        vragen = (rubriek for rubriek in self._rubrieken if rubriek.soort == Rubrieksoort.KEUZE)
        self.fields["keuze"].label = next(vragen).items.all()[0].tekst

    @property
    def hoofd(self) -> tuple[ItemGroup, ...]:
        return self._groups(Rubrieksoort.HOOFD)

    @property
    def ja(self) -> tuple[ItemGroup, ...]:
        return self._groups(Rubrieksoort.JA)

    @property
    def nee(self) -> tuple[ItemGroup, ...]:
        return self._groups(Rubrieksoort.NEE)

    @property
    def teksten(self) -> dict[Item, str]:
        """The text for each question, of both branches."""
        return {item: self.cleaned_data[code] for code, item in self._items.items()}

    @property
    def typed_texts(self) -> Iterator[tuple[str, str]]:
        """The typed texts by question, valid or not, for the user to copy: they were not stored."""
        for code, item in self._items.items():
            if tekst := self.data.get(code, "").strip():
                yield whole_question(item), tekst

    def _groups(self, soort: Rubrieksoort) -> tuple[ItemGroup, ...]:
        return tuple(self._group(one) for one in self._rubrieken if one.soort == soort)

    def _group(self, rubriek: Rubriek) -> ItemGroup:
        return ItemGroup(rubriek.kop, tuple(self[item.code] for item in rubriek.items.all()))
