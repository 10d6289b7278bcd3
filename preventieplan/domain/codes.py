"""Codes for new goals and questions in a concept of the plan, which never reuse an older code."""

from collections.abc import Iterable

from dossiers.materialen.models import Materiaalversie
from preventieplan.models import Checklistvraag, Doelstelling


def new_doel_code(versie: Materiaalversie, fase: int) -> str:
    """The code for a new goal: the next number in its fase, counting all versions."""
    start = f"f{fase}-"
    used = Doelstelling.objects.filter(
        versie__materiaal=versie.materiaal_id, code__startswith=start
    ).values_list("code", flat=True)
    return f"{start}{_next(used, start)}"


def new_vraag_code(doel: Doelstelling) -> str:
    """The code for a new question: the next number in its goal, counting all versions."""
    start = f"{doel.code}-v"
    used = Checklistvraag.objects.filter(
        doelstelling__versie__materiaal=doel.versie.materiaal_id, code__startswith=start
    ).values_list("code", flat=True)
    return f"{start}{_next(used, start):02}"


def _next(used: Iterable[str], start: str) -> int:
    return max((int(code.removeprefix(start)) for code in used), default=0) + 1
