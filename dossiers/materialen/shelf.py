"""The shelf: the newest published version of every material, with what users look for in it."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list

from dossiers.materialen.domain.versions import as_published
from dossiers.materialen.models import STS_TEAM, Doelgroep, Materiaal, Materiaalversie, Vorm
from dossiers.materialen.queries import beside
from dossiers.materialen.registry import has_proposals, mark_proposals, soort_of

PICTOGRAMMEN = {
    Vorm.PREVENTIEPLAN: "bar-chart-steps",
    Vorm.GESPREK: "chat-dots",
    Vorm.LEZEN: "book",
    Vorm.FLOW: "diagram-3",
    Vorm.TIPS: "lightbulb",
    Vorm.BEVRAGING: "ui-checks",
    Vorm.OUDERS: "people",
}


@dataclass(frozen=True)
class ShelfRow:
    """One material on the shelf, in its newest published version."""

    versie: Materiaalversie
    met_voorstel: bool

    @property
    def materiaal(self) -> Materiaal:
        return self.versie.materiaal

    @property
    def vorm(self) -> Vorm:
        return Vorm(self.versie.vorm)

    @property
    def pictogram(self) -> str:
        """The template of the drawing that goes with its kind."""
        return f"bs_icon/{PICTOGRAMMEN[self.vorm]}.svg"

    @property
    def voor_wie(self) -> str:
        """The target groups in words: "school en CLB"."""
        names = [str(Doelgroep(groep).label) for groep in self.materiaal.doelgroepen]
        return get_text_list(names, "en")

    @property
    def alleen_voor(self) -> str:
        """The schools that need it, in words: "BaO en BuO"; empty when all do."""
        return get_text_list(self.materiaal.niveaus, "en")

    @property
    def herkomst(self) -> str:
        """In words, whether any of it still has to be confirmed by the PLG."""
        if self.met_voorstel:
            return "deels nog te bevestigen door de PLG"
        return f"tekst van {'het STS-team' if self.materiaal.plg == STS_TEAM else 'de PLG'}"

    @property
    def is_for_clb(self) -> bool:
        return is_for_clb(self.versie)

    def fits(self, *, plg: str, doelgroep: str, fase: str, soort: str) -> bool:
        """Whether the material matches all filters; an empty filter matches everything."""
        return (
            plg in ("", self.materiaal.plg)
            and (not doelgroep or doelgroep in self.materiaal.doelgroepen)
            and (not fase or int(fase) in self.materiaal.fases)
            and soort in ("", self.vorm)
        )


def is_for_clb(versie: Materiaalversie) -> bool:
    """Whether a material is for the CLB only: the school does not see what is done with it."""
    return versie.materiaal.doelgroepen == [Doelgroep.CLB] or versie.vorm == Vorm.OUDERS


def shelf() -> tuple[ShelfRow, ...]:
    """Every material that has a published version, in shelf order. One query."""
    versies = mark_proposals(Materiaalversie.objects.newest()).defer("zoektekst")
    rows = [ShelfRow(versie, has_proposals(versie)) for versie in versies]
    return tuple(sorted(rows, key=lambda row: row.versie.shelf_order()))


def find_on_shelf(slug: str) -> ShelfRow | None:
    """Find a material by slug; None when it has no published version. One query."""
    versie = mark_proposals(Materiaalversie.objects.newest().filter(materiaal__slug=slug)).first()
    return ShelfRow(versie, has_proposals(versie)) if versie else None


def preview_of(pk: int) -> dict[str, Any]:
    """The template context of a version as its page of the toolbox will be for everybody.

    Raises Materiaalversie.DoesNotExist.
    """
    marked = mark_proposals(Materiaalversie.objects.filter(pk=pk))
    versie = as_published(marked.select_related("materiaal").get())
    content = soort_of(versie).content
    return {
        "versie": versie,
        "rij": ShelfRow(versie, has_proposals(versie)),
        "erbij": beside(versie),
        "inhoud": content.template,
        **content.context(versie),
    }
