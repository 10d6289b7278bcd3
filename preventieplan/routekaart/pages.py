"""The routekaart as a page: the steps, and the sentences above them with their drafts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from dossiers.acties.forms import NieuweActieForm
from dossiers.models import Dossier
from dossiers.velden.forms import Veld, VeldenForm
from preventieplan.routekaart import layout
from preventieplan.routekaart.domain.drafts import Change, draft_change, draft_standing
from preventieplan.routekaart.forms import RoutezinnenForm
from preventieplan.routekaart.layout import Counts, Routeactie, Step
from preventieplan.routekaart.queries import Routekaart, routekaart


@dataclass(frozen=True)
class Sentence:
    """One of the sentences above the drawing.

    vraag: what it answers.
    eigen: what the team wrote, if anything; klad: what the data say, as long as it did not.
    """

    naam: str
    vraag: str
    eigen: str
    klad: str
    veld: Veld

    @property
    def tekst(self) -> str:
        return self.eigen or self.klad

    @property
    def is_klad(self) -> bool:
        return bool(self.klad) and not self.eigen


@dataclass(frozen=True)
class RoutekaartPage:
    """The contents of the routekaart, for the screen and for paper."""

    kaart: Routekaart
    treden: tuple[Step, ...]
    overige: tuple[Routeactie, ...]
    counts: Counts
    form: RoutezinnenForm
    zinnen: tuple[Sentence, ...]

    @property
    def is_empty(self) -> bool:
        return layout.is_empty(self.treden) and not self.overige

    @property
    def gelezen(self) -> tuple[Sentence, ...]:
        """The sentences that somebody reads who cannot write: an empty one is not there."""
        return tuple(zin for zin in self.zinnen if zin.tekst)

    @property
    def zijn_ouder(self) -> bool:
        """Whether the team wrote its sentences before the moment that is compared with now."""
        zinnen = self.kaart.zinnen
        written = any(zin.eigen for zin in self.zinnen) and zinnen.gewijzigd_op
        return bool(written and timezone.localdate(written) < self.kaart.sinds.op)

    @property
    def overige_volgende(self) -> tuple[Routeactie, ...]:
        return tuple(one for one in self.overige if one.komt)

    @property
    def forms(self) -> Iterator[VeldenForm]:
        yield self.form

    @property
    def typed_actions(self) -> list[tuple[Any, NieuweActieForm]]:
        """No action is made on this page."""
        return []

    def sentence(self, naam: str) -> Sentence | None:
        return next((zin for zin in self.zinnen if zin.naam == naam), None)


def routekaart_page(
    *, dossier: Dossier, today: date, data: Mapping[str, str] | None = None
) -> RoutekaartPage:
    """The contents of the routekaart of a dossier. A constant number of queries.

    today: the day that decides what is late.
    data: the POST, for bound fields; None otherwise.
    """
    return page_of(routekaart(dossier, today=today), data=data)


def page_of(kaart: Routekaart, *, data: Mapping[str, str] | None = None) -> RoutekaartPage:
    """The contents of a routekaart that was read. No query. Arguments: as for `routekaart_page`."""
    treden = layout.steps(kaart)
    form = RoutezinnenForm(record=kaart.zinnen, data=data)
    since = date_format(kaart.sinds.op, "j F Y")
    return RoutekaartPage(
        kaart=kaart,
        treden=treden,
        overige=layout.tell(kaart.overige, today=kaart.today),
        counts=layout.count(layout.tell(kaart.acties, today=kaart.today)),
        form=form,
        zinnen=tuple(
            Sentence(naam, vraag, getattr(kaart.zinnen, naam).strip(), klad, form[naam])
            for naam, vraag, klad in (
                ("waar_staan_we", "Waar staan we?", draft_standing(_phases(kaart))),
                ("wat_veranderde", f"Wat veranderde sinds {since}?", _change(kaart)),
                ("wat_vragen_we", "Wat vragen we aan het bestuur?", ""),
            )
        ),
    )


def _phases(kaart: Routekaart) -> Iterator[Any]:
    return (trede.fase for trede in kaart.treden)


def _change(kaart: Routekaart) -> str:
    changes = [
        Change(doel.kort, doel.eerder, doel.stand.score)
        for trede in kaart.treden
        for doel in trede.doelen
        if doel.stand.score is not None
    ]
    return draft_change(changes, kaart.veranderd, is_start=kaart.sinds.is_start)
