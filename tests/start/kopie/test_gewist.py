"""What was erased after the backup was made does not come back with it."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.oudergesprekken import release_text
from dialoogfiches.oudergesprekken.domain.retention import erase, purge, withdraw_vrijgave
from dialoogfiches.oudergesprekken.models import Oudergesprek, Oudergesprekrevisie, Vrijgave
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import Rol, Uitnodiging
from dossiers.praktijken.domain.delen import withdraw_praktijk
from dossiers.praktijken.models import Praktijk
from dossiers.reacties.domain.redenen import erase_reden
from dossiers.reacties.models import Reactie
from tests.database import connected_to
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, write
from tests.dossiers.praktijken.praktijken import of_huis
from tests.start.kopie.elders import bewaar, zet_terug


@pytest.fixture
def marie(als, huis):
    return als(huis.medewerker)


def released(marie, huis, talk, tekst: str) -> Vrijgave:
    revisie = Oudergesprek.objects.get(pk=talk.pk).school_mag_weten_revisie
    write(marie, talk, f"{DIT}-school_mag_weten", tekst, revisie)
    return release_text(oudergesprek=talk, revisie=revisie + 1, door=huis.medewerker)


def test_nothing_that_was_erased_comes_back(huis, marie, folder, leeg, wislijst):
    today = timezone.localdate()
    by_hand, sooner, due, stays = (make_gesprek(huis, naam) for naam in ("A", "B", "C", "D"))
    withdrawn, shown, expired = (released(marie, huis, stays, naam) for naam in ("E", "F", "G"))
    Vrijgave.objects.filter(pk=expired.pk).update(wissen_op=today)
    Oudergesprek.objects.filter(pk=due.pk).update(wissen_op=today)
    kopie = bewaar(folder)
    erase(oudergesprek=by_hand, door=huis.medewerker)
    # In the backup its day has yet to come.
    Oudergesprek.objects.filter(pk=sooner.pk).update(wissen_op=today - timedelta(days=1))
    assert sum(purge(op=today - timedelta(days=1))) == 1
    withdraw_vrijgave(vrijgave=withdrawn, door=huis.medewerker)
    remembered = wislijst.read_text()
    # These two were still there; the backup is restored on their day.
    assert Oudergesprek.objects.filter(pk=due.pk).exists()
    assert Vrijgave.objects.filter(pk=expired.pk).exists()

    with connected_to(leeg):
        said = zet_terug(kopie)

        assert "3 gesprekken met ouders en 2 vrijgegeven teksten" in said
        assert "wislijst" not in said
        assert Oudergesprek.objects.get().pk == stays.pk
        assert set(Oudergesprekrevisie.objects.values_list("record", flat=True)) == {stays.pk}
        assert {one.pk: one.tekst for one in Vrijgave.objects.all()} == {
            withdrawn.pk: "",
            shown.pk: "F",
        }
        logged = Logregel.objects.filter(handeling="oudergesprek-gewist", door=None)
        assert set(logged.values_list("record_id", flat=True)) == {
            str(talk.pk) for talk in (by_hand, sooner, due)
        }
        call_command("ruim_op", verbosity=0)
        assert Oudergesprek.objects.exists()

    # A restore to try it out takes nothing away from the database that goes on.
    assert wislijst.read_text() == remembered


def test_what_had_its_time_since_the_backup_does_not_come_back(huis, folder, leeg):
    """What only has a term is in no list: its day says it, before anybody sees the restore."""
    now = timezone.now()
    for naam in ("oud", "nieuw"):
        invite(school=huis.school, email=f"{naam}@test.be", rol=Rol.LEZER, door=huis.ankerfiguur)
    Uitnodiging.objects.filter(email="oud@test.be").update(
        gemaakt_op=now - timedelta(days=60), vervalt_op=now - timedelta(days=40)
    )
    kopie = bewaar(folder)

    with connected_to(leeg):
        zet_terug(kopie)

        assert Uitnodiging.objects.get().email == "nieuw@test.be"


def test_an_erasure_of_before_the_backup_changes_nothing(huis, folder, leeg):
    erase(oudergesprek=make_gesprek(huis, "A"), door=huis.medewerker)
    stays = make_gesprek(huis, "B")
    kopie = bewaar(folder)

    with connected_to(leeg):
        assert "0 gesprekken met ouders en 0 vrijgegeven teksten" in zet_terug(kopie)
        assert Oudergesprek.objects.get().pk == stays.pk


def test_without_the_list_it_says_what_may_have_come_back(huis, folder, leeg, wislijst):
    talk = make_gesprek(huis)
    kopie = bewaar(folder)
    erase(oudergesprek=talk, door=huis.medewerker)
    wislijst.unlink()

    with connected_to(leeg):
        said = zet_terug(kopie)

        assert f"er is geen wislijst ({wislijst})" in said
        assert Oudergesprek.objects.exists()


def test_what_a_team_took_back_since_the_backup_stays_gone(huis, folder, leeg):
    """With what other schools did with it, but for their own actions."""
    taken, stays = of_huis(huis, wat="Ingetrokken"), of_huis(huis, wat="Gebleven")
    kopie = bewaar(folder)
    withdraw_praktijk(praktijk=taken, door=huis.team)

    with connected_to(leeg):
        zet_terug(kopie)

        assert Praktijk.objects.get().pk == stays.pk


@pytest.mark.parametrize("maand", [date(2026, 10, 1), None])
def test_a_reason_that_was_erased_since_the_backup_stays_erased(huis, folder, leeg, maand):
    """Also in a backup of before it was told."""
    named, stays = (
        Reactie.objects.create(
            verwijzing="preventieplan/f0-1-v01", werkt=False, omdat=omdat, maand=maand
        )
        for omdat in ("De papa van Noor", "Te lang")
    )
    kopie = bewaar(folder)
    Reactie.objects.filter(pk=named.pk).update(maand=date(2026, 10, 1))
    assert erase_reden(reactie=named, door=huis.team)

    with connected_to(leeg):
        zet_terug(kopie)

        assert {one.pk: one.omdat for one in Reactie.objects.all()} == {
            named.pk: "",
            stays.pk: "Te lang",
        }
