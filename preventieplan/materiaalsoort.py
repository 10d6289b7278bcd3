"""The preventieplan as a kind of material."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from dossiers.acties.models import Actie
from dossiers.materialen.models import Herkomst, Materiaalversie, Vorm
from dossiers.materialen.registry import Content, Materiaalsoort
from preventieplan.admin import EDITOR
from preventieplan.domain import content
from preventieplan.domain.parts import parts
from preventieplan.domain.words import words_for
from preventieplan.models import (
    Antwoord,
    Antwoordstand,
    Checklistvraag,
    Doelstelling,
    Inschaling,
    Planactie,
    Trede,
)
from preventieplan.pdf import blank_pdf
from preventieplan.queries.plan import introduction_of


def context(versie: Materiaalversie) -> dict[str, Any]:
    """The template context: `inleiding` and `fasen`, each phase as a Trede with its goals.

    Also what holds for every question (`standen`) and every score (`eigen_woorden`). Three queries.
    """
    doelen = list(Doelstelling.objects.filter(versie=versie).prefetch_related("vragen"))
    return {
        "inleiding": introduction_of(versie),
        "fasen": tuple(
            (trede, tuple(doel for doel in doelen if doel.fase == trede.fase))
            for trede in Trede.objects.filter(versie=versie)
        ),
        "standen": tuple(Antwoordstand),
        "eigen_woorden": words_for(None),
        "met_herkomst": True,
    }


def start_url(dossier_pk: UUID, versie: Materiaalversie) -> str:  # noqa: ARG001
    """The URL of the plan. A dossier has a single plan, so the version does not matter."""
    return reverse("preventieplan", args=[dossier_pk])


_waits = Q(herkomst=Herkomst.VOORSTEL)
PREVENTIEPLAN = Materiaalsoort(
    vorm=Vorm.PREVENTIEPLAN,
    content=Content(
        soort="preventieplan",
        schema=content.SCHEMA,
        check=content.check,
        vorm_of=lambda _inhoud: Vorm.PREVENTIEPLAN,
        store=content.store,
        read=content.read,
        parts=parts,
        codes=content.codes,
        template="preventieplan/lees.html",
        context=context,
        with_proposals=(
            Q(Exists(Trede.objects.filter(_waits, versie=OuterRef("pk"))))
            | Q(
                Exists(
                    Doelstelling.objects.filter(
                        _waits | Q(inleiding_herkomst=Herkomst.VOORSTEL), versie=OuterRef("pk")
                    )
                )
            )
            | Q(
                Exists(
                    Checklistvraag.objects.filter(
                        _waits | Q(uitleg_herkomst=Herkomst.VOORSTEL),
                        doelstelling__versie=OuterRef("pk"),
                    )
                )
            )
        ),
        editor=EDITOR,
    ),
    blank_pdf=blank_pdf,
    start_url=start_url,
    answers=(
        (Antwoord, "vraag__doelstelling__versie"),
        (Inschaling, "doelstelling__versie"),
        (Planactie, "doelstelling__versie"),
        # Any of them can belong at a goal of the version in use.
        (Actie, "dossier__planversie"),
    ),
)
