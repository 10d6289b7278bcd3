from django.db import migrations

from stsdialoog.postgresql.operations import ValidateConstraint


class Migration(migrations.Migration):

    dependencies = [
        ('logboek', '0022_van_een_plg'),
    ]

    operations = [
        ValidateConstraint(model_name='logregel', name='logregel_handeling_bestaat'),
    ]
