"""The PDF of a talk: its notes, the result of each step, and the actions that arose in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialoogfiches.gesprekken.forms import UitwerkingForm
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap
from dialoogfiches.gesprekken.pages.cover import chosen_in, left_behind
from dialoogfiches.gesprekken.queries.gesprekken import (
    WrittenTalk,
    focus_of,
    voorbereiding_of,
    written_talk,
)
from dialoogfiches.models import Item
from dialoogfiches.queries import FichePart, talk_of
from dossiers.acties.models import Actie
from dossiers.acties.queries.stories import findings
from dossiers.briefhoofd.queries import letterhead_of
from dossiers.ernaast import beside_on_paper
from dossiers.models import Dossier
from stsdialoog.documents.document import KeptDocument, render_kept

# A table row with more characters than this may break across pages.
LONG = 1000


@dataclass(frozen=True)
class PdfVraag:
    item: Item
    tekst: str


@dataclass(frozen=True)
class PdfStap:
    """One step on paper; `open_vragen` are the questions without a note."""

    deel: FichePart
    stap: Gesprekstap | None
    vragen: tuple[PdfVraag, ...]
    open_vragen: tuple[Item, ...]

    @property
    def is_begonnen(self) -> bool:
        """Whether anything was said in it."""
        stap = self.stap
        return bool(self.vragen or (stap and (stap.resultaat.strip() or stap.afgerond_op)))


@dataclass(frozen=True)
class PdfActie:
    """An action, the step it arose in, and its answers as (question, text)."""

    actie: Actie
    uit: str
    antwoorden: tuple[tuple[str, str], ...]

    @property
    def is_long(self) -> bool:
        return len(self.actie.wat) > LONG


def gesprek_pdf(dossier: Dossier, gesprek: Gesprek) -> KeptDocument:
    """Render the PDF of a talk.

    gesprek: a talk of `dossier`, with its version and material loaded.
    """
    fiche = talk_of(gesprek.versie, niveau=dossier.school.niveau)
    inhoud = written_talk(gesprek)
    stappen = tuple(_stap(deel, inhoud) for deel in fiche.stappen)
    begonnen = [one for one in stappen if one.is_begonnen]
    asked = [(one.deel.onderdeel.code, one.deel.onderdeel.toont) for one in begonnen]
    context = {
        "titel": f"{gesprek.titel}, {dossier}",
        "dossier": dossier,
        "gesprek": gesprek,
        "fiche": fiche,
        "stand_van": inhoud.last_change(gesprek),
        "voorbereiding": voorbereiding_of(gesprek),
        "gekozen": chosen_in(fiche, inhoud),
        "focus": focus_of(gesprek, [one.deel.onderdeel for one in stappen], inhoud),
        "stappen": stappen,
        "begonnen": begonnen,
        "ernaast": tuple(beside_on_paper(dossier, asked)),
        "onbesproken": tuple(one for one in stappen if not one.is_begonnen),
        "afgerond": sum(bool(one.stap and one.stap.afgerond_op) for one in stappen),
        "acties": tuple(_acties(inhoud)),
        "left_behind": left_behind(fiche, inhoud),
        "met_voorstel": any(deel.heeft_voorstel for deel in fiche.stappen),
    }
    return render_kept(
        "gesprekken/pdf/gesprek.html",
        context,
        styles=("gesprek.css", "cijfers.css"),
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def vragenblad_pdf(dossier: Dossier, gesprek: Gesprek) -> KeptDocument:
    """Render the sheet to hand out: when and where, and the chosen questions to write below.

    gesprek: a talk of `dossier` that was prepared, with its version and material loaded.
    """
    fiche = talk_of(gesprek.versie, niveau=dossier.school.niveau)
    inhoud = written_talk(gesprek)
    context = {
        "titel": f"Vragen voor {gesprek.titel}",
        "dossier": dossier,
        "gesprek": gesprek,
        "voorbereiding": voorbereiding_of(gesprek),
        "gekozen": chosen_in(fiche, inhoud),
    }
    return render_kept(
        "gesprekken/pdf/vragenblad.html",
        context,
        styles=("fiche.css", "vragenblad.css"),
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def _stap(deel: FichePart, inhoud: WrittenTalk) -> PdfStap:
    items = [item for rubriek in deel.vragen for item in rubriek.items.all()]
    said = {pk: notitie.tekst for pk, notitie in inhoud.notities.items() if notitie.tekst.strip()}
    return PdfStap(
        deel=deel,
        stap=inhoud.stappen.get(deel.onderdeel.pk),
        vragen=tuple(PdfVraag(item, said[item.pk]) for item in items if item.pk in said),
        open_vragen=tuple(item for item in items if item.pk not in said),
    )


def _acties(inhoud: WrittenTalk) -> Iterator[PdfActie]:
    found = findings([one.actie_id for one in inhoud.acties])
    for one in inhoud.acties:
        if one.actie.geschrapt_op is None:
            answers = _answers(one.actie, found.get(one.actie_id, ""))
            yield PdfActie(one.actie, one.onderdeel.kort, tuple(answers))


def _answers(actie: Actie, found: str) -> Iterator[tuple[str, str]]:
    """The filled-in fields of the uitwerking and what was found, each with its label."""
    uitwerking = getattr(actie, "uitwerking", None)
    for naam, field in UitwerkingForm.base_fields.items():
        if uitwerking is not None and (tekst := getattr(uitwerking, naam)):
            yield str(field.label), tekst
    if found:
        yield "Wat zagen jullie bij de check?", found
