"""The PDF of a talk: what was said, what each step came to, and the actions that grew in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialoogfiches.gesprekken.forms import UitwerkingForm
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap
from dialoogfiches.gesprekken.pages.cover import vervallen
from dialoogfiches.gesprekken.queries.gesprekken import WrittenTalk, inhoud_of
from dialoogfiches.models import Item
from dialoogfiches.queries import FichePart, fiche_of
from dossiers.acties.forms import ActieForm
from dossiers.acties.models import Actie
from dossiers.models import Dossier
from stsdialoog.pdf import render_pdf

# A table row of more letters than this may break over pages.
LANG = 1000


@dataclass(frozen=True)
class PdfVraag:
    """A question with what was said about it."""

    item: Item
    tekst: str


@dataclass(frozen=True)
class PdfStap:
    """One step on paper; `open_vragen` are those that nobody wrote anything about."""

    deel: FichePart
    stap: Gesprekstap | None
    vragen: tuple[PdfVraag, ...]
    open_vragen: tuple[Item, ...]


@dataclass(frozen=True)
class PdfActie:
    """An action, the step it grew in, and the questions about it that have an answer."""

    actie: Actie
    uit: str
    antwoorden: tuple[tuple[str, str], ...]

    @property
    def is_lang(self) -> bool:
        return len(self.actie.wat) > LANG


def gesprek_pdf(dossier: Dossier, gesprek: Gesprek) -> bytes:
    """The talk with its notes.

    gesprek: of that dossier, with its material.
    """
    fiche = fiche_of(gesprek.versie)
    inhoud = inhoud_of(gesprek)
    stappen = tuple(_stap(deel, inhoud) for deel in fiche.stappen)
    context = {
        "titel": f"{gesprek.titel}, {dossier}",
        "dossier": dossier,
        "gesprek": gesprek,
        "fiche": fiche,
        "stand_van": inhoud.laatst(gesprek),
        "stappen": stappen,
        "afgerond": sum(bool(one.stap and one.stap.afgerond_op) for one in stappen),
        "acties": tuple(_acties(inhoud)),
        "vervallen": vervallen(gesprek, inhoud),
        "met_voorstel": any(deel.heeft_voorstel for deel in fiche.stappen),
    }
    return render_pdf("gesprekken/pdf/gesprek.html", context, styles=("gesprek.css",))


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
    for one in inhoud.acties:
        if one.actie.geschrapt_op is None:
            yield PdfActie(one.actie, one.onderdeel.kort, tuple(_answers(one.actie)))


def _answers(actie: Actie) -> Iterator[tuple[str, str]]:
    """What the check found and what the sjablonen ask, in the words of their fields."""
    uitwerking = getattr(actie, "uitwerking", None)
    for naam, field in UitwerkingForm.base_fields.items():
        if uitwerking is not None and (tekst := getattr(uitwerking, naam)):
            yield str(field.label), tekst
    if actie.vaststelling:
        yield str(ActieForm.base_fields["vaststelling"].label), actie.vaststelling
