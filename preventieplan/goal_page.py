"""The contents of the page of one goal: records, the forms that edit them, and its road."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import has_who
from dossiers.acties.forms import (
    ActionPart,
    ActionPlace,
    NieuweActieForm,
    PageWithActionPlaces,
    actie_parts,
    form_at,
    new_action,
)
from dossiers.acties.models import Actie
from dossiers.ernaast import Beside, beside
from dossiers.materialen.models import Fase, Herkomst
from dossiers.mensen.access import Recht
from dossiers.models import Dossier
from dossiers.velden.forms import Progress, Veld, VeldenForm
from dossiers.velden.offers import focus_at, offer_at
from dossiers.velden.weergave import Stop
from preventieplan.domain.acties import PlaceInPlan
from preventieplan.domain.courses import Point, before_last, scored
from preventieplan.domain.last_year import (
    Before,
    goal_before,
    unconfirmed_answer,
    unconfirmed_focus,
)
from preventieplan.forms import AntwoordForm, InschalingForm, labels_by_score, sent_codes
from preventieplan.inschalen.queries.beside import with_spread
from preventieplan.models import (
    Antwoord,
    Antwoordstand,
    Checklistvraag,
    Doelstelling,
    Inschaling,
)
from preventieplan.opmerkingen.queries.plekken import counts_with, with_counts
from preventieplan.queries.courses import course_of
from preventieplan.queries.earlier import earlier_goal
from preventieplan.queries.plan import answers_of, goals_of, inschaling_of, placed_acties
from preventieplan.queries.stand import GoalState, goals_of_phase, goals_with_standing
from preventieplan.score_chart import ScoreChart
from preventieplan.spiegel.queries.beside import Mirrored, mirror_beside, with_mirror

# Up to this score, what worked in other schools is offered.
ASKS_UP_TO = 5
# The stops after the questions.
SCORE, FOCUS, ACTIES, EINDE = "score", "focus", "acties", "einde"


@dataclass(frozen=True)
class QuestionPart:
    """A checklistvraag with the form for its answer, and where its action is made.

    vorig: what was answered in the dossier that this one goes on from, as far as it is unconfirmed.
    spiegel: what teachers answered, for who could read it: a board reads what the team ticked.
    opmerkingen: how many remarks wait beside it, where those are shown.
    """

    nummer: int
    vraag: Checklistvraag
    antwoord: Antwoord
    form: AntwoordForm
    plaats: ActionPlace
    vorig: Before | None
    spiegel: Mirrored | None
    opmerkingen: int

    @property
    def stop(self) -> Stop:
        stand = _shown(self.form["stand"])
        return Stop(
            code=self.vraag.code,
            naam=f"Vraag {self.nummer}",
            waarde=stand,
            woorden=dict(Antwoordstand.choices).get(stand, ""),
            let_op=self.form.asks_attention,
        )


@dataclass(frozen=True)
class GoalPage(PageWithActionPlaces):
    """The contents of the page of one goal.

    is_earlier: whether the version in use no longer has this goal.
    weg: the goals of its phase.
    earlier: answers to questions that only an earlier version of the goal has.
    punten: its scores over the years, the oldest first.
    eerder: the score that the team gave before the one of now.
    focus_vorig: the focus of the dossier that this one goes on from, while it is unconfirmed.
    ernaast: what the dossier shows of its own beside it.
    plaats, focus_plaats: where an action is made that comes from no field, and from the focus.
    """

    doelstelling: Doelstelling
    is_earlier: bool
    vorige: Doelstelling | None
    volgende: Doelstelling | None
    weg: tuple[GoalState, ...]
    vragen: tuple[QuestionPart, ...]
    earlier: tuple[Antwoord, ...]
    inschaling: InschalingForm
    punten: tuple[Point, ...]
    eerder: Point | None
    focus_vorig: Before | None
    ernaast: tuple[Beside, ...]
    acties: tuple[ActionPart, ...]
    new_action: NieuweActieForm
    plaats: ActionPlace
    focus_plaats: ActionPlace

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield from (deel.form for deel in self.vragen)
        yield self.inschaling
        yield from (deel.form for deel in self.acties)

    @property
    def fase(self) -> Fase:
        return Fase(self.doelstelling.fase)

    @property
    def heeft_voorstel(self) -> bool:
        """Whether any of its text still awaits confirmation by the PLG."""
        doel = self.doelstelling
        vragen = (deel.vraag for deel in self.vragen)
        return Herkomst.VOORSTEL in (
            doel.herkomst,
            doel.inleiding_herkomst,
            *(one for vraag in vragen for one in (vraag.herkomst, vraag.uitleg_herkomst)),
        )

    @property
    def is_filled(self) -> bool:
        """Whether anything in the dossier was filled in for this goal."""
        answered = any(deel.antwoord.is_filled for deel in self.vragen)
        scored = self.inschaling.record.pk is not None
        return answered or scored or bool(self.acties or self.earlier)

    @property
    def progress(self) -> Progress:
        besproken = sum(bool(deel.antwoord.stand) for deel in self.vragen)
        return Progress(answered=False, elsewhere=besproken, questions=len(self.vragen))

    @property
    def asks_for_ideas(self) -> bool:
        """Whether what worked elsewhere stands beside it: it scores low, or lacks a thing."""
        score = self.inschaling.record.score
        lacks = any(deel.antwoord.stand == Antwoordstand.NOG_NIET for deel in self.vragen)
        return lacks or (score is not None and score <= ASKS_UP_TO)

    @property
    def labels(self) -> tuple[str, str]:
        return labels_by_score()

    @property
    def score_chart(self) -> ScoreChart:
        return ScoreChart(self.punten)

    @property
    def earlier_words(self) -> tuple[tuple[str, str], ...]:
        """What the team said before, each with what it was an answer to."""
        return self.eerder.woorden if self.eerder else ()

    @property
    def is_from_another_year(self) -> bool:
        """Whether that was in another year than the score of now, or than today without one."""
        given = scored(self.punten)
        is_last = bool(given) and given[-1] == self.eerder
        since = timezone.localdate() if is_last or not given else given[-1].op
        return self.eerder is not None and self.eerder.op.year != since.year

    @property
    def unconfirmed(self) -> int:
        """For how many questions, and the focus, something of before is left to confirm."""
        return sum(deel.vorig is not None for deel in self.vragen) + (self.focus_vorig is not None)

    @property
    def places(self) -> Iterator[tuple[ActionPlace, PlaceInPlan]]:
        doel = self.doelstelling
        for deel in self.vragen:
            yield deel.plaats, PlaceInPlan(doel, antwoord=deel.antwoord)
        yield self.focus_plaats, PlaceInPlan(doel, inschaling=self.inschaling.record)
        yield self.plaats, PlaceInPlan(doel)

    @property
    def begin(self) -> ActionPlace:
        """The free place on a stop of its own, where the first action is asked for."""
        return replace(self.plaats, begint=not self.acties)

    # --- the road ---------------------------------------------------------------------------------

    @property
    def stops(self) -> tuple[Stop, ...]:
        score, focus = self.inschaling["score"], self.inschaling["focus"]
        words = (self.inschaling[naam] for naam in ("score", "want", "hoger"))
        given = _shown(score)
        return (
            *(deel.stop for deel in self.vragen),
            Stop(
                SCORE,
                "Onze score",
                kort="score",
                waarde=given,
                woorden=given,
                let_op=any(veld.asks_attention for veld in words),
            ),
            Stop(
                FOCUS,
                "Onze focus",
                kort="focus",
                waarde="vol" if focus.value() else "",
                woorden="ingevuld" if focus.value() else "",
                let_op=focus.asks_attention,
            ),
            Stop(
                ACTIES,
                "Acties",
                kort="acties",
                let_op=any(deel.form.asks_attention for deel in self.acties)
                or bool(self.new_action.is_bound and self.new_action.errors),
            ),
            Stop(EINDE, "Einde van deze doelstelling", kort="einde"),
        )

    @property
    def open_questions(self) -> tuple[QuestionPart, ...]:
        return tuple(deel for deel in self.vragen if not deel.antwoord.stand)

    @property
    def unowned(self) -> tuple[ActionPart, ...]:
        """The actions of which nobody knows yet who does them, or by when."""
        return tuple(deel for deel in self.acties if not _has_who_and_when(deel.actie))

    @property
    def is_last_of_phase(self) -> bool:
        return self.volgende is None or self.volgende.fase != self.doelstelling.fase


def goal_page(
    *,
    dossier: Dossier,
    code: str,
    data: Mapping[str, str] | None = None,
    opened: str = "",
    remarks: bool = False,
) -> GoalPage | None:
    """The contents of the page of one goal; None when the dossier has no goal with this code.

    A goal that the version in use no longer has keeps its page when something was filled in for it,
    and for a POST by somebody who was still typing when the team adopted a newer version.

    data: the POST, for bound forms; None otherwise.
    opened: the name of the place where a new action is asked for.
    remarks: whether it says how many remarks wait beside each question.
    """
    doelen = goals_of(dossier.planversie)
    index = next((i for i, doel in enumerate(doelen) if doel.code == code), None)
    if index is not None:
        page = _page_of(dossier, doelen[index], data, opened, remarks)
        return replace(
            page,
            vorige=doelen[index - 1] if index else None,
            volgende=doelen[index + 1] if index + 1 < len(doelen) else None,
        )
    doel = earlier_goal(dossier, code)
    if doel is None:
        return None
    page = _page_of(dossier, doel, data, opened, remarks)
    return page if data is not None or page.is_filled else None


def _page_of(
    dossier: Dossier,
    doel: Doelstelling,
    data: Mapping[str, str] | None,
    opened: str,
    remarks: bool,
) -> GoalPage:
    # Filtered here and not in the query: a database might look up the goal first, which all schools
    # in Flanders share, and only then the dossier.
    placed = placed_acties(dossier)
    here = [one.actie for one in placed.of_goals if one.doelstelling.code == doel.code]
    grown = [actie for actie in placed.everything if hasattr(actie, "planactie")]
    inschaling = inschaling_of(dossier, doel, among=with_spread(Inschaling.objects.all()))
    antwoorden = answers_of(
        dossier, doel, sent=sent_codes(data or ()), among=with_mirror(Antwoord.objects.all())
    )
    points = course_of(dossier, doel.code)
    direct = new_action(doel.code, data)
    by_answer = {
        actie.planactie.antwoord_id: actie for actie in grown if actie.planactie.antwoord_id
    }
    of_focus = [
        actie for actie in grown if inschaling.pk and actie.planactie.inschaling_id == inschaling.pk
    ]

    def place(naam: str, bij: str, citaat: str, acties: Sequence[Actie]) -> ActionPlace:
        form = form_at(naam, data, opened)
        # One that was put elsewhere in the plan since is not listed on this page.
        is_elsewhere = any(actie.hoort_bij != doel.code for actie in acties)
        lijst = reverse("overzicht", args=[dossier.pk]) if is_elsewhere else ""
        return ActionPlace(
            naam, bij, form, bron=naam, citaat=citaat, acties=tuple(acties), lijst=lijst
        )

    forms = [AntwoordForm(record=antwoord, data=data) for _, antwoord in antwoorden.vragen]
    focus = InschalingForm(record=inschaling, data=data)
    same = [vraag.zelfde_als for vraag, _ in antwoorden.vragen]
    asked = zip(same, (form["toelichting"] for form in forms), strict=True)
    offer_at(dossier, [*asked, (focus_at(doel.code), focus["focus"])])
    is_earlier = doel.versie_id != dossier.planversie_id
    codes = [vraag.code for vraag, _ in antwoorden.vragen]
    goals = goals_with_standing(dossier)
    weg = goals_of_phase(with_counts(goals, dossier, codes) if remarks else goals, doel.fase)
    counts = counts_with((one.doelstelling for one in weg), codes)
    before = goal_before(dossier, codes=codes, goal="" if is_earlier else doel.code)
    return GoalPage(
        doelstelling=doel,
        is_earlier=is_earlier,
        vorige=None,
        volgende=None,
        weg=weg,
        vragen=tuple(
            QuestionPart(
                nummer,
                vraag,
                antwoord,
                form,
                place(
                    f"antwoord-{vraag.code}-groeikans",
                    f"vraag {nummer}",
                    antwoord.groeikans,
                    [by_answer[antwoord.pk]] if antwoord.pk in by_answer else [],
                ),
                unconfirmed_answer(antwoord, before.antwoorden.get(vraag.code)),
                mirror_beside(antwoord) if dossier.recht >= Recht.SCHRIJVEN else None,
                counts.get(vraag.code, 0),
            )
            for nummer, ((vraag, antwoord), form) in enumerate(
                zip(antwoorden.vragen, forms, strict=True), start=1
            )
        ),
        earlier=antwoorden.earlier,
        inschaling=focus,
        punten=points,
        eerder=before_last(points, schooljaar=dossier.schooljaar),
        focus_vorig=unconfirmed_focus(inschaling, before.inschaling),
        ernaast=beside(dossier, doel.toont),
        acties=actie_parts(here, data),
        new_action=direct,
        plaats=ActionPlace(naam=doel.code, bij="deze doelstelling", form=direct),
        focus_plaats=place(f"inschaling-{doel.code}-focus", "de focus", inschaling.focus, of_focus),
    )


def _has_who_and_when(actie: Actie) -> bool:
    return bool(has_who(actie) and (actie.wanneer.strip() or actie.wanneer_op))


def _shown(veld: Veld) -> str:
    """The value of a choice as the page shows it."""
    value = veld.value()
    return "" if value is None else str(value)
