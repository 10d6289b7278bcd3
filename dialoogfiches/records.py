"""The fields of a talk by their name.

`gesprek-<uuid>-titel`, `stap-<uuid>-registratie-resultaat`, `notitie-<uuid>-registratie-b01-tekst`
and `uitwerking-<uuid>-bereiken`. The uuid is that of the talk, or of the action. It always counts
36 characters, so what follows is the code, dashes and all.
"""

from functools import partial
from uuid import UUID

from django.urls import reverse

from dialoogfiches.forms.gesprekken import (
    PLANVELDEN,
    GesprekForm,
    NotitieForm,
    StapForm,
    UitwerkingForm,
)
from dialoogfiches.models import (
    VRAAGSOORTEN,
    Actiewerk,
    Ficheactie,
    Gesprek,
    Gesprekstap,
    Item,
    Notitie,
    Onderdeel,
    Uitwerking,
)
from dialoogfiches.queries.versies import earlier
from dossiers.models import Dossier
from dossiers.records import GeenVeld, Gevonden, Plek, Voortgang, find_actie

UUID_LENGTH = 36


def page_of_gesprek(gesprek: Gesprek) -> Plek:
    """The cover of a talk."""
    url = reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])
    return Plek(url, gesprek.titel)


def page_of_stap(gesprek: Gesprek, onderdeel: Onderdeel) -> Plek:
    """The page of one step of a talk."""
    url = reverse("gesprekstap", args=[gesprek.dossier_id, gesprek.pk, onderdeel.code])
    return Plek(url, onderdeel.kort)


def _page_now(gesprek: Gesprek, onderdeel: Onderdeel) -> Plek:
    """The page of a step; what only an earlier version had a place for stands on the cover."""
    if onderdeel.versie_id == gesprek.versie_id:
        return page_of_stap(gesprek, onderdeel)
    return page_of_gesprek(gesprek)


def find_gesprekveld(dossier: Dossier, sleutel: str, veld: str) -> Gevonden:
    gesprek = _gesprek(dossier, sleutel)
    return Gevonden(GesprekForm, gesprek, veld, page_of_gesprek(gesprek))


def find_stap(dossier: Dossier, sleutel: str, veld: str) -> Gevonden:
    gesprek, code = _gesprek_and_code(dossier, sleutel)
    onderdelen = Onderdeel.objects.filter(code=code, stap=True)
    onderdeel = (
        onderdelen.filter(versie=gesprek.versie_id).first()
        or earlier(onderdelen, gesprek, "gesprekstappen").first()
    )
    if onderdeel is None:
        raise GeenVeld
    stap = Gesprekstap.objects.filter(gesprek=gesprek, onderdeel=onderdeel).first() or Gesprekstap()
    stap.dossier, stap.gesprek, stap.onderdeel = dossier, gesprek, onderdeel
    return Gevonden(StapForm, stap, veld, _page_now(gesprek, onderdeel))


def find_notitie(dossier: Dossier, sleutel: str, veld: str) -> Gevonden:
    gesprek, code = _gesprek_and_code(dossier, sleutel)
    items = Item.objects.filter(
        code=code, rubriek__soort__in=VRAAGSOORTEN, rubriek__onderdeel__stap=True
    ).select_related("rubriek__onderdeel")
    item = (
        items.filter(versie=gesprek.versie_id).first()
        or earlier(items, gesprek, "notities").first()
    )
    if item is None:
        raise GeenVeld
    notitie = Notitie.objects.filter(gesprek=gesprek, item=item).first() or Notitie()
    notitie.dossier, notitie.gesprek, notitie.item = dossier, gesprek, item
    return Gevonden(
        NotitieForm,
        notitie,
        veld,
        _page_now(gesprek, item.rubriek.onderdeel),
        partial(_progress, notitie),
    )


def find_uitwerking(dossier: Dossier, sleutel: str, veld: str) -> Gevonden:
    actie = find_actie(dossier, sleutel)
    origin = Ficheactie.objects.filter(actie=actie, gesprek__isnull=False).select_related("gesprek")
    found = origin.first()
    if found is None or found.gesprek is None:
        raise GeenVeld
    uitwerking = Uitwerking.objects.filter(actie=actie).first() or Uitwerking()
    uitwerking.dossier, uitwerking.actie = dossier, actie
    return Gevonden(UitwerkingForm, uitwerking, veld, _page_of_uitwerking(found.gesprek, veld))


def _page_of_uitwerking(gesprek: Gesprek, veld: str) -> Plek:
    work = Actiewerk.PLANNEN if veld in PLANVELDEN else Actiewerk.VIEREN
    onderdeel = Onderdeel.objects.filter(versie=gesprek.versie_id, acties=work, stap=True).first()
    return page_of_stap(gesprek, onderdeel) if onderdeel else page_of_gesprek(gesprek)


def _gesprek(dossier: Dossier, pk: str) -> Gesprek:
    try:
        gesprek = (
            Gesprek.objects.filter(dossier=dossier, pk=UUID(pk)).select_related("versie").first()
        )
    except ValueError as error:
        raise GeenVeld from error
    if gesprek is None:
        raise GeenVeld
    gesprek.dossier = dossier
    return gesprek


def _gesprek_and_code(dossier: Dossier, sleutel: str) -> tuple[Gesprek, str]:
    pk, dash, code = sleutel[:UUID_LENGTH], sleutel[UUID_LENGTH:][:1], sleutel[UUID_LENGTH + 1 :]
    if dash != "-":
        raise GeenVeld
    return _gesprek(dossier, pk), code


def _progress(notitie: Notitie) -> Voortgang:
    """How many questions of the step have a note; two queries."""
    vragen = Item.objects.filter(
        rubriek__onderdeel=notitie.item.rubriek.onderdeel, rubriek__soort__in=VRAAGSOORTEN
    )
    others = (
        Notitie.objects.filter(gesprek=notitie.gesprek, item__in=vragen)
        .exclude(tekst="")
        .exclude(item=notitie.item)
    )
    return Voortgang(bool(notitie.tekst), others.count(), vragen.count())
