from django.db import migrations

from stsdialoog.postgresql.operations import ValidateConstraint


class Migration(migrations.Migration):

    dependencies = [
        ('logboek', '0016_trekkers_vrije_dagen_en_rondes'),
    ]

    operations = [
        ValidateConstraint(model_name='logregel', name='logregel_handeling_bestaat'),
    ]
