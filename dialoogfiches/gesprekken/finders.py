"""Finds the fields of a talk by name.

`gesprek-<uuid>-titel`, `stap-<uuid>-registratie-resultaat`,
`notitie-<uuid>-registratie-b01-tekst` and `uitwerking-<uuid>-bereiken`. The uuid is that of the
talk, or of the action. It always has 36 characters, so the rest is the code, which may itself
contain dashes.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Func, IntegerField, OuterRef, QuerySet, Subquery
from django.urls import reverse

from dialoogfiches.gesprekken.forms import (
    PLANVELDEN,
    GesprekForm,
    NotitieForm,
    StapForm,
    UitwerkingForm,
)
from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie, Uitwerking
from dialoogfiches.gesprekken.queries.earlier import with_record
from dialoogfiches.models import VRAAGSOORTEN, Actiewerk, Item, Onderdeel
from dossiers.models import Dossier
from dossiers.overnemen.queries import earlier_content
from dossiers.velden.forms import Progress
from dossiers.velden.registry import FoundField, GeenVeld
from stsdialoog.links import PageLink

UUID_LENGTH = 36


def page_of_gesprek(gesprek: Gesprek) -> PageLink:
    url = reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])
    return PageLink(url, gesprek.titel)


def page_of_stap(gesprek: Gesprek, onderdeel: Onderdeel) -> PageLink:
    url = reverse("gesprekstap", args=[gesprek.dossier_id, gesprek.pk, onderdeel.code])
    return PageLink(url, onderdeel.kort)


def _page_now(gesprek: Gesprek, onderdeel: Onderdeel) -> PageLink:
    """The page of a step; content of an earlier version is shown on the cover."""
    if onderdeel.versie_id == gesprek.versie_id:
        return page_of_stap(gesprek, onderdeel)
    return page_of_gesprek(gesprek)


def find_gesprekveld(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    gesprek = _gesprek(dossier, sleutel)
    return FoundField(GesprekForm, gesprek, veld, page_of_gesprek(gesprek))


def find_stap(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    gesprek, code = _gesprek_and_code(dossier, sleutel)
    onderdelen = with_record(Onderdeel.objects.steps().filter(code=code), gesprek, "gesprekstappen")
    onderdeel = _now_or_earlier(onderdelen, gesprek)
    stap = getattr(onderdeel, "record", None) or Gesprekstap()
    stap.dossier, stap.gesprek, stap.onderdeel = dossier, gesprek, onderdeel
    return FoundField(StapForm, stap, veld, _page_now(gesprek, onderdeel))


def find_notitie(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    gesprek, code = _gesprek_and_code(dossier, sleutel)
    vragen = Item.objects.questions().filter(code=code).select_related("rubriek__onderdeel")
    counted = vragen.annotate(
        besproken_elders=_count(_others_discussed(gesprek)),
        aantal_vragen=_count(_questions(dossier)),
    )
    item = _now_or_earlier(with_record(counted, gesprek, "notities"), gesprek)
    notitie = getattr(item, "record", None) or Notitie()
    notitie.dossier, notitie.gesprek, notitie.item = dossier, gesprek, item
    return FoundField(
        NotitieForm,
        notitie,
        veld,
        _page_now(gesprek, item.rubriek.onderdeel),
        partial(_progress, notitie, item.besproken_elders, item.aantal_vragen),
    )


def find_uitwerking(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    found = (
        Gespreksactie.objects.filter(actie=_uuid(sleutel), actie__dossier=dossier)
        .select_related("gesprek", "actie__uitwerking")
        .first()
    )
    if found is None or found.gesprek is None:
        raise GeenVeld
    uitwerking = getattr(found.actie, "uitwerking", None) or Uitwerking()
    uitwerking.dossier, uitwerking.actie = dossier, found.actie
    return FoundField(UitwerkingForm, uitwerking, veld, _page_of_uitwerking(found.gesprek, veld))


def _page_of_uitwerking(gesprek: Gesprek, veld: str) -> PageLink:
    work = Actiewerk.PLANNEN if veld in PLANVELDEN else Actiewerk.VIEREN
    onderdeel = Onderdeel.objects.steps().filter(versie=gesprek.versie_id, acties=work).first()
    return page_of_stap(gesprek, onderdeel) if onderdeel else page_of_gesprek(gesprek)


def _gesprek(dossier: Dossier, pk: str) -> Gesprek:
    gesprek = Gesprek.objects.filter(dossier=dossier, pk=_uuid(pk)).select_related("versie").first()
    if gesprek is None:
        raise GeenVeld
    gesprek.dossier = dossier
    return gesprek


def _gesprek_and_code(dossier: Dossier, sleutel: str) -> tuple[Gesprek, str]:
    pk, dash, code = sleutel[:UUID_LENGTH], sleutel[UUID_LENGTH:][:1], sleutel[UUID_LENGTH + 1 :]
    if dash != "-":
        raise GeenVeld
    return _gesprek(dossier, pk), code


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise GeenVeld from error


def _now_or_earlier(content: QuerySet[Any], gesprek: Gesprek) -> Any:
    """The part or question in the talk's current version, or otherwise in an earlier one."""
    now = content.filter(versie=gesprek.versie_id).first()
    found = now or earlier_content(content, gesprek.versie).first()
    if found is None:
        raise GeenVeld
    return found


def _progress(notitie: Notitie, elsewhere: int, questions: int) -> Progress:
    return Progress(bool(notitie.tekst), elsewhere, questions)


def _others_discussed(gesprek: Gesprek) -> QuerySet[Any]:
    """The talk's other notes in the step of a question (outer query: Item)."""
    return (
        Notitie.objects.filter(
            gesprek=gesprek,
            item__rubriek__onderdeel=OuterRef("rubriek__onderdeel"),
            item__rubriek__soort__in=VRAAGSOORTEN,
        )
        .exclude(tekst="")
        .exclude(item=OuterRef("pk"))
    )


def _questions(dossier: Dossier) -> QuerySet[Any]:
    """All questions that the school has in the step of a question (outer query: Item)."""
    return Item.objects.needed_in(dossier.school.niveau).filter(
        rubriek__onderdeel=OuterRef("rubriek__onderdeel"), rubriek__soort__in=VRAAGSOORTEN
    )


def _count(rows: QuerySet[Any]) -> Subquery:
    """A subquery that counts the rows."""
    counted = rows.order_by().annotate(aantal=Func("pk", function="COUNT")).values("aantal")
    return Subquery(counted, output_field=IntegerField())
