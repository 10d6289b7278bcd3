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
from stsdialoog.seen import check_seen


class TeVeelPrioriteiten(Exception):
    """More goals were chosen than a phase may have as priorities."""

    def __init__(self) -> None:
        super().__init__(
            f"Kies er hoogstens {Prioriteit.AANTAL}: wie alles eerst wil, doet niets eerst."
        )


@transaction.atomic
def choose_priorities(
    *,
    dossier: Dossier,
    fase: Fase,
    codes: Collection[str],
    door: User,
    seen: str | None = None,
) -> None:
    """Replace the priorities of a phase, in the order of its goals.

    codes: of goals; one that the version in use does not have in this phase is left out.
    seen: the `mark_of` the codes that came first on the page where this was chosen; None for a
        choice that was made on no page.
    Raises TeVeelPrioriteiten for more than three, IntussenGewijzigd if a colleague chose others in
    the meantime, and DossierAfgesloten when the dossier has been closed.
    """
    # Locks the dossier: of two who choose at once, the second one gets to see the first.
    held = hold_open(dossier.pk)
    doelen = Doelstelling.objects.filter(versie=held.planversie_id, fase=fase).order_by("volgorde")
    prioriteiten = Prioriteit.objects.filter(dossier=dossier, fase=fase)
    known = set(prioriteiten.values_list("doelstelling_id", flat=True))
    # Compared here, so that no value of a page reaches the database as it came.
    chosen = [doel for doel in doelen if doel.code in codes]
    if len(chosen) > Prioriteit.AANTAL:
        raise TeVeelPrioriteiten
    if seen is not None:
        check_seen(seen, *(doel.code for doel in doelen if doel.pk in known))
    prioriteiten.delete()
    Prioriteit.objects.bulk_create(
        Prioriteit(dossier=dossier, fase=fase, doelstelling=doel, plaats=plaats)
        for plaats, doel in enumerate(chosen, start=1)
    )
    log(door=door, handeling=Logregel.Handeling.PRIORITEITEN_GEKOZEN, record=dossier)
