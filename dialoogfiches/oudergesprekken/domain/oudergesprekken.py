"""Parents' talks: begun, shared by hand, and what of them the school may know."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.retention import last_day, leave_no_trace
from dialoogfiches.oudergesprekken.models import Deling, Oudergesprek, Vrijgave
from dossiers.acties.domain import create_actie
from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import start_history


class NietMeerHetzelfde(Exception):
    """The text to release was changed after somebody looked at it."""


@transaction.atomic
def start_oudergesprek(
    *,
    dossier: Dossier,
    versie: Materiaalversie,
    pseudoniem: str,
    datum: date | None,
    door: User,
) -> Oudergesprek:
    """Begin a talk that is kept, up to the last day that it may be.

    Raises DossierAfgesloten when the dossier is closed by now, and SleutelOntbreekt when the keys
    of the environment are not those of the talks that are here already.
    """
    hold_open(dossier.pk)
    _require_key()
    now = timezone.now()
    gesprek = Oudergesprek.objects.create(
        dossier=dossier,
        versie=versie,
        auteur=door,
        pseudoniem=pseudoniem,
        pseudoniem_revisie=1,
        datum=datum,
        datum_revisie=int(bool(datum)),
        wissen_op=last_day(schooljaar=dossier.schooljaar, begonnen=timezone.localdate(now)),
        wissen_op_revisie=1,
        gemaakt_op=now,
        gewijzigd_op=now,
        gewijzigd_door=door,
    )
    start_history(record=gesprek, door=door)
    log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_GEMAAKT, record=gesprek)
    return gesprek


@transaction.atomic
def share(*, oudergesprek: Oudergesprek, met: User, door: User) -> None:
    """Let a colleague of the CLB read and write along.

    met: somebody of the school's CLB staff; whoever is no longer is kept out by the front door.
    Raises DossierAfgesloten when the dossier is closed by now.
    """
    hold_open(oudergesprek.dossier.pk)
    if Deling.objects.in_force().filter(oudergesprek=oudergesprek, met=met).exists():
        return
    Deling.objects.update_or_create(
        oudergesprek=oudergesprek, met=met, defaults={"op": timezone.now()}
    )
    log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_GEDEELD, record=oudergesprek)


@transaction.atomic
def stop_sharing(*, oudergesprek: Oudergesprek, met: User, door: User) -> None:
    """From now on the colleague does not see the talk any more, not even that it exists."""
    count, _ = Deling.objects.filter(oudergesprek=oudergesprek, met=met).delete()
    if count:
        log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_ONTDEELD, record=oudergesprek)


@transaction.atomic
def release_text(*, oudergesprek: Oudergesprek, revisie: int, door: User) -> Vrijgave:
    """Show the school the text of `school_mag_weten`, as it is now and never as it becomes later.

    revisie: of the text that the person looked at; a text that the school can read already is not
        released once more.
    Raises NietMeerHetzelfde when it is another one by now or empty, DossierAfgesloten when the
    dossier is closed by now.
    """
    hold_open(oudergesprek.dossier.pk)
    now = Oudergesprek.objects.select_for_update().get(pk=oudergesprek.pk)
    tekst = now.school_mag_weten.strip()
    if not tekst or now.school_mag_weten_revisie != revisie:
        raise NietMeerHetzelfde
    released = Vrijgave.objects.filter(oudergesprek=oudergesprek, tekst=tekst).first()
    return released or _release(Vrijgave(tekst=tekst), oudergesprek, door)


@transaction.atomic
def release_actie(
    *, oudergesprek: Oudergesprek, wat: str, wie: str, wanneer: str, sleutel: UUID, door: User
) -> Vrijgave:
    """Put an action in the dossier, in words that were typed for the school.

    sleutel: of the form it was typed in, see `create_actie`; a second click releases nothing more.
    Raises DossierAfgesloten when the dossier is closed by now.
    """
    actie = create_actie(
        dossier=oudergesprek.dossier, wat=wat, wie=wie, wanneer=wanneer, sleutel=sleutel, door=door
    )
    released = Vrijgave.objects.filter(actie=actie).first()
    return released or _release(Vrijgave(actie=actie), oudergesprek, door)


@transaction.atomic
def withdraw_vrijgave(*, vrijgave: Vrijgave, door: User) -> None:
    """Take a released text away from the school, and keep it nowhere; also from a closed dossier.

    vrijgave: one that was withdrawn already stays as it is; an action is struck in the plan.
    """
    withdrawn = Vrijgave.objects.filter(
        pk=vrijgave.pk, actie__isnull=True, ingetrokken_op__isnull=True
    ).update(ingetrokken_op=timezone.now(), tekst="")
    if withdrawn:
        log(door=door, handeling=Logregel.Handeling.VRIJGAVE_INGETROKKEN, record=vrijgave)
        leave_no_trace()


def _release(vrijgave: Vrijgave, oudergesprek: Oudergesprek, door: User) -> Vrijgave:
    vrijgave.dossier, vrijgave.oudergesprek = oudergesprek.dossier, oudergesprek
    vrijgave.door = door
    vrijgave.wissen_op = last_day(
        schooljaar=oudergesprek.dossier.schooljaar, begonnen=timezone.localdate()
    )
    vrijgave.save()
    log(door=door, handeling=Logregel.Handeling.VRIJGEGEVEN, record=vrijgave)
    return vrijgave


def _require_key() -> None:
    """Read what was written last: with a wrong key nobody would find out, and nobody could read."""
    Oudergesprek.objects.values_list("pseudoniem").first()
