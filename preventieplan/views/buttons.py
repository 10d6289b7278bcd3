"""The buttons on the pages of the plan: create an action, strike one, restore one.

Each is a submit button of the page's form, so everything that was typed is saved first.
"""

from django.http import Http404, QueryDict

from dossiers.acties.views import Pressed, press_on_actie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.registry import GeenVeld, find_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Inschaling
from preventieplan.overview import OverviewPage
from preventieplan.pages import GoalPage


def press(
    *, post: QueryDict, dossier: Dossier, page: GoalPage | OverviewPage, door: User
) -> Pressed:
    """Create the new actions that were filled in, then run the pressed button, if any.

    page: with valid forms in `page.typed_actions`.
    Raises Http404 for a button that refers to something outside this dossier.
    """
    planned = _plan_typed(dossier, page, door)
    if bron := post.get("maak_actie"):
        return _from_text(dossier, bron, door)
    return press_on_actie(post, dossier, door) or planned


def _plan_typed(dossier: Dossier, page: GoalPage | OverviewPage, door: User) -> Pressed:
    """Create every new action that was filled in, whichever button was pressed."""
    result = Pressed()
    for doel, form in page.typed_actions:
        actie = create_planactie(dossier=dossier, doelstelling=doel, door=door, **form.cleaned_data)
        result = Pressed(f"#actie-{actie.pk}", "De actie staat in het plan.")
    return result


def _from_text(dossier: Dossier, naam: str, door: User) -> Pressed:
    """Create an action from a groeikans or focus, by the name of that field."""
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
