"""Where in the plan an action belongs: at a goal, in a phase, or nowhere in particular.

`f1-2` is the goal with that code, `f1` the phase as a whole. A code means the same in every version
of the plan, so nothing has to move along when a dossier takes a newer one into use. The goals are
in a higher room, which registers what there is to choose from.
"""

import re
from collections.abc import Callable, Sequence

from django.db.models import Q

from dossiers.materialen.models import Fase, Materiaalversie
from dossiers.models import Dossier

MAX_LENGTH = 20  # that of the code of a goal
CODE = re.compile(r"f([0-3])(-.+)?")
# The name of a group in a list, and its choices: each a value and its words.
Group = tuple[str, Sequence[tuple[str, str]]]
# What a form chooses from: without a group, or in one.
Choices = list[tuple[str, str] | Group]
GoalsByPhase = Callable[[Materiaalversie], Sequence[tuple[Fase, Sequence[tuple[str, str]]]]]

_goals: list[GoalsByPhase] = []


def register_goals(tell: GoalsByPhase) -> None:
    """Register the plan. `tell` gives the phases of a version, each with the goals in it."""
    _goals[:] = [tell]


def phase_code(fase: int) -> str:
    """What says that something belongs in a phase, and at none of its goals."""
    return f"f{fase}"


def phase_of(code: str) -> Fase | None:
    """The phase of a goal or of a phase as a whole; None for what belongs nowhere."""
    found = CODE.fullmatch(code)
    return Fase(int(found[1])) if found else None


def is_whole_phase(code: str) -> bool:
    return code in PHASE_CODES


def groups_for(dossier: Dossier, code: str) -> list[Group]:
    """What something of a dossier can belong to, and what it belongs to now.

    code: where it belongs now, which can be a goal that the version in use does not have.
    """
    return _with_now(places_in(dossier.planversie), code)


def places_in(planversie: Materiaalversie) -> list[Group]:
    """What something can belong to in a version of the plan: its goals, and each phase."""
    return [
        (_words(fase), [*doelen, (phase_code(fase), f"fase {fase} als geheel")])
        for fase, doelen in _phases(planversie)
    ]


def goals_for(planversie: Materiaalversie | None, code: str) -> list[Group]:
    """What a part of a material can be about, and what it is about now; each with its code.

    planversie: the plan to choose from; None where there is none yet.
    """
    groups: list[Group] = [
        (_words(fase), [(one, f"{one} {words}") for one, words in doelen])
        for fase, doelen in (_phases(planversie) if planversie else ())
        if doelen
    ]
    return _with_now(groups, code)


def _phases(planversie: Materiaalversie) -> list[tuple[Fase, Sequence[tuple[str, str]]]]:
    return [one for tell in _goals for one in tell(planversie)]


def _words(fase: Fase) -> str:
    return f"Fase {fase}: {fase.label}"


def _with_now(groups: list[Group], code: str) -> list[Group]:
    """The groups, with where something belongs now if none of them has it."""
    known = {value for _, choices in groups for value, _ in choices}
    if code and code not in known:
        groups.append(("Nu", [(code, "een doelstelling die er niet meer is")]))
    return groups


PHASE_CODES = tuple(phase_code(fase) for fase in Fase)
# What a column `hoort_bij` can hold.
BELONGS = Q(hoort_bij="") | Q(hoort_bij__in=PHASE_CODES)
for _phase in PHASE_CODES:
    BELONGS |= Q(hoort_bij__startswith=f"{_phase}-")
