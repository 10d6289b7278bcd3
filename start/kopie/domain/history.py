"""Whether the history of every field is whole."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Count, F, FilteredRelation, Max, Min, Q

from dossiers.velden.models import Veldrecord


def count_gaps() -> dict[str, int]:
    """The number of records, by field, of which an earlier text is missing.

    A field that was saved n times has the texts 1 to n; a field of which no earlier texts are kept
    has the text n alone.
    """
    found = {
        f"{model._meta.label}.{veld}": _records_with_gaps(model, veld)
        for model in _veldrecords()
        for veld in model.VELDEN
    }
    return {veld: number for veld, number in found.items() if number}


def _veldrecords() -> Iterator[type[Veldrecord]]:
    return (model for model in apps.get_models() if issubclass(model, Veldrecord))


def _records_with_gaps(model: type[Veldrecord], veld: str) -> int:
    newest = F(f"{veld}_revisie")
    one_only = veld in model.ZONDER_EERDERE
    # The texts of one field have different numbers (a constraint), so that their number and the
    # lowest and the highest of them say it all.
    whole = Q(number=0, **{f"{veld}_revisie": 0}) | Q(
        number=1 if one_only else newest, lowest=newest if one_only else 1, highest=newest
    )
    texts = FilteredRelation("revisies", condition=Q(revisies__veld=veld))
    return (
        model._default_manager.values("pk")
        .annotate(texts=texts)
        .annotate(
            number=Count("texts"), lowest=Min("texts__revisie"), highest=Max("texts__revisie")
        )
        .exclude(whole)
        .count()
    )
