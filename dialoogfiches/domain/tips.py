"""A tip of a material becomes an action of a dossier, once."""

from django.db import transaction

from dialoogfiches.domain.acties import create_ficheactie
from dialoogfiches.models import Ficheactie, Item
from dossiers.domain.acties import restore_actie
from dossiers.domain.dossiers import hold_open
from dossiers.models import Actie, Dossier, User


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
        Ficheactie.objects.filter(
            actie__dossier=dossier,
            tip__code=tip.code,
            onderdeel__versie__materiaal__versies=tip.versie_id,
        )
        .select_related("actie")
        .first()
    )
    if existing is None:
        onderdeel = tip.rubriek.onderdeel
        return create_ficheactie(
            dossier=dossier, onderdeel=onderdeel, wat=tip.tekst, door=door, tip=tip
        ), True
    actie = existing.actie
    was_struck = actie.geschrapt_op is not None
    if was_struck:
        restore_actie(actie=actie, door=door)
    return actie, was_struck
