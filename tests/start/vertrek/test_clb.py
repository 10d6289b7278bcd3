"""CLB Ten Berg stops: An asks it, the STS-team confirms, its schools go, and then the CLB."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.briefhoofd.models import Briefhoofd
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import announce, concerned
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf, add_ankerfiguur
from dossiers.mensen.domain.organisaties import change_school
from dossiers.mensen.domain.verhuizen import offer_school, stop
from dossiers.mensen.models import (
    CLB,
    Aankondiging,
    Bevestigingsmail,
    Lidmaatschap,
    Rol,
    School,
    User,
    Verhuis,
    Vertrek,
)
from dossiers.models import Dossier, GeleegdDossier
from dossiers.sociale_kaart.models import Voorziening
from start.domain import erasing, vertrek
from start.domain.oefendossier import empty_oefendossier, open_oefendossier
from start.domain.vertrek_clb import (
    VertrekGesloten,
    ask_to_leave,
    confirm,
    due_clbs,
    erase_clbs_due,
    stay,
)
from stsdialoog.wislijst import WACHTTIJD, erased_keys, unsettled
from tests.conftest import make_user
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
    return today + WACHTTIJD


@pytest.fixture
def sofie(db) -> User:
    """Of the STS-team, who manages organisations."""
    sofie = make_user("Sofie")
    sofie.is_staff = sofie.beheert_organisaties = True
    sofie.save()
    return sofie


@pytest.fixture
def stopt(huis) -> str:
    return reverse("clb-stopt", args=[huis.clb.pk])


@pytest.fixture
def asked(huis) -> Vertrek:
    ask_to_leave(clb=huis.clb, door=huis.ankerfiguur)
    return Vertrek.objects.get()


@pytest.fixture
def confirmed(huis, asked, sofie, today) -> Vertrek:
    confirm(vertrek=asked, door=sofie, today=today)
    asked.refresh_from_db()
    return asked


def night(op: date) -> int:
    """What `ruim_op` does, in its order; returns how many CLB's went."""
    list(erasing.erase_due(op=op))
    list(vertrek.erase_schools_due(op=op))
    return sum(erase_clbs_due(op=op))


def choose(als, sofie, asked):
    """Sofie ticks it in the list of beheer."""
    lijst = reverse("admin:mensen_vertrek_changelist")
    return als(sofie).post(
        lijst, {"action": "confirm", "_selected_action": [asked.pk]}, follow=True
    )


def test_an_asks_it_and_nothing_changes_yet(
    als, huis, stopt, sofie, mailoutbox, django_capture_on_commit_callbacks
):
    an = als(huis.ankerfiguur)
    assert stopt in an.get(reverse("clb", args=[huis.clb.pk])).text
    page = an.get(stopt).text
    assert reverse("uitvoer", args=[huis.dossier.pk]) in page
    with django_capture_on_commit_callbacks(execute=True):
        an.post(stopt)
        an.post(stopt)

    assert "Nu is het aan het STS-team" in an.get(stopt).text
    assert "wacht op het STS-team" in an.get(reverse("clb", args=[huis.clb.pk])).text
    assert School.objects.get().wissen_op is None
    assert Dossier.objects.get().is_open
    assert [mail.to[0] for mail in mailoutbox] == ["sofie@test.be"]
    assert reverse("admin:mensen_vertrek_changelist") in mailoutbox[0].body
    assert Logregel.objects.filter(handeling="clb-wissen-gevraagd").count() == 1


def test_the_sts_team_confirms_it_and_everybody_hears_it_once(
    als, huis, asked, sofie, day, mailoutbox, django_capture_on_commit_callbacks
):
    second = School.objects.create(
        clb=huis.clb,
        naam="Lindeschool",
        instellingsnummer="000777",
        niveau="bao",
        gemeente="Mechelen",
        provincie="antwerpen",
    )
    Lidmaatschap.objects.create(user=huis.medewerker, school=second, rol=Rol.CLB_MEDEWERKER)
    with django_capture_on_commit_callbacks(execute=True):
        page = choose(als, sofie, asked)

    assert "Wie er een rol heeft, kreeg een mail" in page.text
    assert set(School.objects.values_list("wissen_op", flat=True)) == {day}
    assert Dossier.objects.get().wissen_op == day
    assert Vertrek.objects.get().wissen_op == day
    told = ["an@test.be", "lies@test.be", "marie@test.be", "tom@test.be"]
    assert sorted(mail.to[0] for mail in mailoutbox) == told
    assert all(date_format(day, "j F Y") in mail.body for mail in mailoutbox)
    an = als(huis.ankerfiguur)
    assert "wordt gewist op" in an.get(reverse("clb", args=[huis.clb.pk])).text
    log = an.get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "Sofie bevestigde dat dit CLB gewist wordt." in log


def test_it_takes_two_sides(als, huis, asked, sofie, today):
    """Whoever asked it, or leads the CLB as well, does not confirm it."""
    User.objects.filter(pk=huis.ankerfiguur.pk).update(is_staff=True, beheert_organisaties=True)
    add_ankerfiguur(user=sofie, clb=huis.clb, door=make_user("Bea"))
    for who in (huis.ankerfiguur, sofie):
        with pytest.raises(NietVoorJezelf):
            confirm(vertrek=asked, door=who, today=today)
    assert "bevestigt dit niet zelf" in choose(als, sofie, asked).text
    with pytest.raises(IntegrityError, match="vertrek_door_twee"), transaction.atomic():
        Vertrek.objects.update(bevestigd_door=huis.ankerfiguur, wissen_op=today)

    assert School.objects.get().wissen_op is None


def test_what_was_taken_back_is_not_confirmed(als, huis, asked, sofie, stopt, today):
    als(huis.ankerfiguur).post(stopt, {"terug": "1"})

    with pytest.raises(VertrekGesloten):
        confirm(vertrek=asked, door=sofie, today=today)
    assert not Vertrek.objects.exists()


def test_it_is_confirmed_once(als, confirmed, sofie, today):
    assert "al bevestigd of ingetrokken" in choose(als, sofie, confirmed).text
    assert Logregel.objects.filter(handeling="clb-wissen-bevestigd").count() == 1


def test_one_click_takes_all_of_it_back(
    als, huis, confirmed, stopt, sofie, day, mailoutbox, django_capture_on_commit_callbacks
):
    an = als(huis.ankerfiguur)
    assert "Hou het CLB" in an.get(stopt).text
    with django_capture_on_commit_callbacks(execute=True):
        an.post(stopt, {"terug": "1"})
        an.post(stopt, {"terug": "1"})

    assert not Vertrek.objects.exists()
    assert School.objects.get().wissen_op is None
    assert Dossier.objects.get().wissen_op is None
    told = ["lies@test.be", "marie@test.be", "sofie@test.be", "tom@test.be"]
    assert sorted(mail.to[0] for mail in mailoutbox) == told
    assert night(day) == 0
    assert Logregel.objects.filter(handeling="clb-wissen-terug").count() == 1


def hang_on(huis, ander_huis) -> None:
    """All that can hang on a CLB besides its schools."""
    practice = open_oefendossier(clb=huis.clb, today=timezone.localdate(), door=huis.ankerfiguur)
    empty_oefendossier(dossier=practice, door=huis.ankerfiguur)
    Briefhoofd.objects.create(clb=huis.clb, naam="Ten Berg")
    Voorziening.objects.create(clb=huis.clb, naam="Het huisje", nagekeken=timezone.localdate())
    Bevestigingsmail.objects.create(
        clb=huis.clb, jaar=2026, nummer=1, user=huis.ankerfiguur, geclaimd_op=timezone.now()
    )
    verhuis = offer_school(school=ander_huis.school, naar=huis.clb, door=ander_huis.ankerfiguur)
    stop(verhuis=verhuis, door=ander_huis.ankerfiguur)
    announce(
        regel=Logregel.objects.latest("pk"),
        betrokken=concerned([huis.clb]),
        school="x",
        naar="x",
        van="x",
    )


@pytest.mark.django_db(transaction=True)
def test_on_its_day_all_of_it_goes_and_nothing_of_another(als, huis, ander_huis, sofie, today, day):
    make_gesprek(huis)
    hang_on(huis, ander_huis)
    ask_to_leave(clb=huis.clb, door=huis.ankerfiguur)
    confirm(vertrek=Vertrek.objects.get(), door=sofie, today=today)

    assert night(day - timedelta(days=1)) == 0
    assert night(day) == 1

    assert CLB.objects.get() == ander_huis.clb
    assert School.objects.get() == ander_huis.school
    assert Dossier.objects.get() == ander_huis.dossier
    gone = (Oudergesprek, GeleegdDossier, Briefhoofd, Voorziening, Bevestigingsmail, Verhuis)
    for model in (*gone, Vertrek):
        assert not model.objects.exists(), model
    assert not Aankondiging.objects.filter(clb=huis.clb.pk).exists()
    assert {lid.user for lid in Lidmaatschap.objects.all()} == set(ander_huis.people.values())
    assert erased_keys(CLB) == {str(huis.clb.pk)}
    assert unsettled() == []
    an = als(huis.ankerfiguur)
    assert an.get(reverse("clb", args=[huis.clb.pk])).status_code == 404
    assert an.get(reverse("scholen"), follow=True).status_code == 200
    assert Logregel.objects.filter(clb_id=huis.clb.pk, handeling="clb-gewist").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_school_that_moved_first_stays_and_the_talks_that_it_left_go(
    huis, ander_huis, sofie, today, day
):
    """The talk was held by CLB Ten Berg: on the day that goes, nobody could open it any more."""
    gesprek = make_gesprek(huis)
    own_day = day + timedelta(days=100)
    Oudergesprek.objects.filter(pk=gesprek.pk).update(wissen_op=own_day)
    huis.school.clb = ander_huis.clb
    change_school(school=huis.school, door=sofie)
    ask_to_leave(clb=huis.clb, door=huis.ankerfiguur)
    confirm(vertrek=Vertrek.objects.get(), door=sofie, today=today)

    assert Oudergesprek.objects.filter(pk=gesprek.pk).exists()
    assert night(day) == 1

    assert not Oudergesprek.objects.exists()
    assert set(School.objects.all()) == {huis.school, ander_huis.school}
    assert erased_keys(Oudergesprek) == {str(gesprek.pk)}


@pytest.mark.django_db(transaction=True)
def test_as_long_as_it_has_a_school_it_stays(huis, confirmed, today, day):
    vertrek.stay(school=huis.school, door=huis.ankerfiguur, today=today)

    assert night(day) == 0

    assert CLB.objects.filter(pk=huis.clb.pk).exists()
    assert not due_clbs(day).exists()


@pytest.mark.django_db(transaction=True)
def test_one_that_is_taken_back_in_the_middle_of_the_night_keeps_its_talks(
    huis, ander_huis, sofie, today, day
):
    """`ruim_op` looked which CLB's are due; then one of them stayed. Its schools had moved before,
    the talks that it held had not."""
    new = CLB.objects.create(naam="CLB De Brug", instellingsnummer="000555")
    for one in (huis, ander_huis):
        make_gesprek(one)
        open_oefendossier(clb=one.clb, today=today, door=one.ankerfiguur)
        one.school.clb = new
        change_school(school=one.school, door=sofie)
        ask_to_leave(clb=one.clb, door=one.ankerfiguur)
        confirm(vertrek=Vertrek.objects.get(clb=one.clb), door=sofie, today=today)
    night = erase_clbs_due(op=day)
    assert next(night) == 1
    left = Vertrek.objects.get().clb
    stay(clb=left, door=sofie, today=today)

    assert sum(night) == 0
    assert Oudergesprek.objects.get().clb == left
    assert Dossier.objects.get(school__oefen=True).school.clb == left
    assert str(left.pk) not in erased_keys(CLB)


def test_taking_back_what_nobody_asked_says_nothing(huis, today):
    stay(clb=huis.clb, door=huis.ankerfiguur, today=today)

    assert not Logregel.objects.filter(handeling="clb-wissen-terug").exists()
