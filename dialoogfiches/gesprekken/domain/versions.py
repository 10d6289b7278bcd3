"""A talk takes a newer version of its material into use."""

from django.db import transaction

from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie
from dialoogfiches.models import Item, Onderdeel
from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.overnemen.domain import move_along
from dossiers.overnemen.queries import by_code


def part_in_use(*, gesprek: Gesprek, onderdeel: Onderdeel) -> Onderdeel:
    """The same part in the version that a talk uses now; the part itself where that has none.

    For who holds the dossier: a page can be older than the version in use. One query.
    """
    here = Onderdeel.objects.filter(versie__gesprekken=gesprek.pk, code=onderdeel.code)
    return here.first() or onderdeel


@transaction.atomic
def adopt_gespreksversie(*, gesprek: Gesprek, nieuw: Materiaalversie, door: User) -> bool:
    """Go on in another version; notes, results and actions move along by code.

    False when somebody else changed the version since `gesprek` was loaded, or struck the talk:
    then nothing is done.
    Raises DossierAfgesloten when the dossier is closed by now.
    """
    # Holds the dossier: no first note arrives on the old version while the rest moves.
    hold_open(gesprek.dossier_id)
    moved = Gesprek.objects.filter(
        pk=gesprek.pk, versie=gesprek.versie_id, geschrapt_op__isnull=True
    ).update(versie=nieuw)
    if not moved:
        return False
    gesprek.versie = nieuw
    items, onderdelen = Item.objects.filter(versie=nieuw), Onderdeel.objects.filter(versie=nieuw)
    # What is no question or step any more has no place for what was said: that stays behind.
    notities = Notitie.objects.filter(gesprek=gesprek)
    move_along(notities, veld="item", targets=by_code(items.questions()), once=True)
    stappen = Gesprekstap.objects.filter(gesprek=gesprek)
    move_along(stappen, veld="onderdeel", targets=by_code(onderdelen.steps()), once=True)
    acties = Gespreksactie.objects.filter(gesprek=gesprek)
    move_along(acties, veld="onderdeel", targets=by_code(onderdelen), once=False)
    log(door=door, handeling=Logregel.Handeling.VERSIE_OVERGENOMEN, record=gesprek)
    return True
