"""Erasing a reason in which somebody can be recognised: the guard lets some names through."""

from functools import partial

from django.db import transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import User
from dossiers.reacties.models import Reactie
from stsdialoog.wislijst import erase_and_remember, erased_keys


def erase_reden(*, reactie: Reactie, door: User) -> bool:
    """Empty a reason that was told, for good and for everybody, and remember that.

    That it works or not still counts. Returns False when it was erased already. Raises
    NotRemembered, with nothing erased.
    """
    return erase_and_remember(records=[reactie], erase=partial(_empty, reactie, door))


@transaction.atomic
def catch_up() -> None:
    """Empty in a restored database the reasons that were erased since its backup."""
    Reactie.objects.filter(pk__in=erased_keys(Reactie)).update(omdat="")


def _empty(reactie: Reactie, door: User) -> bool:
    # Whoever settles a month holds it too, and writes the rows of before again.
    Materiaal.objects.select_for_update(no_key=True).get(slug=reactie.slug)
    told = Reactie.objects.filter(pk=reactie.pk, maand__isnull=False).exclude(omdat="")
    if not told.update(omdat=""):
        return False
    log(door=door, handeling=Logregel.Handeling.REDEN_GEWIST, record=reactie)
    return True
