from django.db import migrations

from stsdialoog.postgresql.operations import ValidateConstraint


class Migration(migrations.Migration):

    dependencies = [
        ('regio', '0002_overgeslagen'),
    ]

    operations = [
        ValidateConstraint(model_name='regiocijfer', name='regiocijfer_soort_bestaat'),
    ]
