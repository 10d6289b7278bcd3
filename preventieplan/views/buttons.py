"""The buttons on the pages of the plan: create an action, strike one, restore one.

Each is a submit button of the page's form, so everything that was typed is saved first.
"""

from django.http import QueryDict

from dossiers.acties.models import Actie
from dossiers.acties.views import (
    GEMAAKT,
    EditablePage,
    Pressed,
    press_on_actie,
    press_on_offer,
)
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.domain.acties import plan_at


def press(*, post: QueryDict, dossier: Dossier, page: EditablePage, door: User) -> Pressed:
    """Create the new actions that were filled in, then run the pressed button, if any.

    page: with valid forms in `page.typed_actions`.
    Raises Http404 for a button that refers to something outside this dossier.
    """
    planned = plan_typed(dossier, page, door)
    return press_on_actie(post, dossier, door) or press_on_offer(post, page, door) or planned


def plan_typed(dossier: Dossier, page: EditablePage, door: User) -> Pressed:
    """Create every new action that was filled in, whichever button was pressed."""
    made = make_typed(dossier, page, door)
    return Pressed(f"#actie-{made[-1].pk}", GEMAAKT) if made else Pressed()


def make_typed(dossier: Dossier, page: EditablePage, door: User) -> list[Actie]:
    return [
        plan_at(place, dossier=dossier, door=door, **form.cleaned_data)
        for place, form in page.typed_actions
    ]
