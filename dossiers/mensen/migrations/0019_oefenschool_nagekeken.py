from django.db import migrations

from stsdialoog.postgresql.operations import ValidateConstraint


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('mensen', '0018_oefenschool_wacht_niet'),
    ]

    operations = [
        ValidateConstraint(model_name='school', name='school_oefenschool_wacht_niet'),
    ]
