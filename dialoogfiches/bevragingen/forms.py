"""Forms to open a survey, change its last day, and fill it in."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format

from dialoogfiches.bevragingen.domain.bevragingen import DEFAULT_DAYS, MAX_DAYS
from dialoogfiches.bevragingen.domain.golven import FLOOD_MINUTES
from dialoogfiches.bevragingen.domain.inzendingen import MAX_ANTWOORD
from dialoogfiches.bevragingen.models import Bevraging, Golf, Keuze
from dialoogfiches.bevragingen.queries import whole_question
from dialoogfiches.models import Item, Rubriek, Rubrieksoort
from dialoogfiches.queries import Fiche
from dossiers.materialen.models import Materiaalversie
from dossiers.velden.formfields import GEEN_NUL, LongTextField
from stsdialoog.fields import DayFormField, LineFormField
from stsdialoog.layout import OneButtonHelper

TOKEN = re.compile(r"[A-Za-z0-9_-]{1,40}")
TE_LANG = (
    "Deze tekst telt %(show_value)d tekens en er passen er %(limit_value)d: maak hem korter. "
    "Wat je typte, staat er nog."
)


class LaatsteDagForm(forms.Form):
    tot = DayFormField(
        label="Laatste dag om te antwoorden", error_messages={"required": "Kies de laatste dag."}
    )

    def __init__(
        self, *args: Any, today: date, knop: str, tot: date | None = None, **kwargs: Any
    ) -> None:
        """Build the form.

        tot: the current last day; None for a survey that is not running, which gets two weeks.
        """
        tot = tot or today + timedelta(days=DEFAULT_DAYS)
        super().__init__(*args, **kwargs)
        self.initial = {"tot": tot}
        latest = today + timedelta(days=MAX_DAYS)
        veld = self.fields["tot"]
        veld.widget.attrs |= {"min": today.isoformat(), "max": latest.isoformat()}
        te_ver = f"Dat is te ver weg: kies ten laatste {date_format(latest)}."
        veld.validators = [
            MinValueValidator(today, "Die dag is voorbij: kies vandaag of later."),
            MaxValueValidator(latest, te_ver),
        ]
        # Beside an open one stands the poster.
        self.helper = OneButtonHelper(*self.fields, knop=knop, outlined=tot is not None)


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


class GolvenForm(forms.Form):
    """Which waves of answers the team decides about."""

    golf = forms.TypedMultipleChoiceField(
        label="Over welke antwoorden beslis je?",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kruis aan over welke antwoorden je beslist.",
            "invalid_choice": "Hierover besliste intussen al iemand: kijk de lijst na.",
        },
    )

    def __init__(self, *args: Any, golven: Sequence[Golf], **kwargs: Any) -> None:
        """Build the form.

        golven: the waves there are, at least one, in order, each with its `aantal`. Those that
            wait for a decision are ticked.
        """
        super().__init__(*args, **kwargs)
        keuze = cast(forms.TypedMultipleChoiceField, self.fields["golf"])
        keuze.choices = [(str(golf.pk), wave_in_words(golf)) for golf in golven]
        keuze.initial = [str(golf.pk) for golf in golven if not golf.opzij]


def wave_in_words(golf: Golf) -> str:
    """A wave with its `aantal`: "29 november, 14:10 tot 14:20: 22 antwoorden, opzijgezet"."""
    aantal = golf.aantal  # type: ignore[attr-defined]
    return f"{ten_minutes(golf)}: {aantal} antwoorden{', opzijgezet' if golf.opzij else ''}"


def ten_minutes(golf: Golf) -> str:
    """A wave in words: "29 november, 14:10 tot 14:20"."""
    begin = timezone.localtime(golf.begin)
    end = begin + timedelta(minutes=FLOOD_MINUTES)
    return f"{date_format(begin, 'j F, H:i')} tot {date_format(end, 'H:i')}"


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
