"""Finds the sentences of the routekaart by name: `routekaart-zinnen-wat_vragen_we`."""

from django.urls import reverse

from dossiers.models import Dossier
from dossiers.velden.registry import FoundField, GeenVeld
from preventieplan.routekaart.forms import RoutezinnenForm
from preventieplan.routekaart.queries import sentences_of
from stsdialoog.links import PageLink


def find_routezinnen(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    zinnen = sentences_of(dossier)
    if sleutel != RoutezinnenForm.sleutel(zinnen):
        raise GeenVeld
    page = PageLink(reverse("routekaart", args=[dossier.pk]), "Routekaart")
    return FoundField(RoutezinnenForm, zinnen, veld, page)
