"""What one reads beside a dossier, and the actions that grew from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from dialoogfiches.lezen.models import Leesactie
from dialoogfiches.models import Item, Onderdeel, Rubrieksoort
from dialoogfiches.queries import Fiche
from dossiers.materialen.models import Materiaal, Materiaalversie, Vorm
from dossiers.materialen.queries import find_published, shelf_order
from dossiers.materialen.shelf import is_for_clb
from dossiers.models import Dossier

# What one only reads; everything else has pages of its own.
LEESVORMEN = (Vorm.LEZEN, Vorm.TIPS, Vorm.FLOW)


@dataclass(frozen=True)
class ReadingMaterial:
    """A material to read beside a dossier, and how many actions grew from it there."""

    materiaal: Materiaal
    acties: int


def leesmaterialen(*, dossier: Dossier, clb: bool) -> tuple[ReadingMaterial, ...]:
    """The materials that one can read beside a dossier. Two queries.

    clb: whether the reader works for the CLB; the others do not get what is only for them.
    """
    acties = dict(
        Leesactie.objects.filter(actie__dossier=dossier, actie__geschrapt_op__isnull=True)
        .values_list("onderdeel__versie__materiaal")
        .annotate(aantal=Count("pk"))
    )
    versies = sorted(Materiaalversie.objects.newest().filter(vorm__in=LEESVORMEN), key=shelf_order)
    return tuple(
        ReadingMaterial(versie.materiaal, acties.get(versie.materiaal_id, 0))
        for versie in versies
        if clb or not is_for_clb(versie)
    )


def find_to_read(slug: str) -> Materiaalversie | None:
    """The newest version of the material with this slug, when it is one to read. One query."""
    return find_published(slug=slug, vormen=LEESVORMEN)


def leesacties_of(*, dossier: Dossier, materiaal: Materiaal) -> QuerySet[Leesactie]:
    """The actions that grew from a material in a dossier, without the struck ones."""
    return (
        Leesactie.objects.filter(
            actie__dossier=dossier,
            actie__geschrapt_op__isnull=True,
            onderdeel__versie__materiaal=materiaal,
        )
        .select_related("actie", "tip")
        .order_by("actie__gemaakt_op", "actie_id")
    )


@dataclass(frozen=True)
class Opening:
    """How the introduction of a material with tips begins, and the rest of it."""

    kop: str
    onder: str
    rest: str


def opening_of(fiche: Fiche) -> Opening:
    """The first line of the introduction, the other lines of its first paragraph, and the rest."""
    first, _, rest = fiche.inleiding["tekst"].partition("\n\n")
    kop, _, onder = first.partition("\n")
    return Opening(kop, onder.replace("\n", " "), rest)


@dataclass(frozen=True)
class Moment:
    """One part with the tips of it that were chosen."""

    onderdeel: Onderdeel
    zin: str  # what the part begins with; can be empty
    tips: tuple[Item, ...]


def tips_of(fiche: Fiche) -> dict[str, Item]:
    """The tips of a material by their code."""
    return {
        item.code: item
        for deel in fiche.delen
        for rubriek in deel.rubrieken
        if rubriek.soort == Rubrieksoort.TIPS
        for item in rubriek.items.all()
    }


def chosen_moments(fiche: Fiche, codes: Sequence[str]) -> tuple[Moment, ...]:
    """The parts with the chosen tips, in the order of the material; a code it lacks is ignored."""
    chosen = [tip for code, tip in tips_of(fiche).items() if code in set(codes)]
    moments = []
    for deel in fiche.delen:
        pks = {rubriek.pk for rubriek in deel.rubrieken}
        if tips := tuple(tip for tip in chosen if tip.rubriek_id in pks):
            zin = next((rubriek.tekst for rubriek in deel.rubrieken if rubriek.tekst), "")
            moments.append(Moment(deel.onderdeel, zin, tips))
    return tuple(moments)
