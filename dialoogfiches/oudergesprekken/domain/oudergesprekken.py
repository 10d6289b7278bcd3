"""Starting parents' talks, sharing them, and releasing from them what the school may know."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.retention import last_day
from dialoogfiches.oudergesprekken.encryption import Sealed, key_of
from dialoogfiches.oudergesprekken.models import Deling, Oudergesprek, Vrijgave
from dossiers.acties.domain.acties import create_actie
from dossiers.domain import hold_open
from dossiers.logboek.domain import log, log_once_a_day, place_of
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import start_history
from stsdialoog.fields import key_from_form
from stsdialoog.wislijst import erased_keys


class NietMeerHetzelfde(Exception):
    """The text to release was changed after the user looked at it."""


@transaction.atomic
def start_oudergesprek(
    *,
    dossier: Dossier,
    versie: Materiaalversie,
    pseudoniem: str,
    datum: date | None,
    sleutel: UUID,
    door: User,
) -> Oudergesprek:
    """Start a talk that is stored, until the last day allowed.

    sleutel: of the form it was typed in, generated with the page. When that sends the same again (a
        second click, a reload), the talk that is there is returned.
    Raises DossierAfgesloten if the dossier has been closed, and MissingKey if the keys in the
    environment cannot decrypt the existing talks.
    """
    # Locks the dossier: of two clicks at once, the second finds the talk of the first.
    hold_open(dossier.pk)
    _require_key()
    pk = _key(sleutel, dossier.pk, versie.pk, door.pk, pseudoniem, datum)
    if existing := Oudergesprek.objects.filter(pk=pk).first():
        return existing
    now = timezone.now()
    gesprek = Oudergesprek.objects.create(
        pk=pk,
        dossier=dossier,
        clb=dossier.school.clb,
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
    """Give a CLB colleague access to read and write.

    met: somebody of the school's CLB staff; the access check keeps out whoever no longer is.
    Raises DossierAfgesloten if the dossier has been closed.
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
    """Revoke the access of a colleague, who from then on cannot even see that the talk exists."""
    count, _ = Deling.objects.filter(oudergesprek=oudergesprek, met=met).delete()
    if count:
        log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_ONTDEELD, record=oudergesprek)


@transaction.atomic
def release_text(*, oudergesprek: Oudergesprek, revisie: int, door: User) -> Vrijgave:
    """Release the current text of `school_mag_weten` to the school; later changes stay hidden.

    revisie: the revision that the user looked at. A text that was already released and not
        withdrawn is not released again.
    Raises NietMeerHetzelfde if the text has changed since or is empty, and DossierAfgesloten if the
    dossier has been closed.
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
    """Create an action in the dossier, with words that were typed for the school.

    sleutel: the key of the form it was typed in, see `create_actie`; a second click releases
        nothing more.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    actie = create_actie(
        dossier=oudergesprek.dossier, wat=wat, wie=wie, wanneer=wanneer, sleutel=sleutel, door=door
    )
    released = Vrijgave.objects.filter(actie=actie).first()
    return released or _release(Vrijgave(actie=actie), oudergesprek, door)


def log_reading_of(vrijgaven: Iterable[Vrijgave], *, dossier: Dossier, door: User) -> None:
    """Log, once a day, who reads what was released of talks in a dossier.

    dossier: that of all of them, with its school.
    """
    log_once_a_day(
        door=door,
        handeling=Logregel.Handeling.VRIJGAVE_GELEZEN,
        records=vrijgaven,
        place=place_of(dossier),
    )


def _release(vrijgave: Vrijgave, oudergesprek: Oudergesprek, door: User) -> Vrijgave:
    vrijgave.dossier, vrijgave.oudergesprek = oudergesprek.dossier, oudergesprek
    vrijgave.door = door
    vrijgave.wissen_op = last_day(
        schooljaar=oudergesprek.dossier.schooljaar, begonnen=timezone.localdate()
    )
    vrijgave.save()
    log(door=door, handeling=Logregel.Handeling.VRIJGEGEVEN, record=vrijgave)
    return vrijgave


def _key(sleutel: UUID, *typed: object) -> UUID:
    """The primary key of a talk, from that of its form and from what was typed in it.

    One that was erased leaves its key in the wislijst, and what has that key goes when a backup is
    restored. Whoever starts the same talk again afterwards gets another key.
    """
    pk, erased = key_from_form(sleutel, *typed), erased_keys(Oudergesprek)
    while str(pk) in erased:
        pk = key_from_form(sleutel, pk)
    return pk


def _require_key() -> None:
    """Look for the key of the most recent talk. Raises MissingKey.

    Otherwise nobody would notice that new talks are encrypted with a key other than the one of the
    existing talks, until nobody could read them.
    """
    newest: object = Oudergesprek.objects.values_list("pseudoniem", flat=True).first()
    if isinstance(newest, Sealed):
        key_of(newest, where="the newest talk")
