"""Actions that arise in a talk: made under a question, or typed in a step."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dialoogfiches.gesprekken.domain.versions import part_in_use
from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie
from dialoogfiches.models import FOCUS, Onderdeel
from dossiers.acties.domain.acties import create_linked_actie
from dossiers.acties.models import Actie
from dossiers.mensen.models import User


@dataclass(frozen=True)
class PlaceInTalk:
    """Where an action is made: in a step of a talk, or under the note on one of its questions."""

    gesprek: Gesprek
    onderdeel: Onderdeel
    notitie: Notitie | None = None


def plan_at(place: PlaceInTalk, *, door: User, **words: Any) -> Actie:
    """Create the action that somebody typed at a place.

    words: as for `create_gespreksactie`.
    """
    return create_gespreksactie(
        gesprek=place.gesprek,
        onderdeel=place.onderdeel,
        door=door,
        # A note that nobody saved yet has no row to link to; the action is there all the same.
        notitie=place.notitie if place.notitie and place.notitie.pk else None,
        **words,
    )


def create_gespreksactie(
    *,
    gesprek: Gesprek,
    onderdeel: Onderdeel,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
    herinner: bool = False,
    notitie: Notitie | None = None,
) -> Actie:
    """Create an action that arose in a step of a talk.

    gesprek: with its dossier loaded.
    sleutel, herinner: see `create_actie`.
    notitie: the note of that talk it was made under, if any. A note results in at most one action;
        what is typed under one that has its action already becomes an action of the step.
    It belongs in the plan where the part of the material does, or else where the team put the
    focus of the talk.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    return create_linked_actie(
        dossier=gesprek.dossier,
        wat=wat,
        wie=wie,
        wanneer=wanneer,
        sleutel=sleutel,
        herinner=herinner,
        door=door,
        link=Gespreksactie,
        hoort_bij=_belongs_to(gesprek, onderdeel),
        place=lambda: {
            "gesprek": gesprek,
            "onderdeel": part_in_use(gesprek=gesprek, onderdeel=onderdeel),
        },
        origin={"notitie": notitie},
    )


def _belongs_to(gesprek: Gesprek, onderdeel: Onderdeel) -> str:
    """Where in the plan what arises in a step belongs.

    That is where its part does or else, from the step on in which it was chosen, the focus.
    """
    if onderdeel.belongs_to:
        return onderdeel.belongs_to
    chosen = Gesprekstap.objects.filter(
        gesprek=gesprek, onderdeel__code=FOCUS, onderdeel__volgorde__lte=onderdeel.volgorde
    )
    return chosen.exclude(hoort_bij="").values_list("hoort_bij", flat=True).first() or ""
