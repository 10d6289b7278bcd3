"""Sint-Jozef stops: it waits with its dossiers, its people hear of it once, and then it goes."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.briefhoofd.models import Briefhoofd
from dossiers.domain import SchoolStopt, open_dossier, take_erasure_back
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.organisaties import change_school, oefenschool_of
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.domain.verhuizen import VerhuisKanNiet, offer_school
from dossiers.mensen.models import Aankondiging, Lidmaatschap, Rol, School, Uitnodiging, Verhuis
from dossiers.models import Dossier
from start.domain import erasing
from start.domain.vertrek import NAAMLOOS, ask_to_leave, erase_schools_due, stay
from stsdialoog.wislijst import WACHTTIJD, erased_keys, unsettled
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def day(today) -> date:
    """The day on which what is asked today happens."""
    return today + WACHTTIJD


@pytest.fixture
def stopt(huis) -> str:
    return reverse("school-stopt", args=[huis.school.pk])


@pytest.fixture
def vorig(huis) -> Dossier:
    """The dossier of the schooljaar before."""
    return open_dossier(
        school=huis.school, schooljaar=huis.dossier.schooljaar - 1, door=huis.ankerfiguur
    )


@pytest.fixture
def asked(huis, vorig, today) -> School:
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today)
    huis.school.refresh_from_db()
    return huis.school


def days_of(school) -> set[date | None]:
    return set(Dossier.objects.filter(school=school).values_list("wissen_op", flat=True))


def all_that_is_due(op: date) -> int:
    """What `ruim_op` does in that night, in its order; returns how many schools went."""
    list(erasing.erase_due(op=op))
    return sum(erase_schools_due(op=op))


def as_log(als, huis) -> str:
    return als(huis.ankerfiguur).get(reverse("clb-logboek", args=[huis.clb.pk])).text


def test_an_reads_what_goes_takes_it_along_and_asks_it(als, huis, vorig, stopt, day):
    an = als(huis.ankerfiguur)
    assert stopt in an.get(reverse("school", args=[huis.school.pk])).text
    page = an.get(stopt).text
    assert "ook de gesprekken met ouders" in page
    for dossier in (huis.dossier, vorig):
        assert reverse("uitvoer", args=[dossier.pk]) in page

    an.post(stopt)

    huis.school.refresh_from_db()
    assert huis.school.wissen_op == day
    assert days_of(huis.school) == {day}
    assert not Dossier.objects.filter(afgesloten_op__isnull=True).exists()
    assert "An vroeg om deze school te wissen" in as_log(als, huis)


def test_everybody_with_a_role_gets_one_mail_for_all_of_it(
    als, huis, vorig, stopt, day, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        als(huis.ankerfiguur).post(stopt)

    told = sorted(mail.to[0] for mail in mailoutbox)
    assert told == ["lies@test.be", "marie@test.be", "tom@test.be"]
    for mail in mailoutbox:
        assert date_format(day, "j F Y") in mail.subject
        assert vorig.schooljaar_label in mail.body
        assert huis.dossier.schooljaar_label in mail.body


def test_pressing_the_button_twice_asks_it_once(als, huis, stopt, today, day):
    an = als(huis.ankerfiguur)
    an.post(stopt)
    an.post(stopt)
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today + timedelta(days=3))

    assert days_of(huis.school) == {day}
    assert Logregel.objects.filter(handeling="school-wissen-gevraagd").count() == 1


def test_while_it_waits_everybody_sees_it_and_nothing_begins(als, huis, asked, day, ander_huis):
    adres = reverse("school", args=[asked.pk])
    for who in (huis.ankerfiguur, huis.team, huis.lezer):
        assert f"op {date_format(day, 'j F Y')} gewist" in als(who).get(adres).text
    page = als(huis.ankerfiguur).get(adres).text
    assert "Dossier openen" not in page
    assert "Verstuur de uitnodiging" not in page
    assert reverse("school-verhuizen", args=[asked.pk]) not in page
    with pytest.raises(SchoolStopt):
        open_dossier(school=asked, schooljaar=2030, door=huis.ankerfiguur)
    with pytest.raises(VerhuisKanNiet):
        offer_school(school=asked, naar=ander_huis.clb, door=huis.ankerfiguur)
    jaar = {"schooljaar": timezone.localdate().year}
    als(huis.ankerfiguur).post(reverse("dossier-openen", args=[asked.pk]), jaar)
    assert Dossier.objects.filter(school=asked).count() == 2


def test_a_move_that_was_asked_is_stopped(huis, ander_huis, today):
    verhuis = offer_school(school=huis.school, naar=ander_huis.clb, door=huis.ankerfiguur)

    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today)

    verhuis.refresh_from_db()
    assert not verhuis.is_open


def test_one_click_takes_all_of_it_back(
    als, huis, asked, vorig, stopt, day, mailoutbox, django_capture_on_commit_callbacks
):
    an = als(huis.ankerfiguur)
    assert "Hou de school" in an.get(stopt).text
    with django_capture_on_commit_callbacks(execute=True):
        an.post(stopt, {"terug": "1"})
        an.post(stopt, {"terug": "1"})

    asked.refresh_from_db()
    assert asked.wissen_op is None
    assert days_of(asked) == {None}
    assert len(mailoutbox) == 3
    assert all("ze blijft" in mail.body for mail in mailoutbox)
    assert all_that_is_due(day) == 0
    assert Logregel.objects.filter(handeling="school-wissen-terug").count() == 1


def test_one_dossier_of_it_is_not_kept_alone(als, huis, asked, stopt, today):
    with pytest.raises(SchoolStopt):
        take_erasure_back(dossier=huis.dossier, door=huis.ankerfiguur, today=today)
    adres = reverse("dossier-wissen", args=[huis.dossier.pk])
    an = als(huis.ankerfiguur)
    assert stopt in an.get(adres).text

    assert an.post(adres, {"terug": "1"}).headers["Location"] == stopt


def test_somebody_who_was_changing_its_name_meanwhile_does_not_keep_it(huis, today, day):
    seen = School.objects.get(pk=huis.school.pk)
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today)
    seen.naam = "Sint-Jozef"
    change_school(school=seen, door=huis.ankerfiguur)

    assert School.objects.get(pk=seen.pk).wissen_op == day


def test_an_oefenschool_does_not_wait(huis, today):
    oefen = oefenschool_of(clb=huis.clb)
    ask_to_leave(school=oefen, door=huis.ankerfiguur, today=today)

    oefen.refresh_from_db()
    assert oefen.wissen_op is None
    with pytest.raises(IntegrityError, match="oefenschool_wacht_niet"), transaction.atomic():
        School.objects.filter(pk=oefen.pk).update(wissen_op=today)


def hang_on(huis, ander_huis) -> None:
    """All that can hang on a school besides its dossiers."""
    invite(school=huis.school, email="nieuw@test.be", rol=Rol.SCHOOLTEAM, door=huis.ankerfiguur)
    Briefhoofd.objects.create(school=huis.school, naam="Sint-Jozef")
    Verhuis.objects.create(
        school=huis.school,
        van=huis.clb,
        naar=ander_huis.clb,
        beslist=ander_huis.clb,
        gevraagd_door=huis.ankerfiguur,
        gestopt_op=timezone.now(),
    )
    lid = Lidmaatschap.objects.get(user=huis.team)
    Lidmaatschapsvraag.objects.create(
        user=huis.team,
        school=huis.school,
        via="google",
        beantwoord_op=timezone.now(),
        door=huis.ankerfiguur,
        gegeven=lid,
    )
    LogEntry.objects.create(
        user=huis.ankerfiguur,
        content_type=ContentType.objects.get_for_model(Lidmaatschap),
        object_id=str(lid.pk),
        object_repr=str(lid),
        action_flag=CHANGE,
    )


@pytest.mark.django_db(transaction=True)
def test_on_its_day_all_of_it_goes_and_nothing_of_another(als, huis, ander_huis, today, day):
    hang_on(huis, ander_huis)
    make_gesprek(huis)
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today)

    assert all_that_is_due(day - timedelta(days=1)) == 0
    assert all_that_is_due(day) == 1

    assert School.objects.get() == ander_huis.school
    assert Dossier.objects.get() == ander_huis.dossier
    for model in (Uitnodiging, Briefhoofd, Verhuis, Lidmaatschapsvraag, Oudergesprek):
        assert not model.objects.exists(), model
    assert Lidmaatschap.objects.filter(school=ander_huis.school).count() == 3
    assert not Lidmaatschap.objects.filter(user=huis.team).exists()
    assert LogEntry.objects.get().object_repr == NAAMLOOS
    assert erased_keys(School) == {str(huis.school.pk)}
    assert unsettled() == []
    for who in (huis.team, huis.ankerfiguur):
        assert als(who).get(reverse("school", args=[huis.school.pk])).status_code == 404
        assert als(who).get(reverse("scholen"), follow=True).status_code == 200
    # An reads back which school it was.
    assert "Sint-Jozefschool (000071)" in Aankondiging.objects.get().zin
    assert "STS-Dialoog wiste een school." in as_log(als, huis)
    assert all_that_is_due(day) == 0


@pytest.mark.django_db(transaction=True)
def test_a_school_with_its_number_that_comes_later_is_a_new_one(huis, today, day):
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today)
    all_that_is_due(day)
    new = School.objects.create(
        clb=huis.clb,
        naam="Sint-Jozefschool",
        instellingsnummer=huis.school.instellingsnummer,
        niveau="so",
        gemeente="Mechelen",
        provincie="antwerpen",
    )

    assert not new.dossiers.exists()
    assert not new.lidmaatschappen.exists()
    assert new.wissen_op is None


@pytest.mark.django_db(transaction=True)
def test_the_nightly_command_does_it_in_one_night(huis, asked, today):
    Dossier.objects.filter(school=asked).update(wissen_op=today)
    School.objects.filter(pk=asked.pk).update(wissen_op=today)
    out = StringIO()

    call_command("ruim_op", stdout=out)

    assert "1 scholen gewist die stopten" in out.getvalue()
    assert not School.objects.filter(pk=asked.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_one_that_is_taken_back_in_the_middle_of_the_night_stays(huis, ander_huis, today, day):
    """`ruim_op` looked which schools are due; then an ankerfiguur kept one after all."""
    schools = {one.school.pk: one.school for one in (huis, ander_huis)}
    for school in schools.values():
        ask_to_leave(school=school, door=huis.ankerfiguur, today=today)
    list(erasing.erase_due(op=day))
    night = erase_schools_due(op=day)
    assert next(night) == 1
    left = School.objects.get()
    stay(school=left, door=huis.ankerfiguur, today=today)

    assert sum(night) == 0
    assert School.objects.get() == left
    assert erased_keys(School) == set(map(str, schools)) - {str(left.pk)}
