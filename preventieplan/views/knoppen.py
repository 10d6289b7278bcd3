"""The buttons of the plan's pages: make an action, strike one, put one back.

Each is a submit button of the page's own form, so what was typed is saved before it acts.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, QueryDict

from dossiers.domain.acties import restore_actie, strike_actie
from dossiers.models import Actie, Dossier, User
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Inschaling
from preventieplan.pages import Doelpagina, Overzichtpagina
from preventieplan.records import GeenVeld, find_veld


@dataclass(frozen=True)
class Pressed:
    """What a button did: where on the page to go, and what to say."""

    anchor: str = ""
    melding: str = "Alles is bewaard."


def press(
    *, post: QueryDict, dossier: Dossier, pagina: Doelpagina | Overzichtpagina, door: User
) -> Pressed:
    """Plan the new actions that were typed, then do what the pressed button says, if any.

    The typed actions have to be right: `pagina.getypt`.
    Raises Http404 for a button that names something outside this dossier.
    """
    planned = _plan_typed(dossier, pagina, door)
    if bron := post.get("maak_actie"):
        return _from_text(dossier, bron, door)
    if pk := post.get("schrap"):
        strike_actie(actie=_actie(dossier, pk), door=door)
        return Pressed(melding="De actie is geschrapt. In het overzicht kan je ze terugzetten.")
    if pk := post.get("zet_terug"):
        restore_actie(actie=_actie(dossier, pk), door=door)
        return Pressed(f"#actie-{pk}", "De actie staat weer in het plan.")
    return planned


def _plan_typed(dossier: Dossier, pagina: Doelpagina | Overzichtpagina, door: User) -> Pressed:
    """Every new action that was typed, whichever button was pressed: nothing typed is lost."""
    result = Pressed()
    for doel, form in pagina.getypt:
        actie = create_planactie(dossier=dossier, doelstelling=doel, door=door, **form.cleaned_data)
        result = Pressed(f"#actie-{actie.pk}", "De actie staat in het plan.")
    return result


def _from_text(dossier: Dossier, naam: str, door: User) -> Pressed:
    """An action out of a groeikans or focus, by the name of that field."""
    try:
        found = find_veld(dossier=dossier, naam=naam)
    except GeenVeld as error:
        raise Http404 from error
    if found.doelstelling is None or found.veld not in ("groeikans", "focus"):
        raise Http404
    text = getattr(found.record, found.veld).strip()
    if not text:
        return Pressed(
            f"#v_{naam}", "Schrijf eerst iets in dat veld, dan maken we er een actie van."
        )
    record = found.record
    actie = create_planactie(
        dossier=dossier,
        doelstelling=found.doelstelling,
        wat=text,
        door=door,
        antwoord=record if isinstance(record, Antwoord) else None,
        inschaling=record if isinstance(record, Inschaling) else None,
    )
    return Pressed(
        f"#actie-{actie.pk}", "De actie staat in het plan. Wie doet dit, en tegen wanneer?"
    )


def _actie(dossier: Dossier, pk: str) -> Actie:
    try:
        actie = Actie.objects.filter(dossier=dossier, pk=UUID(pk)).first()
    except ValueError as error:
        raise Http404 from error
    if actie is None:
        raise Http404
    return actie
