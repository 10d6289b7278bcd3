from django.db import migrations, models


def all_came_from_a_file(apps, schema_editor):
    """Until now every version came from a file, and its material was called as it says."""
    for versie in apps.get_model("dossiers", "Materiaalversie").objects.select_related("materiaal"):
        kop = ("titel", "plg", "doelgroepen", "fases")
        versie.kop = {naam: getattr(versie.materiaal, naam) for naam in kop}
        versie.bestand_digest = versie.digest
        versie.save(update_fields=["kop", "bestand_digest"])


class Migration(migrations.Migration):

    dependencies = [
        ("dossiers", "0002_materialen_bewerken"),
    ]

    operations = [
        migrations.AddField(
            model_name="materiaalversie",
            name="bestand_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="materiaalversie",
            name="kop",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(all_came_from_a_file, migrations.RunPython.noop),
    ]
