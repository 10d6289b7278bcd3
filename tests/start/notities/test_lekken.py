"""Ways in which a note of the CLB could reach somebody else, each under its name."""

import logging

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import open_dossier
from dossiers.mensen.domain.organisaties import change_school
from dossiers.mensen.models import Lidmaatschap, Rol, Vertrek
from dossiers.velden.domain.saving import save_veld
from start.domain.vertrek_clb import ask_to_leave, confirm, erase_clbs_due
from start.gegevens.queries.everything import about
from start.notities.models import Gidsnotitie
from start.notities.queries import notes_of
from tests.conftest import make_user
from tests.paper import lay_out_by
from tests.start.uitvoer.conftest import Taken

pytestmark = pytest.mark.django_db

GEHEIM = "De directie twijfelt, en het team weet dat niet."


@pytest.fixture
def url(huis):
    return reverse("notities", args=[huis.dossier.pk])


@pytest.fixture
def genoteerd(huis):
    save_veld(
        record=notes_of(huis.dossier),
        veld="onthouden",
        waarde=GEHEIM,
        basis=0,
        door=huis.ankerfiguur,
    )
    return Gidsnotitie.objects.get()


@pytest.fixture
def moves(huis, ander_huis, genoteerd):
    """Sint-Jozef goes to CLB De Brug, after An wrote."""
    huis.school.clb = ander_huis.clb
    change_school(school=huis.school, door=huis.ankerfiguur)


STAYED = reverse("notities-gebleven")


def test_the_school_does_not_even_hear_that_there_are_any(als, huis, url, genoteerd):
    assert (
        "Notities van het CLB"
        in als(huis.ankerfiguur).get(reverse("dossier", args=[huis.dossier.pk])).text
    )
    for who in (huis.team, huis.lezer):
        client = als(who)
        assert client.get(url).status_code == 404
        for name in ("dossier", "preventieplan", "overzicht", "routekaart"):
            page = client.get(reverse(name, args=[huis.dossier.pk])).text
            assert "Notities" not in page
            assert GEHEIM not in page


def test_who_works_for_the_clb_and_sits_in_the_team_too_finds_none(als, huis, url, genoteerd):
    Lidmaatschap.objects.create(user=huis.ankerfiguur, school=huis.school, rol=Rol.SCHOOLTEAM)
    assert als(huis.ankerfiguur).get(url).status_code == 404


def test_another_school_and_another_clb_find_none(als, ander_huis, oscar, url, genoteerd):
    for other in (*ander_huis.people.values(), oscar):
        assert als(other).get(url).status_code == 404


def test_the_new_clb_never_sees_what_the_old_one_noted(als, ander_huis, url, moves):
    for who in (ander_huis.ankerfiguur, ander_huis.medewerker):
        client = als(who)
        response = client.get(url)
        assert GEHEIM not in response.text
        assert GEHEIM not in client.get(STAYED).text
    anna = als(ander_huis.ankerfiguur)
    veld = "gidsnotitie-dit-onthouden"
    sent = {"veld": veld, veld: "Van ons nu.", f"{veld}_basis": "0"}
    assert anna.post(url, sent, headers={"HX-Request": "true"}).status_code == 200
    assert "Van ons nu." in anna.get(url).text
    assert Gidsnotitie.objects.count() == 2


def test_the_new_clb_finds_nothing_of_it_in_its_log(als, huis, ander_huis, url, genoteerd):
    als(huis.ankerfiguur).get(url)
    huis.school.clb = ander_huis.clb
    change_school(school=huis.school, door=huis.ankerfiguur)
    als(huis.ankerfiguur).get(STAYED)

    log = als(ander_huis.ankerfiguur).get(reverse("clb-logboek", args=[ander_huis.clb.pk])).text
    assert "las de notities" not in log
    log = als(huis.ankerfiguur).get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "las de notities" in log


def test_the_old_clb_reads_what_stayed_and_writes_nothing_more(als, huis, url, moves):
    an = als(huis.ankerfiguur)
    assert GEHEIM in an.get(STAYED).text
    assert reverse("notities-gebleven") in an.get(reverse("clb", args=[huis.clb.pk])).text
    assert an.get(url).status_code == 404
    veld = "gidsnotitie-dit-onthouden"
    sent = {"veld": veld, veld: "Toch nog.", f"{veld}_basis": "1"}
    assert an.post(url, sent, headers={"HX-Request": "true"}).status_code == 404
    assert als(huis.team).get(STAYED).status_code == 404


def test_many_that_stayed_are_folded_so_that_one_finds_a_school(als, huis, ander_huis, moves):
    an = als(huis.ankerfiguur)
    assert an.get(STAYED).text.count('<details class="notities-school" open>') == 1

    huis.school.clb = huis.clb
    change_school(school=huis.school, door=make_user("Sofie"))
    volgend = open_dossier(
        school=huis.school, schooljaar=huis.dossier.schooljaar + 1, door=huis.ankerfiguur
    )
    save_veld(
        record=notes_of(volgend), veld="onthouden", waarde="Later.", basis=0, door=huis.ankerfiguur
    )
    huis.school.clb = ander_huis.clb
    change_school(school=huis.school, door=huis.ankerfiguur)
    page = an.get(STAYED).text
    assert page.count('<details class="notities-school">') == 2
    assert GEHEIM in page
    assert page.index("Later.") < page.index(GEHEIM)


def test_a_medewerker_of_one_school_of_the_old_clb_reads_none_that_stayed(als, huis, moves):
    """Marie worked for Sint-Jozef alone."""
    assert GEHEIM not in als(huis.medewerker).get(STAYED).text


def test_who_joined_the_team_of_the_school_reads_none_that_stayed(als, huis, moves):
    Lidmaatschap.objects.create(user=huis.ankerfiguur, school=huis.school, rol=Rol.SCHOOLTEAM)
    assert GEHEIM not in als(huis.ankerfiguur).get(STAYED).text


def test_when_the_school_comes_back_they_are_there_again(als, huis, url, moves):
    huis.school.clb = huis.clb
    change_school(school=huis.school, door=make_user("Sofie"))

    assert GEHEIM in als(huis.ankerfiguur).get(url).text
    assert GEHEIM not in als(huis.ankerfiguur).get(STAYED).text


def test_an_account_whose_address_somebody_else_changed_opens_none(als, huis, url, moves):
    huis.ankerfiguur.gesprekken_dicht_sinds = timezone.now()
    huis.ankerfiguur.save()
    assert als(huis.ankerfiguur).get(STAYED).status_code == 403


@pytest.fixture
def as_html(monkeypatch):
    """Documents are their HTML, which stories can read."""
    lay_out_by(lambda document: document.html.encode(), monkeypatch)


@pytest.mark.usefixtures("as_html")
def test_a_whole_dossier_leaves_without_them(als, huis, genoteerd):
    taken = Taken(als(huis.ankerfiguur).get(reverse("uitvoer-zip", args=[huis.dossier.pk])))
    assert GEHEIM not in taken.everything
    assert "otities van het CLB" not in taken.everything


@pytest.mark.usefixtures("as_html")
@pytest.mark.parametrize("name", ["preventieplan-pdf", "overzicht-pdf", "routekaart-pdf"])
def test_no_paper_has_them(als, huis, genoteerd, name):
    words = als(huis.ankerfiguur).get(reverse(name, args=[huis.dossier.pk])).content.decode()
    assert str(huis.school) in words
    assert GEHEIM not in words


def test_the_log_of_the_server_has_no_word_of_them(als, huis, url, genoteerd, caplog):
    caplog.set_level(logging.DEBUG)
    veld = "gidsnotitie-dit-onthouden"
    sent = {"veld": veld, veld: f"{GEHEIM} Nog.", f"{veld}_basis": "1"}
    als(huis.ankerfiguur).post(url, sent, headers={"HX-Request": "true"})
    als(huis.ankerfiguur).get(url)

    assert GEHEIM not in caplog.text


def test_what_is_kept_about_her_says_the_days_and_not_the_words(huis, genoteerd):
    parts = {deel.naam: list(deel.rijen) for deel in about(huis.ankerfiguur)}

    assert len(parts["notities"]) == 1
    assert GEHEIM not in str(parts)


def test_a_clb_that_leaves_takes_along_what_stayed(huis, moves):
    """Sint-Jozef is at another CLB by now, and its dossier stays."""
    ask_to_leave(clb=huis.clb, door=huis.ankerfiguur)
    vertrek = Vertrek.objects.get()
    confirm(vertrek=vertrek, door=make_user("Sofie"), today=timezone.localdate())
    vertrek.refresh_from_db()
    assert Gidsnotitie.objects.filter(clb=huis.clb).exists()

    assert vertrek.wissen_op is not None
    assert list(erase_clbs_due(op=vertrek.wissen_op)) == [1]

    assert not Gidsnotitie.objects.exists()
    huis.dossier.refresh_from_db()
