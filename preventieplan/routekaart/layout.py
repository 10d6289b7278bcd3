"""What stands where on the routekaart, on screen as on paper: steps, blocks and actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import capfirst

from dossiers.acties.domain.acties import is_finished, is_overdue, lacks_who_or_when, next_date
from dossiers.acties.models import Actie, Actiestand, Besluit
from preventieplan.models import Trede
from preventieplan.queries.plan import PhaseState
from preventieplan.routekaart.domain.blocks import block_of, name_and_codes, spoken_words
from preventieplan.routekaart.queries import Routedoel, Routekaart, Routetrede

AT_ONCE = 3


@dataclass(frozen=True)
class Routeactie:
    """An action as the routekaart tells it.

    te_laat: not done, or not looked back on, by the day for it.
    code: of its goal; empty for one that did not grow at a goal.
    """

    actie: Actie
    te_laat: bool
    code: str = ""

    @property
    def is_gestopt(self) -> bool:
        return self.actie.besluit == Besluit.STOPPEN

    @property
    def is_gedaan(self) -> bool:
        return self.actie.stand == Actiestand.KLAAR and not self.is_gestopt

    @property
    def is_af(self) -> bool:
        """Whether it stands under "Gedaan"."""
        return self.is_gedaan or self.is_gestopt

    @property
    def bevinding(self) -> str:
        """What was found at its check; of one that was adjusted, what came of it says enough."""
        return "" if self.actie.besluit == Besluit.BIJSTUREN else self.actie.bevinding

    @property
    def is_half(self) -> bool:
        """Whether it still has to be made: nobody, or no moment, is named."""
        return lacks_who_or_when(self.actie)

    @property
    def komt(self) -> bool:
        """Whether page 1 tells it as something that comes."""
        return not (self.is_af or self.is_half)

    @property
    def when(self) -> str:
        """Its day or words in brief; of what is done, what the check said or when it is."""
        actie = self.actie
        if self.is_af:
            if actie.besluit:
                return actie.get_besluit_display()
            return f"check {_short(actie.check_op)}" if actie.check_op else ""
        return _short(actie.wanneer_op) if actie.wanneer_op else actie.wanneer

    @property
    def when_in_year(self) -> str:
        """The same where there is little room; the schooljaar stands above the drawing."""
        day = self.actie.wanneer_op
        return self.when if self.is_af or day is None else date_format(day, "d/m")


@dataclass(frozen=True)
class Card:
    """A block of the source with the goals in it, or a goal that the source has no block for.

    codes: of absence, behind the name of a track.
    is_baan: whether it is one of the tracks of fase 1.
    """

    kop: str
    codes: str
    woorden: tuple[str, ...]
    doelen: tuple[Routedoel, ...]
    acties: tuple[Routeactie, ...]
    is_baan: bool = False

    @property
    def enige(self) -> Routedoel | None:
        """Its only goal, when the card is called after it."""
        is_called = len(self.doelen) == 1 and block_of(self.doelen[0].kort, [self._as_block]) == 0
        return self.doelen[0] if is_called else None

    @property
    def named(self) -> tuple[tuple[str, Routedoel], ...]:
        """Its goals, each with its name unless that is the heading of the card."""
        return tuple(("" if self.enige else doel.kort, doel) for doel in self.doelen)

    @property
    def prioriteiten(self) -> tuple[int, ...]:
        """The numbers of its goals among what the team works on first."""
        return tuple(doel.eerst for doel in self.doelen if doel.eerst)

    @property
    def _as_block(self) -> dict[str, object]:
        kop = f"{self.kop} ({self.codes}-codes)" if self.codes else self.kop
        return {"kop": kop, "woorden": ()}

    @property
    def volgende(self) -> tuple[Routeactie, ...]:
        return tuple(one for one in self.acties if one.komt)

    @property
    def gedaan(self) -> tuple[Routeactie, ...]:
        return tuple(one for one in self.acties if one.is_gedaan)

    @property
    def half(self) -> int:
        return sum(one.is_half for one in self.acties)

    @property
    def eerst(self) -> tuple[Routeactie, ...]:
        """What comes first of what comes, as much as one takes in at once."""
        return self.volgende[:AT_ONCE]

    @property
    def later(self) -> tuple[Routeactie, ...]:
        return self.volgende[AT_ONCE:]

    @property
    def focussen(self) -> tuple[str, ...]:
        return tuple(doel.stand.focus for doel in self.doelen if doel.stand.focus.strip())


@dataclass(frozen=True)
class Step:
    """A phase as a step of the stairs.

    kern: what the source says of it beside the names of its cards.
    acties: every action of it.
    """

    trede: Trede
    fase: PhaseState
    doelen: tuple[Routedoel, ...]
    kern: str
    cards: tuple[Card, ...]
    acties: tuple[Routeactie, ...]

    @property
    def is_leeg(self) -> bool:
        """Whether nothing of it was discussed, scored or planned yet."""
        return all(doel.is_leeg for doel in self.doelen)

    @property
    def nummer(self) -> int:
        return self.fase.nummer

    @property
    def lead(self) -> tuple[Card, ...]:
        """The cards beside the tracks."""
        return tuple(card for card in self.cards if not card.is_baan)

    @property
    def banen(self) -> tuple[Card, ...]:
        return tuple(card for card in self.cards if card.is_baan)

    @property
    def per_doel(self) -> tuple[tuple[Routedoel, tuple[Routeactie, ...]], ...]:
        """The goals that the team came to, each with its actions."""
        told: dict[str, list[Routeactie]] = {
            doel.code: [] for doel in self.doelen if not doel.is_leeg
        }
        for actie in self.acties:
            told[actie.code].append(actie)
        return tuple((doel, tuple(told[doel.code])) for doel in self.doelen if doel.code in told)

    @property
    def in_a_line(self) -> str:
        """What the source says of it, for a step on which nothing stands yet."""
        blokken = self.trede.blokken
        if len(blokken) == 1:
            return f"{blokken[0]['kop']}: {', '.join(spoken_words(blokken[0]))}"
        return " · ".join(str(blok["kop"]) for blok in blokken)


@dataclass(frozen=True)
class Counts:
    """How many actions there are, each counted once."""

    alle: int
    gedaan: int
    over_tijd: int
    half: int
    lopen: int
    gestopt: int


def steps(kaart: Routekaart) -> tuple[Step, ...]:
    """The steps of a routekaart, from fase 0 up."""
    return tuple(_step(trede, kaart.today) for trede in kaart.treden)


def tell(
    acties: Iterable[Actie], *, today: date | None, codes: Mapping[UUID, str] | None = None
) -> tuple[Routeactie, ...]:
    """Actions as the routekaart tells them, the most urgent first and what was done last.

    today: the day that decides what is late; None when nothing is.
    codes: of their goals, by the key of the action.
    """
    told = [
        Routeactie(
            actie,
            te_laat=today is not None and is_overdue(actie, today=today),
            code=(codes or {}).get(actie.pk, ""),
        )
        for actie in most_urgent_first(acties)
    ]
    return tuple(sorted(told, key=lambda one: one.is_af))


def count(acties: Iterable[Routeactie]) -> Counts:
    """Count actions by what a board wants to know of them first."""
    acties = tuple(acties)
    stopped = sum(one.is_gestopt for one in acties)
    done = sum(one.is_gedaan for one in acties)
    half = sum(one.is_half for one in acties)
    late = sum(one.komt and one.te_laat for one in acties)
    return Counts(
        len(acties), done, late, half, len(acties) - stopped - done - half - late, stopped
    )


def is_empty(treden: Iterable[Step]) -> bool:
    """Whether the school has yet to start: nothing discussed, nothing scored, nothing planned."""
    return all(trede.is_leeg for trede in treden)


def most_urgent_first(acties: Iterable[Actie]) -> list[Actie]:
    """Sort actions by the date on which they need attention; finished actions come last.

    An overdue action has the oldest date, so it comes first without comparing with today's date:
    the same data give the same PDF on any day.
    """
    return sorted(acties, key=lambda actie: (is_finished(actie), next_date(actie) or date.max))


def _step(trede: Routetrede, today: date | None) -> Step:
    blokken = trede.trede.blokken
    if len(blokken) == 1:
        cards = tuple(_card_of(doel, today) for doel in trede.doelen)
        kern = _beside(blokken[0], trede.doelen)
    else:
        cards, kern = _cards(trede, today), ""
    acties = _acties(trede.doelen, today)
    return Step(trede.trede, trede.fase, trede.doelen, kern, cards, acties)


def _cards(trede: Routetrede, today: date | None) -> tuple[Card, ...]:
    """A card per block of the source, and behind them one per goal that it has no block for.

    In fase 1 the first block leads to the others, which are its tracks.
    """
    blokken = trede.trede.blokken
    places: dict[int | None, list[Routedoel]] = {}
    for doel in trede.doelen:
        places.setdefault(block_of(doel.kort, blokken), []).append(doel)
    has_tracks = trede.fase.nummer == 1
    cards = []
    for index, blok in enumerate(blokken):
        naam, codes = name_and_codes(blok["kop"])
        doelen = tuple(places.get(index, ()))
        cards.append(
            Card(
                capfirst(naam),
                codes,
                spoken_words(blok),
                doelen,
                _acties(doelen, today),
                is_baan=has_tracks and index > 0,
            )
        )
    return (*cards, *(_card_of(doel, today, is_baan=has_tracks) for doel in places.get(None, ())))


def _card_of(doel: Routedoel, today: date | None, *, is_baan: bool = False) -> Card:
    return Card(doel.kort, "", (), (doel,), _acties((doel,), today), is_baan=is_baan)


def _acties(doelen: Sequence[Routedoel], today: date | None) -> tuple[Routeactie, ...]:
    codes = {actie.pk: doel.code for doel in doelen for actie in doel.acties}
    return tell((actie for doel in doelen for actie in doel.acties), today=today, codes=codes)


def _beside(blok: dict[str, object], doelen: Iterable[Routedoel]) -> str:
    """The words of the only block of a phase that no goal is called after."""
    kop, woorden = str(blok["kop"]), spoken_words(blok)
    taken = {
        block_of(doel.kort, [{"kop": woord, "woorden": ()} for woord in woorden]) for doel in doelen
    }
    rest = [woord for index, woord in enumerate(woorden) if index not in taken]
    return f"{kop}: {', '.join(rest)}" if rest else kop


def _short(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
