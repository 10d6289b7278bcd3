"""Erasing the talks that nobody can open any more: asked by an ankerfiguur, and done after a wait.

Their author may come back, or know somebody who needs them, so she and the other ankerfiguren hear
of it first. What is left behind is only erased by then when it still is (`purge_left_behind`).
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from dialoogfiches.oudergesprekken.domain.retention import left_behind_in
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import concerned
from dossiers.mensen.models import User
from dossiers.models import Dossier
from stsdialoog import mail
from stsdialoog.wislijst import WACHTTIJD


class NietMeerEvenveel(Exception):
    """There are more or fewer talks by now than somebody looked at."""


@transaction.atomic
def ask_to_erase(*, dossier: Dossier, aantal: int, door: User, today: date) -> None:
    """Have the talks that were left behind in a dossier erased when the waiting time is over.

    aantal: of how many talks the user read that it was not asked yet.
    Raises NietMeerEvenveel, with nothing changed, when there are not as many any more.
    """
    asked = left_behind_in(dossier).filter(achtergebleven_wissen_op__isnull=True)
    found = _with_author(asked)
    if len(found) != aantal:
        raise NietMeerEvenveel
    wissen_op = today + WACHTTIJD
    _set(found, wissen_op)
    for talk in found:
        log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_WISSEN_GEVRAAGD, record=talk)
    _tell(dossier, door, {talk.auteur for talk in found}, wissen_op)


@transaction.atomic
def take_back(*, dossier: Dossier, door: User) -> None:
    """Keep all talks of a dossier that were going to be erased because nobody can open them.

    Those that stayed with the CLB that held them are not for the one that the school is with now.
    """
    here = Oudergesprek.objects.with_school()
    waits = here.filter(dossier=dossier, achtergebleven_wissen_op__isnull=False)
    found = _with_author(waits)
    _set(found, None)
    for talk in found:
        log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_WISSEN_TERUG, record=talk)
    if found:
        _tell(dossier, door, {talk.auteur for talk in found}, None)


def _with_author(talks: QuerySet[Oudergesprek]) -> list[Oudergesprek]:
    found = talks.select_related("auteur", "dossier__school").only("auteur", "dossier__school")
    return list(found.order_by("pk").select_for_update(of=("self",)))


def _set(talks: Collection[Oudergesprek], wissen_op: date | None) -> None:
    keys = [talk.pk for talk in talks]
    Oudergesprek.objects.filter(pk__in=keys).update(achtergebleven_wissen_op=wissen_op)


def _tell(dossier: Dossier, door: User, auteurs: Collection[User], wissen_op: date | None) -> None:
    """Mail the authors and the other ankerfiguren, once it is certain; nothing of any talk."""
    told = {*concerned([dossier.school.clb]).adressen}
    told |= {auteur.email for auteur in auteurs if auteur.is_active}
    context = {"dossier": dossier, "door": door, "wissen_op": wissen_op}
    for adres in sorted(told - {door.email}):
        mail.send_when_committed(adres, "oudergesprekken/mail/wissen", context)
