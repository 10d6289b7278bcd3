"""All that the page of a check shows: what was agreed, the fields of the check, and the story."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dossiers.acties.belonging import is_whole_phase
from dossiers.acties.domain.checks import Vervolgstap, moment_at
from dossiers.acties.models import Actie, Besluit, Checkmoment
from dossiers.acties.queries.stories import Story
from dossiers.models import Dossier
from dossiers.praktijken.queries.van_dossier import made_after
from dossiers.velden.forms import VeldenForm
from preventieplan.domain.checks import score_before
from preventieplan.forms import (
    CheckForm,
    InschalingForm,
    VervolgForm,
    VolgendeCheckForm,
    labels_by_score,
    sent_check,
)
from preventieplan.models import Doelstelling
from preventieplan.queries.checks import stories_with_scores
from preventieplan.queries.earlier import earlier_goal
from preventieplan.queries.plan import goal_of, inschaling_of


@dataclass(frozen=True)
class GoalScore:
    """The score of the goal that an action belongs to.

    was: what it was before this check.
    """

    doelstelling: Doelstelling
    form: InschalingForm
    was: int | None

    @property
    def labels(self) -> tuple[str, str]:
        return labels_by_score()


@dataclass(frozen=True)
class CheckPage:
    """The contents of the page of a check.

    form: the fields of the check; None when nobody looks back now: the last one is rounded off, or
        the action was struck.
    vervolg: the action to go on with when this one is adjusted; None when it goes on in one.
    volgende: plans another check, once the last one is rounded off.
    """

    actie: Actie
    check: Checkmoment
    story: Story
    form: CheckForm | None
    score: GoalScore | None
    vervolg: VervolgForm | None
    volgende: VolgendeCheckForm | None

    @property
    def forms(self) -> Iterator[VeldenForm]:
        if self.form is not None:
            yield self.form
        if self.form is not None and self.score is not None:
            yield self.score.form

    @property
    def naar_een_idee(self) -> str:
        """Whose practice the action was made after; "" for none."""
        return made_after(self.actie)

    @property
    def is_struck(self) -> bool:
        return self.actie.geschrapt_op is not None

    @property
    def besluit(self) -> str:
        """What was chosen, as the page shows it."""
        return self.form["besluit"].text if self.form is not None else ""

    @property
    def goes_on(self) -> bool:
        """Whether the action to go on with is asked for: the team chose to adjust."""
        return self.vervolg is not None and self.besluit == Besluit.BIJSTUREN

    @property
    def typed_vervolg(self) -> Vervolgstap | None:
        """The action to go on with, from a form that is valid.

        When there is one by now, only if somebody typed other words.
        """
        if self.vervolg is None or not self.goes_on:
            return None
        is_there = self.check.is_afgerond or self.story.vervolg is not None
        if is_there and not self.vervolg.has_changed():
            return None
        return Vervolgstap(**self.vervolg.cleaned_data)


def check_page(
    *,
    dossier: Dossier,
    actie: Actie,
    today: date,
    data: Mapping[str, str] | None = None,
) -> CheckPage | None:
    """The contents of the page of a check. A constant number of queries.

    actie: of this dossier.
    data: the POST, for bound forms; None otherwise. It says which check it is about.
    Returns None for a check that the action does not have.
    """
    nummer = sent_check(data, actie) if data is not None else None
    check = moment_at(actie, nummer)
    if check is None:
        return None
    story = stories_with_scores(dossier, [actie])[actie.pk]
    sent = nummer is not None
    asked = not actie.besluit or check.is_filled
    form = None
    if sent or (asked and not actie.geschrapt_op):
        form = CheckForm(record=check, data=data)
    vervolg = VervolgForm(data if sent else None, actie=actie)
    settled = form is None and not actie.geschrapt_op
    return CheckPage(
        actie=actie,
        check=check,
        story=story,
        form=form,
        score=_score(dossier, actie, check, data) if form is not None else None,
        vervolg=(
            vervolg if form is not None and (vervolg.is_bound or story.vervolg is None) else None
        ),
        volgende=VolgendeCheckForm(data, today=today) if settled else None,
    )


def _score(
    dossier: Dossier, actie: Actie, check: Checkmoment, data: Mapping[str, str] | None
) -> GoalScore | None:
    code = actie.hoort_bij
    if not code or is_whole_phase(code):
        return None
    doel = goal_of(dossier.planversie, code) or earlier_goal(dossier, code)
    if doel is None:
        return None
    inschaling = inschaling_of(dossier, doel)
    was = score_before(check, inschaling)
    form = InschalingForm(record=inschaling, data=data)
    form.fields["score"].label = (
        f"Welke score krijgt ‘{doel.kort}’ nu?"
        if was is None
        else f"‘{doel.kort}’ was een {was}. En nu?"
    )
    return GoalScore(doel, form, was)
