"""The page after logging in, and the public page about accessibility and privacy."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier, open_dossier
from dossiers.mensen.models import Lidmaatschap, Rol
from tests.conftest import SCHOOLJAAR, make_user
from tests.start.conftest import make_school

pytestmark = pytest.mark.django_db

START, LOGIN = reverse("start"), reverse("account_login")


@pytest.mark.parametrize("wie", ["ankerfiguur", "medewerker"])
def test_who_follows_schools_for_a_clb_lands_on_the_schools(als, huis, wie):
    assert als(huis.people[wie]).get(START).url == reverse("scholen")


@pytest.mark.parametrize("wie", ["team", "lezer"])
def test_who_works_in_one_school_lands_on_its_dossier(als, huis, wie):
    assert als(huis.people[wie]).get(START).url == reverse("dossier", args=[huis.dossier.pk])


def test_the_newest_open_dossier_comes_first(als, huis):
    ouder = open_dossier(school=huis.school, schooljaar=SCHOOLJAAR - 1, door=huis.ankerfiguur)
    assert als(huis.team).get(START).url == reverse("dossier", args=[huis.dossier.pk])

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert als(huis.team).get(START).url == reverse("dossier", args=[ouder.pk])


def test_without_an_open_dossier_one_lands_on_the_school(als, huis):
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert als(huis.team).get(START).url == reverse("school", args=[huis.school.pk])


def test_who_works_in_two_schools_chooses(als, huis):
    Lidmaatschap.objects.create(
        user=huis.team, school=make_school(huis.clb, 333333), rol=Rol.SCHOOLTEAM
    )

    assert als(huis.team).get(START).url == reverse("scholen")


def test_staff_without_schools_land_in_the_admin(als):
    staff = make_user("Stef")
    staff.is_staff = True
    staff.save()

    assert als(staff).get(START).url == reverse("admin:index")


def test_who_belongs_nowhere_reads_what_to_do(als, oscar):
    html = als(oscar).get(START, follow=True).content.decode()

    assert "Je bent nog aan geen enkele school gekoppeld" in html
    assert "Vraag de ankerfiguur van je CLB om je uit te nodigen" in html


def test_an_ended_membership_opens_nothing(als, huis):
    client = als(huis.team)
    assert "Sint-Jozefschool" in client.get(START, follow=True).text
    Lidmaatschap.objects.filter(user=huis.team).update(actief_tot=timezone.now())

    assert "Sint-Jozefschool" not in client.get(START, follow=True).text


def test_a_stranger_reads_what_this_is_and_has_one_button(client):
    page = client.get(START)

    assert page.status_code == 200
    for who in ("Schoolteams", "CLB’s", "Schoolbesturen"):
        assert f"<b>{who}</b>" in page.text
    assert "De vier fases van het zorgcontinuüm" in page.text
    assert re.findall(r'class="btn btn-primary" href="([^"]+)"', page.text) == [LOGIN]
    assert "Vraag een uitnodiging" in page.text


def test_whatever_a_stranger_asks_for_she_logs_in_first(client):
    for name in ("scholen", "toolbox"):
        assert client.get(reverse(name)).url.startswith(LOGIN)


def test_everybody_can_read_about_accessibility_and_privacy(client):
    response = client.get(reverse("toegankelijkheid"))

    assert response.status_code == 200
    assert "Wie ziet wat" in response.content.decode()


def test_a_server_with_a_contact_for_weaknesses_names_it(client, settings):
    address = reverse("toegankelijkheid")
    assert "zwakke plek" not in client.get(address).text

    settings.SECURITY_CONTACT = "veilig@clb.test"

    assert "Meld ze aan veilig@clb.test" in client.get(address).text


def test_the_accessibility_statement_is_at_the_foot_of_every_page(client):
    statement = reverse("toegankelijkheidsverklaring")
    assert f'href="{statement}"' in client.get(LOGIN).text

    page = client.get(statement).text
    for part in ("gedeeltelijk", "WCAG 2.1, niveau AA", "Vlaamse Ombudsdienst", "30 november 2026"):
        assert part in page
    assert "ankerfiguur van je CLB" in page


def test_a_server_with_a_contact_for_what_does_not_work_names_it(client, settings):
    settings.ACCESSIBILITY_CONTACT = "bruikbaar@clb.test"
    page = client.get(reverse("toegankelijkheidsverklaring")).text

    assert "Meld het aan bruikbaar@clb.test." in page
    assert "ankerfiguur" not in page
