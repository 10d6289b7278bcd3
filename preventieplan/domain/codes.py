"""Codes for what is new in a concept of the plan: never one that meant something else before."""

from collections.abc import Iterable

from dossiers.materialen.models import Materiaalversie
from preventieplan.models import Checklistvraag, Doelstelling


def new_doel_code(versie: Materiaalversie, fase: int) -> str:
    """A code for a new goal: the next number of its fase, through all versions."""
    start = f"f{fase}-"
    used = Doelstelling.objects.filter(
        versie__materiaal=versie.materiaal_id, code__startswith=start
    ).values_list("code", flat=True)
    return f"{start}{_next(used, start)}"


def new_vraag_code(doel: Doelstelling) -> str:
    """A code for a new question: the next number of its goal, through all versions."""
    start = f"{doel.code}-v"
    used = Checklistvraag.objects.filter(
        doelstelling__versie__materiaal=doel.versie.materiaal_id, code__startswith=start
    ).values_list("code", flat=True)
    return f"{start}{_next(used, start):02}"


def _next(used: Iterable[str], start: str) -> int:
    return max((int(code.removeprefix(start)) for code in used), default=0) + 1
