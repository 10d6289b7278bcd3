"""Sint-Jozef goes to CLB De Brug: Marie's talk with parents stays with CLB Ten Berg."""

from uuid import uuid4

import pytest
from django.urls import reverse

from dialoogfiches.oudergesprekken.domain.oudergesprekken import share, start_oudergesprek
from dialoogfiches.oudergesprekken.domain.retention import purge
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dialoogfiches.oudergesprekken.queries import talks_left_behind
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import give_rol
from dossiers.mensen.domain.organisaties import change_school
from dossiers.mensen.models import Lidmaatschap, Rol, School, User
from dossiers.models import Dossier
from tests.conftest import make_user
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def gesprek(huis) -> Oudergesprek:
    return make_gesprek(huis)


@pytest.fixture
def karim(huis) -> User:
    """Karim, who also follows Sint-Jozef for the CLB."""
    karim = make_user("Karim")
    give_rol(user=karim, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    return karim


@pytest.fixture
def lijst(huis) -> str:
    return reverse("oudergesprekken", args=[huis.dossier.pk])


def status(als, user, gesprek) -> int:
    return als(user).get(url(gesprek)).status_code


def moves(huis, ander_huis) -> None:
    """Sint-Jozef goes to CLB De Brug."""
    huis.school.clb = ander_huis.clb
    change_school(school=huis.school, door=huis.ankerfiguur)


def works_elsewhere(user, huis) -> None:
    """Another school of the same CLB."""
    andere = School.objects.create(
        clb=huis.clb,
        naam="Lindeschool",
        instellingsnummer="000777",
        niveau="bao",
        gemeente="Mechelen",
        provincie="antwerpen",
    )
    Lidmaatschap.objects.create(user=user, school=andere, rol=Rol.CLB_MEDEWERKER)


def test_a_school_that_goes_to_another_clb_leaves_its_talks_behind(
    als, huis, ander_huis, gesprek, karim, lijst
):
    works_elsewhere(huis.medewerker, huis)
    share(oudergesprek=gesprek, met=karim, door=huis.medewerker)
    share(oudergesprek=gesprek, met=huis.ankerfiguur, door=huis.medewerker)
    moves(huis, ander_huis)
    give_rol(user=ander_huis.medewerker, school=huis.school, rol=Rol.CLB_MEDEWERKER)

    # Karim worked for this school alone; An and Marie work for the CLB.
    assert [
        status(als, user, gesprek)
        for user in (huis.medewerker, huis.ankerfiguur, karim, ander_huis.ankerfiguur)
    ] == [200, 200, 404, 404]
    for user in (ander_huis.ankerfiguur, ander_huis.medewerker):
        assert url(gesprek) not in als(user).get(lijst).text
        assert url(gesprek) not in als(user).get(reverse("oudergesprekken-gebleven")).text
    marie = als(huis.medewerker)
    assert url(gesprek) in marie.get(reverse("oudergesprekken-gebleven")).text
    assert "Kolibrie" in marie.get(url(gesprek)).text
    assert marie.get(lijst).status_code == 404
    assert als(huis.team).get(url(gesprek)).status_code == 404


def test_in_a_talk_that_stayed_nothing_is_written_or_released(als, huis, ander_huis, gesprek):
    works_elsewhere(huis.medewerker, huis)
    moves(huis, ander_huis)
    marie = als(huis.medewerker)

    assert (
        "school is nu bij een ander CLB" in marie.get(url(gesprek, "oudergesprek-vrijgeven")).text
    )
    assert write(marie, gesprek, f"{DIT}-focus_nu", "samen naar de bus").status_code == 403
    assert marie.get(url(gesprek, "oudergesprek-delen")).status_code == 200
    assert marie.post(url(gesprek, "oudergesprek-wissen"), follow=True).status_code == 200
    assert not Oudergesprek.objects.exists()
    # The other CLB does not hear that there was one.
    line = Logregel.objects.get(handeling="oudergesprek-gewist")
    assert line.clb_id == huis.clb.pk


def test_who_works_in_the_team_by_then_has_no_talk_any_more(als, huis, ander_huis, gesprek):
    works_elsewhere(huis.medewerker, huis)
    moves(huis, ander_huis)
    give_rol(user=huis.medewerker, school=huis.school, rol=Rol.SCHOOLTEAM)

    assert status(als, huis.medewerker, gesprek) == 404


def test_what_stayed_is_not_left_behind_for_the_other_clb(als, huis, ander_huis, gesprek):
    """Nobody at CLB De Brug has it erased: it goes on its own day."""
    moves(huis, ander_huis)

    dossier = Dossier.objects.select_related("school").get(pk=huis.dossier.pk)
    assert talks_left_behind(dossier) is None
    assert sum(purge(op=gesprek.wissen_op)) == 1


def test_a_talk_of_after_the_move_is_of_the_new_clb(huis, ander_huis, gesprek):
    moves(huis, ander_huis)
    dossier = Dossier.objects.select_related("school__clb").get(pk=huis.dossier.pk)

    nieuw = start_oudergesprek(
        dossier=dossier,
        versie=gesprek.versie,
        pseudoniem="Ster",
        datum=None,
        sleutel=uuid4(),
        door=ander_huis.ankerfiguur,
    )

    assert nieuw.clb == ander_huis.clb
    assert Oudergesprek.objects.stayed().get() == gesprek
    assert Oudergesprek.objects.with_school().get() == nieuw


def test_the_other_clb_does_not_say_what_becomes_of_what_stayed(als, huis, ander_huis, gesprek):
    """An asked to erase it, and then the school went: Anna takes back what is of her own CLB."""
    day = gesprek.wissen_op
    Oudergesprek.objects.update(achtergebleven_wissen_op=day)
    moves(huis, ander_huis)

    where = reverse("oudergesprekken-achtergebleven", args=[huis.dossier.pk])
    als(ander_huis.ankerfiguur).post(where, {"terug": "1"})

    assert Oudergesprek.objects.get().achtergebleven_wissen_op == day
    assert not Logregel.objects.filter(handeling="oudergesprek-wissen-terug").exists()
