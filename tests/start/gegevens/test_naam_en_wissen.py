"""Tom corrects his name, and lets his account go: both from his own page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.oudergesprekken import share
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import give_rol
from dossiers.mensen.domain.organisaties import change_school
from dossiers.mensen.models import Aankondiging, Lidmaatschap, Rol, User
from stsdialoog.wislijst import WACHTTIJD
from tests.conftest import make_user
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek
from tests.dossiers.mensen.logging_in import is_logged_in
from tests.start.gegevens.proven import proven

pytestmark = pytest.mark.django_db

NAAM, WISSEN = reverse("mijn-gegevens-naam"), reverse("mijn-gegevens-wissen")
ALLES = reverse("mijn-gegevens-alles")


def test_he_corrects_his_name_and_the_ankerfiguur_hears_of_it(
    als, huis, mailoutbox, django_capture_on_commit_callbacks
):
    tom = als(huis.team)
    page = tom.get(NAAM)
    with django_capture_on_commit_callbacks(execute=True):
        said = tom.post(NAAM, {"naam": " Tom  Peeters ", "seen": seen_in(page)}, follow=True)

    assert "Je heet hier nu Tom Peeters." in said.text
    huis.team.refresh_from_db()
    assert (huis.team.naam, "peeters" in huis.team.zoeksleutel) == ("Tom Peeters", True)
    assert [mail.to for mail in mailoutbox] == [["an@test.be"]]
    assert "Tom (tom@test.be)" in Aankondiging.objects.get().zin
    log = als(huis.ankerfiguur).get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "Tom Peeters wijzigde de eigen naam." in log


def seen_in(page) -> str:
    return page.context["form"].initial["seen"]


def test_the_same_name_again_says_nothing(als, huis):
    tom = als(huis.team)
    tom.post(NAAM, {"naam": "Tom", "seen": seen_in(tom.get(NAAM))})

    assert not Logregel.objects.filter(handeling="naam-gewijzigd").exists()


def test_a_name_that_somebody_else_gave_meanwhile_is_shown_first(als, huis):
    tom = als(huis.team)
    seen = seen_in(tom.get(NAAM))
    User.objects.filter(pk=huis.team.pk).update(naam="Tom P.")

    conflict = tom.post(NAAM, {"naam": "Thomas", "seen": seen})
    assert conflict.status_code == 409
    assert "Nu staat er: Tom P." in conflict.text
    assert 'value="Thomas"' in conflict.text
    tom.post(NAAM, {"naam": "Thomas", "seen": conflict.context["form"].data["seen"]})

    huis.team.refresh_from_db()
    assert huis.team.naam == "Thomas"


@pytest.mark.parametrize("naam", ["", " ", "123", "a" * 121])
def test_what_is_no_name_stays_in_the_form(als, huis, naam):
    tom = als(huis.team)
    response = tom.post(NAAM, {"naam": naam, "seen": seen_in(tom.get(NAAM))})

    assert response.status_code == 200
    assert response.context["form"].errors
    huis.team.refresh_from_db()
    assert huis.team.naam == "Tom"


def test_he_lets_his_account_go(huis, mailoutbox, django_capture_on_commit_callbacks):
    tom = proven(huis.team)
    assert "Wis mijn account over 30 dagen" in tom.get(WISSEN).text
    with django_capture_on_commit_callbacks(execute=True):
        said = tom.post(WISSEN, follow=True)

    assert "Je account staat uit en wordt gewist." in said.text
    assert not is_logged_in(tom)
    huis.team.refresh_from_db()
    assert huis.team.wissen_op == timezone.localdate() + WACHTTIJD
    bodies = {mail.to[0]: mail.body for mail in mailoutbox}
    assert bodies["tom@test.be"].startswith("Dag,\n\nJe vroeg om je account")
    assert "Tom (tom@test.be) vroeg om het account van Tom" in bodies["an@test.be"]
    line = Logregel.objects.get(handeling="account-wissen-gevraagd")
    assert (line.door, line.record_id) == (huis.team, str(huis.team.pk))


def test_a_second_click_changes_nothing(huis):
    tom, other = proven(huis.team), proven(huis.team)
    tom.post(WISSEN)
    User.objects.filter(pk=huis.team.pk).update(wissen_op=timezone.localdate() + timedelta(days=9))

    assert other.post(WISSEN).status_code == 403
    huis.team.refresh_from_db()
    assert huis.team.wissen_op == timezone.localdate() + timedelta(days=9)


def test_she_is_told_what_she_leaves_behind(huis):
    talk, _ = make_gesprek(huis, "A"), make_gesprek(huis, "B")
    page = proven(huis.medewerker).get(WISSEN).text
    assert "2 gesprekken met ouders kan alleen jij openen" in page
    assert "enige ankerfiguur" not in page
    share(oudergesprek=talk, met=huis.ankerfiguur, door=huis.medewerker)
    assert "1 gesprek met ouders kan alleen jij openen" in proven(huis.medewerker).get(WISSEN).text
    of_an = proven(huis.ankerfiguur).get(WISSEN).text
    assert "enige ankerfiguur van CLB Ten Berg" in of_an
    assert reverse("clb-ankerfiguren", args=[huis.clb.pk]) in of_an

    tweede = make_user("Tweede")
    today = timezone.localdate()
    rol = Lidmaatschap.objects.create(user=tweede, clb=huis.clb, rol=Rol.ANKERFIGUUR)
    assert "enige ankerfiguur" not in proven(huis.ankerfiguur).get(WISSEN).text
    # Who stands in, or stood in until yesterday, is no successor.
    for day in (today + timedelta(days=9), today - timedelta(days=1)):
        Lidmaatschap.objects.filter(pk=rol.pk).update(eindigt_op=day)
        assert "enige ankerfiguur" in proven(huis.ankerfiguur).get(WISSEN).text


def test_a_talk_that_was_shared_with_who_is_gone_is_hers_alone_again(huis):
    karim = make_user("Karim")
    rol = Lidmaatschap.objects.create(user=karim, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    share(oudergesprek=make_gesprek(huis, "A"), met=karim, door=huis.medewerker)
    alleen = "1 gesprek met ouders kan alleen jij openen"
    assert alleen not in proven(huis.medewerker).get(WISSEN).text

    Lidmaatschap.objects.filter(pk=rol.pk).update(eindigt_op=timezone.localdate() - timedelta(1))
    assert alleen in proven(huis.medewerker).get(WISSEN).text


def test_a_talk_that_stayed_when_the_school_went_is_hers_too(huis, ander_huis):
    """As long as she works for the CLB that held it."""
    make_gesprek(huis, "A")
    change_clb_of(huis.school, ander_huis)
    alleen = "1 gesprek met ouders kan alleen jij openen"
    assert alleen not in proven(huis.medewerker).get(WISSEN).text
    Lidmaatschap.objects.create(user=huis.medewerker, clb=huis.clb, rol=Rol.ANKERFIGUUR)

    assert alleen in proven(huis.medewerker).get(WISSEN).text
    delen = {one.deel.naam: one for one in proven(huis.medewerker).get(ALLES).context["delen"]}
    assert len(delen["gesprekken-met-ouders"].rijen) == 1
    # With a role for the other CLB she cannot open it, though she began it in that school.
    Lidmaatschap.objects.filter(user=huis.medewerker, clb=huis.clb).delete()
    give_rol(user=huis.medewerker, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    assert alleen not in proven(huis.medewerker).get(WISSEN).text


def change_clb_of(school, ander_huis) -> None:
    school.clb = ander_huis.clb
    change_school(school=school, door=make_user("STS"))
