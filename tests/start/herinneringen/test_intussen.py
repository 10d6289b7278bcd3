"""Between claim and sending of a mail an account is erased, a role ends, a school leaves."""

from datetime import date

import pytest
from django.utils import timezone

from dossiers.mensen.domain.wissen import erase_accounts_due
from dossiers.mensen.models import Lidmaatschap, User
from dossiers.models import Dossier
from start.domain.erasing import erase_dossier
from start.domain.vertrek import ask_to_leave, erase_schools_due
from start.herinneringen.domain import versturen
from start.herinneringen.models import Bericht
from stsdialoog.wislijst import WACHTTIJD
from tests.preventieplan.bestuur.vast import keep
from tests.start.herinneringen.test_bestuur import answered

pytestmark = pytest.mark.django_db

LATE = date(2026, 12, 17)


def is_erased(huis):
    User.objects.filter(pk=huis.team.pk).update(is_active=False, wissen_op=LATE)
    assert sum(erase_accounts_due(op=LATE)) == 1


def has_no_role_any_more(huis):
    Lidmaatschap.objects.filter(user=huis.team).update(actief_tot=timezone.now())


def school_leaves(huis):
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=LATE)
    erase_dossier(huis.dossier, among=Dossier.objects.all(), door=None)
    assert sum(erase_schools_due(op=LATE + WACHTTIJD)) == 1


def is_turned_off(huis):
    User.objects.filter(pk=huis.team.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("meanwhile", "also_of_the_board"),
    [
        (is_erased, True),
        (is_turned_off, True),
        (has_no_role_any_more, True),
        (school_leaves, False),
    ],
)
def test_the_mail_does_not_leave_and_is_forgotten(
    huis, check, mailoutbox, settings, tmp_path, meanwhile, also_of_the_board
):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    if also_of_the_board:
        answered(keep(huis.dossier, door=huis.team, vragen=["Twee lesuren?"]), huis.team)
    ((_, told),) = versturen._in_steps(LATE)
    claimed = versturen._claim(huis.team.pk, LATE, told[huis.team.pk])
    assert claimed

    meanwhile(huis)

    assert versturen._deliver(claimed, LATE) is False
    assert [one for one in mailoutbox if "Voor jou" in one.subject] == []
    assert not Bericht.objects.exists()
