"""What was erased after a wait does not come back, and what still waited waits anew."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.domain import ask_to_erase, take_erasure_back
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.wissen import ask_to_erase_account, erase_accounts_due
from dossiers.mensen.models import Lidmaatschap, School, User
from dossiers.models import Dossier
from start.domain.erasing import erase_due
from start.domain.vertrek import ask_to_leave, erase_schools_due, stay
from stsdialoog.wislijst import WACHTTIJD
from tests.database import connected_to
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek
from tests.start.kopie.elders import bewaar, zet_terug


def test_a_dossier_and_an_account_that_went_stay_away(huis, ander_huis, oscar, folder, leeg):
    today = timezone.localdate()
    long_ago = today - WACHTTIJD
    kopie = bewaar(folder)
    ask_to_erase(dossier=huis.dossier, door=huis.ankerfiguur, today=long_ago)
    ask_to_erase_account(user=huis.team, door=oscar, today=long_ago)
    assert sum(erase_due(op=today)) == 1
    assert sum(erase_accounts_due(op=today)) == 1

    with connected_to(leeg):
        zet_terug(kopie)

        assert Dossier.objects.get() == ander_huis.dossier
        assert str(User.objects.get(pk=huis.team.pk)) == "Gewist account"
        assert str(User.objects.get(pk=ander_huis.team.pk)) == "Thea"


def test_what_was_taken_back_since_the_backup_is_not_erased(huis, oscar, folder, leeg):
    today = timezone.localdate()
    asked = today - WACHTTIJD + timedelta(days=1)
    talk = make_gesprek(huis)
    ask_to_erase(dossier=huis.dossier, door=huis.ankerfiguur, today=asked)
    ask_to_erase_account(user=huis.team, door=oscar, today=asked)
    Oudergesprek.objects.filter(pk=talk.pk).update(achtergebleven_wissen_op=asked + WACHTTIJD)
    kopie = bewaar(folder)
    take_erasure_back(dossier=huis.dossier, door=huis.ankerfiguur, today=today)

    with connected_to(leeg):
        zet_terug(kopie)

        anew = today + WACHTTIJD
        assert Dossier.objects.get().wissen_op == anew
        assert User.objects.get(pk=huis.team.pk).wissen_op == anew
        assert Oudergesprek.objects.only("pk").get().achtergebleven_wissen_op == anew


@pytest.mark.parametrize("where", ["leeg", "gemigreerd"])
def test_nobody_changes_the_log_of_a_restored_database(huis, kopie, request, where):
    with connected_to(request.getfixturevalue(where)):
        zet_terug(kopie)

        for act in (
            lambda: Logregel.objects.update(soort="iets"),
            lambda: Logregel.objects.all().delete(),
        ):
            with (
                pytest.raises(IntegrityError, match="the log is not changed"),
                transaction.atomic(),
            ):
                act()
        assert Logregel.objects.filter(soort="dossier").exists()


def test_a_school_that_went_stays_away_and_one_that_was_kept_waits_anew(
    huis, ander_huis, folder, leeg
):
    today = timezone.localdate()
    for one in (huis, ander_huis):
        ask_to_leave(school=one.school, door=one.ankerfiguur, today=today - WACHTTIJD)
    kopie = bewaar(folder)
    stay(school=ander_huis.school, door=ander_huis.ankerfiguur, today=today)
    assert sum(erase_due(op=today)) == 1
    assert sum(erase_schools_due(op=today)) == 1

    with connected_to(leeg):
        zet_terug(kopie)

        left = School.objects.get()
        assert (left, left.wissen_op) == (ander_huis.school, today + WACHTTIJD)
        assert Dossier.objects.get().wissen_op == today + WACHTTIJD
        assert not Lidmaatschap.objects.filter(user=huis.team).exists()
