"""The cover of a talk: the progress of each step, and what stayed behind in an older version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dialoogfiches.gesprekken.forms import GesprekForm
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Voorbereiding
from dialoogfiches.gesprekken.pages.road import flow_of
from dialoogfiches.gesprekken.queries.gesprekken import (
    WrittenTalk,
    companions_of,
    voorbereiding_of,
    written_talk,
)
from dialoogfiches.models import Item, Onderdeel
from dialoogfiches.queries import Fiche, FichePart, talk_of
from dialoogfiches.road import Flow
from dossiers.acties.forms import NieuweActieForm
from dossiers.velden.forms import VeldenForm


@dataclass(frozen=True)
class StepLine:
    """One step on the cover, with its progress."""

    deel: FichePart
    stap: Gesprekstap | None
    notities: int
    acties: int
    gekozen: int

    @property
    def is_afgerond(self) -> bool:
        return self.stap is not None and self.stap.afgerond_op is not None

    @property
    def is_begonnen(self) -> bool:
        return bool(self.notities or self.acties or self.resultaat)

    @property
    def resultaat(self) -> str:
        return self.stap.resultaat if self.stap else ""


@dataclass(frozen=True)
class ChosenQuestion:
    """A question that was chosen beforehand, and the minutes it may take, if given."""

    onderdeel: Onderdeel
    item: Item
    minuten: int | None


@dataclass(frozen=True)
class CoverPage:
    """The cover of a talk.

    left_behind: notes and results of an older version, without a place in the current one.
    """

    gesprek: Gesprek
    fiche: Fiche
    form: GesprekForm
    stappen: tuple[StepLine, ...]
    voorbereiding: Voorbereiding | None
    gekozen: tuple[ChosenQuestion, ...]
    left_behind: tuple[tuple[str, str], ...]
    flow: Flow | None

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield self.form

    @property
    def typed_actions(self) -> list[tuple[Onderdeel, NieuweActieForm]]:
        """The form of the new action: a cover has none."""
        return []

    @property
    def is_begonnen(self) -> bool:
        return any(regel.is_afgerond or regel.is_begonnen for regel in self.stappen)

    @property
    def afgerond(self) -> int:
        return sum(regel.is_afgerond for regel in self.stappen)

    @property
    def volgende(self) -> StepLine | None:
        """The step to go on with: unfinished, and if possible with questions that were chosen.

        None if all are finished.
        """
        todo = [regel for regel in self.stappen if not regel.is_afgerond]
        return next((regel for regel in todo if regel.gekozen), todo[0] if todo else None)


def cover_page(*, gesprek: Gesprek, data: Mapping[str, str] | None = None) -> CoverPage:
    """Build the cover of a talk. A constant number of queries.

    data: the POST data, to bind the forms to what was submitted.
    """
    fiche = talk_of(gesprek.versie, niveau=gesprek.dossier.school.niveau)
    inhoud = written_talk(gesprek)
    stappen = tuple(_step_line(deel, inhoud) for deel in fiche.stappen)
    found = CoverPage(
        gesprek=gesprek,
        fiche=fiche,
        form=GesprekForm(record=gesprek, data=data),
        stappen=stappen,
        voorbereiding=voorbereiding_of(gesprek),
        gekozen=chosen_in(fiche, inhoud),
        left_behind=left_behind(fiche, inhoud),
        flow=None,
    )
    here = found.volgende.deel.onderdeel.code if found.is_begonnen and found.volgende else None
    return replace(found, flow=flow_of(fiche, map(talk_of, companions_of(gesprek.versie)), here))


def chosen_in(fiche: Fiche, inhoud: WrittenTalk) -> tuple[ChosenQuestion, ...]:
    """The questions that were chosen beforehand, in the order of the steps."""
    return tuple(
        ChosenQuestion(deel.onderdeel, item, inhoud.gekozen[item.pk])
        for deel in fiche.stappen
        for rubriek in deel.vragen
        for item in rubriek.items.all()
        if item.pk in inhoud.gekozen
    )


def left_behind(fiche: Fiche, inhoud: WrittenTalk) -> tuple[tuple[str, str], ...]:
    """Notes and results that have no place in the fiche as it is now, as (question, text).

    They are of an earlier version, or of a question that only schools of another niveau need.
    """
    asked = {
        item.pk for deel in fiche.stappen for rubriek in deel.vragen for item in rubriek.items.all()
    }
    notities = [
        (notitie.item.tekst, notitie.tekst)
        for notitie in inhoud.notities.values()
        if notitie.item_id not in asked and notitie.tekst
    ]
    resultaten = [
        (f"Resultaat: {stap.onderdeel.titel}", stap.resultaat)
        for stap in inhoud.stappen.values()
        if stap.onderdeel.versie_id != fiche.versie.pk and stap.resultaat
    ]
    return (*notities, *resultaten)


def _step_line(deel: FichePart, inhoud: WrittenTalk) -> StepLine:
    vragen = [item.pk for rubriek in deel.vragen for item in rubriek.items.all()]
    found = [inhoud.notities[pk] for pk in vragen if pk in inhoud.notities]
    acties = [one for one in inhoud.acties if one.onderdeel.code == deel.onderdeel.code]
    return StepLine(
        deel=deel,
        stap=inhoud.stappen.get(deel.onderdeel.pk),
        notities=sum(bool(notitie.tekst) for notitie in found),
        acties=sum(one.actie.geschrapt_op is None for one in acties),
        gekozen=sum(pk in inhoud.gekozen for pk in vragen),
    )
