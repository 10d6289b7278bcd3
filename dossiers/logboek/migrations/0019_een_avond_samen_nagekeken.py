from django.db import migrations

from stsdialoog.postgresql.operations import ValidateConstraint


class Migration(migrations.Migration):

    dependencies = [
        ('logboek', '0018_een_avond_samen'),
    ]

    operations = [
        ValidateConstraint(model_name='logregel', name='logregel_handeling_bestaat'),
    ]
