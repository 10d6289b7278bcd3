"""The front door to a material for the members of its PLG. It opens no school and no dossier."""

from django.http import Http404

from dossiers.materialen.models import Materiaal
from dossiers.mensen.access import plgs_of
from dossiers.mensen.models import User


def get_materiaal_or_404(*, user: User, slug: str) -> Materiaal:
    """Load a material of a PLG in which somebody is a member, with its newest version. Two queries.

    Raises Http404 for that of another PLG, for whoever is in none, and as long as no version of it
    was published.
    """
    found = Materiaal.objects.select_related("nieuwste").filter(nieuwste__isnull=False, slug=slug)
    materiaal = found.filter(plg__in=plgs_of(user)).first()
    if materiaal is None:
        raise Http404
    return materiaal
