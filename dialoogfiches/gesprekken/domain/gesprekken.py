"""Starting a talk, and finishing and reopening its steps."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dialoogfiches.gesprekken.domain.versions import part_in_use
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap
from dialoogfiches.models import Onderdeel
from dossiers.domain import hold_open
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import start_history
from stsdialoog.fields import key_from_form


@transaction.atomic
def start_gesprek(
    *,
    dossier: Dossier,
    versie: Materiaalversie,
    sleutel: UUID,
    titel: str,
    door: User,
    datum: date | None = None,
    deelnemers: str = "",
) -> Gesprek:
    """Start a talk about a version of a material.

    sleutel: of the form it was typed in, generated with the page. When that sends the same again,
        the talk that is there is returned.
    titel: must not be empty (a database constraint).
    Raises DossierAfgesloten if the dossier has been closed.
    """
    # Locks the dossier: of two clicks at once, the second finds the talk of the first.
    hold_open(dossier.pk)
    pk = key_from_form(sleutel, dossier.pk, versie.pk, titel, datum, deelnemers)
    if existing := Gesprek.objects.filter(pk=pk).first():
        return existing
    gesprek = Gesprek.objects.create(
        pk=pk,
        dossier=dossier,
        versie=versie,
        titel=titel,
        titel_revisie=1,
        datum=datum,
        datum_revisie=int(datum is not None),
        deelnemers=deelnemers,
        deelnemers_revisie=int(bool(deelnemers)),
        gewijzigd_op=timezone.now(),
        gewijzigd_door=door,
    )
    start_history(record=gesprek, door=door)
    return gesprek


@transaction.atomic
def finish_stap(*, gesprek: Gesprek, onderdeel: Onderdeel, door: User) -> None:
    """Finish a step of a talk.

    A step that is already finished is not changed: it keeps its first date and user.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    hold_open(gesprek.dossier_id)
    onderdeel = part_in_use(gesprek=gesprek, onderdeel=onderdeel)
    now = timezone.now()
    Gesprekstap.objects.get_or_create(
        gesprek=gesprek, onderdeel=onderdeel, defaults={"dossier_id": gesprek.dossier_id}
    )
    Gesprekstap.objects.filter(
        gesprek=gesprek, onderdeel=onderdeel, afgerond_op__isnull=True
    ).update(afgerond_op=now, afgerond_door=door, gewijzigd_op=now, gewijzigd_door=door)


@transaction.atomic
def reopen_stap(*, gesprek: Gesprek, onderdeel: Onderdeel, door: User) -> None:
    """Reopen a finished step; one that is already open is not changed.

    Raises DossierAfgesloten if the dossier has been closed.
    """
    hold_open(gesprek.dossier_id)
    onderdeel = part_in_use(gesprek=gesprek, onderdeel=onderdeel)
    Gesprekstap.objects.filter(
        gesprek=gesprek, onderdeel=onderdeel, afgerond_op__isnull=False
    ).update(afgerond_op=None, afgerond_door=None, gewijzigd_op=timezone.now(), gewijzigd_door=door)
