from django.db import migrations, models

from stsdialoog.postgresql.operations import AddConstraintNotValid


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('mensen', '0014_wissel'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name='lidmaatschap',
            constraint=models.CheckConstraint(condition=models.Q(('vervallen_op__isnull', True), ('actief_tot__isnull', False), _connector='OR'), name='lidmaatschap_vervallen_is_beeindigd'),
        ),
    ]
