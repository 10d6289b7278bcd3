"""The page on which a talk is prepared: when and where, and its questions to choose from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from dialoogfiches.gesprekken.domain.preparing import preparation_mark
from dialoogfiches.gesprekken.forms import VoorbereidingForm
from dialoogfiches.gesprekken.models import Gesprek, Voorbereiding
from dialoogfiches.gesprekken.queries.gesprekken import chosen_questions, voorbereiding_of
from dialoogfiches.models import Item, Onderdeel, Rubriek
from dialoogfiches.queries import FichePart, talk_of


@dataclass(frozen=True)
class Choice:
    item: Item
    is_gekozen: bool
    minuten: BoundField


@dataclass(frozen=True)
class ChoiceGroup:
    rubriek: Rubriek
    vragen: tuple[Choice, ...]


@dataclass(frozen=True)
class StepChoices:
    """The questions of one step; `is_open` is whether to show it unfolded."""

    deel: FichePart
    groepen: tuple[ChoiceGroup, ...]
    is_eerste: bool

    @property
    def onderdeel(self) -> Onderdeel:
        return self.deel.onderdeel

    @property
    def vragen(self) -> tuple[Choice, ...]:
        return tuple(vraag for groep in self.groepen for vraag in groep.vragen)

    @property
    def gekozen(self) -> int:
        return sum(vraag.is_gekozen for vraag in self.vragen)

    @property
    def is_open(self) -> bool:
        return self.is_eerste or any(one.is_gekozen or one.minuten.errors for one in self.vragen)


@dataclass(frozen=True)
class PreparationPage:
    gesprek: Gesprek
    voorbereiding: Voorbereiding | None
    form: VoorbereidingForm
    stappen: tuple[StepChoices, ...]

    @property
    def velden(self) -> list[BoundField]:
        """When, where and how long."""
        return [self.form[naam] for naam in ("datum", "uur", "minuten", "plaats")]

    @property
    def gekozen(self) -> int:
        return sum(stap.gekozen for stap in self.stappen)

    @property
    def minuten(self) -> int:
        """The minutes of the chosen questions together, as far as they are whole numbers."""
        texts = (
            str(vraag.minuten.value() or "")
            for stap in self.stappen
            for vraag in stap.vragen
            if vraag.is_gekozen
        )
        return sum(int(text) for text in texts if text.isdecimal() and len(text) < 4)


def preparation_page(*, gesprek: Gesprek, data: Mapping[str, Any] | None = None) -> PreparationPage:
    """Build the page on which a talk is prepared.

    data: the POST data, to show again what was submitted.
    """
    fiche = talk_of(gesprek.versie, niveau=gesprek.dossier.school.niveau)
    items = {
        item.code: item
        for deel in fiche.stappen
        for rubriek in deel.vragen
        for item in rubriek.items.all()
    }
    voorbereiding, chosen = voorbereiding_of(gesprek), chosen_questions(gesprek)
    initial = {
        "seen": preparation_mark(gesprek),
        "datum": gesprek.datum,
        "vragen": [code for code, item in items.items() if item.pk in chosen],
        **{f"minuten-{code}": chosen.get(item.pk) for code, item in items.items()},
    }
    if voorbereiding is not None:
        for naam in ("uur", "minuten", "plaats"):
            initial[naam] = getattr(voorbereiding, naam)
    form = VoorbereidingForm(data, codes=items, initial=initial)
    return PreparationPage(
        gesprek=gesprek,
        voorbereiding=voorbereiding,
        form=form,
        stappen=tuple(_steps(fiche.stappen, form)),
    )


def _steps(stappen: tuple[FichePart, ...], form: VoorbereidingForm) -> Iterator[StepChoices]:
    chosen = set(form["vragen"].value() or ())
    for deel in stappen:
        groepen = tuple(
            ChoiceGroup(
                rubriek,
                tuple(
                    Choice(item, item.code in chosen, form[f"minuten-{item.code}"])
                    for item in rubriek.items.all()
                ),
            )
            for rubriek in deel.vragen
        )
        if groepen:
            yield StepChoices(deel, groepen, is_eerste=deel.nummer == 1)
