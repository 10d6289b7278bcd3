"""Finds fields of the plan by name: `antwoord-f0-1-v03-toelichting`, `inschaling-f0-1-score`."""

from functools import partial
from typing import Any

from django.db.models import Count, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.overnemen.queries import earlier_content
from dossiers.velden.forms import Progress
from dossiers.velden.registry import FoundField, GeenVeld
from preventieplan.forms import AntwoordForm, InschalingForm
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from stsdialoog.links import PageLink


def page_of_goal(dossier: Dossier, doel: Doelstelling) -> PageLink:
    return PageLink(reverse("doelstelling", args=[dossier.pk, doel.code]), doel.kort)


def page_of_acties(dossier: Dossier) -> PageLink:
    """Link to the page that lists all actions of a dossier."""
    return PageLink(reverse("overzicht", args=[dossier.pk]), "Overzicht")


def find_antwoord(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    vragen = (
        Checklistvraag.objects.filter(code=sleutel)
        .annotate(
            record=FilteredRelation("antwoorden", condition=Q(antwoorden__dossier=dossier)),
            besproken_elders=Coalesce(
                Subquery(_others_discussed(dossier), output_field=IntegerField()), 0
            ),
            aantal_vragen=Coalesce(Subquery(_questions_beside(), output_field=IntegerField()), 0),
        )
        .select_related("doelstelling", "record")  # type: ignore[misc]
    )
    vraag = vragen.filter(doelstelling__versie=dossier.planversie_id).first()
    if vraag is None:
        # Requested by a page that was open before another version was adopted, or for the history
        # of what stayed on an older version.
        vraag = earlier_content(vragen, dossier.planversie, via="doelstelling__").first()
    if vraag is None:
        raise GeenVeld
    antwoord = getattr(vraag, "record", None) or Antwoord()
    antwoord.dossier, antwoord.vraag = dossier, vraag
    progress = partial(_progress, antwoord, vraag.besproken_elders, vraag.aantal_vragen)
    return FoundField(
        AntwoordForm,
        antwoord,
        veld,
        page_of_goal(dossier, vraag.doelstelling),
        progress if veld == "stand" else None,
    )


def find_inschaling(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    doelen = (
        Doelstelling.objects.filter(code=sleutel)
        .annotate(
            record=FilteredRelation("inschalingen", condition=Q(inschalingen__dossier=dossier))
        )
        .select_related("record")  # type: ignore[misc]
    )
    doel = doelen.filter(versie=dossier.planversie_id).first()
    if doel is None:
        doel = earlier_content(doelen, dossier.planversie).first()
    if doel is None:
        raise GeenVeld
    inschaling = getattr(doel, "record", None) or Inschaling()
    inschaling.dossier, inschaling.doelstelling = dossier, doel
    return FoundField(InschalingForm, inschaling, veld, page_of_goal(dossier, doel))


def _progress(antwoord: Antwoord, elsewhere: int, questions: int) -> Progress:
    return Progress(bool(antwoord.stand), elsewhere, questions)


def _others_discussed(dossier: Dossier) -> QuerySet[Any]:
    return (
        Antwoord.objects.filter(dossier=dossier, vraag__doelstelling=OuterRef("doelstelling"))
        .exclude(stand="")
        .exclude(vraag=OuterRef("pk"))
        .order_by()
        .values("dossier")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )


def _questions_beside() -> QuerySet[Any]:
    return (
        Checklistvraag.objects.filter(doelstelling=OuterRef("doelstelling"))
        .order_by()
        .values("doelstelling")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )
