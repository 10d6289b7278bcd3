"""What was filled in for content that the version in use no longer has."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import FilteredRelation, Q

from dossiers.acties.belonging import PHASE_CODES
from dossiers.acties.models import Actie
from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier
from dossiers.overnemen.queries import codes_of, earlier_content
from preventieplan.domain.words import own_words
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from preventieplan.queries.plan import GoalActie


@dataclass
class EarlierGoal:
    """What stayed on an earlier version of a goal.

    `inschaling` and `acties` are only filled when the goal itself stayed there, and not just some
    of its questions.
    """

    doelstelling: Doelstelling
    inschaling: Inschaling | None = None
    antwoorden: list[Antwoord] = field(default_factory=list)
    acties: list[Actie] = field(default_factory=list)

    @property
    def woorden(self) -> tuple[tuple[str, str], ...]:
        """What the team said about its score then, each answer after what was asked."""
        one = self.inschaling
        return own_words(score=one.score, want=one.want, hoger=one.hoger) if one else ()


def goals_left_behind(dossier: Dossier, acties: Iterable[GoalActie]) -> tuple[EarlierGoal, ...]:
    """What stayed on earlier versions, per goal and without empty records. Two queries.

    acties: those of the dossier that belong at a goal and are not struck.
    """
    now = dossier.planversie_id
    found: dict[str, EarlierGoal] = {}
    for antwoord in earlier_answers(dossier):
        doel = antwoord.vraag.doelstelling
        found.setdefault(doel.code, EarlierGoal(doel)).antwoorden.append(antwoord)
    inschalingen = Inschaling.objects.filter(dossier=dossier).exclude(doelstelling__versie=now)
    for inschaling in inschalingen.select_related("doelstelling"):
        if inschaling.score is not None or any(
            (inschaling.want, inschaling.hoger, inschaling.focus)
        ):
            doel = inschaling.doelstelling
            found.setdefault(doel.code, EarlierGoal(doel)).inschaling = inschaling
    for one in acties:
        if one.doelstelling.versie_id != now:
            doel = one.doelstelling
            found.setdefault(doel.code, EarlierGoal(doel)).acties.append(one.actie)
    return tuple(sorted(found.values(), key=lambda one: _order(one.doelstelling)))


def earlier_answers(dossier: Dossier) -> list[Antwoord]:
    """The non-empty answers to questions of an earlier version. One query."""
    antwoorden = (
        Antwoord.objects.filter(dossier=dossier)
        .exclude(vraag__doelstelling__versie=dossier.planversie_id)
        .select_related("vraag__doelstelling")
        .order_by("vraag__volgorde", "pk")
    )
    return [antwoord for antwoord in antwoorden if antwoord.is_filled]


def earlier_goal(dossier: Dossier, code: str) -> Doelstelling | None:
    """The goal with this code in an earlier version; None when no version has it. One query."""
    record = FilteredRelation("inschalingen", condition=Q(inschalingen__dossier=dossier))
    doelen = Doelstelling.objects.filter(code=code).annotate(record=record)
    return earlier_content(doelen, dossier.planversie).first()


def filled_codes(dossier: Dossier) -> frozenset[str]:
    """The codes of the questions and goals for which something was filled in. Three queries."""
    antwoorden = Antwoord.objects.filter(dossier=dossier).select_related("vraag")
    inschalingen = Inschaling.objects.filter(dossier=dossier)
    acties = Actie.objects.filter(dossier=dossier).exclude(hoort_bij__in=("", *PHASE_CODES))
    return frozenset(
        [
            *(antwoord.vraag.code for antwoord in antwoorden if antwoord.is_filled),
            *inschalingen.values_list("doelstelling__code", flat=True),
            *acties.values_list("hoort_bij", flat=True),
        ]
    )


def codes_in(versie: Materiaalversie) -> frozenset[str]:
    """The codes of all questions and goals of a version. Two queries."""
    vragen = Checklistvraag.objects.filter(doelstelling__versie=versie)
    return codes_of(vragen, Doelstelling.objects.filter(versie=versie))


def _order(doel: Doelstelling) -> tuple[int, int, int]:
    return doel.fase, doel.volgorde, doel.pk
