"""An action of a talk as a step shows it: with its two forms, and where it arose."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dialoogfiches.gesprekken.forms import UitwerkingForm
from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Uitwerking
from dialoogfiches.gesprekken.pages.step_content import StepContent
from dialoogfiches.models import Onderdeel
from dossiers.acties.forms import ActieForm, actie_parts, in_dossier
from dossiers.acties.models import Actie

Data = Mapping[str, str] | None


@dataclass(frozen=True)
class TalkActionPart:
    """An action that arose in the talk, with its two forms.

    stap: the step of this page.
    uit: the step it arose in.
    """

    actie: Actie
    form: ActieForm
    uitwerking: UitwerkingForm
    stap: StepContent
    uit: Onderdeel

    @property
    def uit_elders(self) -> Onderdeel | None:
        """The step it arose in, if that is another one."""
        return None if self.uit.code == self.stap.onderdeel.code else self.uit

    @property
    def is_made_here(self) -> bool:
        """Whether this step is about what it is, who does it and when."""
        return self.uit_elders is None or not self.shows_stand

    @property
    def shows_stand(self) -> bool:
        """Whether this step goes on with actions that were made in another one."""
        return self.stap.follows_up or self.stap.celebrates

    @property
    def asks_attention(self) -> bool:
        return self.form.asks_attention or self.uitwerking.asks_attention


def action_part(
    gesprek: Gesprek, found: Gespreksactie, content: StepContent, data: Data
) -> TalkActionPart:
    (deel,) = actie_parts(in_dossier(gesprek.dossier, [found.actie]), data)
    return TalkActionPart(
        actie=found.actie,
        form=deel.form,
        uitwerking=_uitwerking(gesprek, found.actie, data),
        stap=content,
        uit=found.onderdeel,
    )


def _uitwerking(gesprek: Gesprek, actie: Actie, data: Data) -> UitwerkingForm:
    uitwerking = getattr(actie, "uitwerking", None) or Uitwerking()
    uitwerking.dossier, uitwerking.actie = gesprek.dossier, actie
    return UitwerkingForm(record=uitwerking, data=data)


def sent_to_struck(
    gesprek: Gesprek, acties: Iterable[Gespreksactie], data: Data
) -> Iterator[UitwerkingForm]:
    if data is None:
        return
    for one in acties:
        if one.actie.geschrapt_op:
            form = _uitwerking(gesprek, one.actie, data)
            if form.submitted:
                yield form
