"""Finds content of a material by code, in the current version and in earlier ones."""

from typing import Any

from django.db.models import F, QuerySet

from dossiers.materialen.models import Materiaalversie


def by_code(content: QuerySet[Any]) -> dict[str, int]:
    """The primary keys of some content of one version, by code. One query."""
    return dict(content.values_list("code", "pk"))


def codes_of(*contents: QuerySet[Any]) -> frozenset[str]:
    """The codes of some content of one version. One query per queryset."""
    return frozenset(code for content in contents for code in by_code(content))


def earlier_content(
    content: QuerySet[Any], versie: Materiaalversie, *, via: str = ""
) -> QuerySet[Any]:
    """Content of the published versions up to the current one, filled-in content first.

    For a page that was open before a newer version was adopted, and for the history of what stayed
    on an older version. Ordered newest version first, after what was filled in.

    content: annotated with `record`: what was filled in for each.
    versie: the version in use.
    via: lookup prefix from the content to the model that has the foreign key to its version.
    """
    return content.filter(
        **{
            f"{via}versie__materiaal": versie.materiaal_id,
            f"{via}versie__status": Materiaalversie.Status.GEPUBLICEERD,
            f"{via}versie__datum__lte": versie.datum,
        }
    ).order_by(F("record__pk").asc(nulls_last=True), f"-{via}versie__datum", "-pk")
