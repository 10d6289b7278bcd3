"""The state of a survey, as its pages tell it."""

from dataclasses import dataclass
from datetime import date
from typing import Generic

from django.utils import timezone

from dossiers.anoniem.domain.bevragingen import MAX_ANSWERS, MIN_ANSWERS, Ronde, is_over


@dataclass(frozen=True)
class SurveyState(Generic[Ronde]):
    """A survey with its number of answers, without those that were set aside.

    vroeger: how many of them are of a day before today.
    onbeslist: whether a wave of answers waits for a decision of the team.
    """

    bevraging: Ronde
    aantal: int
    vroeger: int
    onbeslist: bool

    @property
    def getoond(self) -> int:
        """The number that people see: nobody sees it go up with the answer of a colleague."""
        return self.aantal if self.is_settled else self.vroeger

    @property
    def tot_gisteren(self) -> bool:
        """Whether that number may leave out who answered today."""
        return not self.is_settled and self.einde >= timezone.localdate()

    @property
    def is_open(self) -> bool:
        return not is_over(self.bevraging)

    @property
    def is_full(self) -> bool:
        return self.aantal >= MAX_ANSWERS

    @property
    def is_settled(self) -> bool:
        """Whether its results can be seen, so that no answers can be added any more."""
        return not self.is_open and self.aantal >= MIN_ANSWERS and not self.onbeslist

    @property
    def einde(self) -> date:
        """The day on which it ended or will end."""
        if self.bevraging.gesloten_op:
            return timezone.localdate(self.bevraging.gesloten_op)
        return self.bevraging.tot
