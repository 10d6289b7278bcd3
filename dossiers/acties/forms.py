"""The forms of actions, shared by every page that shows or adds them."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone

from dossiers.acties.belonging import Choices, groups_for
from dossiers.acties.domain.acties import (
    has_same_words,
    lacks_who_or_when,
    not_checked_in_time,
    not_done_in_time,
)
from dossiers.acties.domain.checks import look_back_again
from dossiers.acties.models import Actie, Actiestand
from dossiers.acties.queries.moments import offered_by
from dossiers.acties.queries.stories import Story
from dossiers.kalender.words import names_rhythm
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import SaveOutcome
from dossiers.velden.formfields import DayField, DropdownField, LongTextField, RequiredDropdownField
from dossiers.velden.forms import Veld, VeldenForm
from stsdialoog.fields import FormKeyField

# The fields about when: words, and what is offered because of them.
WHEN = frozenset({"wanneer", "wanneer_op", "check_op"})
# The input name of an action's field: `actie-<uuid>-wat`.
ACTIE_FIELD = re.compile(r"actie-([0-9a-f-]{36})-")
# That of what somebody plans at a place: `nieuw-<naam>-wat`.
NIEUW_FIELD = re.compile(r"nieuw-(.+)-wat")


class BelongsField(DropdownField):
    """Where in the plan something belongs: at a goal, in a phase, or nowhere in particular."""

    NONE: ClassVar = ("", "niets van het plan")

    def __init__(self) -> None:
        super().__init__(label="Hoort bij", choices=[], empty_label=self.NONE[1])

    def choose_for(self, record: Any) -> None:
        """Let one choose from the plan of the dossier; read only when it is drawn or checked.

        record: has a `dossier` and a `hoort_bij`.
        """

        def choices() -> Choices:
            return [self.NONE, *groups_for(record.dossier, record.hoort_bij)]

        self.choices = choices


class ActieForm(VeldenForm):
    kind: ClassVar = "actie"
    # Never wie: whoever does something may be named.
    CHECKED: ClassVar = frozenset({"wat"})
    FOLLOWED: ClassVar = {"wanneer": ("wanneer_op", "check_op")}

    wat = LongTextField(label="Wat", rows=2)
    wie = LongTextField(label="Wie", rows=1)
    wanneer = LongTextField(label="Wanneer, in woorden", rows=1)
    wanneer_op = DayField(label="Klaar tegen")
    stand = RequiredDropdownField(label="Stand", choices=Actiestand.choices)
    check_op = DayField(label="Check op")
    hoort_bij = BelongsField()

    def __init__(self, *, record: Actie, data: Mapping[str, str] | None = None) -> None:
        super().__init__(record=record, data=data)
        cast(BelongsField, self.fields["hoort_bij"]).choose_for(record)
        self.offer()

    def offer(self) -> None:
        """Offer the day that the words about when name, where there is none yet."""
        if self.submitted and not WHEN & set(self.submitted):
            return  # one other field was sent, and nothing else is drawn
        actie = cast(Actie, self.record)
        asked = "check_op" if names_rhythm(actie.wanneer) else "wanneer_op"
        for veld in self["wanneer"].followers:
            if veld.name == asked and not veld.text:
                veld.offer = offered_by(actie, today=timezone.localdate())

    def _save_one(self, veld: Veld, door: User) -> None:
        super()._save_one(veld, door)
        is_saved = veld.result is not None and veld.result.outcome == SaveOutcome.SAVED
        if is_saved and veld.name == "check_op":
            look_back_again(actie=cast(Actie, self.record), door=door)

    def clean_wat(self) -> str:
        wat: str = self.cleaned_data["wat"]
        if not wat.strip():
            raise forms.ValidationError(
                "Zeg wat je plant. Moet deze actie weg? Kies dan ‘Schrap deze actie’."
            )
        return wat


class ChosenAccountsField(forms.TypedMultipleChoiceField):
    """Accounts by their key. Who may be chosen is said by what chooses: it may differ by now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, required=False, **kwargs)

    def valid_value(self, value: str) -> bool:
        try:
            return bool(UUID(value))
        except ValueError:
            return False


class TrekkersForm(forms.Form):
    """Who of the team does an action, of those who can be chosen."""

    gekozen = ChosenAccountsField()
    # Those who were chosen when the page was drawn.
    stond = ChosenAccountsField(widget=forms.MultipleHiddenInput)

    def __init__(self, data: QueryDict | None = None, *, actie: Actie) -> None:
        super().__init__(data, prefix=f"trekkers-{actie.pk}")


class ShortTextField(LongTextField):
    """A text of one line, with suggestions: the names of a list on the page."""

    def __init__(self, *, suggestions: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        attrs = {"class": "form-control", **({"list": suggestions} if suggestions else {})}
        self.widget = forms.TextInput(attrs=attrs)


class NieuweActieForm(forms.Form):
    """A new action, with fields for who and when. When it is left empty, nothing is planned."""

    sleutel = FormKeyField()
    wat = LongTextField(label="Wat gaan jullie doen?", rows=2)
    wie = ShortTextField(label="Wie", suggestions="team")
    wanneer = ShortTextField(label="Wanneer")
    herinner = forms.BooleanField(
        label="Herinner collega's die hier met voornaam en naam staan", required=False
    )

    def __init__(self, data: Mapping[str, str] | None, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix, auto_id="%s", use_required_attribute=False)

    def clean_wat(self) -> str:
        wat: str = self.cleaned_data["wat"]
        if not wat.strip():
            raise forms.ValidationError("Zeg eerst wat jullie gaan doen.")
        return wat


class OwnWordsForm(NieuweActieForm):
    """A new action that grew from words of somebody else; the team says it in its own."""

    def __init__(
        self, data: Mapping[str, str] | None, *, prefix: str, citaat: str, waarom: str
    ) -> None:
        """Make the form.

        citaat: the words of somebody else.
        waarom: tells the team why those do not become the action as they are.
        """
        super().__init__(data, prefix=prefix)
        self.citaat = citaat
        self.fields["wat"].help_text = waarom

    def clean_wat(self) -> str:
        wat = super().clean_wat()
        if has_same_words(wat, self.citaat):
            raise forms.ValidationError(
                "Dit staat er nog zoals jullie het lazen. "
                "Zeg in jullie eigen woorden wat jullie gaan doen."
            )
        return wat


@dataclass(frozen=True)
class ActionPlace:
    """A place where an action can be made, without leaving what one was reading.

    naam: identifies it on the page; also the value of its buttons.
    bron: name of the field that its words come from, if they come from one.
    citaat: the words it comes from; empty for a place that comes from none.
    bij: tells who does not see the page where it is, such as "vraag 3".
    acties: those that were made here.
    lijst: the address of the page that lists those; empty for the page of this place.
    form: None as long as it is closed.
    begint: whether a free one is open before anybody asks, as the first step where nothing is yet.
    """

    naam: str
    bij: str
    form: NieuweActieForm | None
    bron: str = ""
    citaat: str = ""
    acties: tuple[Actie, ...] = ()
    lijst: str = ""
    begint: bool = False

    @property
    def is_open(self) -> bool:
        return self.begint or bool(self.form and self.form.is_bound)

    @property
    def is_free(self) -> bool:
        """Whether it comes from no words."""
        return not (self.bron or self.citaat)


class PageWithActionPlaces:
    """A page with places where actions are made."""

    @property
    def places(self) -> Iterator[tuple[ActionPlace, Any]]:
        """Every place, with what an action that is made there belongs to."""
        raise NotImplementedError

    @property
    def typed_actions(self) -> list[tuple[Any, NieuweActieForm]]:
        """The new actions that were filled in, each with what it belongs to."""
        return [
            (owner, plaats.form)
            for plaats, owner in self.places
            if plaats.form is not None and plaats.form.is_bound
        ]

    def place(self, naam: str) -> ActionPlace | None:
        """The place with this name."""
        return next((plaats for plaats, _ in self.places if plaats.naam == naam), None)


@dataclass(frozen=True)
class ActionPart:
    actie: Actie
    form: ActieForm


@dataclass(frozen=True)
class ActionRow:
    """An action as a row of text.

    form, story: while the row is open to be changed; how it went so far, if anybody looked back.
    opmerkingen: how many remarks wait beside it, where those are shown.
    """

    actie: Actie
    form: ActieForm | None
    is_late: bool
    check_is_late: bool
    story: Story | None = None
    opmerkingen: int = 0

    @property
    def lacks_who_or_when(self) -> bool:
        return lacks_who_or_when(self.actie)


def action_row(
    actie: Actie,
    *,
    opened: Container[str],
    today: date,
    data: Mapping[str, str] | None = None,
    stories: Mapping[UUID, Story] = MappingProxyType({}),
    remarks: Mapping[UUID, int] = MappingProxyType({}),
) -> ActionRow:
    """Make the row of an action.

    opened: the primary keys, as text, of the actions that are open to be changed.
    today: what is late is so on this day; actions of a closed dossier never are.
    stories: those of the actions that are open, by their primary keys.
    remarks: how many wait beside an action, by its primary key.
    """
    is_open = str(actie.pk) in opened
    may_be_late = actie.dossier.is_open
    return ActionRow(
        actie,
        ActieForm(record=actie, data=data) if is_open else None,
        is_late=may_be_late and not_done_in_time(actie, today=today),
        check_is_late=may_be_late and not_checked_in_time(actie, today=today),
        story=stories.get(actie.pk),
        opmerkingen=remarks.get(actie.pk, 0),
    )


def sent_actions(data: Mapping[str, str]) -> frozenset[str]:
    """The primary keys, as text, of the actions with fields in a POST."""
    return frozenset(match[1] for name in data if (match := ACTIE_FIELD.match(name)))


def in_dossier(dossier: Dossier, acties: Iterable[Actie]) -> list[Actie]:
    """Actions of a dossier that know it with its plan, so that their forms do not ask for it."""
    known = list(acties)
    for actie in known:
        actie.dossier = dossier
    return known


def actie_parts(
    acties: Iterable[Actie], data: Mapping[str, str] | None = None
) -> tuple[ActionPart, ...]:
    """Pair actions with their forms, which are bound when there is a POST (`data`)."""
    return tuple(ActionPart(actie, ActieForm(record=actie, data=data)) for actie in acties)


def new_action(
    naam: str,
    data: Mapping[str, str] | None,
    make: Callable[..., NieuweActieForm] = NieuweActieForm,
) -> NieuweActieForm:
    """The form for a new action; bound only when it was filled in or its button was pressed.

    naam: identifies the place the form is in, unique on the page; also the value of its button.
    make: makes it, from the data and `prefix`.
    """
    prefix = f"nieuw-{naam}"
    form = make(data, prefix=prefix)
    if data is not None and not form.has_changed() and data.get("nieuwe_actie") != naam:
        return make(None, prefix=prefix)
    return form


def form_at(
    naam: str,
    data: Mapping[str, str] | None,
    opened: str,
    make: Callable[..., NieuweActieForm] = NieuweActieForm,
) -> NieuweActieForm | None:
    """The form of a place when it is open: it was filled in, or somebody asked for it.

    opened: the name of the place that was asked for.
    make: as for `new_action`.
    """
    form = new_action(naam, data, make)
    return form if form.is_bound or opened == naam else None


def forms_in_own_words(
    citaten: Mapping[str, str], waarom: str, *, data: Mapping[str, str] | None, opened: str
) -> dict[str, NieuweActieForm]:
    """The open forms of the places that quote words of somebody else, by the name of the place.

    citaten: those words by the name of their place: as many as a page has, mostly closed.
    waarom, opened: as for `OwnWordsForm` and `form_at`.
    """
    sent = [match[1] for name in data or () if (match := NIEUW_FIELD.fullmatch(name))]
    # Its button says so too, also when the field did not come along.
    pressed = (data or {}).get("nieuwe_actie", "")
    asked = {
        naam: form_at(
            naam, data, opened, partial(OwnWordsForm, citaat=citaten[naam], waarom=waarom)
        )
        for naam in dict.fromkeys((*sent, pressed, opened))
        if naam in citaten
    }
    return {naam: form for naam, form in asked.items() if form is not None}


def example_in_own_words(waarom: str) -> ActionPlace:
    """The place whose form the script copies for those that quote (acties/delen/vorm.html)."""
    naam = "voorbeeld"
    form = OwnWordsForm(None, prefix=f"nieuw-{naam}", citaat="", waarom=waarom)
    return ActionPlace(naam=naam, bij="", form=form)


def struck_meanwhile(dossier: Dossier, data: Mapping[str, str]) -> list[ActieForm]:
    """Bound forms for the submitted actions that were struck since the page was rendered.

    What was typed in them is saved as well, and is there again when the action is restored.
    """
    sent = sent_actions(data)
    struck = Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=False)
    known = in_dossier(dossier, (actie for actie in struck if str(actie.pk) in sent))
    return [ActieForm(record=actie, data=data) for actie in known]
