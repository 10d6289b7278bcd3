"""Adopting a newer version of a material: what was filled in moves along by code."""

from collections.abc import Mapping

from django.db.models import F, QuerySet


def move_along(rows: QuerySet, *, veld: str, targets: Mapping[str, int], once: bool) -> None:
    """Point rows that refer to content of an older version at the same code in a newer version.

    A row whose code the newer version lacks stays on the old content, and moves when a later
    version has the code again. Only the foreign key is written, so a text that somebody saves at
    the same moment is not overwritten. Two queries for a few hundred rows.

    rows: of one dossier or talk, whose row the calling transaction has locked.
    veld: the foreign key to the content, which has a `code`.
    targets: the primary keys of the newer content by code.
    once: whether there is at most one of these rows per content; of two, the one that was changed
        last moves.
    """
    found = rows.select_related(veld)
    taken = set()
    if once:
        found = found.order_by(F("gewijzigd_op").desc(nulls_last=True), "pk")
        taken = {getattr(row, veld).pk for row in found}
    moved = []
    for row in found:
        content = getattr(row, veld)
        key = targets.get(content.code) if content else None
        if key is None or key == content.pk or key in taken:
            continue
        setattr(row, f"{veld}_id", key)
        moved.append(row)
        if once:
            taken.add(key)
    rows.model._default_manager.bulk_update(moved, [veld])
