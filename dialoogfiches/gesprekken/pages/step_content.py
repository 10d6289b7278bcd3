"""The part of a step page that is the same in every talk about a version.

That is its questions, its reading material and the road. It is built once per process, with the
static HTML already rendered, so that a request only renders what was written in the talk.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dialoogfiches.gesprekken.pages.road import flow_of
from dialoogfiches.models import FOCUS, Item, Onderdeel, Rubriek, Rubrieksoort
from dialoogfiches.queries import Fiche, FichePart, Sheet, talk_of
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Materiaalversie, Vorm

# Soorten with their own place on the page, left out of the reading material.
OWN_PLACE = (Rubrieksoort.DOEL, Rubrieksoort.RESULTAAT)
MAX_STEPS = 256  # cached steps, over all materials and combinations of companions


class NoSuchStep(LookupError):
    """A talk about this version has no step with this code."""


@dataclass(frozen=True)
class Question:
    """One question as HTML: its text, and the disclosure with additional information, if any."""

    item: Item
    tekst: SafeString
    uitleg: SafeString


@dataclass(frozen=True)
class QuestionGroup:
    """The questions under one heading; in the list verdiepende vragen are in a disclosure."""

    rubriek: Rubriek
    kop: SafeString
    is_verdiepend: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class StepContent:
    """The content of one step.

    onderdelen: all steps of the talk, including this one; `vorige`, `volgende`: its neighbours.
    heeft_voorstel: whether the PLG still has to confirm any of its text.
    after_focus: whether the team chose its focus in an earlier step.
    needs_focus: whether it works with a focus that was chosen in a talk about another material.
    planstap: the step where actions are created, for a step that only works with existing ones.
    doel, resultaat, beside: reading material as HTML: above the questions, next to the result, and
        in the side column (the road, the companions of the material, the role of the CLB).
    """

    onderdeel: Onderdeel
    heeft_voorstel: bool
    onderdelen: tuple[Onderdeel, ...]
    vorige: Onderdeel | None
    volgende: Onderdeel | None
    nummer: int
    plans_acties: bool
    follows_up: bool
    celebrates: bool
    after_focus: bool
    needs_focus: bool
    planstap: Onderdeel | None
    groups: tuple[QuestionGroup, ...]
    doel: SafeString
    resultaat: SafeString
    beside: SafeString


def _make_content(
    versie: Materiaalversie, *companions: Materiaalversie, code: str, niveau: str
) -> StepContent:
    fiche = talk_of(versie, niveau=niveau)
    deel = fiche.part(code)
    if deel is None or deel.nummer is None:
        raise NoSuchStep(code)
    beside = tuple(map(talk_of, companions))
    onderdeel = deel.onderdeel
    onderdelen = tuple(one.onderdeel for one in fiche.stappen)
    codes = [one.code for one in onderdelen]
    return StepContent(
        onderdeel=onderdeel,
        heeft_voorstel=deel.heeft_voorstel,
        onderdelen=onderdelen,
        vorige=onderdelen[deel.nummer - 2] if deel.nummer > 1 else None,
        volgende=onderdelen[deel.nummer] if deel.nummer < len(onderdelen) else None,
        nummer=deel.nummer,
        plans_acties=onderdeel.plans_acties,
        follows_up=onderdeel.follows_up,
        celebrates=onderdeel.celebrates,
        after_focus=FOCUS in codes[: deel.nummer - 1],
        needs_focus=FOCUS not in codes and bool(onderdeel.acties),
        planstap=_step_that_plans(fiche) if onderdeel.goes_on_with_acties else None,
        groups=tuple(_groups(deel)),
        doel=_draw("gesprekken/inhoud/doel.html", rubrieken=_of_soort(deel, Rubrieksoort.DOEL)),
        resultaat=_draw(
            "gesprekken/inhoud/resultaat.html", rubrieken=_of_soort(deel, Rubrieksoort.RESULTAAT)
        ),
        beside=_draw(
            "gesprekken/inhoud/zij.html",
            rol_clb=deel.rol_clb,
            meelezen=tuple(_read_along(beside, code)),
            sheets=tuple(_sheets(deel)),
            flow=flow_of(fiche, beside, code),
        ),
    )


# The content of the step with this code, for a version and its companions, without what schools of
# this niveau do not need. Raises NoSuchStep, which
# is not cached: any code can be in a URL.
step_content = KeptPerProcess(_make_content, max_size=MAX_STEPS)


def _draw(template: str, **context: object) -> SafeString:
    return render_to_string(template, context)


def _groups(deel: FichePart) -> Iterator[QuestionGroup]:
    for rubriek in deel.vragen:
        yield QuestionGroup(
            rubriek,
            _draw("gesprekken/inhoud/kop.html", rubriek=rubriek),
            rubriek.is_verdiepend,
            tuple(
                Question(
                    item,
                    _draw("gesprekken/inhoud/vraag.html", item=item),
                    _draw("materialen/delen/uitleg.html", punt=item),
                )
                for item in rubriek.items.all()
            ),
        )


def _step_that_plans(fiche: Fiche) -> Onderdeel | None:
    steps = (deel.onderdeel for deel in fiche.stappen)
    return next((step for step in steps if step.plans_acties), None)


def _of_soort(deel: FichePart, soort: Rubrieksoort) -> Sequence[Rubriek]:
    return [rubriek for rubriek in deel.rubrieken if rubriek.soort == soort]


def _sheets(deel: FichePart) -> Iterator[Sheet]:
    """The remaining reading material of a part, per sheet."""
    for sheet in deel.sheets:
        rubrieken = tuple(
            one for one in sheet.rubrieken if one in deel.others and one.soort not in OWN_PLACE
        )
        if rubrieken:
            yield Sheet(sheet.naam, rubrieken)


def _read_along(companions: Iterable[Fiche], code: str) -> Iterator[tuple[str, FichePart]]:
    """The title and the part about the same step, for each companion of vorm lezen."""
    for fiche in companions:
        deel = fiche.part(code)
        if fiche.vorm == Vorm.LEZEN and deel is not None:
            yield fiche.versie.materiaal.titel, deel
