"""The road drawing at the top of the pages of a talk."""

from collections.abc import Iterable

from dialoogfiches.queries import Fiche
from dialoogfiches.road import Flow, can_be_drawn, road
from dossiers.materialen.models import Vorm


def flow_of(fiche: Fiche, companions: Iterable[Fiche], code: str | None) -> Flow | None:
    """The drawing of the flow that accompanies the material, or otherwise of the material's steps.

    companions: the materials that are read alongside the talk.
    code: the code of the current step, if any.
    The stations have the step numbers of the talk. Returns None if there is no road to draw.
    """
    drawn = next((one for one in companions if one.vorm == Vorm.FLOW), fiche)
    if not can_be_drawn(drawn.stappen):
        return None
    numbers = {deel.onderdeel.code: deel.nummer for deel in fiche.stappen}
    return road(drawn.stappen, current=code, numbers=numbers)
