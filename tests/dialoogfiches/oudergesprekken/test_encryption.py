"""The keys: what is stored in the database, key rotation, and a wrong key."""

import logging
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain import keys
from dialoogfiches.oudergesprekken.domain.oudergesprekken import share
from dialoogfiches.oudergesprekken.encryption import MissingKey, Sealed
from dialoogfiches.oudergesprekken.models import Oudergesprek, Oudernotitie, Oudernotitierevisie
from dossiers.mensen.models import Lidmaatschap
from stsdialoog.errors import ClosedReporterFilter
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write

pytestmark = pytest.mark.django_db

NOTITIE = "oudernotitie-thuis-r01-tekst"
GEHEIM = "De bus rijdt te vroeg, en nog één ding: ’t is koud."
NIEUW = Fernet.generate_key().decode()


@pytest.fixture
def marie(als, huis):
    return als(huis.medewerker)


@pytest.fixture
def talk(huis, marie):
    talk = make_gesprek(huis)
    write(marie, talk, NOTITIE, "eerst iets anders")
    write(marie, talk, NOTITIE, GEHEIM, 1)
    write(marie, talk, "ouderthema-thuis-groter", "samen ontbijten")
    return talk


def stored(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")  # noqa: S608 (our own names)
        return [row[0] for row in cursor.fetchall()]


def history() -> list[tuple[int, str]]:
    """The earlier texts of the notes, as their pages show them."""
    rows = Oudernotitierevisie.objects.order_by("revisie")
    return [(row.revisie, row.waarde) for row in rows]


def test_what_is_typed_stands_encrypted_in_the_database(talk):
    (cipher,) = stored("oudergesprekken_oudernotitie", "tekst")

    assert Oudernotitie.objects.get().tekst == GEHEIM
    assert re.fullmatch(r"1\.[0-9a-f]{8}\.[\w=-]+", cipher, re.ASCII)
    assert "bus" not in cipher
    assert all(
        one.startswith("1.") for one in stored("oudergesprekken_oudernotitierevisie", "waarde")
    )
    # An empty field is stored as the empty text.
    assert stored("oudergesprekken_oudergesprek", "focus_nu") == [""]


def test_the_same_words_never_look_the_same(talk, huis):
    make_gesprek(huis, talk.pseudoniem)

    assert len(set(stored("oudergesprekken_oudergesprek", "pseudoniem"))) == 2


@pytest.mark.parametrize(
    "lookup",
    ["tekst", "tekst__contains", "tekst__in", "tekst__gt", "tekst__length", "tekst__regex"],
)
def test_no_query_looks_inside(talk, lookup):
    with pytest.raises(ValueError, match="encrypted"):
        list(Oudernotitie.objects.filter(**{lookup: "bus"}))

    found = Oudernotitie.objects.filter(tekst__isnull=False).annotate(t=F("tekst")).get()
    assert found.tekst == GEHEIM
    # Outside of its record a text stays closed, and does not print itself either.
    value: Any = Oudernotitie.objects.values_list("tekst", flat=True).get()
    assert isinstance(found.t, Sealed)
    assert value == found.t
    assert value.token not in repr(value) + str(value)
    with pytest.raises(TypeError, match="seal_for"):
        Oudernotitie.objects.update(tekst="een tekst zonder plaats")


def test_a_new_key_writes_and_the_old_one_still_reads(talk, marie, settings):
    settings.OUDERGESPREK_SLEUTELS = [NIEUW, *settings.OUDERGESPREK_SLEUTELS]
    write(marie, talk, f"{DIT}-focus_nu", "samen naar de bus")

    assert Oudernotitie.objects.get().tekst == GEHEIM
    settings.OUDERGESPREK_SLEUTELS = [NIEUW]
    assert Oudergesprek.objects.get().focus_nu == "samen naar de bus"
    with pytest.raises(MissingKey):
        Oudernotitie.objects.get().tekst  # noqa: B018 (this is what decrypts it)


def test_renewing_moves_every_text_to_the_first_key(talk, settings, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    revisions = history()
    tokens = stored("oudergesprekken_oudernotitierevisie", "waarde")
    changed = Oudernotitie.objects.get().gewijzigd_op
    settings.OUDERGESPREK_SLEUTELS = [NIEUW, *settings.OUDERGESPREK_SLEUTELS]
    out = StringIO()
    call_command("vernieuw_sleutels", stdout=out)

    # The talk, its topic and its note, and six earlier values: three of the talk itself.
    assert out.getvalue() == "9 rijen opnieuw versleuteld.\n"
    settings.OUDERGESPREK_SLEUTELS = [NIEUW]
    assert Oudernotitie.objects.get().tekst == GEHEIM
    assert Oudernotitie.objects.get().gewijzigd_op == changed
    assert history() == revisions == [(1, "eerst iets anders"), (2, GEHEIM)]
    assert not {*tokens} & {*stored("oudergesprekken_oudernotitierevisie", "waarde")}
    assert Oudergesprek.objects.get().pseudoniem == "Kolibrie"


def test_renewing_without_the_old_key_says_so_and_changes_nothing(talk, settings):
    before = stored("oudergesprekken_oudernotitie", "tekst")
    old = settings.OUDERGESPREK_SLEUTELS
    settings.OUDERGESPREK_SLEUTELS = [NIEUW]
    with pytest.raises(CommandError, match="geen enkele sleutel"):
        call_command("vernieuw_sleutels")

    assert stored("oudergesprekken_oudernotitie", "tekst") == before
    settings.OUDERGESPREK_SLEUTELS = old
    assert Oudernotitie.objects.get().tekst == GEHEIM


def test_without_its_key_a_page_says_what_is_wrong_and_so_does_the_log(
    talk, marie, huis, settings, caplog
):
    caplog.set_level(logging.DEBUG)
    settings.OUDERGESPREK_SLEUTELS = [NIEUW]
    for page in (url(talk), reverse("oudergesprekken", args=[huis.dossier.pk])):
        response = marie.get(page)
        assert response.status_code == 503
        assert "kan nu niet gelezen worden" in response.text
        assert "Er is niets verloren" in response.text
        assert response.headers["Cache-Control"] == "private, no-store"

    lines = [record for record in caplog.records if record.name.startswith("dialoogfiches")]
    assert len(lines) == 2
    assert all("OUDERGESPREK_SLEUTELS" in line.getMessage() for line in lines)
    assert not any("1." in line.getMessage() or line.exc_info for line in lines)
    with pytest.raises(MissingKey) as error:
        Oudernotitie.objects.get().tekst  # noqa: B018 (this is what decrypts it)
    assert error.value.__cause__ is None
    assert "1." not in str(error.value)


def test_with_the_wrong_key_nothing_new_is_written(talk, marie, huis, settings):
    settings.OUDERGESPREK_SLEUTELS = [NIEUW]
    nieuw = reverse("oudergesprek-nieuw", args=[huis.dossier.pk])
    assert marie.post(nieuw, {"pseudoniem": "Ster"}).status_code == 503
    other = "oudernotitie-thuis-r02-tekst"
    assert write(marie, talk, other, "met de verkeerde sleutel").status_code == 503

    settings.OUDERGESPREK_SLEUTELS = ["b25seS1mb3ItZGV2ZWxvcG1lbnQtbm8tc2VjcmV0ISE="]
    assert Oudergesprek.objects.get() == talk
    assert Oudernotitie.objects.count() == 1
    assert marie.post(nieuw, {"pseudoniem": "Ster"}).status_code == 302


def test_the_author_deletes_what_she_has_no_key_for(talk, marie, settings):
    settings.OUDERGESPREK_SLEUTELS = [NIEUW]
    wissen = url(talk, "oudergesprek-wissen")
    assert marie.get(wissen).status_code == 200

    assert marie.post(wissen).status_code == 302
    assert not Oudergesprek.objects.exists()


def test_who_has_to_stay_out_does_not_hear_of_a_key(talk, als, huis, settings):
    """Former staff learn nothing of talks that were theirs or shared with them, with any key."""
    share(oudergesprek=talk, met=huis.ankerfiguur, door=huis.medewerker)
    end = timezone.now() + timedelta(seconds=1)
    Lidmaatschap.objects.filter(user__in=(huis.medewerker, huis.ankerfiguur)).update(actief_tot=end)
    settings.OUDERGESPREK_SLEUTELS = [NIEUW]

    for user in (huis.medewerker, huis.ankerfiguur, huis.team):
        for name in ("oudergesprek", "oudergesprek-pdf", "oudergesprek-wissen"):
            assert als(user).get(url(talk, name)).status_code == 404


def test_an_error_report_holds_neither_the_key_nor_the_words_at_work(settings, rf):
    report = ClosedReporterFilter()
    sleutel = settings.OUDERGESPREK_SLEUTELS[0]
    request = rf.get("/", OUDERGESPREK_SLEUTELS=sleutel)

    assert sleutel not in str(report.get_safe_settings())
    assert sleutel not in str(report.get_safe_request_meta(request))
    assert not report.get_traceback_frame_variables(request, _frame_with("geheim woord"))


def _frame_with(tekst: str):
    try:
        raise ValueError(tekst)
    except ValueError as error:
        return error.__traceback__.tb_frame
