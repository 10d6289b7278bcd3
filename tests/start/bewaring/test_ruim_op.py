"""`ruim_op` does all that is due, in small steps; `--proef` says what that is."""

from datetime import timedelta
from io import StringIO
from itertools import count

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dossiers.domain import schooljaar_of
from dossiers.logboek.models import DAGEN_BEWAARD
from dossiers.mensen.domain import herstel
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import (
    CLB,
    EERSTE,
    Bevestigingsmail,
    Herstelaanvraag,
    Rol,
    Sessie,
    Uitnodiging,
    User,
    Verhuis,
)
from dossiers.mensen.session_store import SessionStore
from dossiers.models import Dossier
from start.bewaring.domain import table, tasks
from start.bewaring.domain.tasks import Taak, deletion, run
from start.bewaring.management.commands import ruim_op as command
from start.domain.oefendossier import open_oefendossier
from stsdialoog import small_steps
from stsdialoog.counters.models import Counter
from stsdialoog.wislijst import erased_keys
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


def tidy(*options: str) -> str:
    out = StringIO()
    call_command("ruim_op", *options, stdout=out)
    return out.getvalue()


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def invited(huis, naam: str) -> Uitnodiging:
    door = huis.ankerfiguur
    return invite(school=huis.school, email=f"{naam}@test.be", rol=Rol.LEZER, door=door)[0]


def set_back(record, **fields) -> None:
    type(record)._base_manager.filter(pk=record.pk).update(**fields)


@pytest.fixture
def old(huis):
    """Something of each kind that only has a term, one day too old for it."""
    now = timezone.now()
    long_ago = now - timedelta(days=90)
    set_back(invited(huis, "oud"), gemaakt_op=long_ago, vervalt_op=now - 32 * DAG)
    aanvraag = herstel.ask(user=huis.medewerker)
    set_back(aanvraag, gemaakt_op=long_ago, vervalt_op=now - 32 * DAG)
    session = SessionStore()
    session.set_expiry(-1)
    session.create()
    asked = {"clb": huis.clb, "jaar": now.year - 1, "user": huis.ankerfiguur}
    Bevestigingsmail.objects.create(nummer=EERSTE, geclaimd_op=long_ago, **asked)
    Verhuis.objects.create(
        school=huis.school,
        van=huis.clb,
        naar=CLB.objects.create(naam="CLB De Brug", instellingsnummer="000999"),
        beslist=huis.clb,
        gevraagd_door=huis.ankerfiguur,
        gestopt_op=now - timedelta(days=DAGEN_BEWAARD + 2),
    )
    cache.set("teller", 3, 1000)
    Counter.objects.update(expires=now - DAG)
    line = LogEntry.objects.create(
        user=huis.ankerfiguur,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(huis.team.pk),
        object_repr="Tom",
        action_flag=CHANGE,
    )
    LogEntry.objects.filter(pk=line.pk).update(action_time=now - timedelta(days=DAGEN_BEWAARD + 2))
    return rows()


GONE = {
    *("mensen.Uitnodiging", "mensen.Herstelaanvraag", "mensen.Sessie"),
    *("mensen.Bevestigingsmail", "mensen.Verhuis"),
    *("counters.Counter", "admin.LogEntry"),
}


def test_it_takes_away_what_had_its_time_and_nothing_else(huis, old):
    said = tidy()

    left = rows()
    assert {name for name, number in old.items() if left[name] != number} == GONE
    assert not any(left[name] for name in GONE)
    assert "1 voorbije uitnodigingen gewist" in said
    # Not what it was, nor whose.
    assert "test.be" not in said


def test_a_rehearsal_says_how_many_and_changes_nothing(huis, old):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        said = tidy("--proef")

    assert rows() == old
    assert all(one["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE")) for one in asked)
    for what in ("voorbije uitnodigingen", "voorbije vragen", "verlopen sessies", "tellers"):
        assert f"1 {what}" in said
    assert "0 dossiers gewist" in said


def test_a_rehearsal_may_look_ahead(huis, old):
    invited(huis, "nieuw")
    ahead = timezone.localdate() + timedelta(days=60)

    assert "2 voorbije uitnodigingen" in tidy("--proef", "--op", ahead.isoformat())
    assert rows()["mensen.Uitnodiging"] == 2


@pytest.mark.parametrize("days", [-90, 90])
def test_on_a_server_it_is_today(huis, old, days):
    """Two years silent, Tom is told a month before his account goes: not a month before a day that
    has been, which would be tonight.
    """
    set_back(huis.team, last_login=timezone.now() - timedelta(days=900))
    day = timezone.localdate() + timedelta(days=days)

    with pytest.raises(CommandError, match="is niet vandaag"):
        tidy("--op", day.isoformat())
    assert rows() == old
    tidy("--op", timezone.localdate().isoformat())
    tidy()

    huis.team.refresh_from_db()
    assert huis.team.gewaarschuwd_op == timezone.localdate()
    assert huis.team.is_active


@pytest.mark.parametrize("end", ["gebruikt_op", "ingetrokken_op", "vervalt_op"])
def test_an_invitation_stays_for_thirty_days_after_it_ended(huis, end):
    """Counted from midnight, so a day is never cut short."""
    today = timezone.localdate()
    first = small_steps.midnight(today) - timedelta(days=30)
    on_it, before = invited(huis, "net"), invited(huis, "oud")
    invited(huis, "open")
    for one, moment in ((on_it, first), (before, first - timedelta(seconds=1))):
        set_back(one, gemaakt_op=first - timedelta(days=9), **{end: moment})

    tidy()

    assert {one.email for one in Uitnodiging.objects.all()} == {"net@test.be", "open@test.be"}


def test_a_request_that_goes_on_stays(huis):
    herstel.ask(user=huis.medewerker)

    tidy()

    assert Herstelaanvraag.objects.exists()


def test_who_is_logged_in_stays_logged_in(als, huis):
    tom = als(huis.team)

    tidy()

    assert Sessie.objects.exists()
    assert tom.get("/scholen/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_an_oefendossier_of_last_year_goes(huis):
    today = timezone.localdate()
    now = open_oefendossier(clb=huis.clb, today=today, door=huis.ankerfiguur)
    tidy()
    assert Dossier.objects.filter(pk=now.pk).exists()
    set_back(now, schooljaar=schooljaar_of(today) - 1)

    assert "1 oefendossiers van een vorig schooljaar gewist" in tidy()

    assert not Dossier.objects.filter(pk=now.pk).exists()
    assert Dossier.objects.filter(pk=huis.dossier.pk).exists()
    assert erased_keys(Dossier) == {str(now.pk)}


def test_what_goes_wrong_in_one_task_keeps_no_other_from_going_on(huis, old, monkeypatch, caplog):
    def broken(op):
        raise ValueError("oud@test.be is hier niet geheim")

    first = Taak("kapotte taak", due=lambda _: 0, run=broken)
    monkeypatch.setattr(command, "taken", lambda: [first, *table.taken()])

    with pytest.raises(CommandError, match="Niet alles is gewist: kapotte taak") as told:
        tidy()

    assert not Uitnodiging.objects.exists()
    assert "test.be" not in f"{told.value} {caplog.text}"
    assert "kapotte taak: ValueError" in caplog.text


def test_who_looks_on_sees_that_it_goes_on(monkeypatch):
    long = Taak("lange taak", due=lambda _: 3, run=lambda _: [1, 1, 1])
    monkeypatch.setattr(command, "taken", lambda: [long])
    monkeypatch.setattr(command, "TELL_EVERY", -1)

    assert tidy() == (
        "      1 lange taak, nog bezig\n"
        "      2 lange taak, nog bezig\n"
        "      3 lange taak, nog bezig\n"
        "      3 lange taak\n"
    )


def test_many_rows_go_a_few_at_a_time(huis, monkeypatch):
    monkeypatch.setattr(small_steps, "STEP", 2)
    for naam in "abcde":
        invited(huis, naam)
    taak = deletion("alles", lambda _: Uitnodiging.objects.all())
    told: list[int] = []

    done = run(taak, op=timezone.localdate(), tell=told.append)

    assert (done.aantal, done.mislukt) == (5, "")
    assert told == [2, 4, 5]


def test_what_belongs_there_no_more_meanwhile_stays(huis):
    one, other = invited(huis, "a"), invited(huis, "b")
    steps = small_steps.delete_in_steps(Uitnodiging.objects.filter(rol=Rol.LEZER))
    set_back(other, rol=Rol.SCHOOLTEAM)

    assert sum(steps) == 1
    assert Uitnodiging.objects.get() == other != one


def test_it_rests_as_long_as_it_worked(monkeypatch):
    """Whoever saves gets at least half of the time, and never waits for many steps."""
    ticks = count(step=3)
    rests: list[float] = []
    monkeypatch.setattr(tasks.time, "monotonic", lambda: next(ticks) / 10)
    monkeypatch.setattr(tasks.time, "sleep", rests.append)

    run(Taak("taak", due=lambda _: 2, run=lambda _: [1, 1]), op=timezone.localdate())

    assert rests == pytest.approx([0.3, 0.3])


def test_somebody_without_anything_due_is_left_alone(huis, oscar):
    before = rows()

    tidy()

    assert rows() == before
    assert make_user("Nog iemand").is_active
