"""Content of a material by its codes, in the version of now and in those before it."""

from typing import Any

from django.db.models import F, QuerySet

from dossiers.materialen.models import Materiaalversie


def by_code(content: QuerySet[Any]) -> dict[str, int]:
    """The keys of some content of one version, by code. One query."""
    return dict(content.values_list("code", "pk"))


def codes_of(*contents: QuerySet[Any]) -> frozenset[str]:
    """The codes of some content of one version. A query for each."""
    return frozenset(code for content in contents for code in by_code(content))


def earlier_content(
    content: QuerySet[Any], versie: Materiaalversie, *, via: str = ""
) -> QuerySet[Any]:
    """Content of the published versions before that of now, first where somebody wrote under it.

    For a page that was open before a newer version was taken, and for the history of what stayed.

    content: annotated with `mijn`: what was filled in under each.
    via: the way from one of these to what has the version, as in a lookup.
    """
    return content.filter(
        **{
            f"{via}versie__materiaal": versie.materiaal_id,
            f"{via}versie__status": Materiaalversie.Status.GEPUBLICEERD,
            f"{via}versie__datum__lte": versie.datum,
        }
    ).order_by(F("mijn__pk").asc(nulls_last=True), f"-{via}versie__datum", "-pk")
