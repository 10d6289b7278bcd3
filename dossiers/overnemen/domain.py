"""Taking a newer version of a material into use: what was filled in moves along, code by code."""

from collections.abc import Mapping

from django.db.models import F, QuerySet


def move_along(rows: QuerySet, *, veld: str, targets: Mapping[str, int], once: bool) -> None:
    """Hang records that stand under an older content on the same code of a newer one.

    What has no such code there stays where it is, and moves in when a later version has it again.
    Only the key to the content is written: who saves a text at the same moment writes beside it.
    Two queries for some hundreds of rows.

    rows: of one dossier or talk; its row is held by the transaction that calls this.
    veld: the foreign key to the content, which has a `code`.
    targets: the keys in the newer content by code.
    once: whether a content has at most one of these rows; of two the last changed one moves.
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
