"""A backup is one file with all that matters, and comes back whole in an empty database."""

import json
import stat
import subprocess
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from dialoogfiches.oudergesprekken.models import Oudernotitie
from dossiers.logboek.guard import lifted
from dossiers.mensen.models import Sessie, User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import revisies, save_veld
from preventieplan.models import Antwoord
from start.kopie.domain import kopie as domain
from start.kopie.domain.postgresql import _tool
from start.kopie.domain.tables import occupied
from tests.database import connected_to
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek, write
from tests.start.kopie.elders import altered, bewaar, content, zet_terug


def test_what_was_saved_comes_back_with_every_earlier_text(
    dossier, vraag, tom, folder, leeg, client
):
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    for basis, tekst in enumerate(("Elke ochtend.", "Elke ochtend aan de poort. ë’ł")):
        save_veld(record=antwoord, veld="toelichting", waarde=tekst, basis=basis, door=tom)
    kopie = bewaar(folder)

    with connected_to(leeg):
        said = zet_terug(kopie)

        assert said.startswith("1 dossiers staan terug")
        antwoord = Antwoord.objects.get(dossier=dossier.pk)
        assert antwoord.toelichting == "Elke ochtend aan de poort. ë’ł"
        assert [one.waarde for one in revisies(antwoord, "toelichting")] == [
            "Elke ochtend aan de poort. ë’ł",
            "Elke ochtend.",
        ]
        # It goes on from there: a next save, and a next key of a table.
        save_veld(record=antwoord, veld="groeikans", waarde="Meter", basis=0, door=tom)
        User.objects.create_user("nieuw@test.be", naam="Nieuw")
        call_command("migrate", check_unapplied=True, verbosity=0)


def test_it_is_one_file_that_only_its_maker_can_read(kopie, folder):
    assert list(folder.iterdir()) == [kopie]
    assert stat.S_IMODE(kopie.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_second_backup_stands_beside_the_first(kopie, folder):
    before = kopie.read_bytes()

    assert bewaar(folder) != kopie
    assert kopie.read_bytes() == before


def test_its_manifest_says_what_is_in_it(kopie):
    with ZipFile(kopie) as opened:
        manifest = json.loads(opened.read("manifest.json"))

    assert manifest["vendor"] == connection.vendor
    assert manifest["rows"]["dossiers_dossier"] == 1
    assert manifest["rows"]["mensen_user"] == User.objects.count() == 4
    assert ["dossiers", "0001_start"] in manifest["migrations"]
    assert set(manifest["sha256"]) == {"database"}


@pytest.fixture
def counters():
    """The table of `createcachetable`, with a counter in it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE cache (cache_key varchar(255) PRIMARY KEY, value text)")
        cursor.execute("INSERT INTO cache VALUES ('login-172.16.0.9', '4')")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")


@pytest.mark.usefixtures("counters")
def test_no_session_and_no_counter_is_in_it(als, huis, folder, leeg):
    als(huis.team)
    session = Sessie.objects.get()

    kopie = bewaar(folder)

    inside = content(kopie)
    assert session.session_key.encode() not in inside
    assert session.session_data.encode() not in inside
    assert b"172.16.0.9" not in inside
    with connected_to(leeg):
        zet_terug(kopie)
        assert not Sessie.objects.exists()
        assert not {*occupied()} & {"cache", "django_session", "mensen_sessie"}
        assert "cache" in connection.introspection.table_names()
    assert Sessie.objects.get() == session


def readable(kopie) -> bytes:
    """The database in a backup, without the compression of PostgreSQL's own format."""
    if connection.vendor == "sqlite":
        return content(kopie)
    pg_restore = [_tool("pg_restore"), "--file=-"]
    run = subprocess.run(pg_restore, input=content(kopie), capture_output=True, check=True)  # noqa: S603
    return run.stdout


def test_neither_a_key_nor_the_words_of_a_talk_are_in_it(als, huis, folder, leeg):
    talk = make_gesprek(huis)
    write(als(huis.medewerker), talk, "oudernotitie-thuis-r01-tekst", "woorden van een vader")

    kopie = bewaar(folder)

    inside = readable(kopie)
    assert b"oudergesprekken_oudernotitie" in inside
    for secret in ("woorden van een vader", "Kolibrie", *django_settings.OUDERGESPREK_SLEUTELS):
        assert secret.encode() not in inside
    with connected_to(leeg):
        zet_terug(kopie)
        assert Oudernotitie.objects.get().tekst == "woorden van een vader"


def test_without_the_key_of_then_it_comes_back_and_says_so(huis, folder, leeg, settings):
    make_gesprek(huis)
    kopie = bewaar(folder)

    with connected_to(leeg):
        assert "OUDERGESPREK_SLEUTELS" not in zet_terug(kopie)
        with lifted():
            call_command("flush", interactive=False, verbosity=0)
        settings.OUDERGESPREK_SLEUTELS = ["ZWVuLWFuZGVyZS1zbGV1dGVsLXZvb3ItZGUtdGVzdC4="]

        assert "niet elk gesprek met ouders is te lezen" in zet_terug(kopie)

        assert Dossier.objects.count() == 1


def damages(whole: bytes) -> Iterator[bytes]:
    """One bit turned, all along the file; cut off, at and around the seal; and more of it."""
    for at in {*range(0, len(whole), len(whole) // 50), *range(len(whole) - 66, len(whole))}:
        yield whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    for size in (0, 1, 63, 64, 65, 5000, -1, -64, -65):
        yield whole[:size]
    yield whole + b"\n"
    yield b"\0" * len(whole)


def test_a_damaged_backup_is_refused(kopie, leeg):
    damaged = kopie.with_name("beschadigd.zip")
    with connected_to(leeg):
        wrongs = list(damages(kopie.read_bytes()))
        for wrong in wrongs:
            damaged.write_bytes(wrong)
            with pytest.raises(CommandError, match="beschadigd of niet volledig"):
                zet_terug(damaged)

        assert len(wrongs) > 120
        assert connection.introspection.table_names() == []
        damaged.write_bytes(kopie.read_bytes())
        assert "1 dossiers" in zet_terug(damaged)


def test_a_backup_that_is_not_there_is_told_in_one_line(folder, leeg):
    with connected_to(leeg), pytest.raises(CommandError, match="kan niet gelezen worden") as told:
        zet_terug(folder / "nergens.zip")

    assert "\n" not in str(told.value)


def test_a_backup_of_a_newer_version_is_refused(kopie, leeg):
    newer = [["dossiers", "0001_start"], ["dossiers", "0999_x"]]
    with connected_to(leeg):
        for later in ({"format": 2}, {"migrations": newer}):
            with pytest.raises(CommandError, match="van een nieuwere versie"):
                zet_terug(altered(kopie, **later))

        assert connection.introspection.table_names() == []
        assert "1 dossiers" in zet_terug(altered(kopie))


def test_a_backup_of_the_other_kind_of_database_is_refused(kopie, leeg):
    with connected_to(leeg):
        with pytest.raises(CommandError, match="van mysql"):
            zet_terug(altered(kopie, vendor="mysql"))

        assert connection.introspection.table_names() == []


def test_a_backup_that_has_other_rows_than_it_says_is_refused(kopie, leeg):
    with ZipFile(kopie) as opened:
        counted = json.loads(opened.read("manifest.json"))["rows"]
    with connected_to(leeg):
        for wrong in ({"dossiers_dossier": 2}, {"dossiers_dossier": 0}, {"weg": 1}):
            with pytest.raises(CommandError, match="rijen te veel of te weinig"):
                zet_terug(altered(kopie, rows=counted | wrong))

        assert connection.introspection.table_names() == []


def test_what_is_no_database_is_refused(kopie, leeg):
    with connected_to(leeg):
        with pytest.raises(CommandError):
            zet_terug(altered(kopie, database=b"geen database"))

        assert connection.introspection.table_names() == []
        assert "1 dossiers" in zet_terug(kopie)


def test_a_database_that_was_only_migrated_counts_as_empty(kopie, gemigreerd):
    with connected_to(gemigreerd):
        assert Permission.objects.exists()

        assert "1 dossiers" in zet_terug(kopie)

        assert Dossier.objects.count() == 1


def a_person():
    User.objects.create_user("nieuw@test.be", naam="Nieuw")


def a_session():
    Sessie.objects.create(session_key="s", session_data="", expire_date="2030-01-01T00:00Z")


@pytest.mark.parametrize("row", [a_person, a_session])
def test_a_database_with_any_row_in_it_stays_as_it_is(kopie, gemigreerd, row):
    with connected_to(gemigreerd):
        row()
        with pytest.raises(CommandError, match="staat al iets"):
            zet_terug(kopie)

        assert len(occupied()) == 1
        assert not Dossier.objects.exists()


def test_a_backup_is_restored_once_and_the_second_time_not_even_read_in(kopie, leeg, monkeypatch):
    with connected_to(leeg):
        zet_terug(kopie)
        monkeypatch.setattr(domain, "count_rows", lambda: pytest.fail("it was read in"))
        with pytest.raises(CommandError, match="staat al iets"):
            zet_terug(kopie)

        assert Dossier.objects.count() == 1


def test_a_backup_of_an_older_version_is_migrated(folder, gemigreerd):
    """As a database of a former release: the last migration of one app is not there yet."""
    newest = ("account", "0009_emailaddress_unique_primary_email")
    with connected_to(gemigreerd):
        call_command("migrate", "account", "0008", verbosity=0)
        a_person()
        kopie = bewaar(folder)
        assert newest not in MigrationRecorder(connection).applied_migrations()
        User.objects.all().delete()

        zet_terug(kopie)

        assert newest in MigrationRecorder(connection).applied_migrations()
        assert User.objects.get().email == "nieuw@test.be"


def test_an_empty_database_gives_no_backup(folder, leeg):
    with connected_to(leeg), pytest.raises(CommandError, match="Deze database is leeg"):
        bewaar(folder)

    assert list(folder.iterdir()) == []


def test_older_code_makes_no_backup_of_a_newer_database(folder, gemigreerd):
    with connected_to(gemigreerd):
        MigrationRecorder(connection).record_applied("dossiers", "0999_x")
        with pytest.raises(CommandError, match="van een nieuwere versie"):
            bewaar(folder)

    assert list(folder.iterdir()) == []


def test_a_database_of_before_the_frozen_migrations_gives_no_backup(folder, gemigreerd):
    with connected_to(gemigreerd):
        MigrationRecorder(connection).record_applied("dossiers", "0001_initial")
        with pytest.raises(CommandError, match="van een vroegere versie"):
            bewaar(folder)

    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "bestand").write_text("")
    with pytest.raises(CommandError, match="Er is geen kopie gemaakt") as told:
        bewaar(tmp_path / "bestand" / "map")

    assert "\n" not in str(told.value)
