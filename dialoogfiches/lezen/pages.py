"""The page with a material to read within a dossier, and the actions that arose from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialoogfiches.lezen.forms import LeesactieForm
from dialoogfiches.lezen.queries import Opening, leesacties_of, opening_of
from dialoogfiches.queries import Fiche, fiche_of
from dialoogfiches.road import Flow, own_road
from dossiers.acties.forms import ActieForm, ActionPart, NieuweActieForm, actie_parts
from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier


@dataclass(frozen=True)
class ReadingPage:
    """The page of one material within a dossier."""

    fiche: Fiche
    flow: Flow | None
    acties: tuple[ActionPart, ...]
    # The codes of the tips that have an action in the dossier.
    met_actie: frozenset[str]
    new_action: LeesactieForm

    @property
    def opening(self) -> Opening:
        return opening_of(self.fiche)

    @property
    def forms(self) -> Iterator[ActieForm]:
        return (deel.form for deel in self.acties)

    @property
    def typed_actions(self) -> list[tuple[Fiche, NieuweActieForm]]:
        """The form of the new action, if one was typed."""
        return [(self.fiche, self.new_action)] if self.new_action.is_bound else []


def reading_page(
    *, dossier: Dossier, versie: Materiaalversie, data: Mapping[str, str] | None
) -> ReadingPage:
    """Build the page of a material within a dossier. One query besides the content.

    data: the POST data, to bind the forms to what was submitted.
    """
    fiche = fiche_of(versie)
    found = list(leesacties_of(dossier=dossier, materiaal=versie.materiaal))
    return ReadingPage(
        fiche=fiche,
        flow=own_road(fiche),
        acties=actie_parts([one.actie for one in found], data),
        met_actie=frozenset(one.tip.code for one in found if one.tip),
        new_action=LeesactieForm(data, fiche=fiche),
    )
