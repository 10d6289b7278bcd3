"""No line of the log is changed, and none goes before its time, whatever asks for it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dossiers.logboek import guard
from dossiers.logboek.domain import forget_old, log
from dossiers.logboek.guard import lifted
from dossiers.logboek.models import DAGEN_BEWAARD, Logregel
from dossiers.mensen.domain.aankondigingen import announce, concerned
from dossiers.mensen.models import Aankondiging
from stsdialoog import small_steps
from stsdialoog.triggers import KNOWN, Guard

pytestmark = pytest.mark.django_db

UUR = timedelta(hours=1)


def line_of(huis, *, before: timedelta = timedelta()) -> Logregel:
    """A line that was written so long ago."""
    line = log(door=huis.team, handeling=Logregel.Handeling.DOSSIER_HEROPEND, record=huis.dossier)
    with lifted():
        Logregel.objects.filter(pk=line.pk).update(op=timezone.now() - before)
    return line


def refused(act) -> None:
    with pytest.raises(IntegrityError, match="the log is not changed"), transaction.atomic():
        act()


@pytest.mark.parametrize("before", [timedelta(), timedelta(days=DAGEN_BEWAARD + 1)])
def test_no_line_is_changed_however_old(huis, before):
    line = line_of(huis, before=before)

    refused(lambda: Logregel.objects.filter(pk=line.pk).update(door=huis.lezer))
    line.handeling = Logregel.Handeling.DOSSIER_AFGESLOTEN
    refused(line.save)
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("UPDATE logboek_logregel SET soort = 'iets'"))

    line.refresh_from_db()
    assert (line.door, line.handeling) == (huis.team, "dossier-heropend")


def test_a_line_goes_when_it_stood_there_long_enough_and_not_before(huis):
    young = line_of(huis, before=timedelta(days=DAGEN_BEWAARD) - UUR)
    old = line_of(huis, before=timedelta(days=DAGEN_BEWAARD) + UUR)

    refused(young.delete)
    refused(Logregel.objects.filter(pk__in=[young.pk, old.pk]).delete)
    assert Logregel.objects.filter(pk__in=[young.pk, old.pk]).count() == 2

    old.delete()
    assert Logregel.objects.filter(pk__in=[young.pk, old.pk]).get() == young


def test_the_nightly_command_clears_out_the_old_ones_in_small_steps(huis, monkeypatch):
    monkeypatch.setattr(small_steps, "STEP", 2)
    kept = {line.pk for line in Logregel.objects.all()} | {line_of(huis).pk}
    kept.add(line_of(huis, before=timedelta(days=DAGEN_BEWAARD)).pk)
    told = line_of(huis, before=timedelta(days=DAGEN_BEWAARD) + 2 * UUR)
    for _ in range(4):
        line_of(huis, before=timedelta(days=DAGEN_BEWAARD) + 2 * UUR)
    with lifted():
        Logregel.objects.filter(pk=told.pk).update(handeling="account-aangezet")
    told.refresh_from_db()
    announce(regel=told, betrokken=concerned([huis.clb]), wie="Tom")
    assert Aankondiging.objects.exists()

    assert sum(forget_old()) == 5

    assert {line.pk for line in Logregel.objects.all()} == kept
    assert not Aankondiging.objects.exists()
    assert sum(forget_old()) == 0


def test_what_the_database_refuses_is_what_the_code_says(huis):
    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor], [guard.TABLE])
        known = dict(cursor.fetchall())

    assert set(known) == set(guard.TRIGGERS[connection.vendor])
    assert f"{DAGEN_BEWAARD} days" in " ".join(known.values())


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_lost_the_triggers_gets_them_back(huis):
    """SQLite makes a new table of one that is changed, and forgets what watched over the old."""
    line = log(door=None, handeling=Logregel.Handeling.DOSSIER_HEROPEND, record=huis.dossier)
    with connection.cursor() as cursor:
        for name in guard.TRIGGERS[connection.vendor]:
            guard.GUARD._drop(cursor, name)
    Logregel.objects.filter(pk=line.pk).update(soort="school")

    call_command("migrate", "logboek", verbosity=0)

    refused(lambda: Logregel.objects.filter(pk=line.pk).update(soort="dossier"))

    # And so does another retention: the trigger says the one of the code.
    other = {
        vendor: {name: one.replace(f"{DAGEN_BEWAARD} days", "9 days") for name, one in all_.items()}
        for vendor, all_ in guard.TRIGGERS.items()
    }
    old = line_of(huis, before=timedelta(days=10))
    Guard(guard.TABLE, other).lay()
    old.delete()
    assert not Logregel.objects.filter(pk=old.pk).exists()
    guard.lay()
    refused(line_of(huis, before=timedelta(days=10)).delete)
