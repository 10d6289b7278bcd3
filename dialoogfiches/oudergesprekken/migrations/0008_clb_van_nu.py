"""Gives each talk the CLB that the school is with now: until now that was the one that held it.

In small steps, each a transaction of its own. It can be broken off and started again.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 500


def fill_in(apps, schema_editor):
    Oudergesprek = apps.get_model("oudergesprekken", "Oudergesprek")
    Dossier = apps.get_model("dossiers", "Dossier")
    of_school = Dossier.objects.filter(pk=OuterRef("dossier")).values("school__clb")
    empty = Oudergesprek.objects.filter(clb__isnull=True).order_by("pk")
    while keys := list(empty.values_list("pk", flat=True)[:BATCH]):
        Oudergesprek.objects.filter(pk__in=keys).update(clb=Subquery(of_school))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('dossiers', '0004_wissen'),
        ('oudergesprekken', '0007_clb'),
    ]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop, elidable=True),
    ]
