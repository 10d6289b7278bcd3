from django.db import migrations, models

from stsdialoog.postgresql.operations import AddConstraintNotValid


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('mensen', '0017_school_stopt'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name='school',
            constraint=models.CheckConstraint(condition=models.Q(('oefen', False), ('wissen_op__isnull', True), _connector='OR'), name='school_oefenschool_wacht_niet'),
        ),
    ]
