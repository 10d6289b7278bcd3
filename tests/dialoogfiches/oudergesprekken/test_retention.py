"""Nothing is kept longer than allowed, and what is deleted is really gone."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain import retention
from dialoogfiches.oudergesprekken.domain.oudergesprekken import (
    release_actie,
    release_text,
    share,
)
from dialoogfiches.oudergesprekken.domain.retention import (
    erase,
    last_day,
    purge,
    purge_vrijgaven,
    withdraw_vrijgave,
)
from dialoogfiches.oudergesprekken.encryption import EncryptedTextField
from dialoogfiches.oudergesprekken.models import (
    Deling,
    Oudergesprek,
    Oudernotitie,
    Ouderthema,
    Vrijgave,
)
from dossiers.acties.models import Actie
from dossiers.logboek.models import Logregel
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write
from tests.disk import bytes_of

pytestmark = pytest.mark.django_db

NOTITIE = "oudernotitie-thuis-r01-tekst"
LAATSTE = date(2028, 8, 31)


@pytest.fixture
def talk(huis):
    return make_gesprek(huis)


@pytest.fixture
def full(als, huis, talk):
    """A talk with text in every table, shared, and with something released."""
    marie = als(huis.medewerker)
    for naam in (NOTITIE, "ouderthema-thuis-groter", f"{DIT}-school_mag_weten"):
        write(marie, talk, naam, "woorden")
        write(marie, talk, naam, "andere woorden", 1)
    share(oudergesprek=talk, met=huis.ankerfiguur, door=huis.medewerker)
    release_text(oudergesprek=talk, revisie=2, door=huis.medewerker)
    return talk


@pytest.fixture
def later(settings):
    """A development machine, on which a future day is allowed."""
    settings.DEBUG = True


def tidy(op: date | None = None) -> str:
    out = StringIO()
    call_command("ruim_op", *(["--op", op.isoformat()] if op else []), stdout=out)
    return out.getvalue()


def rows() -> dict[str, int]:
    """The number of rows in each table with content of parents' talks."""
    models = [
        model
        for model in apps.get_app_config("oudergesprekken").get_models()
        if model is Deling or any(isinstance(one, EncryptedTextField) for one in model._meta.fields)
    ]
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.parametrize(
    ("schooljaar", "begonnen", "laatste"),
    [
        (2026, date(2026, 11, 24), LAATSTE),
        (2026, date(2027, 8, 31), LAATSTE),
        # Opened in advance, for the next schooljaar.
        (2027, date(2027, 3, 1), date(2029, 8, 31)),
        # A talk of today in last year's dossier is not deleted immediately.
        (2024, date(2026, 11, 24), LAATSTE),
    ],
)
def test_a_talk_is_kept_until_the_end_of_the_next_schooljaar(schooljaar, begonnen, laatste):
    assert last_day(schooljaar=schooljaar, begonnen=begonnen) == laatste


def test_the_author_may_choose_a_sooner_day_and_no_later_one(als, huis, talk):
    marie, naam = als(huis.medewerker), f"{DIT}-wissen_op"
    assert talk.wissen_op >= LAATSTE
    sooner = timezone.localdate() + timedelta(days=30)

    assert write(marie, talk, naam, sooner.isoformat(), 1).status_code == 200
    assert Oudergesprek.objects.get().wissen_op == sooner
    for wrong in (talk.wissen_op + timedelta(days=1), timezone.localdate() - timedelta(days=1)):
        response = write(marie, talk, naam, wrong.isoformat(), 2)
        assert response.status_code == 422
        assert "langer bewaren kan niet" in response.text
    assert write(marie, talk, naam, "", 2).status_code == 422
    # Today already, and back again, up to the day it had.
    for basis, right in enumerate((timezone.localdate(), talk.wissen_op), start=2):
        assert write(marie, talk, naam, right.isoformat(), basis).status_code == 200
        assert Oudergesprek.objects.get().wissen_op == right


@pytest.mark.usefixtures("later")
def test_on_its_day_everything_of_a_talk_is_deleted(full, huis):
    assert len(rows()) == 7
    assert all(rows().values())
    assert "0 gesprekken met ouders gewist\n" in tidy(full.wissen_op - timedelta(days=1))
    assert Oudergesprek.objects.exists()

    said = tidy(full.wissen_op)
    assert "1 gesprekken met ouders gewist\n" in said
    assert "1 vrijgaven voor een school gewist\n" in said

    assert not any(rows().values())
    assert not Vrijgave.objects.exists()
    line = Logregel.objects.get(handeling="oudergesprek-gewist")
    assert (line.door, line.soort, line.record_id) == (None, "oudergesprek", str(full.pk))
    line = Logregel.objects.get(handeling="vrijgave-ingetrokken")
    assert (line.door, line.soort) == (None, "vrijgave")


def test_what_was_released_has_a_day_of_its_own(full, huis, als):
    """The author may choose an earlier day for the talk; the school keeps what was released."""
    actie = release_actie(
        oudergesprek=full, wat="Onthaal", wie="", wanneer="", sleutel=uuid4(), door=huis.medewerker
    ).actie
    full.school_mag_weten, full.school_mag_weten_revisie = "nog andere woorden", 3
    full.save()
    withdraw_vrijgave(
        vrijgave=release_text(oudergesprek=full, revisie=3, door=huis.medewerker),
        door=huis.medewerker,
    )
    withdrawn = Logregel.objects.filter(handeling="vrijgave-ingetrokken")
    assert withdrawn.count() == 1
    day = last_day(schooljaar=huis.dossier.schooljaar, begonnen=timezone.localdate())
    assert set(Vrijgave.objects.values_list("wissen_op", flat=True)) == {day}

    erase(oudergesprek=full, door=huis.medewerker)
    assert sum(purge_vrijgaven(op=day - timedelta(days=1))) == 0
    assert Vrijgave.objects.get(tekst="andere woorden").oudergesprek is None

    # The withdrawn text was logged when it was withdrawn; of the action only the link is deleted.
    # The text, the one that was withdrawn, and that of the action.
    assert sum(purge_vrijgaven(op=day)) == 3
    assert not Vrijgave.objects.exists()
    assert withdrawn.count() == 2
    assert Actie.objects.get() == actie
    overzicht = als(huis.team).get(reverse("overzicht", args=[huis.dossier.pk]))
    assert "Onthaal" in overzicht.text


def test_on_a_server_a_day_to_come_deletes_nothing(full, settings):
    assert not settings.DEBUG
    with pytest.raises(CommandError, match="is niet vandaag"):
        tidy(full.wissen_op)

    assert Oudergesprek.objects.exists()
    Oudergesprek.objects.update(wissen_op=timezone.localdate())
    assert "1 gesprekken met ouders gewist\n" in tidy(timezone.localdate())


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_is_gone_from_the_file_too(als, huis, full):
    """SQLite leaves deleted rows in place, and older pages in its WAL."""
    token = every_token()
    assert all(one.encode() in stored() for one in token) or connection.vendor != "sqlite"

    als(huis.medewerker).post(url(full, "oudergesprek-wissen"))

    left = stored()
    assert not [one for one in token if one.encode() in left]


@pytest.mark.django_db(transaction=True)
def test_what_is_purged_is_gone_from_the_file_too(full):
    token = every_token()
    assert all(one.encode() in stored() for one in token) or connection.vendor != "sqlite"
    sum(purge(op=full.wissen_op))

    left = stored()
    assert not [one for one in token if one.encode() in left]


def test_sqlite_overwrites_what_is_deleted(full):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert ("secure_delete=ON" in str(connection.settings_dict)) == (connection.vendor == "sqlite")


def every_token() -> list[str]:
    """The ciphertexts of the talk as stored in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pseudoniem FROM oudergesprekken_oudergesprek")
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT waarde FROM oudergesprekken_oudernotitierevisie")
        found += [row[0] for row in cursor.fetchall()]
    assert len(found) == 3
    # A long one may be split over two database pages, but its beginning is not.
    return [one[:60] for one in found]


def stored() -> bytes:
    """The bytes of the SQLite files; empty for PostgreSQL."""
    if connection.vendor != "sqlite":
        return b""
    main = Path(connection.settings_dict["NAME"])
    return b"".join(map(bytes_of, main.parent.glob(f"{main.name}*")))


@pytest.mark.parametrize(("days", "deleted"), [(-1, 1), (0, 1), (1, 0)])
def test_a_talk_goes_on_its_day_and_not_before(talk, days, deleted):
    today = timezone.localdate()
    Oudergesprek.objects.update(wissen_op=today + timedelta(days=days))

    assert sum(purge(op=today)) == deleted
    assert Oudergesprek.objects.count() == 1 - deleted


@pytest.mark.parametrize(("days", "deleted"), [(0, True), (1, False)])
def test_a_talk_for_which_somebody_chose_a_later_day_meanwhile_stays(
    full, huis, monkeypatch, days, deleted
):
    """`ruim_op` looked which talks are due, then its author saved another day."""
    today = timezone.localdate()
    other = make_gesprek(huis, "Ster")
    Oudergesprek.objects.update(wissen_op=today)
    erased = []

    def erase_after_a_choice(gesprek, **how):
        Oudergesprek.objects.filter(pk=full.pk).update(wissen_op=today + timedelta(days=days))
        erased.append(gesprek.pk)
        return erase_one(gesprek, **how)

    erase_one = retention._erase
    monkeypatch.setattr(retention, "_erase", erase_after_a_choice)

    assert sum(purge(op=today)) == 1 + deleted

    assert sorted(erased) == sorted([full.pk, other.pk]), "both were due"
    assert Oudergesprek.objects.filter(pk=full.pk).exists() != deleted
    assert not Oudergesprek.objects.filter(pk=other.pk).exists()
    assert Oudernotitie.objects.exists() != deleted
    logged = Logregel.objects.filter(handeling="oudergesprek-gewist", record_id=str(full.pk))
    assert logged.exists() == deleted


def test_tidying_up_twice_is_the_same_as_once(full, huis):
    other = make_gesprek(huis, "Ster")
    Oudergesprek.objects.filter(pk=full.pk).update(wissen_op=date(2026, 10, 1))

    assert "1 gesprekken met ouders gewist\n" in tidy()
    assert "0 gesprekken met ouders gewist\n" in tidy()

    assert Oudergesprek.objects.get() == other
    assert Logregel.objects.filter(handeling="oudergesprek-gewist").count() == 1


def test_a_wrong_day_deletes_nothing(full):
    Oudergesprek.objects.update(wissen_op=date(2026, 10, 1))
    with pytest.raises(CommandError, match="is geen dag"):
        call_command("ruim_op", "--op", "31/08/2028")

    assert Oudergesprek.objects.exists()


def test_what_nobody_has_a_key_for_is_deleted_too(full, settings):
    settings.OUDERGESPREK_SLEUTELS = ["ZWVuLWFuZGVyZS1zbGV1dGVsLXZvb3ItZGUtdGVzdC4="]

    assert sum(purge(op=full.wissen_op)) == 1
    assert not any(rows().values())


def test_the_author_deletes_it_now_after_a_question(als, huis, full):
    marie, wissen = als(huis.medewerker), url(full, "oudergesprek-wissen")
    assert "niet ongedaan" in marie.get(wissen).text
    assert Oudergesprek.objects.exists()

    assert "Het gesprek is gewist" in marie.post(wissen, follow=True).text

    assert not any(rows().values())
    line = Logregel.objects.get(handeling="oudergesprek-gewist")
    assert line.door == huis.medewerker
    assert marie.get(url(full)).status_code == 404


def test_deleting_one_talk_leaves_the_others_alone(als, huis, full):
    other = make_gesprek(huis, "Ster")
    marie = als(huis.medewerker)
    write(marie, other, NOTITIE, "blijft")

    marie.post(url(full, "oudergesprek-wissen"))

    assert Oudernotitie.objects.get().tekst == "blijft"
    assert not Ouderthema.objects.exists()
