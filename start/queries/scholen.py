"""The schools of a user: which of them are asked for, and the dossier that counts of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from dossiers.acties.models import Actiestand, Besluit
from dossiers.domain import schooljaar_of
from dossiers.mensen.access import Places
from dossiers.mensen.models import Niveau, School
from dossiers.models import Dossier
from start.domain.attention import Groep
from stsdialoog.text import search_words

# More words than anyone needs to find a school; each word adds a condition to the query.
MAX_WORDS = 6


@dataclass(frozen=True)
class Selection:
    """Which schools are asked for, and in which order.

    zoek: every word has to occur in the name, the gemeente or the instellingsnummer.
    mijn: only the schools in which the user has a role herself.
    sorteer: a column of the table, after a hyphen for the other way round; "" as they need her.
    """

    zoek: str = ""
    niveau: str = ""
    gemeente: str = ""
    mijn: bool = False
    groep: Groep | None = None
    sorteer: str = ""

    @property
    def words(self) -> str:
        """What was asked for, right behind "3 scholen"; "" when that is all of them."""
        filters = [
            words
            for asked, words in (
                (self.niveau, Niveau(self.niveau).label.lower() if self.niveau else ""),
                (self.gemeente, f"in {self.gemeente}"),
                (self.groep, f"bij ‘{self.groep.label if self.groep else ''}’"),
                (self.mijn, "waar je zelf een rol hebt"),
            )
            if asked
        ]
        if self.zoek:
            return ", ".join([f" met ‘{self.zoek}’", *filters])
        return f": {', '.join(filters)}" if filters else ""


def selected(places: Places, selection: Selection) -> QuerySet[School]:
    """The schools that are asked for; not yet of one group only."""
    scholen = places.schools(own=selection.mijn)
    for word in search_words(selection.zoek, at_most=MAX_WORDS):
        scholen = scholen.filter(zoeksleutel__contains=word)
    if selection.niveau:
        scholen = scholen.filter(niveau=selection.niveau)
    if selection.gemeente:
        scholen = scholen.filter(gemeente=selection.gemeente)
    return scholen


def gemeenten_of(places: Places) -> tuple[str, ...]:
    """The gemeenten of all schools of a user, to choose from. One query."""
    found = places.schools().order_by("gemeente").values_list("gemeente", flat=True)
    return tuple(found.distinct())


def with_dossier(scholen: QuerySet[School], today: date) -> QuerySet[Any]:
    """The schools with the key of the dossier to look at, or None, as `dossier_key`.

    That is the dossier of this schooljaar, else the newest other.
    """
    newest = Dossier.objects.filter(school=OuterRef("pk")).order_by("-schooljaar").values("pk")
    return scholen.annotate(
        dit_jaar=FilteredRelation(
            "dossiers", condition=Q(dossiers__schooljaar=schooljaar_of(today))
        ),
        dossier_key=Coalesce(F("dit_jaar__pk"), Subquery(newest[:1])),
    )


def overdue(today: date) -> Q:
    """The condition for late actions that are not struck: `is_overdue` of
    `dossiers.acties.domain.acties` as a query.
    """
    not_done = ~Q(stand=Actiestand.KLAAR) & Q(wanneer_op__lt=today)
    not_checked = Q(besluit="", check_op__lt=today)
    return Q(geschrapt_op__isnull=True) & ~Q(besluit=Besluit.STOPPEN) & (not_done | not_checked)
