"""The goals of a phase that a team works on first."""

from collections.abc import Collection

from django.db import transaction

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Fase
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.models import Doelstelling, Prioriteit


class TeVeelPrioriteiten(Exception):
    """More goals were chosen than a phase may have as priorities."""

    def __init__(self) -> None:
        super().__init__(
            f"Kies er hoogstens {Prioriteit.AANTAL}: wie alles eerst wil, doet niets eerst."
        )


@transaction.atomic
def choose_priorities(*, dossier: Dossier, fase: Fase, codes: Collection[str], door: User) -> None:
    """Replace the priorities of a phase, in the order of its goals.

    codes: of goals; one that the version in use does not have in this phase is left out.
    Raises TeVeelPrioriteiten for more than three, and DossierAfgesloten when the dossier has been
    closed in the meantime.
    """
    # Locks the dossier: of two teams that choose at once, the last one's choice stands as a whole.
    held = hold_open(dossier.pk)
    doelen = Doelstelling.objects.filter(versie=held.planversie_id, fase=fase).order_by("volgorde")
    # Compared here, so that no value of a page reaches the database as it came.
    chosen = [doel for doel in doelen if doel.code in codes]
    if len(chosen) > Prioriteit.AANTAL:
        raise TeVeelPrioriteiten
    Prioriteit.objects.filter(dossier=dossier, fase=fase).delete()
    Prioriteit.objects.bulk_create(
        Prioriteit(dossier=dossier, fase=fase, doelstelling=doel, plaats=plaats)
        for plaats, doel in enumerate(chosen, start=1)
    )
    log(door=door, handeling=Logregel.Handeling.PRIORITEITEN_GEKOZEN, record=dossier)
