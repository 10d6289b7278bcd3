"""The contents of the goal page: records, and the forms that edit them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dossiers.acties.forms import ActionPart, NieuweActieForm, actie_parts, new_action
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from dossiers.velden.forms import Progress, VeldenForm
from preventieplan.forms import AntwoordForm, InschalingForm
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling
from preventieplan.queries.earlier import earlier_goal
from preventieplan.queries.plan import acties_of, answers_of, goals_of, inschaling_of, score_history
from preventieplan.score_chart import ScoreChart


@dataclass(frozen=True)
class QuestionPart:
    """A checklistvraag with the form for its answer."""

    vraag: Checklistvraag
    antwoord: Antwoord
    form: AntwoordForm
    heeft_actie: bool


@dataclass(frozen=True)
class GoalPage:
    """The contents of the page of one goal.

    is_earlier: whether the version in use no longer has this goal.
    earlier: answers to questions that only an earlier version of the goal has.
    """

    doelstelling: Doelstelling
    is_earlier: bool
    vorige: Doelstelling | None
    volgende: Doelstelling | None
    vragen: tuple[QuestionPart, ...]
    earlier: tuple[Antwoord, ...]
    inschaling: InschalingForm
    focus_heeft_actie: bool
    acties: tuple[ActionPart, ...]
    score_chart: ScoreChart
    new_action: NieuweActieForm

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield from (deel.form for deel in self.vragen)
        yield self.inschaling
        yield from (deel.form for deel in self.acties)

    @property
    def fase(self) -> Fase:
        return Fase(self.doelstelling.fase)

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
    def typed_actions(self) -> list[tuple[Doelstelling, NieuweActieForm]]:
        """The new actions that were filled in, each with its goal."""
        return [(self.doelstelling, self.new_action)] if self.new_action.is_bound else []


def goal_page(
    *, dossier: Dossier, code: str, data: Mapping[str, str] | None = None
) -> GoalPage | None:
    """The contents of the page of one goal; None when the dossier has no goal with this code.

    A goal that the version in use no longer has keeps its page when something was filled in for it,
    and for a POST by somebody who was still typing when the team adopted a newer version.

    data: the POST, for bound forms; None otherwise.
    """
    doelen = goals_of(dossier.planversie)
    index = next((i for i, doel in enumerate(doelen) if doel.code == code), None)
    if index is not None:
        page = _page_of(dossier, doelen[index], data)
        return replace(
            page,
            vorige=doelen[index - 1] if index else None,
            volgende=doelen[index + 1] if index + 1 < len(doelen) else None,
        )
    doel = earlier_goal(dossier, code)
    if doel is None:
        return None
    page = _page_of(dossier, doel, data)
    return page if data is not None or page.is_filled else None


def _page_of(dossier: Dossier, doel: Doelstelling, data: Mapping[str, str] | None) -> GoalPage:
    # Filtered here and not in the query: a database might look up the goal first, which all schools
    # in Flanders share, and only then the dossier.
    planacties = [plan for plan in acties_of(dossier) if plan.doelstelling_id == doel.pk]
    inschaling = inschaling_of(dossier, doel)
    with_action = {plan.antwoord_id for plan in planacties if plan.antwoord_id}
    antwoorden = answers_of(dossier, doel)
    return GoalPage(
        doelstelling=doel,
        is_earlier=doel.versie_id != dossier.planversie_id,
        vorige=None,
        volgende=None,
        vragen=tuple(
            QuestionPart(
                vraag,
                antwoord,
                AntwoordForm(record=antwoord, data=data),
                antwoord.pk in with_action,
            )
            for vraag, antwoord in antwoorden.vragen
        ),
        earlier=antwoorden.earlier,
        inschaling=InschalingForm(record=inschaling, data=data),
        focus_heeft_actie=any(plan.inschaling_id for plan in planacties),
        acties=actie_parts((plan.actie for plan in planacties), data),
        score_chart=ScoreChart(tuple(score_history(inschaling))),
        new_action=new_action(doel.code, data),
    )
