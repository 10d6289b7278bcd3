"""A job that was done, what it cost, and what it may cost at most."""

from dataclasses import dataclass

from clicks.counter import Cost


@dataclass(frozen=True)
class Row:
    """Of most, None is no bar."""

    who: str
    job: str
    cost: Cost
    most_clicks: int | None = None
    most_screens: float | None = None

    @property
    def holds(self) -> bool:
        return (self.most_clicks is None or self.cost.clicks <= self.most_clicks) and (
            self.most_screens is None or round(self.cost.screens, 2) <= self.most_screens
        )


@dataclass(frozen=True)
class NotDone:
    """A job that somebody could not finish."""

    job: str
    why: str
    holds: bool = False
