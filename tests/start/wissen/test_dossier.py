"""A dossier that somebody wants erased: it waits, its people hear of it, and then it goes."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dossiers.domain import ask_to_erase, reopen_dossier, take_erasure_back
from dossiers.logboek.models import Logregel
from dossiers.models import Dossier
from start.domain import erasing
from start.domain.erasing import erase_due
from start.domain.oefendossier import open_oefendossier
from stsdialoog.wislijst import WACHTTIJD, erased_keys
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek, url
from tests.start.oefendossier.records import fill, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


@pytest.fixture
def day():
    """The day on which what is asked today happens."""
    return timezone.localdate() + WACHTTIJD


@pytest.fixture
def wissen(huis) -> str:
    return reverse("dossier-wissen", args=[huis.dossier.pk])


@pytest.fixture
def asked(huis) -> Dossier:
    ask_to_erase(dossier=huis.dossier, door=huis.ankerfiguur, today=timezone.localdate())
    huis.dossier.refresh_from_db()
    return huis.dossier


def take_back(dossier, door):
    take_erasure_back(dossier=dossier, door=door, today=timezone.localdate())


def test_an_is_told_what_goes_and_asks_it(
    als, huis, wissen, day, mailoutbox, django_capture_on_commit_callbacks
):
    an = als(huis.ankerfiguur)
    assert wissen in an.get(reverse("dossier", args=[huis.dossier.pk])).text
    page = an.get(wissen).text
    assert date_format(day, "j F Y") in page
    assert "ook de gesprekken met ouders" in page

    with django_capture_on_commit_callbacks(execute=True):
        an.post(wissen)

    huis.dossier.refresh_from_db()
    assert (huis.dossier.wissen_op, huis.dossier.is_open) == (day, False)
    # Whoever writes in it hears of it; the board and An herself do not.
    assert sorted(mail.to[0] for mail in mailoutbox) == ["marie@test.be", "tom@test.be"]
    assert all(date_format(day, "j F Y") in mail.body for mail in mailoutbox)
    line = Logregel.objects.get(handeling="dossier-wissen-gevraagd")
    assert (line.door, line.dossier_id) == (huis.ankerfiguur, huis.dossier.pk)


def test_while_it_waits_everybody_reads_and_nobody_writes(als, huis, asked, day):
    tom = als(huis.team)
    for name in ("dossier", "preventieplan", "cijfers"):
        page = tom.get(reverse(name, args=[asked.pk]))
        assert f"wordt op {date_format(day, 'j F Y')} gewist" in page.text, name
    assert tom.post(reverse("cijfers", args=[asked.pk]), {"seen": "0"}).status_code == 403
    school = als(huis.ankerfiguur).get(reverse("school", args=[huis.school.pk])).text
    assert f"wordt gewist op {date_format(day, 'j F Y')}" in school
    assert "Heropen<" not in school


def test_it_cannot_be_opened_again_before_it_is_taken_back(huis, asked):
    reopen_dossier(dossier=asked, door=huis.ankerfiguur)
    assert not Dossier.objects.get(pk=asked.pk).is_open
    with pytest.raises(IntegrityError, match="dossier_wissen_is_afgesloten"), transaction.atomic():
        Dossier.objects.filter(pk=asked.pk).update(afgesloten_op=None)

    take_back(asked, huis.ankerfiguur)
    reopen_dossier(dossier=asked, door=huis.ankerfiguur)

    assert Dossier.objects.get(pk=asked.pk).is_open


def test_another_ankerfiguur_takes_it_back(
    als, huis, asked, wissen, day, mailoutbox, django_capture_on_commit_callbacks
):
    an = als(huis.ankerfiguur)
    assert "Hou het dossier" in an.get(wissen).text
    with django_capture_on_commit_callbacks(execute=True):
        an.post(wissen, {"terug": "1"})

    asked.refresh_from_db()
    assert asked.wissen_op is None
    assert sum(erase_due(op=day)) == 0
    assert all("het blijft" in mail.body for mail in mailoutbox)
    assert len(mailoutbox) == 2
    assert Logregel.objects.filter(handeling="dossier-wissen-terug").count() == 1


def test_asking_twice_changes_nothing(huis, asked, day):
    later = timezone.localdate() + timedelta(days=3)
    ask_to_erase(dossier=asked, door=huis.ankerfiguur, today=later)

    asked.refresh_from_db()
    assert asked.wissen_op == day
    assert Logregel.objects.filter(handeling="dossier-wissen-gevraagd").count() == 1


def test_taking_back_what_nobody_asked_says_nothing(huis):
    take_back(huis.dossier, huis.ankerfiguur)

    assert not Logregel.objects.filter(handeling="dossier-wissen-terug").exists()


def test_an_oefendossier_does_not_wait(huis):
    oefen = open_oefendossier(clb=huis.clb, today=timezone.localdate(), door=huis.ankerfiguur)
    ask_to_erase(dossier=oefen, door=huis.ankerfiguur, today=timezone.localdate())

    assert Dossier.objects.get(pk=oefen.pk).wissen_op is None


@pytest.mark.django_db(transaction=True)
def test_on_its_day_all_of_it_goes_and_nothing_of_another(als, huis, ander_huis, day):
    empty = rows()
    fill(ander_huis.dossier, ander_huis.medewerker)
    other = rows()
    fill(huis.dossier, huis.medewerker)
    assert all(count > other[name] for name, count in rows().items() if other[name] > empty[name])
    ask_to_erase(dossier=huis.dossier, door=huis.ankerfiguur, today=timezone.localdate())

    assert sum(erase_due(op=day - timedelta(days=1))) == 0
    assert sum(erase_due(op=day)) == 1

    # The dossier itself was among what was there before.
    gone = {"dossiers.Dossier": 1}
    assert rows() == {name: count - gone.get(name, 0) for name, count in other.items()}
    assert erased_keys(Dossier) == {str(huis.dossier.pk)}
    assert als(huis.team).get(reverse("dossier", args=[huis.dossier.pk])).status_code == 404
    assert als(huis.team).get(reverse("school", args=[huis.school.pk])).status_code == 200
    # What happened in it stays in the log of the CLB.
    page = als(huis.ankerfiguur).get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "STS-Dialoog wiste dit dossier" in page
    assert Logregel.objects.filter(dossier_id=huis.dossier.pk).count() > 5
    assert sum(erase_due(op=day)) == 0


@pytest.mark.django_db(transaction=True)
def test_the_nightly_command_does_what_is_due(huis, asked):
    Dossier.objects.filter(pk=asked.pk).update(wissen_op=timezone.localdate())
    out = StringIO()

    call_command("ruim_op", stdout=out)

    assert "1 dossiers gewist" in out.getvalue()
    assert not Dossier.objects.filter(pk=asked.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_nights_at_once_and_of_one_taken_back_meanwhile(huis, asked, day):
    """`ruim_op` looked which dossiers are due; then an ankerfiguur kept one after all."""
    found = list(erasing.due_dossiers(day))
    take_back(asked, huis.ankerfiguur)
    for dossier in found:
        erasing.erase_dossier(dossier, among=erasing.due_dossiers(day), door=None)

    assert Dossier.objects.filter(pk=asked.pk).exists()
    assert erased_keys(Dossier) == set()


@pytest.mark.django_db(transaction=True)
def test_an_authors_own_talk_goes_at_once_also_while_the_dossier_waits(als, huis, asked):
    Dossier.objects.filter(pk=asked.pk).update(afgesloten_op=None, wissen_op=None)
    gesprek = make_gesprek(huis)
    ask_to_erase(dossier=asked, door=huis.ankerfiguur, today=timezone.localdate())
    marie = als(huis.medewerker)
    assert marie.get(url(gesprek)).status_code == 200

    marie.get(url(gesprek, "oudergesprek-wissen"))
    marie.post(url(gesprek, "oudergesprek-wissen"))

    assert marie.get(url(gesprek)).status_code == 404
