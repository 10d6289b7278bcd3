"""What the goal page and the overview hold: records, and the forms that edit them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossiers.forms.acties import ActieForm, NieuweActieForm
from dossiers.forms.velden import VeldenForm
from dossiers.models import Actie, Dossier
from preventieplan.forms import AntwoordForm, InschalingForm
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Fase, Inschaling, Planactie
from preventieplan.queries import acties_of, answers_of, inschaling_of, score_history
from preventieplan.verloop import Verloop

# The input of an action's field: `actie-<uuid>-wat`.
ACTIE_FIELD = re.compile(r"actie-([0-9a-f-]{36})-")


@dataclass(frozen=True)
class Vraagdeel:
    """One checklist question with the form of its answer."""

    vraag: Checklistvraag
    antwoord: Antwoord
    form: AntwoordForm
    heeft_actie: bool


@dataclass(frozen=True)
class Actiedeel:
    actie: Actie
    form: ActieForm


@dataclass(frozen=True)
class Doelpagina:
    """All of one goal's page."""

    doelstelling: Doelstelling
    vorige: Doelstelling | None
    volgende: Doelstelling | None
    vragen: tuple[Vraagdeel, ...]
    inschaling: InschalingForm
    focus_heeft_actie: bool
    acties: tuple[Actiedeel, ...]
    verloop: Verloop
    nieuw: NieuweActieForm

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield from (deel.form for deel in self.vragen)
        yield self.inschaling
        yield from (deel.form for deel in self.acties)

    @property
    def fase(self) -> Fase:
        return Fase(self.doelstelling.fase)

    @property
    def besproken(self) -> int:
        return sum(bool(deel.antwoord.stand) for deel in self.vragen)

    @property
    def getypt(self) -> list[tuple[Doelstelling, NieuweActieForm]]:
        """The new actions that were typed."""
        return [(self.doelstelling, self.nieuw)] if self.nieuw.is_bound else []


@dataclass(frozen=True)
class Doeldeel:
    """One goal in the overview: its score and its actions."""

    doelstelling: Doelstelling
    inschaling: InschalingForm
    acties: tuple[Actiedeel, ...]
    nieuw: NieuweActieForm


@dataclass(frozen=True)
class Overzichtpagina:
    """The overview: per phase its goals; and what was struck, to put it back."""

    fasen: tuple[tuple[Fase, tuple[Doeldeel, ...]], ...]
    geschrapt: tuple[Planactie, ...]

    @property
    def delen(self) -> Iterator[Doeldeel]:
        for _fase, delen in self.fasen:
            yield from delen

    @property
    def forms(self) -> Iterator[VeldenForm]:
        for deel in self.delen:
            yield deel.inschaling
            yield from (actie.form for actie in deel.acties)

    @property
    def getypt(self) -> list[tuple[Doelstelling, NieuweActieForm]]:
        """The new actions that were typed."""
        return [(deel.doelstelling, deel.nieuw) for deel in self.delen if deel.nieuw.is_bound]


def doelpagina(
    *, dossier: Dossier, code: str, data: Mapping[str, str] | None = None
) -> Doelpagina | None:
    """The page of one goal; None when the dossier's version has no goal with that code.

    data: a POST, for forms that hold what was sent in.
    """
    doelen = list(Doelstelling.objects.filter(versie=dossier.planversie_id))
    index = next((i for i, doel in enumerate(doelen) if doel.code == code), None)
    if index is None:
        return None
    doel = doelen[index]
    # Chosen here, not in the query: a database might look up the goal first, which every school of
    # Flanders shares, and only then the dossier.
    planacties = [plan for plan in acties_of(dossier) if plan.doelstelling_id == doel.pk]
    inschaling = inschaling_of(dossier, doel)
    with_action = {plan.antwoord_id for plan in planacties if plan.antwoord_id}
    return Doelpagina(
        doelstelling=doel,
        vorige=doelen[index - 1] if index else None,
        volgende=doelen[index + 1] if index + 1 < len(doelen) else None,
        vragen=tuple(
            Vraagdeel(
                vraag,
                antwoord,
                AntwoordForm(record=antwoord, data=data),
                antwoord.pk in with_action,
            )
            for vraag, antwoord in answers_of(dossier, doel)
        ),
        inschaling=InschalingForm(record=inschaling, data=data),
        focus_heeft_actie=any(plan.inschaling_id for plan in planacties),
        acties=_parts(planacties, data),
        verloop=Verloop(tuple(score_history(inschaling))),
        nieuw=_new_action(doel, data),
    )


def overzichtpagina(*, dossier: Dossier, data: Mapping[str, str] | None = None) -> Overzichtpagina:
    """The overview of a dossier's plan. A constant number of queries."""
    inschalingen = {rij.doelstelling_id: rij for rij in Inschaling.objects.filter(dossier=dossier)}
    planacties = list(acties_of(dossier))
    fasen: dict[Fase, list[Doeldeel]] = {fase: [] for fase in Fase}
    for doel in Doelstelling.objects.filter(versie=dossier.planversie_id):
        record = inschalingen.get(doel.pk) or Inschaling()
        record.dossier, record.doelstelling = dossier, doel
        mine = [plan for plan in planacties if plan.doelstelling_id == doel.pk]
        fasen[Fase(doel.fase)].append(
            Doeldeel(
                doelstelling=doel,
                inschaling=InschalingForm(record=record, data=data),
                acties=_parts(mine, data),
                nieuw=_new_action(doel, data),
            )
        )
    return Overzichtpagina(
        fasen=tuple((fase, tuple(delen)) for fase, delen in fasen.items()),
        geschrapt=tuple(acties_of(dossier, struck=True)),
    )


def _parts(planacties: list[Planactie], data: Mapping[str, str] | None) -> tuple[Actiedeel, ...]:
    return tuple(
        Actiedeel(plan.actie, ActieForm(record=plan.actie, data=data)) for plan in planacties
    )


def struck_meanwhile(dossier: Dossier, data: Mapping[str, str]) -> list[ActieForm]:
    """Forms for the actions that were sent in but struck since the page was made.

    What was typed in them is saved all the same, and comes back with the action.
    """
    sent = {match[1] for name in data if (match := ACTIE_FIELD.match(name))}
    struck = acties_of(dossier, struck=True)
    return [
        ActieForm(record=plan.actie, data=data) for plan in struck if str(plan.actie_id) in sent
    ]


def _new_action(doel: Doelstelling, data: Mapping[str, str] | None) -> NieuweActieForm:
    """A new action; bound only when something was typed in it, or when its button was pressed."""
    prefix = f"nieuw-{doel.code}"
    form = NieuweActieForm(data, prefix=prefix)
    if data is not None and not form.has_changed() and data.get("nieuwe_actie") != doel.code:
        return NieuweActieForm(None, prefix=prefix)
    return form
