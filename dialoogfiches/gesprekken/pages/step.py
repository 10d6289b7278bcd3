"""The page of one step of a talk: its content, and the forms that edit what was said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dialoogfiches.gesprekken.forms import NotitieForm, StapForm, UitwerkingForm
from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie, Uitwerking
from dialoogfiches.gesprekken.pages.road import flow_of
from dialoogfiches.gesprekken.queries.gesprekken import (
    Gespreksinhoud,
    Meelezen,
    companions_of,
    inhoud_of,
    other_acties,
)
from dialoogfiches.models import Actiewerk, Item, Onderdeel, Rubriek, Rubrieksoort
from dialoogfiches.queries import Blad, Deel, Fiche, fiche_of
from dialoogfiches.road import Flow
from dossiers.acties.forms import ActieForm, NieuweActieForm
from dossiers.acties.models import Actie
from dossiers.acties.pages import Actiedeel, actie_parts, new_action
from dossiers.materialen.models import Vorm
from dossiers.velden.forms import VeldenForm
from dossiers.velden.registry import Voortgang

Data = Mapping[str, str] | None
# What a page without a place of its own draws among what one can read.
EIGEN_PLEK = (Rubrieksoort.DOEL, Rubrieksoort.RESULTAAT)


@dataclass(frozen=True)
class NotePart:
    """One question with the form of its note."""

    nummer: int
    item: Item
    form: NotitieForm
    heeft_actie: bool

    @property
    def heeft_notitie(self) -> bool:
        """Also what was only just typed and met a conflict."""
        return bool(self.form["tekst"].waarde)

    @property
    def is_open(self) -> bool:
        """Whether it has to be seen: there is a note, or its field asks for attention."""
        return self.heeft_notitie or _asks_attention(self.form)


@dataclass(frozen=True)
class Vraaggroep:
    """The questions under one heading."""

    rubriek: Rubriek
    vragen: tuple[NotePart, ...]

    @property
    def is_verdiepend(self) -> bool:
        return self.rubriek.soort == Rubrieksoort.VERDIEPEND

    @property
    def is_open(self) -> bool:
        return any(vraag.is_open for vraag in self.vragen)


@dataclass(frozen=True)
class TalkActionPart:
    """An action that grew in the talk, with both its forms.

    uit: the step it grew in.
    eigen: whether that is the step of this page.
    """

    actie: Actie
    form: ActieForm
    uitwerking: UitwerkingForm
    uit: Onderdeel
    eigen: bool


@dataclass(frozen=True)
class Stappagina:
    """All of one step's page.

    acties: those of the whole talk where the step works with actions, else those of this step.
    andere: the other actions of the dossier, where the step follows them up.
    meegestuurd: the forms of struck actions in which somebody was still typing.
    """

    gesprek: Gesprek
    fiche: Fiche
    deel: Deel
    stap: Gesprekstap
    form: StapForm
    groepen: tuple[Vraaggroep, ...]
    acties: tuple[TalkActionPart, ...]
    andere: tuple[Actiedeel, ...]
    meegestuurd: tuple[UitwerkingForm, ...]
    nieuw: NieuweActieForm
    naam: str
    meelezen: tuple[Meelezen, ...]
    flow: Flow | None

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield from (vraag.form for groep in self.groepen for vraag in groep.vragen)
        yield self.form
        for deel in self.acties:
            yield deel.form
            yield deel.uitwerking
        yield from (deel.form for deel in self.andere)
        yield from self.meegestuurd

    @property
    def getypt(self) -> list[tuple[Onderdeel, NieuweActieForm]]:
        """The new action, when one was typed."""
        return [(self.deel.onderdeel, self.nieuw)] if self.nieuw.is_bound else []

    @property
    def onderdeel(self) -> Onderdeel:
        return self.deel.onderdeel

    @property
    def vorige(self) -> Deel | None:
        return self._neighbour(-1)

    @property
    def volgende(self) -> Deel | None:
        return self._neighbour(1)

    def _neighbour(self, step: int) -> Deel | None:
        stappen = self.fiche.stappen
        place = stappen.index(self.deel) + step
        return stappen[place] if 0 <= place < len(stappen) else None

    @property
    def planstap(self) -> Deel | None:
        """The step where the actions are made, for a step that only goes on with them."""
        if self.onderdeel.acties in ("", Actiewerk.PLANNEN):
            return None
        plannen = (one for one in self.fiche.stappen if one.onderdeel.acties == Actiewerk.PLANNEN)
        return next(plannen, None)

    @property
    def andere_open(self) -> bool:
        return any(_asks_attention(deel.form) for deel in self.andere)

    @property
    def voortgang(self) -> Voortgang:
        vragen = [vraag for groep in self.groepen for vraag in groep.vragen]
        besproken = sum(vraag.heeft_notitie for vraag in vragen)
        return Voortgang(beantwoord=False, elders=besproken, vragen=len(vragen))

    @property
    def doel(self) -> tuple[Rubriek, ...]:
        return self._of_soort(Rubrieksoort.DOEL)

    @property
    def resultaat(self) -> tuple[Rubriek, ...]:
        return self._of_soort(Rubrieksoort.RESULTAAT)

    @property
    def te_lezen(self) -> tuple[Blad, ...]:
        """What else stands in this part, sheet by sheet."""
        bladen = [
            Blad(blad.naam, tuple(one for one in blad.rubrieken if self._is_read(one)))
            for blad in self.deel.bladen
        ]
        return tuple(blad for blad in bladen if blad.rubrieken)

    def _is_read(self, rubriek: Rubriek) -> bool:
        return rubriek in self.deel.andere and rubriek.soort not in EIGEN_PLEK

    def _of_soort(self, soort: Rubrieksoort) -> tuple[Rubriek, ...]:
        return tuple(one for one in self.deel.rubrieken if one.soort == soort)


def stappagina(*, gesprek: Gesprek, code: str, data: Data = None) -> Stappagina | None:
    """The page of one step; None when the talk has no step with that code.

    data: a POST, for forms that hold what was sent in.
    """
    fiche = fiche_of(gesprek.versie)
    deel = fiche.deel(code)
    if deel is None or not deel.onderdeel.stap:
        return None
    inhoud = inhoud_of(gesprek)
    companions = companions_of(gesprek.versie)
    stap = inhoud.stappen.get(deel.onderdeel.pk) or Gesprekstap()
    stap.dossier, stap.gesprek, stap.onderdeel = gesprek.dossier, gesprek, deel.onderdeel
    follows = deel.onderdeel.acties == Actiewerk.OPVOLGEN
    naam = f"{gesprek.pk}-{code}"
    return Stappagina(
        gesprek=gesprek,
        fiche=fiche,
        deel=deel,
        stap=stap,
        form=StapForm(record=stap, data=data),
        groepen=tuple(_groups(gesprek, deel, inhoud, data)),
        acties=tuple(
            _gespreksactie(gesprek, one, code, data)
            for one in inhoud.acties
            if not one.actie.geschrapt_op and (deel.onderdeel.acties or one.onderdeel.code == code)
        ),
        andere=actie_parts(other_acties(gesprek.dossier, inhoud.acties), data) if follows else (),
        meegestuurd=tuple(_sent_to_struck(gesprek, inhoud.acties, data)),
        nieuw=new_action(naam, data),
        naam=naam,
        meelezen=tuple(_read_along(companions, code)),
        flow=flow_of(fiche, companions, code),
    )


def _groups(
    gesprek: Gesprek, deel: Deel, inhoud: Gespreksinhoud, data: Data
) -> Iterator[Vraaggroep]:
    with_action = {
        one.notitie_id for one in inhoud.acties if one.notitie_id and not one.actie.geschrapt_op
    }
    nummer = 0
    for rubriek in deel.vragen:
        vragen = []
        for item in rubriek.items.all():
            nummer += 1
            notitie = inhoud.notities.get(item.pk) or Notitie()
            notitie.dossier, notitie.gesprek, notitie.item = gesprek.dossier, gesprek, item
            form = NotitieForm(record=notitie, data=data)
            vragen.append(NotePart(nummer, item, form, notitie.pk in with_action))
        yield Vraaggroep(rubriek, tuple(vragen))


def _gespreksactie(gesprek: Gesprek, found: Gespreksactie, code: str, data: Data) -> TalkActionPart:
    (deel,) = actie_parts([found.actie], data)
    return TalkActionPart(
        actie=found.actie,
        form=deel.form,
        uitwerking=_uitwerking(gesprek, found.actie, data),
        uit=found.onderdeel,
        eigen=found.onderdeel.code == code,
    )


def _uitwerking(gesprek: Gesprek, actie: Actie, data: Data) -> UitwerkingForm:
    uitwerking = getattr(actie, "uitwerking", None) or Uitwerking()
    uitwerking.dossier, uitwerking.actie = gesprek.dossier, actie
    return UitwerkingForm(record=uitwerking, data=data)


def _sent_to_struck(
    gesprek: Gesprek, acties: Iterable[Gespreksactie], data: Data
) -> Iterator[UitwerkingForm]:
    if data is None:
        return
    for one in acties:
        if one.actie.geschrapt_op:
            form = _uitwerking(gesprek, one.actie, data)
            if form.ingestuurd:
                yield form


def _read_along(companions: Iterable[Fiche], code: str) -> Iterator[Meelezen]:
    for fiche in companions:
        deel = fiche.deel(code)
        if fiche.vorm == Vorm.LEZEN and deel is not None:
            yield Meelezen(fiche.versie, deel)


def _asks_attention(form: VeldenForm) -> bool:
    return any(veld.asks_attention for veld in form.velden())
