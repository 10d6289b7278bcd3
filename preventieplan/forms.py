"""The forms of the goal page, and the one that plans the checks of a phase."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.core.validators import MinValueValidator

from dossiers.acties.models import Actie
from dossiers.velden.formfields import GEEN_DATUM, LongTextField, OptionField
from dossiers.velden.forms import VeldenForm
from preventieplan.domain.words import words_for
from preventieplan.models import MAX_SCORE, Antwoord, Antwoordstand, Inschaling
from stsdialoog.renderer import RadioRow


class ScoreRow(RadioRow):
    """The steps of a score in a row, legible from the back of a room."""

    option_class = "score-trede"
    value_class = "score"
    around = "score-treden"


class ScoreField(OptionField):
    """A whole number from 0 to 10, or not scored yet."""

    row = ScoreRow
    css_class = "score"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[(str(score), str(score)) for score in range(MAX_SCORE + 1)],
            empty_label="geen score",
            **kwargs,
        )
        self.error_messages["invalid_choice"] = (
            f"‘%(value)s’ kan niet: kies een heel getal van 0 tot {MAX_SCORE}."
        )

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else str(value)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        return int(text) if text else None


class AntwoordForm(VeldenForm):
    kind: ClassVar = "antwoord"
    CHECKED: ClassVar = frozenset({"toelichting", "groeikans"})

    stand = OptionField(
        label="Hoe staat het ermee?", choices=Antwoordstand.choices, empty_label="nog open"
    )
    toelichting = LongTextField(label="Toelichting", help_text="Hoe doet de school dit?", rows=2)
    groeikans = LongTextField(label="Groeikans", help_text="Waar zit nog ruimte?", rows=2)

    def __init__(self, *, record: Antwoord, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        # For the style sheet: a groeikans that is empty offers no action (:placeholder-shown).
        self.fields["groeikans"].widget.attrs["placeholder"] = " "

    @staticmethod
    def sleutel(record: Antwoord) -> str:
        return record.vraag.code


def sent_codes(data: Iterable[str]) -> frozenset[str]:
    """The codes of the questions whose answers stood on a page that was sent.

    data: the names of its fields.
    """
    before, after = f"{AntwoordForm.kind}-", "-toelichting"
    return frozenset(
        naam.removeprefix(before).removesuffix(after)
        for naam in data
        if naam.startswith(before) and naam.endswith(after)
    )


class InschalingForm(VeldenForm):
    kind: ClassVar = "inschaling"
    CHECKED: ClassVar = frozenset({"want", "hoger", "focus"})
    record: Inschaling

    score = ScoreField()
    want = LongTextField(rows=2)
    hoger = LongTextField(rows=2)
    focus = LongTextField(rows=3)

    def __init__(self, *, record: Inschaling, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        # The wording is that of the version that the dossier uses.
        teksten = record.dossier.planversie.teksten
        self.fields["score"].label = teksten["inschaling"].removesuffix(":")
        self.fields["focus"].label = teksten["focus"]
        self.fields["want"].label, self.fields["hoger"].label = words_for(record.score)
        self.fields["focus"].widget.attrs["placeholder"] = " "

    @staticmethod
    def sleutel(record: Inschaling) -> str:
        return record.doelstelling.code


def labels_by_score() -> tuple[str, str]:
    """The two questions of `words_for`, for no score and then for 0 to 10, with a | between them.

    For the script that lets the labels follow a score before it is saved.
    """
    pairs = [words_for(score) for score in (None, *range(MAX_SCORE + 1))]
    want, hoger = zip(*pairs, strict=True)
    return "|".join(want), "|".join(hoger)


class CheckplanForm(forms.Form):
    """One day on which the team looks back on several actions."""

    actie = forms.TypedMultipleChoiceField(
        label="Voor welke acties?",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "Vink minstens één actie aan.",
            "invalid_choice": (
                "Van een van die acties koos iemand intussen al een moment: kijk de lijst na."
            ),
        },
    )
    check_op = forms.DateField(
        label="Wanneer kijken jullie samen of dit werkt?",
        error_messages={"required": "Kies een dag.", "invalid": GEEN_DATUM},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, acties: Sequence[Actie], today: date
    ) -> None:
        """Make the form.

        acties: those that have no check yet, at least one; all are ticked at first.
        """
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        keuze = cast(forms.TypedMultipleChoiceField, self.fields["actie"])
        keuze.choices = [(str(actie.pk), actie.wat) for actie in acties]
        keuze.initial = [str(actie.pk) for actie in acties]
        dag = self.fields["check_op"]
        dag.widget = forms.DateInput(
            format="%Y-%m-%d",
            attrs={"type": "date", "class": "form-control", "min": today.isoformat()},
        )
        dag.validators = [MinValueValidator(today, "Die dag is voorbij: kies vandaag of later.")]
