"""The page with a material to read within a dossier, and the actions that arose from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialoogfiches.lezen.forms import NAAM, LeesactieForm
from dialoogfiches.lezen.models import Leesactie
from dialoogfiches.lezen.queries import Opening, leesacties_of, opening_of, tips_of
from dialoogfiches.models import Item
from dialoogfiches.queries import Fiche, fiche_of
from dialoogfiches.road import Flow, own_road
from dossiers.acties.forms import (
    ActieForm,
    ActionPart,
    ActionPlace,
    NieuweActieForm,
    actie_parts,
    example_in_own_words,
    forms_in_own_words,
    in_dossier,
)
from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier

WAAROM = "Hoe doen jullie dat op jullie school? Zeg het in jullie eigen woorden."


@dataclass(frozen=True)
class ReadingPage:
    """The page of one material within a dossier.

    plaats: where an action is made that comes from no tip, with the form `nieuw`.
    found: the actions that arose from it, with the tip that they come from.
    opened: the forms of the tips where an action is being made, by the name of the place.
    """

    fiche: Fiche
    flow: Flow | None
    acties: tuple[ActionPart, ...]
    plaats: ActionPlace
    nieuw: LeesactieForm
    found: tuple[Leesactie, ...]
    opened: Mapping[str, NieuweActieForm]

    @property
    def opening(self) -> Opening:
        return opening_of(self.fiche)

    @property
    def forms(self) -> Iterator[ActieForm]:
        return (deel.form for deel in self.acties)

    @property
    def typed_actions(self) -> list[tuple[Item | None, NieuweActieForm]]:
        """The new actions that were filled in, each with the tip that it comes from."""
        free = [(None, self.nieuw)] if self.nieuw.is_bound else []
        tips = _tips_by_place(self.fiche)
        return free + [(tips[naam], form) for naam, form in self.opened.items() if form.is_bound]

    def place_of(self, tip: Item) -> ActionPlace:
        """Where an action of a tip is made. The same tip may be in several versions."""
        naam = _place(tip)
        return ActionPlace(
            naam=naam,
            bij=f"de tip ‘{tip.tekst}’",
            form=self.opened.get(naam),
            citaat=tip.tekst,
            acties=tuple(one.actie for one in self.found if one.tip and one.tip.code == tip.code),
        )

    def place(self, naam: str) -> ActionPlace | None:
        """The place with this name."""
        if naam == NAAM:
            return self.plaats
        tip = _tips_by_place(self.fiche).get(naam)
        return self.place_of(tip) if tip else None

    @property
    def example(self) -> ActionPlace:
        return example_in_own_words(WAAROM)


def reading_page(
    *,
    dossier: Dossier,
    versie: Materiaalversie,
    onderdeel: str = "",
    data: Mapping[str, str] | None = None,
    opened: str = "",
) -> ReadingPage:
    """Build the page of a material within a dossier. One query besides the content.

    onderdeel: the code of the part that is being read, of a fiche with a page per part.
    data: the POST data, to bind the forms to what was submitted.
    opened: the name of the place where a new action is asked for.
    """
    fiche = fiche_of(versie, niveau=dossier.school.niveau)
    found = tuple(leesacties_of(dossier=dossier, materiaal=versie.materiaal))
    nieuw = LeesactieForm(data, fiche=fiche, onderdeel=onderdeel)
    citaten = {naam: tip.tekst for naam, tip in _tips_by_place(fiche).items()}
    return ReadingPage(
        fiche=fiche,
        flow=own_road(fiche),
        acties=actie_parts(in_dossier(dossier, (one.actie for one in found)), data),
        plaats=ActionPlace(naam=NAAM, bij=f"‘{versie.materiaal.titel}’", form=nieuw),
        nieuw=nieuw,
        found=found,
        opened=forms_in_own_words(citaten, WAAROM, data=data, opened=opened),
    )


def _place(tip: Item) -> str:
    return f"tip-{tip.code}"


def _tips_by_place(fiche: Fiche) -> dict[str, Item]:
    """The tips that an action can come from, by the name of their place."""
    return {_place(tip): tip for tip in tips_of(fiche).values()} if fiche.is_tips else {}
