"""The page on which a routekaart is fixed: what it will say, and which names stay."""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from html import unescape

from dossiers.acties.models import Actie
from dossiers.mensen.models import Rol
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier
from preventieplan.bestuur.domain.namen import IN_WOORDEN, as_function, is_function
from preventieplan.bestuur.domain.vaststellen import MOST_ASKED, asked_in, last_of, sha256_of
from preventieplan.bestuur.forms import VaststelForm
from preventieplan.bestuur.models import VastgesteldeRoutekaart
from preventieplan.bestuur.queries.data import routekaart_data
from preventieplan.routekaart.pages import RoutekaartPage, page_of, routekaart_page
from preventieplan.routekaart.pdf import routekaart_document
from preventieplan.routekaart.queries import Routekaart
from stsdialoog.documents.document import KeptDocument
from stsdialoog.seen import mark_of
from stsdialoog.typeface import missing_from

# Letters of a label: who does something is a line, not a story.
LONGEST_LABEL = 120


@dataclass(frozen=True)
class FixPage:
    """What is going to be fixed.

    vorige: the one that the school fixed before it, if any.
    rollen: the role of each member of the team, by name.
    """

    dossier: Dossier
    kaart: RoutekaartPage
    vragen: tuple[str, ...]
    vorige: VastgesteldeRoutekaart | None
    rollen: Mapping[str, str]
    form: VaststelForm

    @property
    def has_too_many(self) -> bool:
        return len(self.vragen) > MOST_ASKED

    @property
    def kan(self) -> bool:
        """Whether there is something to fix that a board can answer."""
        return not (self.kaart.is_empty or self.has_too_many)

    def content(self, *, op: date) -> tuple[bytes, KeptDocument]:
        """The data and the document as the form says, for a day."""
        shown = set(self.form.cleaned_data.get("namen", ()))
        page = page_of(with_functions(self.kaart.kaart, self.rollen, shown=shown))
        data = routekaart_data(self.dossier, page, op=op)
        return data, routekaart_document(self.dossier, page, op=op)


def fix_page(dossier: Dossier, *, today: date, data: Mapping[str, str] | None = None) -> FixPage:
    """The page for a dossier. A constant number of queries.

    data: the POST; None otherwise.
    """
    kaart = routekaart_page(dossier=dossier, today=today)
    rollen = {str(lid.user): lid.rol for lid in team_of(dossier.school)}
    vorige = last_of(dossier.school_id)
    return FixPage(
        dossier,
        kaart,
        asked_in(kaart.kaart.zinnen.wat_vragen_we),
        vorige,
        rollen,
        VaststelForm(
            data,
            namen=[
                (_mark(text), f"{text[:LONGEST_LABEL]} (anders: {instead})")
                for text, instead in _names_on(kaart.kaart, rollen).items()
            ],
            seen=mark_of(sha256_of(routekaart_data(dossier, kaart)), vorige and vorige.pk),
        ),
    )


def reread(dossier: Dossier, *, today: date) -> bytes:
    """What the mark of a page is made of, as it is now."""
    return routekaart_data(dossier, routekaart_page(dossier=dossier, today=today))


def unprintable(document: KeptDocument) -> tuple[str, ...]:
    """The words of a document with signs that paper can't show."""
    return tuple(map(unescape, missing_from(document.html)))


def with_functions(
    kaart: Routekaart, rollen: Mapping[str, str], *, shown: Collection[str]
) -> Routekaart:
    """A routekaart that names nobody but whom `shown` marks."""

    def told(actie: Actie) -> Actie:
        if not actie.wie.strip() or is_function(actie.wie) or _mark(actie.wie) in shown:
            return actie
        other = copy(actie)
        other.wie = as_function(actie.wie, rollen=rollen)
        return other

    return replace(
        kaart,
        treden=tuple(
            replace(
                trede,
                doelen=tuple(
                    replace(doel, acties=tuple(map(told, doel.acties))) for doel in trede.doelen
                ),
            )
            for trede in kaart.treden
        ),
        overige=tuple(map(told, kaart.overige)),
        makers=_makers(kaart.makers, rollen, shown),
    )


def _makers(
    makers: Collection[str], rollen: Mapping[str, str], shown: Collection[str]
) -> tuple[str, ...]:
    """Who made it: each function once, and a name with it where that is shown."""
    told = []
    for naam in makers:
        if naam not in rollen:
            continue
        functie = IN_WOORDEN[Rol(rollen[naam])]
        told.append(f"{naam} ({functie})" if _mark(naam) in shown else functie)
    return tuple(dict.fromkeys(told))


def _names_on(kaart: Routekaart, rollen: Mapping[str, str]) -> dict[str, str]:
    """What may be a name on a routekaart, with what else it becomes."""
    of_acties = (
        actie.wie for actie in kaart.acties if actie.wie.strip() and not is_function(actie.wie)
    )
    return {
        **{naam: IN_WOORDEN[Rol(rollen[naam])] for naam in kaart.makers if naam in rollen},
        **{wie: as_function(wie, rollen=rollen) for wie in of_acties},
    }


def _mark(text: str) -> str:
    """What a box says of a name: the same for the same text, and short."""
    return mark_of(text)
