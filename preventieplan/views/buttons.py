"""The buttons on the pages of the plan: create an action, strike one, restore one.

Each is a submit button of the page's form, so everything that was typed is saved first.
"""

from django.http import QueryDict

from dossiers.acties.views import EditablePage, Pressed, press_on_actie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.domain.acties import plan_at


def press(*, post: QueryDict, dossier: Dossier, page: EditablePage, door: User) -> Pressed:
    """Create the new actions that were filled in, then run the pressed button, if any.

    page: with valid forms in `page.typed_actions`.
    Raises Http404 for a button that refers to something outside this dossier.
    """
    planned = plan_typed(dossier, page, door)
    return press_on_actie(post, dossier, door) or planned


def plan_typed(dossier: Dossier, page: EditablePage, door: User) -> Pressed:
    """Create every new action that was filled in, whichever button was pressed."""
    result = Pressed()
    for place, form in page.typed_actions:
        actie = plan_at(place, dossier=dossier, door=door, **form.cleaned_data)
        result = Pressed(f"#actie-{actie.pk}", "De actie staat in het plan.")
    return result
