"""An notes something about a school for herself and her colleagues; the school hears of none."""

from base64 import urlsafe_b64encode
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from dossiers.domain import close_dossier, open_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.models import Voortzetting
from dossiers.velden.domain.saving import save_veld
from start.bewaring.domain.table import taken
from start.notities.domain import due_notes, purge
from start.notities.models import Gidsnotitie, Gidsnotitierevisie
from start.notities.queries import notes_of
from tests.conftest import SCHOOLJAAR, make_user
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

GEHEIM = "De directie twijfelt, en het team weet dat niet."
VELD = "gidsnotitie-dit-onthouden"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(huis):
    return reverse("notities", args=[huis.dossier.pk])


@pytest.fixture
def noteer(als, huis, url):
    def noteer(tekst=GEHEIM, user=huis.ankerfiguur, basis=0):
        data = {"veld": VELD, VELD: tekst, f"{VELD}_basis": str(basis)}
        return als(user).post(url, data, headers=HTMX)

    return noteer


def test_an_notes_and_marie_reads_and_goes_on(als, huis, url, noteer):
    assert noteer().status_code == 200
    assert GEHEIM in als(huis.medewerker).get(url).text

    assert noteer("Marie sprak met haar.", huis.medewerker, basis=1).status_code == 200
    page = als(huis.ankerfiguur).get(url).text
    assert "Marie sprak met haar." in page
    assert GEHEIM not in page
    assert "De school ziet er niets van." in page


def test_without_a_script_one_button_saves_all(als, huis, url):
    an = als(huis.ankerfiguur)
    page = an.get(url).text
    sent = whole_form(page) | {VELD: GEHEIM, "gidsnotitie-dit-volgende_keer": "Vraag naar de klas."}

    assert an.post(url, sent).status_code == 302
    page = an.get(url).text
    assert GEHEIM in page
    assert "Vraag naar de klas." in page


def test_two_who_type_at_once_see_both_texts(huis, noteer):
    noteer()
    late = noteer("Iets anders.", huis.medewerker, basis=0)

    assert late.status_code == 409
    assert GEHEIM in late.text
    assert notes_of(huis.dossier).onthouden == GEHEIM


def test_of_what_was_typed_before_nothing_stays(huis, noteer):
    noteer()
    noteer("", basis=1)

    assert notes_of(huis.dossier).onthouden == ""
    assert [one.waarde for one in Gidsnotitierevisie.objects.all()] == [""]


def test_no_browser_keeps_a_draft_or_the_page(als, huis, url):
    response = als(huis.ankerfiguur).get(url)

    assert "data-zonder-kladje" in response.text
    assert "no-store" in response["Cache-Control"]


def test_in_the_database_no_word_of_it_can_be_read(noteer):
    noteer()
    with connection.cursor() as cursor:
        for model in (Gidsnotitie, Gidsnotitierevisie):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            rows = str(cursor.fetchall())
            assert "1." in rows
            assert GEHEIM not in rows
            assert "directie" not in rows


def test_the_database_takes_no_plain_text(huis, noteer):
    noteer()
    table = Gidsnotitie._meta.db_table
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET onthouden = %s", [GEHEIM])  # noqa: S608


def test_a_text_that_was_copied_to_another_school_opens_nowhere(als, huis, ander_huis, url, noteer):
    """Whoever holds the database lets Anna's notes say what An's do."""
    noteer()
    save_veld(
        record=notes_of(ander_huis.dossier),
        veld="onthouden",
        waarde="Van ons.",
        basis=0,
        door=ander_huis.ankerfiguur,
    )
    theirs = reverse("notities", args=[ander_huis.dossier.pk])
    anna = als(ander_huis.ankerfiguur)
    assert "Van ons." in anna.get(theirs).text
    (token,) = Gidsnotitie.objects.filter(clb=huis.clb).values_list("onthouden", flat=True)
    Gidsnotitie.objects.filter(dossier=ander_huis.dossier).update(onthouden=token)

    response = anna.get(theirs)

    assert response.status_code == 503
    assert GEHEIM not in response.text
    assert GEHEIM in als(huis.ankerfiguur).get(url).text


def test_notes_that_were_put_in_another_dossier_are_not_found_there(als, huis, ander_huis, noteer):
    noteer()
    Gidsnotitie.objects.update(dossier=ander_huis.dossier, clb=ander_huis.clb)

    theirs = reverse("notities", args=[ander_huis.dossier.pk])
    assert GEHEIM not in als(ander_huis.ankerfiguur).get(theirs).text


def test_new_keys_open_and_close_them_too(als, huis, url, noteer, settings):
    noteer()
    before = Gidsnotitie.objects.values_list("onthouden", flat=True)[0].token
    old = list(settings.OUDERGESPREK_SLEUTELS)
    settings.OUDERGESPREK_SLEUTELS = [urlsafe_b64encode(b"n" * 32).decode(), *old]
    call_command("vernieuw_sleutels", stdout=StringIO())
    settings.OUDERGESPREK_SLEUTELS = settings.OUDERGESPREK_SLEUTELS[:1]

    assert Gidsnotitie.objects.values_list("onthouden", flat=True)[0].token != before
    assert GEHEIM in als(huis.ankerfiguur).get(url).text


def test_a_missing_key_is_told_and_nothing_is_written_over(
    als, huis, url, noteer, settings, caplog
):
    noteer()
    settings.OUDERGESPREK_SLEUTELS = [urlsafe_b64encode(b"n" * 32).decode()]

    assert als(huis.ankerfiguur).get(url).status_code == 503
    assert noteer("Iets anders.", basis=1).status_code == 503
    # Notes are no talk.
    assert "An encrypted text cannot be read" in caplog.text
    assert "talk" not in caplog.text


def test_they_know_the_field_of_no_dossier_and_the_dossier_knows_not_theirs(als, huis, noteer):
    tom = als(huis.team)
    goal = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    sent = {"veld": VELD, VELD: "Wij zijn het.", f"{VELD}_basis": "0"}
    assert tom.post(goal, sent, headers=HTMX).status_code == 404
    noteer()
    naam = "antwoord-f0-1-v01-toelichting"
    other = {"veld": naam, naam: "x", f"{naam}_basis": "0"}
    an = als(huis.ankerfiguur)
    assert (
        an.post(reverse("notities", args=[huis.dossier.pk]), other, headers=HTMX).status_code == 404
    )
    assert tom.get(reverse("historiek", args=[huis.dossier.pk, VELD])).status_code == 404


def test_a_closed_dossier_is_read_and_not_written(als, huis, url, noteer):
    noteer()
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    page = als(huis.ankerfiguur).get(url).text
    assert GEHEIM in page
    assert "<textarea" not in page
    noteer("Iets anders.", basis=1)
    assert notes_of(huis.dossier).onthouden == GEHEIM


def test_the_next_ankerfiguur_of_the_clb_reads_them(als, huis, url, noteer):
    """An leaves, and Bea takes her schools over."""
    noteer()
    bea = make_user("Bea")
    Lidmaatschap.objects.create(user=bea, clb=huis.clb, rol=Rol.ANKERFIGUUR)
    role = Lidmaatschap.objects.get(user=huis.ankerfiguur)
    end_lidmaatschap(lidmaatschap=role, door=bea)

    assert GEHEIM in als(bea).get(url).text
    assert als(huis.ankerfiguur).get(url).status_code == 404


def test_those_of_last_year_stand_below(als, huis, noteer):
    noteer()
    nu = open_dossier(school=huis.school, schooljaar=SCHOOLJAAR + 1, door=huis.ankerfiguur)
    Voortzetting.objects.create(dossier=nu, vorig=huis.dossier, sloot_af=False)

    page = als(huis.ankerfiguur).get(reverse("notities", args=[nu.pk])).text

    assert "Van vorig schooljaar" in page
    assert GEHEIM in page


def test_they_go_on_their_day_and_not_before(huis, noteer, django_capture_on_commit_callbacks):
    noteer()
    day = date(SCHOOLJAAR + 2, 8, 31)
    notes = Gidsnotitie.objects.get()
    assert notes.wissen_op == day

    assert sum(purge(op=day - timedelta(days=1))) == 0
    assert due_notes(day).count() == 1
    with django_capture_on_commit_callbacks() as afterwards:
        assert sum(purge(op=day)) == 1
    # SQLite's log of what was written holds the words until it is emptied.
    assert len(afterwards) == (connection.vendor == "sqlite")
    assert not Gidsnotitie.objects.exists()
    assert not Gidsnotitierevisie.objects.exists()


def test_a_restored_backup_lets_them_go_before_anybody_sees_it():
    (taak,) = (one for one in taken() if one.wat == "notities van een CLB gewist")
    assert taak.again


def test_the_log_says_who_and_when_for_the_clb_alone(als, huis, url, noteer):
    an = als(huis.ankerfiguur)
    an.get(url)
    noteer()
    lines = Logregel.objects.filter(handeling__startswith="notities-")
    assert {one.handeling for one in lines} == {"notities-gelezen", "notities-geschreven"}

    of_clb = an.get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "An las de notities van het CLB." in of_clb
    for reader in (huis.team, huis.ankerfiguur):
        page = als(reader).get(reverse("dossier-logboek", args=[huis.dossier.pk])).text
        assert "otities" not in page
    for line in lines:
        assert GEHEIM not in str(vars(line))


def test_the_page_asks_as_much_of_the_database_with_or_without(
    als, huis, url, noteer, django_assert_num_queries
):
    an = als(huis.ankerfiguur)
    an.get(url)
    with django_assert_num_queries(5):
        an.get(url)
    noteer()
    with django_assert_num_queries(5):
        an.get(url)
