"""An action now says itself where in the plan it belongs: those that grew at a goal belong there."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

AT_ONCE = 500


def belong_where_they_grew(apps: Any, schema_editor: Any) -> None:
    actie = apps.get_model("acties", "Actie")
    revisie = apps.get_model("acties", "Actierevisie")
    planactie = apps.get_model("preventieplan", "Planactie")
    grew = planactie.objects.filter(actie=OuterRef("pk")).values("doelstelling__code")
    actie.objects.filter(planactie__isnull=False).update(
        hoort_bij=Subquery(grew), hoort_bij_revisie=1
    )
    # The first of its history, by who made the action and at that moment, as for a new one.
    first = revisie.objects.filter(veld="wat", revisie=1, record__planactie__isnull=False)
    rows = first.values_list("record", "record__hoort_bij", "door", "op").order_by("record")
    revisie.objects.bulk_create(
        (
            revisie(
                record_id=record, veld="hoort_bij", revisie=1, waarde=waarde, door_id=door, op=op
            )
            for record, waarde, door, op in rows.iterator(AT_ONCE)
        ),
        batch_size=AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("preventieplan", "0006_toont"),
        ("acties", "0005_hoort_bij"),
    ]

    operations = [migrations.RunPython(belong_where_they_grew, migrations.RunPython.noop)]
