"""Give what is stored its canonical form and its search key.

Where two accounts turn out to have one address, the one that is spelled that way keeps it. The other
stays as it is: nobody could log in with it but by the spelling that is no longer told apart, and only
people can say whose it is. A name that nobody can see becomes the number of the school or CLB, and of
two open invitations to one address in one school, one is withdrawn.
"""

import itertools

from django.db import migrations
from django.utils import timezone

from stsdialoog.text import address, line

BATCH = 500


def _save(records, *names):
    """Write these fields of all records in their canonical form."""
    records = iter(records)
    while batch := list(itertools.islice(records, BATCH)):
        model = type(batch[0])
        for record, name in itertools.product(batch, names):
            model._meta.get_field(name).pre_save(record, add=False)
        model.objects.bulk_update(batch, names)


def _named(records, word):
    for record in records:
        record.naam = line(record.naam) or f"{word} {record.instellingsnummer}"
        yield record


def name_organisations(apps, schema_editor):
    clbs = apps.get_model("mensen", "CLB").objects.all()
    scholen = apps.get_model("mensen", "School").objects.all()
    _save(_named(clbs, "CLB"), "naam", "zoeksleutel")
    _save(_named(scholen, "School"), "naam", "gemeente", "zoeksleutel")


def name_people(apps, schema_editor):
    users = apps.get_model("mensen", "User").objects.all()
    _save(users, "naam", "zoeksleutel")
    doubles = 0
    for user in users:
        if address(user.email) == user.email:
            continue
        # What is compared with is canonical already.
        if users.filter(email=user.email).exists():
            doubles += 1
        else:
            _save([user], "email", "zoeksleutel")
    if doubles:
        print(f"\n    Accounts met een adres dat een ander account al heeft: {doubles}. Geef ze in het beheer een ander adres.")  # noqa: T201


def address_invitations(apps, schema_editor):
    uitnodigingen = apps.get_model("mensen", "Uitnodiging").objects.all()
    for one in uitnodigingen:
        if address(one.email) == one.email:
            continue
        is_open = one.gebruikt_op is None and one.ingetrokken_op is None
        same = uitnodigingen.filter(
            school_id=one.school_id, email=one.email, gebruikt_op=None, ingetrokken_op=None
        )
        if is_open and same.exists():
            one.ingetrokken_op = timezone.now()
        _save([one], "email", "ingetrokken_op")


class Migration(migrations.Migration):

    dependencies = [
        ('mensen', '0003_zoeksleutels'),
    ]

    operations = [
        migrations.RunPython(step, migrations.RunPython.noop, elidable=True)
        for step in (name_organisations, name_people, address_invitations)
    ]
