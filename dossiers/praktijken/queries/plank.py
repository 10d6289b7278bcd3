"""The shelf "Uit de scholen": what teams shared and an editor of the PLG approved."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.lookups import GreaterThanOrEqual

from dossiers.acties.belonging import is_whole_phase, phase_code, phase_of, places_in
from dossiers.domain import PLAN
from dossiers.materialen.queries import find_published
from dossiers.models import Dossier
from dossiers.praktijken.models import Praktijk, Stand
from stsdialoog.text import search_words

# From so many schools on it is told how many a practice helped, and counts for the order.
TOLD_FROM = 5
# Beside a goal.
BESIDE = 3
# Of what somebody looks for.
MAX_WORDS = 8


def shared() -> QuerySet[Praktijk]:
    """What is on the shelf, with its school and with `hielp`; what helped most schools first."""
    aantal = Count("hielp_ook")
    enough = When(GreaterThanOrEqual(aantal, TOLD_FROM), then=aantal)
    told: dict[str, Any] = {
        "hielp": Case(enough, default=Value(0), output_field=IntegerField()),
    }
    found = Praktijk.objects.filter(stand=Stand.GEDEELD, dossier__school__oefen=False)
    ordering: Any = ("-hielp", "-gedeeld_op", "id")
    return found.annotate(**told).select_related("dossier__school").order_by(*ordering)


def find_shared(pk: UUID) -> Praktijk | None:
    return shared().filter(pk=pk).first()


def on_shelf(*, zoek: str = "", fase: str = "", doel: str = "", niveau: str = "") -> Any:
    """What is on the shelf and fits what was asked; "" asks nothing.

    zoek: each of its first words has to stand in what the team told.
    fase: a digit. doel: the code of a goal; what is of its phase as a whole fits too.
    """
    wanted = Q()
    for word in search_words(zoek, at_most=MAX_WORDS):
        wanted &= Q(zoektekst__contains=word)
    if fase:
        whole = phase_code(int(fase))
        wanted &= Q(hoort_bij=whole) | Q(hoort_bij__startswith=f"{whole}-")
    if doel:
        wanted &= Q(hoort_bij__in=_fitting(doel))
    if niveau:
        wanted &= Q(dossier__school__niveau=niveau)
    return shared().filter(wanted)


def beside_goal(dossier: Dossier, code: str) -> list[Praktijk]:
    """At most three from other schools that fit a goal: of that goal before its phase as a whole,
    of the same niveau before another, and what helped most schools first. One query.
    """
    of_goal = Case(When(hoort_bij=code, then=Value(0)), default=Value(1))
    niveau = Q(dossier__school__niveau=dossier.school.niveau)
    same = Case(When(niveau, then=Value(0)), default=Value(1))
    fitting = on_shelf(doel=code).exclude(dossier__school=dossier.school_id)
    return list(fitting.order_by(of_goal, same, "-hielp", "-gedeeld_op", "id")[:BESIDE])


def goal_words() -> Mapping[str, str]:
    """What each goal and phase is called in the newest plan, by its code. One query."""
    planversie = find_published(slug=PLAN)
    groups = places_in(planversie) if planversie else ()
    return {code: words for _, choices in groups for code, words in choices}


def waiting_for_plg() -> QuerySet[Praktijk]:
    """What an editor of the PLG is asked to read, the longest waiting first."""
    waiting = Praktijk.objects.filter(stand=Stand.PLG, dossier__school__oefen=False)
    return waiting.select_related("dossier__school").order_by("gewijzigd_op", "id")


def _fitting(code: str) -> list[str]:
    fase = phase_of(code)
    if fase is None or is_whole_phase(code):
        return [code]
    return [code, phase_code(fase)]
