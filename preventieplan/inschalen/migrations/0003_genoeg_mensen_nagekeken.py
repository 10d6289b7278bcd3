from django.db import migrations

from stsdialoog.postgresql.operations import ValidateConstraint


class Migration(migrations.Migration):

    dependencies = [
        ('inschalen', '0002_genoeg_mensen'),
    ]

    operations = [
        ValidateConstraint(model_name='ronde', name='ronde_genoeg_mensen'),
    ]
