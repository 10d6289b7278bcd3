"""Who takes a dossier along, how long that takes, and what never comes along."""

import pytest
from django.urls import reverse

from dialoogfiches.oudergesprekken.models import Oudergesprek, Vrijgave
from dossiers.acties.domain.acties import create_actie
from dossiers.domain import close_dossier
from dossiers.inzage.queries import of_dossier, with_names
from dossiers.logboek.models import Logregel
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.domain.striking import strike
from preventieplan.models import Antwoord
from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog.documents import desk
from stsdialoog.documents.places import Job
from tests.elders import Vol
from tests.stsdialoog.documents.letters import busy, kept_files, until_free

pytestmark = pytest.mark.django_db


@pytest.fixture
def adres(dossier) -> str:
    return reverse("uitvoer-zip", args=[dossier.pk])


@pytest.fixture
def pagina(dossier) -> str:
    return reverse("uitvoer", args=[dossier.pk])


# --- who ----------------------------------------------------------------------------------------


def test_the_page_says_what_comes_along_and_what_never_does(vol, als, tom, dossier, pagina):
    link = als(tom).get(reverse("dossier", args=[dossier.pk])).text
    assert f'href="{pagina}"' in link

    page = als(tom).get(pagina).text

    surveys = "het resultaat van 1 bevraging, het resultaat van 1 spiegel"
    assert f", 1 gesprek, {surveys}, 1 verslag van een avond." in page
    assert "Gesprekken met ouders" in page
    assert page.count("btn btn-primary") == 1


def test_whoever_only_reads_is_not_offered_it(als, huis, dossier, adres, pagina):
    lies = als(huis.lezer)

    assert pagina not in lies.get(reverse("dossier", args=[dossier.pk])).text
    assert lies.get(pagina).status_code == lies.get(adres).status_code == 403


def test_nobody_takes_the_dossier_of_another_along(
    take, tom, als, ander_huis, oscar, adres, client
):
    assert take(tom)

    for stranger in (*ander_huis.people.values(), oscar):
        assert als(stranger).get(adres).status_code == 404
    assert client.get(adres).status_code == 302


def test_a_closed_dossier_can_be_taken_along(take, an, dossier):
    create_actie(dossier=dossier, wat="onthaaldag", door=an)
    close_dossier(dossier=dossier, door=an)

    data = take(an).data

    assert data["afgesloten_op"] is not None
    assert [one["wat"] for one in data["acties"]] == ["onthaaldag"]


def test_the_log_says_it_once_a_day(take, tom, an, dossier):
    for user in (tom, tom, an):
        take(user)

    said = [line.zin for line in with_names(list(of_dossier(dossier)))]
    assert sorted(zin for zin in said if "ZIP" in zin) == [
        "An haalde heel het dossier op, als ZIP.",
        "Tom haalde heel het dossier op, als ZIP.",
    ]


def test_nothing_of_it_is_left_behind_in_a_browser(als, tom, adres, no_layout):
    response = als(tom).get(adres)

    assert response["Cache-Control"] == "private, no-store"
    name = "dossier-sint-jozefschool-2026-2027.zip"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


# --- what never comes along ---------------------------------------------------------------------


def test_nothing_of_a_talk_with_parents_comes_along(take, an, dossier):
    vol = Vol(dossier, an)
    for record in (vol.ouderthema, vol.oudernotitie, vol.vrijgave):
        assert record.pk
    assert Oudergesprek.objects.exists()
    assert Vrijgave.objects.exists()

    # All words in the house are those of this talk.
    assert "aan de Dijle" not in take(an).everything


def test_nothing_of_another_dossier_comes_along(take, tom, dossier, ander_huis):
    for house, wat in ((dossier, "onze actie"), (ander_huis.dossier, "hun actie")):
        create_actie(dossier=house, wat=wat, door=tom)

    everything = take(tom).everything

    assert "onze actie" in everything
    assert "hun actie" not in everything
    assert "Kouterschool" not in everything


def test_what_was_struck_or_rewritten_stays_behind(take, tom, dossier, vraag):
    struck = create_actie(dossier=dossier, wat="geschrapt plan", door=tom)
    strike(record=struck, door=tom)
    record = Antwoord(dossier=dossier, vraag=vraag)
    for basis, waarde in enumerate(("eerst dit", "dan dat")):
        save_veld(record=record, veld="toelichting", waarde=waarde, basis=basis, door=tom)

    everything = take(tom).everything

    assert "dan dat" in everything
    assert "geschrapt plan" not in everything
    assert "eerst dit" not in everything


def test_a_struck_talk_stays_behind_and_what_grew_from_it_comes_along(take, tom, dossier):
    vol = Vol(dossier, tom)
    for record in (vol.notitie, vol.uitwerking):
        assert record.pk
    assert take(tom).data["gesprekken"]
    strike(record=vol.gesprek, door=tom)

    taken = take(tom)

    assert taken.data["gesprekken"] == []
    assert [one["gegroeid_uit"] for one in taken.data["acties"]] == [
        {"soort": "gesprek", "waar": None}
    ]
    assert not [path for path in taken if path.startswith("gesprekken/")]


def test_no_account_comes_along_in_the_data(vol, take, huis, tom):
    huis.team.naam = "Tomasz Wieczorek"
    huis.team.save()
    taken = take(tom)

    for path in ("dossier.json", "acties.xlsx", "LEESMIJ.txt"):
        assert b"Wieczorek" not in taken[path]
    assert "@test.be" not in taken.everything


# --- waiting ------------------------------------------------------------------------------------


@pytest.fixture
def folder(settings, tmp_path):
    settings.DOCUMENTEN_DIR = tmp_path / "documenten"
    return settings.DOCUMENTEN_DIR


def test_the_documents_are_made_one_by_one_while_a_page_tells_how_far_it_is(
    als, tom, adres, pagina, folder, monkeypatch
):
    monkeypatch.setattr(desk, "PATIENCE", 0)
    client = als(tom)

    first = client.get(adres)

    assert first.url == f"{pagina}?maken=1"
    until_free()
    for ready in (1, 2):
        page = client.get(first.url)
        assert page.status_code == 202
        assert page["Refresh"] == page["Retry-After"] == "2"
        assert f"{ready} van de 3 klaar" in page.text
        assert not Logregel.objects.filter(handeling="dossier-uitgevoerd").exists()
        until_free()
        assert len(kept_files(folder)) == ready + 1
    done = client.get(first.url)
    assert done.status_code == 200
    assert not done.has_header("Refresh")
    assert "Alles staat klaar" in done.text
    assert f'href="{adres}"' in done.text
    assert client.get(adres)["Content-Type"] == "application/zip"


def test_a_second_tab_makes_nothing_twice(als, tom, dossier, adres, pagina, vandaag, folder):
    with busy(Job(routekaart_pdf(dossier, today=vandaag).key, str(tom.pk))):
        page = als(tom).get(f"{pagina}?maken=1")

    assert page.status_code == 202
    assert "We maken de documenten." in page.text
    assert not kept_files(folder)


def test_who_waits_for_another_document_of_her_own_hears_so(als, tom, pagina, folder):
    with busy(Job("else", str(tom.pk))):
        page = als(tom).get(f"{pagina}?maken=1")

    assert page.status_code == 429
    assert page["Refresh"] == "2"
    assert "Er wordt nog een ander document voor je gemaakt." in page.text


@pytest.mark.parametrize("name", ["uitvoer", "uitvoer-zip"])
def test_what_failed_is_told_and_can_be_tried_again(als, tom, dossier, vandaag, folder, name):
    with busy(Job(routekaart_pdf(dossier, today=vandaag).key, str(tom.pk))):
        pass  # its process died
    url = reverse(name, args=[dossier.pk])

    page = als(tom).get(url, {"maken": "1"})

    assert page.status_code == 500
    assert "Je document is niet gelukt" in page.text
    assert f'href="{reverse("uitvoer", args=[dossier.pk])}?maken=1"' in page.text


def test_however_many_actions_are_in_it_a_dossier_costs_the_same_queries(
    vol, als, tom, dossier, adres, no_layout, django_assert_num_queries
):
    client = als(tom)
    client.get(adres)
    with django_assert_num_queries(118):
        client.get(adres)
    for _ in range(9):
        create_actie(dossier=dossier, wat="nog een", door=tom, hoort_bij="f0-1")

    with django_assert_num_queries(118):
        client.get(adres)
