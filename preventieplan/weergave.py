"""How the preventieplan is read, printed and started from the toolbox."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from dossiers.models import Dossier, Herkomst, Materiaalversie
from dossiers.weergave import Weergave
from preventieplan.models import Checklistvraag, Doelstelling, Trede
from preventieplan.pdf import blank_pdf


def context(versie: Materiaalversie) -> dict[str, Any]:
    """`fasen`: each phase of a version, as a Trede, with its goals. Three queries."""
    doelen = list(Doelstelling.objects.filter(versie=versie).prefetch_related("vragen"))
    return {
        "fasen": tuple(
            (trede, tuple(doel for doel in doelen if doel.fase == trede.fase))
            for trede in Trede.objects.filter(versie=versie)
        )
    }


def start_url(dossier: Dossier, versie: Materiaalversie) -> str:  # noqa: ARG001
    """A dossier has one plan, in the version that it was opened with."""
    return reverse("preventieplan", args=[dossier.pk])


_voorstel = Q(herkomst=Herkomst.VOORSTEL)
PLAN_WEERGAVE = Weergave(
    template="preventieplan/lees.html",
    context=context,
    blank_pdf=blank_pdf,
    start_url=start_url,
    with_proposals=(
        Q(Exists(Trede.objects.filter(_voorstel, versie=OuterRef("pk"))))
        | Q(
            Exists(
                Doelstelling.objects.filter(
                    _voorstel | Q(inleiding_herkomst=Herkomst.VOORSTEL), versie=OuterRef("pk")
                )
            )
        )
        | Q(Exists(Checklistvraag.objects.filter(_voorstel, doelstelling__versie=OuterRef("pk"))))
    ),
)
