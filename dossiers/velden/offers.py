"""Words that a team said elsewhere in its dossier, offered at a field that asks the same.

A question can be marked in the content as the same as one of another material; the focus of a talk
can belong at a goal. The rooms that keep such words register how they are found. Only words that
everyone who may read the dossier may also read belong here: never those of a talk with parents, and
never the raw answers of a survey. An offer is never taken by itself.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import SaveOutcome, save_veld
from dossiers.velden.forms import Veld, VeldenForm
from dossiers.velden.offered import Said

# Gives, for some references (<slug>/<code>, or `focus_at`), what was said there.
SaidSource = Callable[[Dossier, Collection[str]], Mapping[str, Said]]
_said: list[SaidSource] = []


def register_said(source: SaidSource) -> None:
    _said.append(source)


def focus_at(code: str) -> str:
    """Refers to the newest focus that a team chose in a talk and put at the goal with this code."""
    return f"/{code}"  # no material has an empty slug


def said_at(dossier: Dossier, references: Collection[str]) -> dict[str, Said]:
    """What was said at questions and steps; without those at which nobody said anything.

    No query without references; at most one for each room.
    """
    if not references:
        return {}
    return {naam: said for source in _said for naam, said in source(dossier, references).items()}


def offer_at(dossier: Dossier, fields: Iterable[tuple[str, Veld]]) -> None:
    """Offer, at every field without words, what was said at the question it is the same as.

    fields: each with its reference, which is empty for most. One query for each room that is
        referred to.
    """
    asked = [(naam, veld) for naam, veld in fields if naam and not veld.text.strip()]
    found = said_at(dossier, {naam for naam, _ in asked})
    for naam, veld in asked:
        if naam in found:
            veld.offer = found[naam]
            # For the style sheet: it is gone as soon as there are words (:placeholder-shown).
            veld.field.widget.attrs["placeholder"] = " "


def take_over(*, forms: Iterable[VeldenForm], naam: str, door: User) -> Veld | None:
    """Save what is offered at a field, as if somebody had typed it there.

    naam: the input name of the field.
    Returns the field; None when nothing is offered there (any more), or somebody else wrote in it
    in the meantime.
    """
    for form in forms:
        for veld in form.velden():
            if veld.html_name == naam and veld.offer:
                result = save_veld(
                    record=form.record,
                    veld=veld.name,
                    waarde=veld.field.clean(veld.offer.tekst),
                    basis=form.record.revisie(veld.name),
                    door=door,
                )
                return veld if result.outcome == SaveOutcome.SAVED else None
    return None
