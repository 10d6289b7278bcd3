import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from stsdialoog.postgresql.operations import AddConstraintNotValid


class Migration(migrations.Migration):

    dependencies = [
        ('acties', '0008_checks_van_voor'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name='actie',
            name='trekkers',
        ),
        migrations.AddField(
            model_name='trekker',
            name='gekozen_door',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trekker',
            name='gekozen_op',
            field=models.DateTimeField(null=True),
        ),
        AddConstraintNotValid(
            model_name='trekker',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gekozen_door__isnull', True), ('gekozen_op__isnull', True)), models.Q(('gekozen_door__isnull', False), ('gekozen_op__isnull', False)), _connector='OR'), name='trekker_gekozen_door_iemand'),
        ),
    ]
