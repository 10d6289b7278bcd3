"""What a team and its teachers answered to one question, side by side: in numbers and in words.

Never a score: a difference is something to ask about.
"""

from dataclasses import dataclass

from preventieplan.models import Antwoordstand
from preventieplan.spiegel.models import STANDEN

# A smaller group of teachers is not named in a sentence: nobody should look for whom it is.
MIN_NAMED = 3
# What a teacher says of what she does not know.
WEET_IK_NIET = "weet ik niet"


@dataclass(frozen=True)
class Bar:
    """How many teachers gave a stand. of_team: whether the team did.

    procent: the length of its bar, of a hundred.
    """

    label: str
    aantal: int
    procent: int
    of_team: bool


@dataclass(frozen=True)
class Comparison:
    """stand: of the team. aantallen: of teachers, in the order of STANDEN; at least one of them."""

    stand: Antwoordstand
    aantallen: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.aantallen)

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(
            Bar(label_of(stand), count, round(100 * count / self.total), stand == self.stand)
            for stand, count in zip(STANDEN, self.aantallen, strict=True)
        )

    @property
    def in_short(self) -> str:
        """As in "9 leerkrachten: 2 ‘doen we’, 3 ‘deels’, 4 ‘nog niet’": what fits on a line."""
        given = ", ".join(f"{bar.aantal} ‘{bar.label}’" for bar in self.bars if bar.aantal)
        return f"{self.total} leerkrachten: {given}"

    @property
    def same(self) -> int:
        """How many teachers see it as the team does."""
        return self.aantallen[list(STANDEN).index(self.stand)]

    @property
    def what(self) -> str:
        """What the team chose, and what most teachers who see it otherwise say."""
        chose, total = f"Jullie kozen ‘{self.stand.label}’", self.total
        if self.same == total:
            return f"{chose}, en alle {total} leerkrachten zien het ook zo."
        other, count = self._other
        how_many = str(self.same) if self.same >= MIN_NAMED else "enkele"
        as_well = f"{chose}, net als {how_many} van de {total} leerkrachten"
        if count < MIN_NAMED and not self.same:
            return f"{chose}, en geen van de {total} leerkrachten."
        if count < MIN_NAMED:
            return f"{as_well}."
        if self.same < MIN_NAMED:
            return f"{chose}; {count} van de {total} leerkrachten zeggen ‘{label_of(other)}’."
        return f"{as_well}; {count} zeggen ‘{label_of(other)}’."

    @property
    def ask(self) -> str:
        """The question that a team asks itself about it."""
        if self.same == self.total:
            return _TOGETHER[self.stand]
        other, count = self._other
        if count < MIN_NAMED:
            return "Niet iedereen ziet het zo. Waar of wanneer lukt het anders?"
        if other == Antwoordstand.WETEN_WE_NIET:
            return "Waaraan zouden zij het kunnen merken?"
        if self.stand == Antwoordstand.WETEN_WE_NIET:
            return "Wat weten zij dat jullie niet weten?"
        order = list(STANDEN)
        if order.index(other) < order.index(self.stand):
            return "Wat zien zij al gebeuren dat jullie nog niet zien?"
        return "Wat zien zij dat jullie niet zien?"

    @property
    def _other(self) -> tuple[Antwoordstand, int]:
        """The largest group that sees it otherwise."""
        groups = zip(STANDEN, self.aantallen, strict=True)
        return max(
            ((stand, count) for stand, count in groups if stand != self.stand),
            key=lambda group: group[1],
        )


_TOGETHER = {
    Antwoordstand.DOEN_WE: "Hoe houden jullie dat samen vast?",
    Antwoordstand.DEELS: "Wat is er nodig om er ‘doen we’ van te maken?",
    Antwoordstand.NOG_NIET: "Wat zou een eerste kleine stap zijn?",
    Antwoordstand.WETEN_WE_NIET: "Wie zoekt het uit?",
}


def label_of(stand: Antwoordstand) -> str:
    """A stand as one teacher says it."""
    return WEET_IK_NIET if stand == Antwoordstand.WETEN_WE_NIET else stand.label
