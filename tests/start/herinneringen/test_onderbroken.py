"""A run that is killed loses no mail, and two at once send none twice.

A run that is killed is a process of its own. All of them put their mails in a folder, where they
can be counted.
"""

import email
from datetime import date, timedelta
from email.message import Message
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dossiers.acties.models import Actie
from dossiers.mensen.models import Lidmaatschap, Rol
from start.herinneringen.domain import versturen
from start.herinneringen.domain.versturen import BROKEN_OFF
from start.herinneringen.domain.wensen import choose_ritme
from start.herinneringen.models import Bericht, Melding, Ritme
from tests.conftest import make_user
from tests.database import connected_to
from tests.killed import apart, killed_in, start
from tests.start.herinneringen.conftest import plan_for

pytestmark = pytest.mark.django_db(transaction=True)

COMMAND = ("manage.py", "stuur_herinneringen")
CHECK_DAY, LATE, NEXT = "2026-12-16", "2026-12-17", "2026-12-18"
MODULE = "start.herinneringen.domain.versturen"
# Where a run is killed, and whether the mail had left by then: before the claim twice, after it
# twice, after it was offered, and after it was handed over.
POINTS = [
    (f"{MODULE}:_in_steps:1", False),
    (f"{MODULE}:_claim:1", False),
    (f"{MODULE}:_deliver:1", False),
    (f"{MODULE}:_offer:1", False),
    (f"{MODULE}:_hand_over:1", False),
    (f"{MODULE}:_note:1", True),
]


@pytest.fixture
def mailbox(tmp_path, monkeypatch, settings) -> Path:
    """Where the mails of all processes come to lie, those of this one too."""
    folder = tmp_path / "mails"
    folder.mkdir()
    monkeypatch.setenv("EMAIL_URL", f"filemail:///{folder}")
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder)
    settings.DEBUG = True
    return folder


@pytest.fixture
def house(huis, mailbox, tmp_path):
    """The house, in a database that nothing else has open, where Tom has a check that is late."""
    plan_for(huis.dossier, huis.team, check_op=CHECK_DAY)
    with connected_to(apart(tmp_path)):
        yield huis


def mails(folder: Path) -> list[Message]:
    """All that arrived; a file has the mails of one connection."""
    found = []
    for file in sorted(folder.iterdir()):
        parts = file.read_bytes().split(b"-" * 79 + b"\n")
        found += [email.message_from_bytes(part) for part in parts if part.strip()]
    return found


def run(day: str) -> int:
    """What a whole run says that it sent."""
    out = StringIO()
    call_command("stuur_herinneringen", f"--op={day}", stdout=out)
    return int(out.getvalue().split()[0])


def an_hour_later() -> None:
    """The claims of now are those of a run that was killed long ago."""
    Bericht.objects.exclude(geclaimd_op=None).update(
        geclaimd_op=timezone.now() - BROKEN_OFF - timedelta(minutes=1)
    )


@pytest.mark.parametrize(("point", "left"), POINTS)
def test_a_run_that_was_killed_is_finished_by_another(house, mailbox, point, left):
    killed_in(point, "stuur_herinneringen", f"--op={LATE}")
    assert len(mails(mailbox)) == left
    claimed = Bericht.objects.count()
    told = list(Melding.objects.values_list("sleutel", flat=True))

    # A run right after it leaves alone what may still be under way.
    assert run(LATE) == (not claimed)
    an_hour_later()
    again = run(LATE)

    assert again == claimed
    arrived = mails(mailbox)
    # Only one that was handed over and not noted comes twice, as the same mail.
    assert len(arrived) == 1 + left
    assert len({one["Message-ID"] for one in arrived}) == 1
    assert len({one.get_payload()[0].get_payload() for one in arrived}) == 1
    bericht = Bericht.objects.get()
    assert str(bericht.pk) in arrived[0]["Message-ID"]
    assert bericht.verstuurd_op is not None
    if told:
        assert list(Melding.objects.values_list("sleutel", flat=True)) == told
    assert run(LATE) == 0
    assert run(NEXT) == 0
    assert len(mails(mailbox)) == 1 + left


def test_a_day_later_it_is_still_sent_and_is_the_only_mail_of_that_day(house, mailbox):
    killed_in(f"{MODULE}:_hand_over:1", "stuur_herinneringen", f"--op={LATE}")
    # What comes near meanwhile waits for the next mail.
    plan_for(house.dossier, house.team, check_op="2027-01-04")
    an_hour_later()

    assert run(NEXT) == 1
    assert len(mails(mailbox)) == 1
    assert run("2027-01-04") == 1
    assert len({one["Message-ID"] for one in mails(mailbox)}) == 2


def test_what_was_done_meanwhile_is_not_sent(house, mailbox):
    killed_in(f"{MODULE}:_deliver:1", "stuur_herinneringen", f"--op={LATE}")
    Actie.objects.update(besluit="borgen")
    an_hour_later()

    assert run(NEXT) == 0
    assert not Bericht.objects.exists()
    assert mails(mailbox) == []


def test_who_stopped_them_meanwhile_gets_none(house, mailbox):
    killed_in(f"{MODULE}:_deliver:1", "stuur_herinneringen", f"--op={LATE}")
    choose_ritme(user=house.team, ritme=Ritme.NOOIT)
    an_hour_later()

    assert run(NEXT) == 0
    assert mails(mailbox) == []


def test_two_runs_at_once_send_each_mail_once(house, mailbox):
    people = [make_user(f"Collega{nummer}") for nummer in range(25)]
    for user in people:
        Lidmaatschap.objects.create(user=user, school=house.school, rol=Rol.SCHOOLTEAM)
    plan_for(house.dossier, *people, check_op=CHECK_DAY)
    connection.close()

    processes = [start(*COMMAND, f"--op={LATE}") for _ in range(2)]
    said = [process.communicate(timeout=300) for process in processes]

    assert [process.returncode for process in processes] == [0, 0], said
    sent = [int(out.split()[0]) for out, _ in said]
    assert sum(sent) == 26
    arrived = [one["To"] for one in mails(mailbox)]
    assert len(arrived) == len(set(arrived)) == 26


def test_a_claim_that_another_run_took_up_is_not_sent_by_the_first(huis, mailoutbox):
    """One that stood still for so long that it was taken for dead."""
    plan_for(huis.dossier, huis.team, check_op=CHECK_DAY)
    day = date.fromisoformat(LATE)
    ((_, told),) = versturen._in_steps(day)
    slow = versturen._claim(huis.team.pk, day, told[huis.team.pk])
    assert slow
    an_hour_later()
    assert versturen.send_due(today=day).verstuurd == 1

    assert versturen._deliver(slow, day) is False
    assert len(mailoutbox) == 1


def test_the_database_takes_one_mail_under_way_and_one_a_day(huis):
    day = timezone.localdate()
    values = {"gebruiker": huis.team, "sinds": day, "dag": day}
    first = Bericht.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bericht.objects.create(**values | {"dag": day + timedelta(days=1)})
    now = timezone.now()
    with pytest.raises(IntegrityError, match="na_aanbieden"), transaction.atomic():
        Bericht.objects.filter(pk=first.pk).update(verstuurd_op=now)
    Bericht.objects.filter(pk=first.pk).update(aangeboden_op=now, verstuurd_op=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bericht.objects.create(**values)
