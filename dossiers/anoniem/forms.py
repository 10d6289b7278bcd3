"""Forms about the last day of a survey, and about waves of answers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format

from dossiers.anoniem.domain.bevragingen import DEFAULT_DAYS, MAX_DAYS
from dossiers.anoniem.domain.golven import FLOOD_MINUTES
from dossiers.anoniem.models import AntwoordGolf
from stsdialoog.fields import DayFormField
from stsdialoog.layout import OneButtonHelper


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

    def __init__(self, *args: Any, golven: Sequence[AntwoordGolf], **kwargs: Any) -> None:
        """Build the form.

        golven: the waves there are, at least one, in order, each with its `aantal`. Those that
            wait for a decision are ticked.
        """
        super().__init__(*args, **kwargs)
        keuze = cast(forms.TypedMultipleChoiceField, self.fields["golf"])
        keuze.choices = [(str(golf.pk), wave_in_words(golf)) for golf in golven]
        keuze.initial = [str(golf.pk) for golf in golven if not golf.opzij]


def wave_in_words(golf: AntwoordGolf) -> str:
    """A wave with its `aantal`: "29 november, 14:10 tot 14:20: 22 antwoorden, opzijgezet"."""
    aantal = golf.aantal  # type: ignore[attr-defined]
    return f"{ten_minutes(golf)}: {aantal} antwoorden{', opzijgezet' if golf.opzij else ''}"


def ten_minutes(golf: AntwoordGolf) -> str:
    """A wave in words: "29 november, 14:10 tot 14:20"."""
    begin = timezone.localtime(golf.begin)
    end = begin + timedelta(minutes=FLOOD_MINUTES)
    return f"{date_format(begin, 'j F, H:i')} tot {date_format(end, 'H:i')}"
