from typing import Any

from django.db import migrations, transaction

MAX_NAAM = 80


def merge(apps: Any, schema_editor: Any) -> None:
    """Keep one of those with the same days on one list, with the other words for it where they fit."""
    VrijeDag = apps.get_model("kalender", "VrijeDag")
    kept: dict[Any, Any] = {}
    rows = VrijeDag.objects.order_by("van", "pk").values_list("pk", "school", "clb", "van", "tot")
    for pk, *days in rows.iterator():
        first = kept.setdefault(tuple(days), pk)
        if first == pk:
            continue
        with transaction.atomic():
            _merge_two(VrijeDag.objects, stays=first, goes=pk)


def _merge_two(vrije_dagen: Any, *, stays: Any, goes: Any) -> None:
    names = dict(vrije_dagen.filter(pk__in=(stays, goes)).values_list("pk", "naam"))
    both = " / ".join(dict.fromkeys((names[stays], names[goes])))
    if len(both) <= MAX_NAAM:
        vrije_dagen.filter(pk=stays).update(naam=both)
    vrije_dagen.filter(pk=goes).delete()


class Migration(migrations.Migration):
    # One of them at a time, so that nobody who adds one waits.
    atomic = False

    dependencies = [
        ("kalender", "0001_vrije_dagen"),
    ]

    operations = [migrations.RunPython(merge, migrations.RunPython.noop, elidable=True)]
