"""What a dossier filled in under content that the version of now does not have any more."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from dossiers.domain.overnemen import by_code
from dossiers.models import Actie, Dossier, Materiaalversie
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling, Planactie


@dataclass
class Eerderdoel:
    """What stayed behind of one goal; `inschaling` and `acties` only when the goal itself did."""

    doelstelling: Doelstelling
    inschaling: Inschaling | None = None
    antwoorden: list[Antwoord] = field(default_factory=list)
    acties: list[Actie] = field(default_factory=list)


def left_behind(dossier: Dossier, planacties: Iterable[Planactie]) -> tuple[Eerderdoel, ...]:
    """Goal by goal what stands on an earlier version, without what is empty. Two queries.

    planacties: those of the dossier that are not struck.
    """
    now = dossier.planversie_id
    found: dict[int, Eerderdoel] = {}
    for antwoord in earlier_answers(dossier):
        doel = antwoord.vraag.doelstelling
        found.setdefault(doel.pk, Eerderdoel(doel)).antwoorden.append(antwoord)
    inschalingen = Inschaling.objects.filter(dossier=dossier).exclude(doelstelling__versie=now)
    for inschaling in inschalingen.select_related("doelstelling"):
        if inschaling.score is not None or inschaling.focus:
            doel = inschaling.doelstelling
            found.setdefault(doel.pk, Eerderdoel(doel)).inschaling = inschaling
    for plan in planacties:
        if plan.doelstelling.versie_id != now:
            doel = plan.doelstelling
            found.setdefault(doel.pk, Eerderdoel(doel)).acties.append(plan.actie)
    return tuple(sorted(found.values(), key=lambda one: _order(one.doelstelling)))


def earlier_answers(dossier: Dossier) -> list[Antwoord]:
    """The answers that stand on a question of an earlier version, without empty ones. One query."""
    antwoorden = (
        Antwoord.objects.filter(dossier=dossier)
        .exclude(vraag__doelstelling__versie=dossier.planversie_id)
        .select_related("vraag__doelstelling")
        .order_by("vraag__volgorde", "pk")
    )
    return [antwoord for antwoord in antwoorden if antwoord.is_filled]


def earlier(content: QuerySet[Any], dossier: Dossier, *, via: str = "") -> QuerySet[Any]:
    """Content of the published versions before that of now, first where the dossier wrote.

    content: goals or questions, annotated with `mijn`: what the dossier filled in under each.
    via: the way from one of these to its goal, as in a lookup.
    """
    now = dossier.planversie
    return content.filter(
        **{
            f"{via}versie__materiaal": now.materiaal_id,
            f"{via}versie__status": Materiaalversie.Status.GEPUBLICEERD,
            f"{via}versie__datum__lte": now.datum,
        }
    ).order_by(F("mijn__pk").asc(nulls_last=True), f"-{via}versie__datum", "-pk")


def earlier_goal(dossier: Dossier, code: str) -> Doelstelling | None:
    """The goal with this code in an earlier version; None when no version had it. One query."""
    mine = FilteredRelation("inschalingen", condition=Q(inschalingen__dossier=dossier))
    doelen = Doelstelling.objects.filter(code=code).annotate(mijn=mine)
    return earlier(doelen, dossier).first()


def filled_codes(dossier: Dossier) -> frozenset[str]:
    """The codes of the questions and goals under which a dossier holds something. Three queries."""
    antwoorden = Antwoord.objects.filter(dossier=dossier).select_related("vraag")
    inschalingen = Inschaling.objects.filter(dossier=dossier)
    acties = Planactie.objects.filter(actie__dossier=dossier)
    return frozenset(
        [
            *(antwoord.vraag.code for antwoord in antwoorden if antwoord.is_filled),
            *inschalingen.values_list("doelstelling__code", flat=True),
            *acties.values_list("doelstelling__code", flat=True),
        ]
    )


def codes_of(versie: Materiaalversie) -> frozenset[str]:
    """The codes of all questions and goals of a version. Two queries."""
    vragen = Checklistvraag.objects.filter(doelstelling__versie=versie)
    doelen = Doelstelling.objects.filter(versie=versie)
    return frozenset([*by_code(vragen), *by_code(doelen)])


def _order(doel: Doelstelling) -> tuple[int, int, int]:
    return doel.fase, doel.volgorde, doel.pk
