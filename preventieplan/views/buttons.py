"""The buttons of the plan's pages: make an action, strike one, put one back.

Each is a submit button of the page's own form, so what was typed is saved before it acts.
"""

from django.http import Http404, QueryDict

from dossiers.acties.views import Pressed, press_on_actie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.registry import GeenVeld, find_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Inschaling
from preventieplan.pages import GoalPage, OverviewPage


def press(
    *, post: QueryDict, dossier: Dossier, pagina: GoalPage | OverviewPage, door: User
) -> Pressed:
    """Plan the new actions that were typed, then do what the pressed button says, if any.

    The typed actions have to be right: `pagina.getypt`.
    Raises Http404 for a button that names something outside this dossier.
    """
    planned = _plan_typed(dossier, pagina, door)
    if bron := post.get("maak_actie"):
        return _from_text(dossier, bron, door)
    return press_on_actie(post, dossier, door) or planned


def _plan_typed(dossier: Dossier, pagina: GoalPage | OverviewPage, door: User) -> Pressed:
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
    record = found.record
    if not isinstance(record, Antwoord | Inschaling) or found.veld not in ("groeikans", "focus"):
        raise Http404
    text = getattr(found.record, found.veld).strip()
    if not text:
        return Pressed(
            f"#v_{naam}", "Schrijf eerst iets in dat veld, dan maken we er een actie van."
        )
    if isinstance(record, Antwoord):
        doel = record.vraag.doelstelling
        actie = create_planactie(
            dossier=dossier, doelstelling=doel, wat=text, door=door, antwoord=record
        )
    else:
        doel = record.doelstelling
        actie = create_planactie(
            dossier=dossier, doelstelling=doel, wat=text, door=door, inschaling=record
        )
    return Pressed(
        f"#actie-{actie.pk}", "De actie staat in het plan. Wie doet dit, en tegen wanneer?"
    )
