"""Drafts of the sentences above the routekaart, from nothing but what was filled in.

Of what the team asks of its board there is no draft: nobody invents a demand.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from preventieplan.queries.stand import GoalState, PhaseState

# As many names as a sentence bears; fewer when it would be longer than what stands on page 1.
NAMES = (3, 2, 1)
LONGEST = 185


@dataclass(frozen=True)
class Change:
    """A goal with its score of then and of now; `eerder` is None for what had none."""

    naam: str
    eerder: int | None
    score: int


@dataclass(frozen=True)
class ActionChanges:
    """How many actions were done, adjusted and made since a moment, and are late now."""

    gedaan: int = 0
    bijgestuurd: int = 0
    nieuw: int = 0
    over_tijd: int = 0


def draft_standing(fasen: Iterable[PhaseState]) -> str:
    """A draft of "Waar staan we?"."""
    fasen = tuple(fasen)
    scored = [doel for fase in fasen for doel in fase.doelen if doel.score is not None]
    if not scored:
        return "We staan aan het begin: nog geen enkele doelstelling kreeg een score."
    begun = listed(
        f"{fase.ingeschaald} van {len(fase.doelen)} in fase {fase.nummer}"
        for fase in fasen
        if fase.ingeschaald
    )
    sentence = f"Doelstellingen met een score: {begun}, gemiddeld {_mean(scored)} op 10."
    scores = {doel.score for doel in scored if doel.score is not None}

    def told(names: int) -> str:
        if len(scores) == 1:
            return sentence
        best, least = max(scores), min(scores)
        return (
            f"{sentence} Het sterkst: {_with_score(scored, best, names)}. "
            f"Het meeste werk: {_with_score(scored, least, names)}."
        )

    return _short_enough(told)


def draft_change(changes: Sequence[Change], acties: ActionChanges, *, is_start: bool) -> str:
    """A draft of "Wat veranderde sinds ...?".

    is_start: since then everything is new, so no goal has to be named.
    """
    known = [one for one in changes if one.eerder is not None]
    higher = [one for one in known if one.score > (one.eerder or 0)]
    lower = [one for one in known if one.eerder is not None and one.score < one.eerder]
    new = [one for one in changes if one.eerder is None]
    higher.sort(key=lambda one: (one.eerder or 0) - one.score)
    lower.sort(key=lambda one: one.score - (one.eerder or 0))

    def told(names: int) -> str:
        parts = [*_moved("Hoger", higher, names), *_moved("Lager", lower, names)]
        if known and not parts:
            parts.append("De scores bleven gelijk.")
        if new and is_start:
            parts.append(f"{_number(len(new), 'doelstelling', 'doelstellingen')} ingeschaald.")
        elif new:
            first = _some([one.naam for one in new], names)
            parts.append(f"Voor het eerst ingeschaald: {first}.")
        return " ".join([*parts, *filter(None, [_acties(acties)])])

    return _short_enough(told)


def _short_enough(told: Callable[[int], str]) -> str:
    """The draft with as many names as page 1 has room for."""
    drafts = [told(names) for names in NAMES]
    return next((draft for draft in drafts if len(draft) <= LONGEST), drafts[-1])


def listed(parts: Iterable[str]) -> str:
    """ "a", "a en b" or "a, b en c"."""
    *most, last = tuple(parts) or ("",)
    return f"{', '.join(most)} en {last}" if most else last


def _some(names: Sequence[str], at_most: int) -> str:
    more = len(names) - at_most
    return listed((*names[:at_most], f"nog {more}") if more > 0 else names)


def _moved(how: str, changes: Sequence[Change], names: int) -> list[str]:
    if not changes:
        return []
    told = [f"{one.naam} van {one.eerder} naar {one.score}" for one in changes]
    return [f"{how}: {_some(told, names)}."]


def _acties(acties: ActionChanges) -> str:
    done = acties.gedaan
    parts = [
        *([f"{_number(done, 'actie', 'acties')} gedaan"] if done else []),
        *([f"{acties.bijgestuurd} bijgestuurd"] if acties.bijgestuurd else []),
        *([f"{acties.nieuw} nieuw"] if acties.nieuw else []),
        *([f"{acties.over_tijd} over tijd"] if acties.over_tijd else []),
    ]
    if parts and not done:
        return f"Acties: {listed(parts)}."
    return f"{listed(parts)}." if parts else ""


def _number(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _with_score(scored: Iterable[GoalState], score: int, names: int) -> str:
    return f"{_some([doel.kort for doel in scored if doel.score == score], names)} ({score})"


def _mean(scored: Sequence[GoalState]) -> str:
    mean = sum(doel.score or 0 for doel in scored) / len(scored)
    # Half a tenth goes up, as on a pocket calculator.
    return f"{int(10 * mean + 0.5) / 10:.1f}".replace(".", ",").removesuffix(",0")
