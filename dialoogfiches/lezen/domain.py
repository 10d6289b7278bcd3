"""Actions that arise from reading: typed there, or created once from a tip."""

from uuid import UUID

from django.db import transaction

from dialoogfiches.lezen.models import Leesactie
from dialoogfiches.models import Item, Onderdeel
from dossiers.acties.domain import create_linked_actie
from dossiers.acties.models import Actie
from dossiers.domain import hold_open
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.striking import restore


def create_leesactie(
    *,
    dossier: Dossier,
    onderdeel: Onderdeel,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
    tip: Item | None = None,
) -> Actie:
    """Create an action that arose from a part of a material.

    sleutel: the key of the form it was typed in, see `create_actie`.
    tip: the tip it was created from; `actie_of_tip` ensures at most one action per tip.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    return create_linked_actie(
        dossier=dossier,
        wat=wat,
        wie=wie,
        wanneer=wanneer,
        sleutel=sleutel,
        door=door,
        link=Leesactie,
        place=lambda: {"onderdeel": onderdeel, "tip": tip},
        origin={},
    )


@transaction.atomic
def actie_of_tip(*, dossier: Dossier, tip: Item, door: User) -> tuple[Actie, bool]:
    """Create an action from a tip, or return the one that the dossier already has.

    tip: with its rubriek and onderdeel loaded. The same tip in another version of the material
        counts as the same one, because its code is stable.
    Returns the action, restored if it had been struck, and whether anything was changed.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    # Locks the dossier, so that the second of two concurrent clicks finds the action of the first.
    hold_open(dossier.pk)
    existing = (
        Leesactie.objects.filter(
            actie__dossier=dossier,
            tip__code=tip.code,
            onderdeel__versie__materiaal__versies=tip.versie_id,
        )
        .select_related("actie")
        .first()
    )
    if existing is None:
        onderdeel = tip.rubriek.onderdeel
        return create_leesactie(
            dossier=dossier, onderdeel=onderdeel, wat=tip.tekst, door=door, tip=tip
        ), True
    actie = existing.actie
    was_struck = actie.geschrapt_op is not None
    if was_struck:
        restore(record=actie, door=door)
    return actie, was_struck
