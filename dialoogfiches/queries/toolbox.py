"""The shelf: the newest published version of every material, and searching in their text."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from dialoogfiches.models import Vorm
from dossiers.domain.materialen import NEWEST_FIRST, plain
from dossiers.models import Materiaal, Materiaalversie
from dossiers.weergave import has_proposals, mark_proposals

DOELGROEPEN = {"school": "school", "leerkracht": "leerkracht", "ouders": "ouders", "clb": "CLB"}
# More words than anybody types to find a material; each one is a condition in the query.
MAX_WORDS = 8


@dataclass(frozen=True)
class Materiaalrij:
    """One material on the shelf, in its newest published version."""

    versie: Materiaalversie
    met_voorstel: bool

    @property
    def materiaal(self) -> Materiaal:
        return self.versie.materiaal

    @property
    def soort(self) -> str:
        """What one does with it: the vorm of a fiche, or a soort of its own."""
        return self.versie.teksten.get("vorm", self.materiaal.soort)

    @property
    def soortnaam(self) -> str:
        return Vorm(self.soort).label if self.soort in Vorm else self.soort

    @property
    def voor_wie(self) -> str:
        """For whom it is, in words: "school en CLB"."""
        namen = [DOELGROEPEN[groep] for groep in self.materiaal.doelgroepen]
        return " en ".join(filter(None, (", ".join(namen[:-1]), namen[-1])))

    @property
    def herkomst(self) -> str:
        """How much of it waits for the PLG, in words."""
        return "deels voorstel" if self.met_voorstel else "volledig in de woorden van de bron"

    @property
    def is_for_clb(self) -> bool:
        """Whether only a CLB works with it: the school does not see what becomes of it."""
        return self.materiaal.doelgroepen == ["clb"] or self.soort == Vorm.OUDERS

    def fits(self, *, plg: str, doelgroep: str, fase: str, soort: str) -> bool:
        """Whether it passes a filter; an empty one lets everything pass."""
        return (
            plg in ("", self.materiaal.plg)
            and (not doelgroep or doelgroep in self.materiaal.doelgroepen)
            and (not fase or int(fase) in self.materiaal.fases)
            and soort in ("", self.soort)
        )


def shelf() -> tuple[Materiaalrij, ...]:
    """Every material that has a published version, by PLG and title. One query."""
    newest = _published().filter(materiaal=OuterRef("materiaal")).order_by(*NEWEST_FIRST)
    versies = (
        mark_proposals(_published())
        .filter(pk=Subquery(newest.values("pk")[:1]))
        .select_related("materiaal")
        .defer("zoektekst")
    )
    rijen = [Materiaalrij(versie, has_proposals(versie)) for versie in versies]
    return tuple(sorted(rijen, key=lambda rij: (rij.materiaal.plg, plain(rij.materiaal.titel))))


def versies_with(vorm: Vorm) -> list[Materiaalversie]:
    """What stands on the shelf of one vorm. One query."""
    return [rij.versie for rij in shelf() if rij.soort == vorm]


def search(rijen: Sequence[Materiaalrij], zoek: str) -> list[Materiaalrij]:
    """The materials in whose text one finds some words, the best first. One query.

    Every word has to stand in the text, also inside a longer one (Dutch writes "spijbelcontract");
    PostgreSQL moreover finds the other forms of a word.
    """
    words = plain(zoek).split()[:MAX_WORDS]
    versies = Materiaalversie.objects.filter(pk__in=[rij.versie.pk for rij in rijen])
    found = (
        _ranked(versies, words)
        if connection.vendor == "postgresql"
        else versies.filter(_all_inside(words))
    )
    place = {pk: number for number, pk in enumerate(found.values_list("pk", flat=True))}
    return sorted(
        (rij for rij in rijen if rij.versie.pk in place), key=lambda rij: place[rij.versie.pk]
    )


def beside(rijen: Sequence[Materiaalrij], rij: Materiaalrij) -> list[Materiaalrij]:
    """The materials that belong with one: those that guide it, or that it guides."""
    slug, begeleidt = rij.materiaal.slug, rij.versie.teksten.get("begeleidt")
    return [
        one
        for one in rijen
        if one.materiaal.slug == begeleidt or one.versie.teksten.get("begeleidt") == slug
    ]


def _published() -> QuerySet[Materiaalversie]:
    return Materiaalversie.objects.filter(status=Materiaalversie.Status.GEPUBLICEERD)


def _all_inside(words: Sequence[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(zoektekst__contains=word)
    return condition


def _ranked(versies: QuerySet[Materiaalversie], words: Sequence[str]) -> QuerySet[Materiaalversie]:
    vector = SearchVector("materiaal__titel", weight="A", config="dutch") + SearchVector(
        "zoektekst", weight="B", config="dutch"
    )
    query = SearchQuery(" ".join(words), config="dutch")
    return (
        versies.annotate(vector=vector, rang=SearchRank(vector, query))
        .filter(Q(vector=query) | _all_inside(words))
        .order_by("-rang", "materiaal__titel")
    )
