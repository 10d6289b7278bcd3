from django.db import migrations


def end_the_sessions_of_before(apps, schema_editor):
    """They know no owner and open nothing any more; nothing would ever clear them."""
    sessions = apps.get_model("sessions", "Session").objects
    sessions.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("mensen", "0012_sessies"), ("sessions", "0001_initial")]

    operations = [
        migrations.RunPython(end_the_sessions_of_before, migrations.RunPython.noop),
    ]
