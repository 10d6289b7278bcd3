from django.db import migrations, models

from stsdialoog.postgresql.operations import AddConstraintNotValid


class Migration(migrations.Migration):

    dependencies = [
        ('inschalen', '0001_start'),
    ]

    operations = [
        migrations.AddField(
            model_name='ronde',
            name='tellingen',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        AddConstraintNotValid(
            model_name='ronde',
            constraint=models.CheckConstraint(condition=models.Q(('telefoons__gte', 4), models.Q(('papieren__gte', 4), ('telefoons', 0)), _connector='OR'), name='ronde_genoeg_mensen'),
        ),
    ]
