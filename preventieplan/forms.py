"""The forms of the goal page, of a check, and the one that plans the checks of a phase."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.core.validators import MinValueValidator
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from dossiers.acties.forms import NieuweActieForm
from dossiers.acties.models import Actie, Besluit, Checkmoment
from dossiers.domain import FIRST_MONTH
from dossiers.velden.formfields import DayField, LongTextField, OptionField
from dossiers.velden.forms import Veld, VeldenForm, whole_number
from preventieplan.domain.words import words_for
from preventieplan.models import MAX_SCORE, Antwoord, Antwoordstand, Inschaling
from stsdialoog.fields import DayFormField
from stsdialoog.links import PageLink
from stsdialoog.renderer import RadioRow

VOORBIJ = "Die dag is voorbij: kies vandaag of later."


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

    def link_after(self, veld: Veld) -> PageLink | None:
        """What a team does not know, somebody can find out."""
        antwoord = cast(Antwoord, self.record)
        if veld.name != "stand" or not antwoord.weet_niet or antwoord.wordt_uitgezocht:
            return None
        page = reverse("uitzoeken", args=[antwoord.dossier_id, antwoord.vraag.code])
        return PageLink(page, "Wie zoekt dit uit?")


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


class BesluitRow(RadioRow):
    """The decisions, large enough for a thumb, each with what it asks."""

    option_class = "besluit"
    value_class = "besluit"
    around = "besluiten"
    hints = MappingProxyType(
        {
            Besluit.BORGEN.value: "het werkt; waar krijgt het een vaste plek?",
            Besluit.BIJSTUREN.value: "we maken er meteen een nieuwe stap van",
            Besluit.STOPPEN.value: "we leerden er iets uit",
        }
    )


class BesluitField(OptionField):
    row = BesluitRow
    css_class = "besluit-rij"


# What is asked beside "Waarom?"; the style sheet shows that of the decision.
VERDER = format_html_join(
    " ",
    '<span class="bij-{}">{}</span>',
    (
        (Besluit.BORGEN.value, "En waar krijgt het nu een vaste plek?"),
        (Besluit.STOPPEN.value, "En wat leerden jullie eruit?"),
    ),
)


class CheckForm(VeldenForm):
    kind: ClassVar = "check"
    CHECKED: ClassVar = frozenset({"vaststelling", "waarom"})
    record: Checkmoment

    vaststelling = LongTextField(
        label="Wat zagen jullie?", help_text="Twee zinnen zijn genoeg.", rows=3
    )
    besluit = BesluitField(
        label="Wat nu?",
        choices=[(one.value, one.label.capitalize()) for one in Besluit],
        empty_label="nog niet beslist",
    )
    waarom = LongTextField(label="Waarom?", help_text=VERDER, rows=2)
    dag = DayField(label="Dag van de check")

    def __init__(self, *, record: Checkmoment, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        self.today = timezone.localdate()
        if record.dag is None:
            self.initial["dag"] = self.today
        self.fields["dag"].widget.attrs["max"] = self.today.isoformat()

    @staticmethod
    def sleutel(record: Checkmoment) -> str:
        return f"{record.actie_id}-{record.nummer}"

    def clean_besluit(self) -> str:
        besluit: str = self.cleaned_data["besluit"]
        if self.record.is_afgerond and besluit != self.record.besluit:
            raise forms.ValidationError(
                f"Deze check is intussen afgerond met ‘{self.record.get_besluit_display()}’. "
                "Beslissen jullie toch anders? Herlaad de pagina en open de check weer."
            )
        return besluit

    def clean_dag(self) -> date | None:
        dag: date | None = self.cleaned_data["dag"]
        if self.record.is_afgerond or dag is None:
            return self.record.dag
        if dag > self.today:
            raise forms.ValidationError("Die dag komt nog: kies de dag waarop jullie terugkeken.")
        if dag < self._first_day():
            raise forms.ValidationError(
                "Die dag is van voor dit schooljaar: kies de dag waarop jullie terugkeken."
            )
        return dag

    def _first_day(self) -> date:
        """A dossier can be opened before its schooljaar begins."""
        begin = date(self.record.dossier.schooljaar, FIRST_MONTH, 1)
        return min(begin, timezone.localdate(self.record.dossier.geopend_op))


def sent_check(data: Iterable[str], actie: Actie) -> int | None:
    """The number of the check of an action whose fields stood on a page that was sent.

    data: the names of its fields.
    """
    before, after = f"{CheckForm.kind}-{actie.pk}-", "-besluit"
    found = (
        whole_number(naam.removeprefix(before).removesuffix(after))
        for naam in data
        if naam.startswith(before) and naam.endswith(after)
    )
    return next((nummer for nummer in found if nummer), None)


class VervolgForm(NieuweActieForm):
    """The action to go on with when one is adjusted; it begins with the words of that one."""

    NAAM: ClassVar = "vervolg"

    check_op = DayField(label="Check op")

    def __init__(self, data: Mapping[str, str] | None, *, actie: Actie) -> None:
        prefix = f"nieuw-{self.NAAM}"
        sent = data is not None and f"{prefix}-wat" in data
        super().__init__(data if sent else None, prefix=prefix)
        self.initial = {"wat": actie.wat, "wie": actie.wie}
        self.fields["wat"].label = "Wat doen jullie voortaan?"
        self.fields["check_op"].widget.attrs["min"] = timezone.localdate().isoformat()

    def clean_check_op(self) -> date | None:
        dag: date | None = self.cleaned_data["check_op"]
        if dag is not None and dag < timezone.localdate():
            raise forms.ValidationError(VOORBIJ)
        return dag


class VolgendeCheckForm(forms.Form):
    """The day on which a team looks back once more on an action that was decided on."""

    check_op = DayFormField(
        label="Kijken jullie later nog eens terug?",
        error_messages={"required": "Kies een dag."},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, today: date) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        dag = self.fields["check_op"]
        dag.widget.attrs |= {"class": "form-control", "min": today.isoformat()}
        dag.validators = [MinValueValidator(today, VOORBIJ)]


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
    check_op = DayFormField(
        label="Wanneer kijken jullie samen of dit werkt?",
        error_messages={"required": "Kies een dag."},
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
        dag.widget.attrs |= {"class": "form-control", "min": today.isoformat()}
        dag.validators = [MinValueValidator(today, VOORBIJ)]
