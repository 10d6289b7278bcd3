"""Everything of a parents' talk that is erased for good is remembered outside the database."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain import retention
from dialoogfiches.oudergesprekken.domain.oudergesprekken import release_text
from dialoogfiches.oudergesprekken.domain.retention import (
    erase,
    purge,
    purge_vrijgaven,
    settle_erasures,
)
from dialoogfiches.oudergesprekken.models import Oudergesprek, Vrijgave
from stsdialoog.wislijst import erased_keys, name_of, unsettled
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    return tmp_path / "wislijst.jsonl"


@pytest.fixture
def talk(huis):
    return make_gesprek(huis)


@pytest.fixture
def vrijgave(als, huis, talk):
    write(als(huis.medewerker), talk, f"{DIT}-school_mag_weten", "De bus is vaak te laat.")
    return release_text(oudergesprek=talk, revisie=1, door=huis.medewerker)


def test_a_talk_that_its_author_deletes(als, huis, talk, file):
    als(huis.medewerker).post(url(talk, "oudergesprek-wissen"))

    assert erased_keys(Oudergesprek) == {str(talk.pk)}
    assert "Kolibrie" not in file.read_text()


def test_a_talk_whose_day_has_come_and_no_other(huis, talk):
    other = make_gesprek(huis, "Ster")
    today = timezone.localdate()
    Oudergesprek.objects.filter(pk=talk.pk).update(wissen_op=today)
    Oudergesprek.objects.filter(pk=other.pk).update(wissen_op=today + timedelta(days=1))

    sum(purge(op=today))

    assert erased_keys(Oudergesprek) == {str(talk.pk)}


def test_a_talk_whose_author_chose_a_later_day_meanwhile_is_not_remembered(talk):
    today = timezone.localdate()

    assert not retention._erase(
        talk, door=None, among=Oudergesprek.objects.filter(wissen_op__lte=today)
    )

    assert erased_keys(Oudergesprek) == set()
    assert unsettled() == []


def test_a_text_that_is_withdrawn(als, huis, vrijgave, file):
    marie = als(huis.medewerker)
    intrekken = reverse("vrijgave-intrekken", args=[vrijgave.pk])
    marie.get(intrekken)
    marie.post(intrekken)
    assert Vrijgave.objects.get().tekst == ""

    assert erased_keys(Vrijgave) == {str(vrijgave.pk)}
    assert "bus" not in file.read_text()


def test_a_text_whose_day_has_come(vrijgave):
    sum(purge_vrijgaven(op=vrijgave.wissen_op - timedelta(days=1)))
    assert erased_keys(Vrijgave) == set()

    sum(purge_vrijgaven(op=vrijgave.wissen_op))
    assert erased_keys(Vrijgave) == {str(vrijgave.pk)}


def test_what_cannot_be_remembered_stays_and_the_page_says_so(
    als, huis, talk, vrijgave, settings, tmp_path
):
    settings.WISLIJST = str(tmp_path / "geen map" / "wislijst.jsonl")
    marie = als(huis.medewerker)
    for address in (
        url(talk, "oudergesprek-wissen"),
        reverse("vrijgave-intrekken", args=[vrijgave.pk]),
    ):
        response = marie.post(address)

        assert response.status_code == 503
        assert "Er is niets gewist" in response.text
    Oudergesprek.objects.update(wissen_op=timezone.localdate())
    with pytest.raises(CommandError, match="Niet alles is gewist") as told:
        call_command("ruim_op")

    assert "\n" not in str(told.value)
    assert Oudergesprek.objects.exists()
    assert Vrijgave.objects.get().tekst == "De bus is vaak te laat."


class KilledError(BaseException):
    pass


def killed_at_commit(*args, **kwargs):
    raise KilledError


def test_the_night_finds_out_how_it_ended_when_a_process_was_killed(
    huis, talk, vrijgave, monkeypatch
):
    """Between the announcement and the settlement: one had been committed, three had not."""
    committed, stays = make_gesprek(huis, "Ster"), make_gesprek(huis, "Maan")
    for one in (committed, stays, talk):
        with monkeypatch.context() as patch:
            patch.setattr(retention, "_delete_talk", killed_at_commit)
            with pytest.raises(KilledError):
                erase(oudergesprek=one, door=huis.medewerker)
    with monkeypatch.context() as patch:
        patch.setattr(retention, "_withdraw", killed_at_commit)
        with pytest.raises(KilledError):
            retention.withdraw_vrijgave(vrijgave=vrijgave, door=huis.medewerker)
    Oudergesprek.objects.filter(pk=committed.pk).delete()
    assert set(unsettled()) == {
        *(name_of(Oudergesprek, one.pk) for one in (committed, stays, talk)),
        name_of(Vrijgave, vrijgave.pk),
    }

    call_command("ruim_op", verbosity=0)

    assert unsettled() == []
    assert erased_keys(Oudergesprek) == {str(committed.pk)}
    assert erased_keys(Vrijgave) == set()
    assert Oudergesprek.objects.count() == 2


def test_a_withdrawn_text_is_settled_as_erased(huis, vrijgave, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(retention, "_withdraw", killed_at_commit)
        with pytest.raises(KilledError):
            retention.withdraw_vrijgave(vrijgave=vrijgave, door=huis.medewerker)
    Vrijgave.objects.update(tekst="", ingetrokken_op=timezone.now())

    settle_erasures()

    assert erased_keys(Vrijgave) == {str(vrijgave.pk)}
    assert unsettled() == []
