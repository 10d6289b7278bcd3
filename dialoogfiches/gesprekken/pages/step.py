"""The page of one step of a talk: its content, the forms for what was written in it, its road."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from dialoogfiches.gesprekken.domain.acties import PlaceInTalk
from dialoogfiches.gesprekken.forms import NotitieForm, StapForm, UitwerkingForm
from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gesprekstap,
    Notitie,
    Voorbereiding,
)
from dialoogfiches.gesprekken.pages.step_actions import (
    TalkActionPart,
    action_part,
    sent_to_struck,
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
    focus_of,
    other_acties,
    voorbereiding_of,
    written_talk,
)
from dialoogfiches.models import Onderdeel
from dossiers.acties.domain.acties import lacks_who_or_when
from dossiers.acties.forms import (
    ActionPart,
    ActionPlace,
    PageWithActionPlaces,
    actie_parts,
    form_at,
    in_dossier,
    new_action,
)
from dossiers.ernaast import Beside, beside
from dossiers.velden.forms import Progress, VeldenForm
from dossiers.velden.offers import offer_at
from dossiers.velden.weergave import Stop

Data = Mapping[str, str] | None

# The stops after the questions.
ACTIES, RESULTAAT, AFRONDEN = "acties", "resultaat", "afronden"


@dataclass(frozen=True)
class NotePart:
    """A question with its note, and where its action is made.

    nummer: its place on the road.
    begint: whether it is the first of those that were chosen beforehand, or of its group.
    is_gekozen, minuten: whether it was chosen beforehand, and the minutes it may take, if given.
    """

    nummer: int
    groep: QuestionGroup
    question: Question
    notitie: Notitie
    form: NotitieForm
    plaats: ActionPlace
    begint: bool
    is_gekozen: bool
    minuten: int | None

    @property
    def code(self) -> str:
        return self.question.item.code

    @property
    def heeft_notitie(self) -> bool:
        """Whether the field has text, saved or not: a conflict keeps what was submitted."""
        return bool(self.form["tekst"].value())

    @property
    def is_open(self) -> bool:
        """Whether to show it unfolded: there is a note, or its field needs attention."""
        return self.heeft_notitie or self.form.asks_attention or self.plaats.form is not None

    @property
    def stop(self) -> Stop:
        return Stop(
            code=self.code,
            naam=f"Vraag {self.nummer}",
            let_op=self.form.asks_attention,
            begint=self.begint,
            **_filled(self.form["tekst"].text),
        )


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
class StepPage(PageWithActionPlaces):
    """The page of one step.

    vragen: in the order of the road: those that were chosen beforehand come first.
    acties: those of the whole talk if the step works with actions, otherwise those of this step.
    others: the other actions of the dossier, if the step follows them up.
    plaats: where an action is made that comes from no note.
    voorbereiding: the preparation of the talk, if questions were chosen in it.
    focus: what the team chose to work on, on the steps after that.
    ernaast: what the dossier shows of its own beside it.
    submitted_to_struck: the forms of actions that were struck while somebody was typing in them.
    """

    # For the templates: a rubriek of the content has this name too.
    RESULTAAT: ClassVar = RESULTAAT

    gesprek: Gesprek
    content: StepContent
    stap: Gesprekstap
    form: StapForm
    vragen: tuple[NotePart, ...]
    acties: tuple[TalkActionPart, ...]
    others: tuple[ActionPart, ...]
    submitted_to_struck: tuple[UitwerkingForm, ...]
    plaats: ActionPlace
    voorbereiding: Voorbereiding | None
    focus: Focus | None
    ernaast: tuple[Beside, ...]

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield from (vraag.form for vraag in self.vragen)
        yield self.form
        for deel in self.acties:
            yield deel.form
            yield deel.uitwerking
        yield from (deel.form for deel in self.others)
        yield from self.submitted_to_struck

    @property
    def places(self) -> Iterator[tuple[ActionPlace, PlaceInTalk]]:
        for vraag in self.vragen:
            yield vraag.plaats, PlaceInTalk(self.gesprek, self.onderdeel, vraag.notitie)
        yield self.plaats, PlaceInTalk(self.gesprek, self.onderdeel)

    @property
    def onderdeel(self) -> Onderdeel:
        return self.content.onderdeel

    @property
    def gekozen(self) -> tuple[NotePart, ...]:
        """The questions that were chosen beforehand."""
        return tuple(vraag for vraag in self.vragen if vraag.is_gekozen)

    @property
    def groepen(self) -> tuple[NoteGroup, ...]:
        """The other questions, under their headings."""
        rest = [vraag for vraag in self.vragen if not vraag.is_gekozen]
        groups = groupby(rest, key=lambda vraag: vraag.groep.rubriek.pk)
        notes = (tuple(notes) for _, notes in groups)
        return tuple(NoteGroup(found[0].groep, found) for found in notes)

    @property
    def begin(self) -> str:
        """The question that is open in the list of a step that nobody wrote in yet, so that one can
        begin at once; otherwise empty.
        """
        written = any(vraag.heeft_notitie for vraag in self.vragen)
        return self.vragen[0].code if self.vragen and not written else ""

    @property
    def rest_open(self) -> bool:
        """Whether to show the other questions unfolded: no text is ever hidden."""
        return any(groep.is_open for groep in self.groepen)

    @property
    def others_open(self) -> bool:
        return any(deel.form.asks_attention for deel in self.others)

    @property
    def progress(self) -> Progress:
        besproken = sum(vraag.heeft_notitie for vraag in self.vragen)
        return Progress(answered=False, elsewhere=besproken, questions=len(self.vragen))

    # --- the road ---------------------------------------------------------------------------------

    @property
    def stops(self) -> tuple[Stop, ...]:
        resultaat = self.form["resultaat"]
        return (
            *(vraag.stop for vraag in self.vragen),
            Stop(
                ACTIES,
                "Acties",
                kort="acties",
                begint=True,
                let_op=any(deel.asks_attention for deel in self.acties)
                or self.others_open
                or bool(self.plaats.form and self.plaats.form.is_bound and self.plaats.form.errors),
            ),
            Stop(
                RESULTAAT,
                "Resultaat van deze stap",
                kort="resultaat",
                let_op=resultaat.asks_attention,
                **_filled(resultaat.text),
            ),
            Stop(
                AFRONDEN,
                "Afronden",
                kort="afronden",
                **_filled(str(self.stap.afgerond_op or ""), "gedaan"),
            ),
        )

    @property
    def still_open(self) -> tuple[NotePart, ...]:
        """Of the questions that were chosen beforehand, those without a note."""
        return tuple(vraag for vraag in self.gekozen if not vraag.heeft_notitie)

    @property
    def unowned(self) -> tuple[TalkActionPart, ...]:
        """The actions of which nobody knows yet who does them, or by when."""
        return tuple(deel for deel in self.acties if lacks_who_or_when(deel.actie))


def step_page(
    *, gesprek: Gesprek, code: str, data: Data = None, opened: str = ""
) -> StepPage | None:
    """Build the page of one step; None if the talk has no step with that code.

    data: the POST data, to bind the forms to what was submitted.
    opened: the name of the place where a new action is asked for.
    """
    try:
        content = step_content(
            gesprek.versie,
            *companions_of(gesprek.versie),
            code=code,
            niveau=gesprek.dossier.school.niveau,
        )
    except NoSuchStep:
        return None
    inhoud = written_talk(gesprek)
    stap = inhoud.stappen.get(content.onderdeel.pk) or Gesprekstap()
    stap.dossier, stap.gesprek, stap.onderdeel = gesprek.dossier, gesprek, content.onderdeel
    naam = f"{gesprek.pk}-{code}"
    vragen = tuple(_notes(gesprek, content, inhoud, data, opened))
    form = StapForm(record=stap, data=data)
    asked = [(vraag.question.item.zelfde_als, vraag.form["tekst"]) for vraag in vragen]
    offer_at(gesprek.dossier, [*asked, (_goal_of_focus(stap), form["resultaat"])])
    return StepPage(
        gesprek=gesprek,
        content=content,
        stap=stap,
        form=form,
        vragen=vragen,
        acties=tuple(
            action_part(gesprek, one, content, data)
            for one in inhoud.acties
            if not one.actie.geschrapt_op
            and (content.onderdeel.acties or one.onderdeel.code == code)
        ),
        others=(
            actie_parts(
                in_dossier(gesprek.dossier, other_acties(gesprek.dossier, inhoud.acties)), data
            )
            if content.follows_up
            else ()
        ),
        submitted_to_struck=tuple(sent_to_struck(gesprek, inhoud.acties, data)),
        plaats=ActionPlace(naam, "deze stap", form=new_action(naam, data)),
        voorbereiding=voorbereiding_of(gesprek),
        focus=_focus(gesprek, content, inhoud),
        ernaast=beside(gesprek.dossier, content.onderdeel.toont),
    )


def _goal_of_focus(stap: Gesprekstap) -> str:
    """Refers to the goal that the focus of this step is about, whose own focus is offered."""
    asks = stap.onderdeel.chooses_focus and stap.hoort_bij
    return f"{stap.dossier.planversie.materiaal.slug}/{stap.hoort_bij}" if asks else ""


def _filled(text: str, woorden: str = "ingevuld") -> dict[str, Any]:
    """What a stop came to when there is anything in it."""
    return {"waarde": "vol", "woorden": woorden} if text.strip() else {}


def _notes(
    gesprek: Gesprek, content: StepContent, inhoud: WrittenTalk, data: Data, opened: str
) -> Iterator[NotePart]:
    """The questions with their notes, in the order of the road."""
    linked = (one for one in inhoud.acties if one.notitie_id and not one.actie.geschrapt_op)
    by_note = {one.notitie_id: one.actie for one in linked}
    every = [(group, question) for group in content.groups for question in group.questions]
    every.sort(key=lambda one: one[1].item.pk not in inhoud.gekozen)
    stretch: int | None = None
    for nummer, (group, question) in enumerate(every, start=1):
        is_gekozen = question.item.pk in inhoud.gekozen
        before, stretch = stretch, 0 if is_gekozen else group.rubriek.pk
        notitie = inhoud.notities.get(question.item.pk) or Notitie()
        notitie.dossier, notitie.gesprek = gesprek.dossier, gesprek
        notitie.item = question.item
        form = NotitieForm(record=notitie, data=data)
        naam = form.add_prefix("tekst")
        yield NotePart(
            nummer,
            group,
            question,
            notitie,
            form,
            ActionPlace(
                naam,
                f"vraag {nummer}",
                form_at(naam, data, opened),
                bron=naam,
                citaat=form["tekst"].text,
                acties=(by_note[notitie.pk],) if notitie.pk in by_note else (),
            ),
            begint=stretch != before,
            is_gekozen=is_gekozen,
            minuten=inhoud.gekozen.get(question.item.pk),
        )


def _focus(gesprek: Gesprek, content: StepContent, inhoud: WrittenTalk) -> Focus | None:
    is_told = content.after_focus or content.needs_focus
    found = focus_of(gesprek, content.onderdelen, inhoud) if is_told else None
    if found is None:
        return None
    return Focus(found, None if found.gesprek_id == gesprek.pk else found.gesprek)
