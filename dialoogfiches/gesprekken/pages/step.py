"""The page of one step of a talk: its content, and the forms for what was written in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dialoogfiches.gesprekken.forms import NotitieForm, StapForm, UitwerkingForm
from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gespreksactie,
    Gesprekstap,
    Notitie,
    Uitwerking,
    Voorbereiding,
)
from dialoogfiches.gesprekken.pages.step_content import (
    NoSuchStep,
    Question,
    QuestionGroup,
    StepContent,
    step_content,
)
from dialoogfiches.gesprekken.queries.gesprekken import (
    WrittenTalk,
    companions_of,
    focus_elsewhere,
    other_acties,
    voorbereiding_of,
    written_talk,
)
from dialoogfiches.models import FOCUS, Onderdeel
from dossiers.acties.forms import (
    ActieForm,
    ActionPart,
    NieuweActieForm,
    actie_parts,
    new_action,
)
from dossiers.acties.models import Actie
from dossiers.velden.forms import Progress, VeldenForm

Data = Mapping[str, str] | None


@dataclass(frozen=True)
class NotePart:
    """A question with its note.

    is_gekozen, minuten: whether it was chosen beforehand, and the minutes it may take, if given.
    """

    question: Question
    form: NotitieForm
    heeft_actie: bool
    is_gekozen: bool
    minuten: int | None

    @property
    def heeft_notitie(self) -> bool:
        """Whether the field has text, saved or not: a conflict keeps what was submitted."""
        return bool(self.form["tekst"].value())

    @property
    def is_open(self) -> bool:
        """Whether to show it unfolded: there is a note, or its field needs attention."""
        return self.heeft_notitie or self.form.asks_attention


@dataclass(frozen=True)
class NoteGroup:
    """The questions under one heading, with their notes."""

    content: QuestionGroup
    notes: tuple[NotePart, ...]

    @property
    def is_open(self) -> bool:
        return any(note.is_open for note in self.notes)


@dataclass(frozen=True)
class Focus:
    """What the team chose to work on; `gesprek` is the talk it did so in, if that is another."""

    stap: Gesprekstap
    gesprek: Gesprek | None

    @property
    def tekst(self) -> str:
        return self.stap.resultaat


@dataclass(frozen=True)
class TalkActionPart:
    """An action that arose in the talk, with its two forms.

    uit: the step it arose in.
    is_own_step: whether that is the step of this page.
    """

    actie: Actie
    form: ActieForm
    uitwerking: UitwerkingForm
    uit: Onderdeel
    is_own_step: bool


@dataclass(frozen=True)
class StepPage:
    """The page of one step.

    acties: those of the whole talk if the step works with actions, otherwise those of this step.
    others: the other actions of the dossier, if the step follows them up.
    voorbereiding: the preparation of the talk, if questions were chosen in it.
    focus: what the team chose to work on, on the steps after that.
    submitted_to_struck: the forms of actions that were struck while somebody was typing in them.
    """

    gesprek: Gesprek
    content: StepContent
    stap: Gesprekstap
    form: StapForm
    groepen: tuple[NoteGroup, ...]
    acties: tuple[TalkActionPart, ...]
    others: tuple[ActionPart, ...]
    submitted_to_struck: tuple[UitwerkingForm, ...]
    new_action: NieuweActieForm
    naam: str
    voorbereiding: Voorbereiding | None
    focus: Focus | None

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield from (note.form for groep in self.groepen for note in groep.notes)
        yield self.form
        for deel in self.acties:
            yield deel.form
            yield deel.uitwerking
        yield from (deel.form for deel in self.others)
        yield from self.submitted_to_struck

    @property
    def typed_actions(self) -> list[tuple[Onderdeel, NieuweActieForm]]:
        """The form of the new action, if one was typed."""
        return [(self.onderdeel, self.new_action)] if self.new_action.is_bound else []

    @property
    def onderdeel(self) -> Onderdeel:
        return self.content.onderdeel

    @property
    def gekozen(self) -> tuple[NotePart, ...]:
        """The questions that were chosen beforehand."""
        return tuple(note for groep in self.groepen for note in groep.notes if note.is_gekozen)

    @property
    def niet_gekozen(self) -> tuple[NoteGroup, ...]:
        """The other questions, under their headings."""
        rest = (
            NoteGroup(groep.content, tuple(note for note in groep.notes if not note.is_gekozen))
            for groep in self.groepen
        )
        return tuple(groep for groep in rest if groep.notes)

    @property
    def rest_open(self) -> bool:
        """Whether to show the other questions unfolded: no text is ever hidden."""
        return any(groep.is_open for groep in self.niet_gekozen)

    @property
    def others_open(self) -> bool:
        return any(deel.form.asks_attention for deel in self.others)

    @property
    def progress(self) -> Progress:
        notes = [note for groep in self.groepen for note in groep.notes]
        besproken = sum(note.heeft_notitie for note in notes)
        return Progress(answered=False, elsewhere=besproken, questions=len(notes))


def step_page(*, gesprek: Gesprek, code: str, data: Data = None) -> StepPage | None:
    """Build the page of one step; None if the talk has no step with that code.

    data: the POST data, to bind the forms to what was submitted.
    """
    try:
        content = step_content(gesprek.versie, *companions_of(gesprek.versie), code=code)
    except NoSuchStep:
        return None
    inhoud = written_talk(gesprek)
    stap = inhoud.stappen.get(content.onderdeel.pk) or Gesprekstap()
    stap.dossier, stap.gesprek, stap.onderdeel = gesprek.dossier, gesprek, content.onderdeel
    naam = f"{gesprek.pk}-{code}"
    return StepPage(
        gesprek=gesprek,
        content=content,
        stap=stap,
        form=StapForm(record=stap, data=data),
        groepen=tuple(_groups(gesprek, content, inhoud, data)),
        acties=tuple(
            _gespreksactie(gesprek, one, code, data)
            for one in inhoud.acties
            if not one.actie.geschrapt_op
            and (content.onderdeel.acties or one.onderdeel.code == code)
        ),
        others=(
            actie_parts(other_acties(gesprek.dossier, inhoud.acties), data)
            if content.follows_up
            else ()
        ),
        submitted_to_struck=tuple(_sent_to_struck(gesprek, inhoud.acties, data)),
        new_action=new_action(naam, data),
        naam=naam,
        voorbereiding=voorbereiding_of(gesprek),
        focus=_focus(gesprek, content, inhoud),
    )


def _groups(
    gesprek: Gesprek, content: StepContent, inhoud: WrittenTalk, data: Data
) -> Iterator[NoteGroup]:
    with_action = {
        one.notitie_id for one in inhoud.acties if one.notitie_id and not one.actie.geschrapt_op
    }
    for group in content.groups:
        notes = []
        for question in group.questions:
            notitie = inhoud.notities.get(question.item.pk) or Notitie()
            notitie.dossier, notitie.gesprek = gesprek.dossier, gesprek
            notitie.item = question.item
            form = NotitieForm(record=notitie, data=data)
            notes.append(
                NotePart(
                    question,
                    form,
                    heeft_actie=notitie.pk in with_action,
                    is_gekozen=question.item.pk in inhoud.gekozen,
                    minuten=inhoud.gekozen.get(question.item.pk),
                )
            )
        yield NoteGroup(group, tuple(notes))


def _focus(gesprek: Gesprek, content: StepContent, inhoud: WrittenTalk) -> Focus | None:
    if content.after_focus:
        chosen = (stap for stap in inhoud.stappen.values() if stap.onderdeel.code == FOCUS)
        return next((Focus(stap, None) for stap in chosen if stap.resultaat.strip()), None)
    if content.needs_focus:
        found = focus_elsewhere(gesprek.dossier, content.onderdeel.code)
        return Focus(found, found.gesprek) if found else None
    return None


def _gespreksactie(gesprek: Gesprek, found: Gespreksactie, code: str, data: Data) -> TalkActionPart:
    (deel,) = actie_parts([found.actie], data)
    return TalkActionPart(
        actie=found.actie,
        form=deel.form,
        uitwerking=_uitwerking(gesprek, found.actie, data),
        uit=found.onderdeel,
        is_own_step=found.onderdeel.code == code,
    )


def _uitwerking(gesprek: Gesprek, actie: Actie, data: Data) -> UitwerkingForm:
    uitwerking = getattr(actie, "uitwerking", None) or Uitwerking()
    uitwerking.dossier, uitwerking.actie = gesprek.dossier, actie
    return UitwerkingForm(record=uitwerking, data=data)


def _sent_to_struck(
    gesprek: Gesprek, acties: Iterable[Gespreksactie], data: Data
) -> Iterator[UitwerkingForm]:
    if data is None:
        return
    for one in acties:
        if one.actie.geschrapt_op:
            form = _uitwerking(gesprek, one.actie, data)
            if form.submitted:
                yield form
