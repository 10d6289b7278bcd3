"""Actions that grow while reading: typed there, or made of a tip, once."""

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
    """Make an action that grew in a part of a material.

    sleutel: of the form it was typed in, see `create_actie`.
    tip: the tip that it grew from; `actie_of_tip` sees to it that a tip gives one action.
    Raises DossierAfgesloten when the dossier is closed by now.
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
    """Make an action of a tip, or give the one that the dossier already has.

    tip: with its rubriek and the part that it stands in. The same tip in another version of the
        material counts as the same: its code is stable.
    Gives the action, put back on the plan if it was struck, and whether anything was done.
    Raises DossierAfgesloten when the dossier is closed by now.
    """
    # Holds the dossier: of two clicks at once, the second one finds the action of the first.
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
