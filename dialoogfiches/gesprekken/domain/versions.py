"""Adopting a newer version of the material in a talk."""

from django.db import transaction

from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gespreksactie,
    Gesprekstap,
    Notitie,
    VoorbereideVraag,
)
from dialoogfiches.models import Item, Onderdeel
from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.overnemen.domain import move_along
from dossiers.overnemen.queries import by_code


def part_in_use(*, gesprek: Gesprek, onderdeel: Onderdeel) -> Onderdeel:
    """The part with the same code in the talk's current version, or `onderdeel` if it has none.

    Call this with the dossier locked: the page may have been rendered before the talk moved to its
    current version. One query.
    """
    here = Onderdeel.objects.filter(versie__gesprekken=gesprek.pk, code=onderdeel.code)
    return here.first() or onderdeel


@transaction.atomic
def adopt_gespreksversie(*, gesprek: Gesprek, nieuw: Materiaalversie, door: User) -> bool:
    """Move a talk to another version; what was written and chosen moves along by code.

    Returns False, and changes nothing, if the version was changed since `gesprek` was loaded or the
    talk has been struck.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    # Locks the dossier, so that no first note is saved on the old version during the move.
    hold_open(gesprek.dossier_id)
    moved = Gesprek.objects.filter(
        pk=gesprek.pk, versie=gesprek.versie_id, geschrapt_op__isnull=True
    ).update(versie=nieuw)
    if not moved:
        return False
    gesprek.versie = nieuw
    items, onderdelen = Item.objects.filter(versie=nieuw), Onderdeel.objects.filter(versie=nieuw)
    # Notes and results whose question or step no longer exists stay behind on the old version.
    notities = Notitie.objects.filter(gesprek=gesprek)
    move_along(notities, veld="item", targets=by_code(items.questions()), once=True)
    stappen = Gesprekstap.objects.filter(gesprek=gesprek)
    move_along(stappen, veld="onderdeel", targets=by_code(onderdelen.steps()), once=True)
    acties = Gespreksactie.objects.filter(gesprek=gesprek)
    move_along(acties, veld="onderdeel", targets=by_code(onderdelen), once=False)
    vragen = VoorbereideVraag.objects.filter(gesprek=gesprek)
    move_along(vragen, veld="item", targets=by_code(items.questions()), once=False)
    log(door=door, handeling=Logregel.Handeling.VERSIE_OVERGENOMEN, record=gesprek)
    return True
