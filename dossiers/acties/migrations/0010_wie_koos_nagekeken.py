from django.db import migrations

from stsdialoog.postgresql.operations import ValidateConstraint


class Migration(migrations.Migration):

    dependencies = [
        ('acties', '0009_wie_koos'),
    ]

    operations = [
        ValidateConstraint(model_name='trekker', name='trekker_gekozen_door_iemand'),
    ]
