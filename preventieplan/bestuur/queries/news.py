"""That a board answered, for the mail with reminders of who asked it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from dossiers.mensen.access import schools_for
from dossiers.mensen.models import User
from dossiers.nieuws import Nieuwtje, Regel, name_of
from preventieplan.bestuur.models import Bestuurslink, VastgesteldeRoutekaart
from stsdialoog.mail import absolute_url

EEN = "Iemand van het bestuur antwoordde op de vastgestelde routekaart."
MEER = "{aantal} mensen van het bestuur antwoordden op de vastgestelde routekaart."


def new(until: Mapping[UUID, date], _today: date) -> Iterator[Nieuwtje]:
    """What boards answered to these people; who answers anew is told of anew. One query."""
    found = _answered().filter(door__in=until).values_list("door", "pk", "keren")
    for door, pk, keren in found:
        yield Nieuwtje(door, f"{pk.hex}:{keren}")


def lines(gebruiker: UUID, sleutels: Collection[str], _today: date) -> list[Regel]:
    """A line for each routekaart that she may still read. Three queries."""
    user = User.objects.get(pk=gebruiker)
    asked = [UUID(sleutel.partition(":")[0]) for sleutel in sleutels]
    found = _answered().filter(pk__among=asked, kaart__dossier__school__in=schools_for(user))
    of_kaart = Counter(found.values_list("kaart", flat=True))
    kaarten = VastgesteldeRoutekaart.objects.filter(pk__among=list(of_kaart))
    return [
        Regel(
            zin=EEN if of_kaart[kaart.pk] == 1 else MEER.format(aantal=of_kaart[kaart.pk]),
            link=absolute_url("vastgesteld-een", pk=kaart.dossier_id, kaart_pk=kaart.pk),
            school=name_of(kaart.school),
            aantal=of_kaart[kaart.pk],
        )
        for kaart in kaarten.select_related("school").defer("document", "data").order_by("op")
    ]


def _answered() -> QuerySet[Any]:
    return Bestuurslink.objects.filter(antwoorden__isnull=False).annotate(keren=Count("antwoorden"))
