"""Finds versions of materials: the newest, by slug, and those that accompany another material."""

from collections.abc import Collection

from django.db.models import Q

from dossiers.materialen.models import (
    Materiaalversie,
    Vorm,
)


class GeenMateriaal(Exception):
    """No published version of a material is loaded."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"Er is nog geen gepubliceerde versie van {slug}. "
            "Laad de materialen met: python manage.py laad_materialen"
        )


def newest_published(*, slug: str) -> Materiaalversie:
    """The version of a material that new dossiers and talks start with. One query.

    Raises GeenMateriaal when there is no published version.
    """
    versie = find_published(slug=slug)
    if versie is None:
        raise GeenMateriaal(slug)
    return versie


def find_published(*, slug: str, vormen: Collection[str] = Vorm.values) -> Materiaalversie | None:
    """The newest published version of the material with this slug, with its material. One query.

    vormen: the accepted values of its vorm; for a material of another vorm the result is None.
    """
    return Materiaalversie.objects.newest().filter(materiaal__slug=slug, vorm__in=vormen).first()


def published_of(vorm: Vorm) -> list[Materiaalversie]:
    """The newest published version of every material of a vorm, in shelf order. One query."""
    return sorted(
        Materiaalversie.objects.newest().filter(vorm=vorm), key=Materiaalversie.shelf_order
    )


def beside(versie: Materiaalversie) -> list[Materiaalversie]:
    """The newest published versions of the materials that accompany this one, or that it
    accompanies (`begeleidt`), in shelf order. One query.
    """
    beside = Q(begeleidt=versie.materiaal.slug)
    if versie.begeleidt:
        beside |= Q(materiaal__slug=versie.begeleidt)
    return sorted(Materiaalversie.objects.newest().filter(beside), key=Materiaalversie.shelf_order)


def newer_version(versie: Materiaalversie) -> Materiaalversie | None:
    """The newest published version of the same material; None when this is it.

    versie: with its material loaded. One query when there is a newer version, otherwise none.
    """
    newest = versie.materiaal.nieuwste_id
    if newest is None or newest == versie.pk:
        return None
    return Materiaalversie.objects.select_related("materiaal").get(pk=newest)
