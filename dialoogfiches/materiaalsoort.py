"""The fiche as a kind of material. Each app adds in its own file what it does with a fiche."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q

from dialoogfiches.admin import EDITOR
from dialoogfiches.domain import content
from dialoogfiches.domain.parts import parts
from dialoogfiches.models import Item, Onderdeel, Rubriek
from dialoogfiches.pdf import blank_fiche_pdf
from dialoogfiches.queries import fiche_of
from dialoogfiches.road import own_road
from dossiers.materialen.models import Herkomst, Materiaalversie, Vorm
from dossiers.materialen.registry import Content, Materiaalsoort
from dossiers.mensen.models import CLB, School
from stsdialoog.documents.document import KeptDocument


def context(versie: Materiaalversie) -> dict[str, Any]:
    """The template context: `fiche`, and `flow` with the drawing of a material of vorm flow.

    `delen` are the parts to show: all of them, unless a page shows them one by one (`per_deel`).
    """
    fiche = fiche_of(versie)
    return {
        "fiche": fiche,
        "flow": own_road(fiche),
        "delen": fiche.parts,
        "per_deel": False,
        "met_herkomst": True,
    }


def fiche_soort(
    vorm: Vorm,
    *,
    start_url: Callable[[UUID, Materiaalversie], str],
    answers: Sequence[tuple[type[Model], str]],
    blank_pdf: Callable[[Materiaalversie, School | CLB | None], KeptDocument] = blank_fiche_pdf,
) -> Materiaalsoort:
    """Build the Materiaalsoort for fiches of this vorm; see `Materiaalsoort` for the arguments."""
    return Materiaalsoort(
        vorm=vorm, content=FICHE, start_url=start_url, answers=answers, blank_pdf=blank_pdf
    )


_voorstel = Q(herkomst=Herkomst.VOORSTEL)
FICHE = Content(
    soort="fiche",
    schema=content.SCHEMA,
    check=content.check,
    vorm_of=content.vorm_of,
    store=content.store,
    read=content.read,
    parts=parts,
    codes=content.codes,
    template="dialoogfiches/fiche.html",
    context=context,
    with_proposals=(
        Q(Exists(Onderdeel.objects.filter(_voorstel, versie=OuterRef("pk"))))
        | Q(Exists(Rubriek.objects.filter(_voorstel, onderdeel__versie=OuterRef("pk"))))
        | Q(
            Exists(
                Item.objects.filter(
                    _voorstel
                    | Q(uitleg_herkomst=Herkomst.VOORSTEL)
                    | Q(invulblad__herkomst=Herkomst.VOORSTEL),
                    versie=OuterRef("pk"),
                )
            )
        )
    ),
    editor=EDITOR,
)
