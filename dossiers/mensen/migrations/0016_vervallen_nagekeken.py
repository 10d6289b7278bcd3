from django.db import migrations

from stsdialoog.postgresql.operations import ValidateConstraint


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('mensen', '0015_vervallen_is_beeindigd'),
    ]

    operations = [
        ValidateConstraint(model_name='lidmaatschap', name='lidmaatschap_vervallen_is_beeindigd'),
    ]
