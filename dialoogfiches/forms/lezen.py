"""A new action that grew while reading, and the page that it stands on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms

from dialoogfiches.models import Onderdeel, Vorm
from dialoogfiches.queries.inhoud import Fiche, fiche_of
from dialoogfiches.queries.lezen import Opening, ficheacties_of, opening_of
from dialoogfiches.tekening import Flow, road
from dossiers.forms.acties import ActieForm, NieuweActieForm
from dossiers.models import Dossier, Materiaalversie
from dossiers.pages import Actiedeel, actie_parts

# The place on the page where the action is made, and so the name of its fields.
NAAM = "lezen"


class LeesactieForm(NieuweActieForm):
    """A new action, with the part of the material that it grew from."""

    def __init__(self, data: Mapping[str, str] | None, *, fiche: Fiche) -> None:
        # To choose another part is not yet to plan an action.
        typed = data is not None and (
            data.get("nieuwe_actie") == NAAM
            or any(data.get(f"nieuw-{NAAM}-{part}") for part in NieuweActieForm.base_fields)
        )
        super().__init__(data if typed else None, prefix=f"nieuw-{NAAM}")
        self.fiche = fiche
        self.fields["onderdeel"] = forms.ChoiceField(
            label="Bij welk deel?",
            choices=[(deel.onderdeel.code, deel.onderdeel.titel) for deel in fiche.delen],
            initial=fiche.delen[0].onderdeel.code,
            widget=forms.Select(attrs={"class": "form-select"}),
            error_messages={"invalid_choice": "Kies een deel uit de lijst."},
        )

    def clean_onderdeel(self) -> Onderdeel | None:
        deel = self.fiche.deel(self.cleaned_data["onderdeel"])
        return deel.onderdeel if deel else None


class KaartForm(forms.Form):
    """Where one was when one chose the tips for a card: at a dossier, or in the toolbox."""

    dossier = forms.UUIDField(required=False)

    @property
    def van_dossier(self) -> UUID | None:
        return self.cleaned_data.get("dossier") if self.is_valid() else None


@dataclass(frozen=True)
class Leespagina:
    """All of one material's page beside a dossier."""

    fiche: Fiche
    flow: Flow | None
    acties: tuple[Actiedeel, ...]
    # The codes of the tips that are on the plan.
    met_actie: frozenset[str]
    nieuw: LeesactieForm

    @property
    def opening(self) -> Opening:
        return opening_of(self.fiche)

    @property
    def forms(self) -> Iterator[ActieForm]:
        return (deel.form for deel in self.acties)

    @property
    def getypt(self) -> list[tuple[Fiche, NieuweActieForm]]:
        """The new action, when one was typed."""
        return [(self.fiche, self.nieuw)] if self.nieuw.is_bound else []


def leespagina(
    *, dossier: Dossier, versie: Materiaalversie, data: Mapping[str, str] | None
) -> Leespagina:
    """A material beside a dossier. Four queries.

    data: a POST, for forms that hold what was sent in.
    """
    fiche = fiche_of(versie)
    found = list(ficheacties_of(dossier=dossier, materiaal=versie.materiaal))
    return Leespagina(
        fiche=fiche,
        flow=road(fiche.stappen) if fiche.vorm == Vorm.FLOW else None,
        acties=actie_parts([one.actie for one in found], data),
        met_actie=frozenset(one.tip.code for one in found if one.tip),
        nieuw=LeesactieForm(data, fiche=fiche),
    )
