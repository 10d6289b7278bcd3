"""Actions that grow in the fiches: in a step of a talk, out of a note, or out of a tip."""

from uuid import UUID

from django.db import IntegrityError, transaction

from dialoogfiches.domain.versies import part_in_use
from dialoogfiches.models import Ficheactie, Gesprek, Item, Notitie, Onderdeel
from dossiers.domain.acties import create_actie, restore_actie
from dossiers.models import Actie, Dossier, User


def create_ficheactie(
    *,
    dossier: Dossier,
    onderdeel: Onderdeel,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
    gesprek: Gesprek | None = None,
    notitie: Notitie | None = None,
    tip: Item | None = None,
) -> Actie:
    """Make an action that grew in a part of a material.

    sleutel: of the form it was typed in, see `create_actie`.
    gesprek: the talk it grew in, if it was in one.
    notitie: the note of that talk that it grew from; a note gives at most one action. A second
        click gives the action that is already there, put back on the plan if it was struck.
    tip: the tip that it grew from, outside a talk.
    Raises DossierAfgesloten when the dossier is closed by now.
    """
    try:
        with transaction.atomic():
            actie = create_actie(
                dossier=dossier, wat=wat, wie=wie, wanneer=wanneer, sleutel=sleutel, door=door
            )
            if gesprek is not None:
                onderdeel = part_in_use(gesprek=gesprek, onderdeel=onderdeel)
            origin = {"onderdeel": onderdeel, "gesprek": gesprek, "notitie": notitie, "tip": tip}
            Ficheactie.objects.get_or_create(actie=actie, defaults=origin)
    except IntegrityError:
        existing = Ficheactie.objects.filter(notitie=notitie).select_related("actie").first()
        if notitie is None or existing is None:
            raise
        actie = existing.actie
        if actie.geschrapt_op:
            restore_actie(actie=actie, door=door)
    return actie
