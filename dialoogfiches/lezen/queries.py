"""The materials to read within a dossier, and the actions that arose from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from dialoogfiches.lezen.models import Leesactie
from dialoogfiches.models import Item, Onderdeel, Rubrieksoort
from dialoogfiches.queries import Fiche
from dossiers.materialen.models import Materiaal, Materiaalversie, Vorm
from dossiers.materialen.queries import find_published
from dossiers.materialen.shelf import is_for_clb
from dossiers.models import Dossier

# The vormen that are only read; the others have their own pages.
LEESVORMEN = (Vorm.LEZEN, Vorm.TIPS, Vorm.FLOW)


@dataclass(frozen=True)
class ReadingMaterial:
    """A material to read within a dossier, and how many actions arose from it there."""

    materiaal: Materiaal
    acties: int


def leesmaterialen(*, dossier: Dossier, clb: bool) -> tuple[ReadingMaterial, ...]:
    """The materials that its school can read within a dossier. Two queries.

    clb: whether the reader works for the CLB; CLB-only materials are left out for other readers.
    """
    acties = dict(
        Leesactie.objects.filter(actie__dossier=dossier, actie__geschrapt_op__isnull=True)
        .values_list("onderdeel__versie__materiaal")
        .annotate(aantal=Count("pk"))
    )
    versies = sorted(
        Materiaalversie.objects.newest().filter(vorm__in=LEESVORMEN),
        key=Materiaalversie.shelf_order,
    )
    return tuple(
        ReadingMaterial(versie.materiaal, acties.get(versie.materiaal_id, 0))
        for versie in versies
        if (clb or not is_for_clb(versie)) and versie.materiaal.is_for(dossier.school.niveau)
    )


def find_to_read(slug: str) -> Materiaalversie | None:
    """The newest version of a material; None unless its vorm is one to read. One query."""
    return find_published(slug=slug, vormen=LEESVORMEN)


def leesacties_of(*, dossier: Dossier, materiaal: Materiaal) -> QuerySet[Leesactie]:
    """The actions that arose from a material in a dossier, without the struck ones."""
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
    """The introduction of a material with tips, split into its first lines and the rest."""

    kop: str
    onder: str
    rest: str


def opening_of(fiche: Fiche) -> Opening:
    """Split the introduction: first line, other lines of the first paragraph, remainder."""
    first, _, rest = fiche.inleiding["tekst"].partition("\n\n")
    kop, _, onder = first.partition("\n")
    return Opening(kop, onder.replace("\n", " "), rest)


@dataclass(frozen=True)
class Moment:
    """One part with its selected tips."""

    onderdeel: Onderdeel
    zin: str  # the opening text of the part; may be empty
    tips: tuple[Item, ...]


def tips_of(fiche: Fiche) -> dict[str, Item]:
    """The tips of a material, by code."""
    return {
        item.code: item
        for deel in fiche.parts
        for rubriek in deel.rubrieken
        if rubriek.soort == Rubrieksoort.TIPS
        for item in rubriek.items.all()
    }


def chosen_moments(fiche: Fiche, codes: Sequence[str]) -> tuple[Moment, ...]:
    """The parts with selected tips, in the order of the material; unknown codes are ignored."""
    chosen = [tip for code, tip in tips_of(fiche).items() if code in set(codes)]
    moments = []
    for deel in fiche.parts:
        pks = {rubriek.pk for rubriek in deel.rubrieken}
        if tips := tuple(tip for tip in chosen if tip.rubriek_id in pks):
            zin = next((rubriek.tekst for rubriek in deel.rubrieken if rubriek.tekst), "")
            moments.append(Moment(deel.onderdeel, zin, tips))
    return tuple(moments)
