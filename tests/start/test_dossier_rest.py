"""The rest on the page of a dossier: talks, surveys and what the CLB released."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Inzending
from dialoogfiches.gesprekken.domain.gesprekken import finish_stap, start_gesprek
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.models import Onderdeel
from dialoogfiches.oudergesprekken.models import Vrijgave
from dossiers.velden.domain.striking import strike

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(dossier):
    return reverse("dossier", args=[dossier.pk])


@pytest.fixture
def lees(als, url):
    """The text of the page as seen by a user."""

    def get(user):
        return " ".join(re.sub(r"<[^>]+>", " ", als(user).get(url).text).split())

    return get


@pytest.fixture
def praat(laad, huis):
    """Start a talk about the dialoogdocument."""
    versie = laad("dialoogdocument")

    def start(titel) -> Gesprek:
        return start_gesprek(
            dossier=huis.dossier, versie=versie, sleutel=uuid4(), titel=titel, door=huis.team
        )

    return start


def test_without_a_talk_or_survey_the_page_says_how_to_begin(als, lees, huis, url):
    text, html = lees(huis.team), als(huis.team).get(url).text

    assert "Nog geen gesprek. Kies een dialoogfiche" in text
    assert "Vraag leerkrachten in drie minuten hoe zij hun rol zien" in text
    for name in ("gesprekken", "bevragingen"):
        assert f'href="{reverse(name, args=[huis.dossier.pk])}"' in html


def test_the_newest_talks_show_how_far_they_came(lees, huis, praat):
    eerste = praat("Eerste gesprek")
    stap = Onderdeel.objects.get(versie=eerste.versie, code="registratie")
    finish_stap(gesprek=eerste, onderdeel=stap, door=huis.team)
    for nummer in range(3):
        praat(f"Gesprek {nummer}")
    strike(record=praat("Vergissing"), door=huis.team)

    text = lees(huis.lezer)

    assert "Alle gesprekken (4)" in text
    assert "Vergissing" not in text
    assert "Eerste gesprek" not in text
    Gesprek.objects.filter(titel__startswith="Gesprek").delete()
    assert "1 van 4 stappen afgerond" in lees(huis.lezer)


def test_the_survey_is_for_who_works_here_not_for_who_reads_along(lees, laad, huis):
    tot = timezone.localdate() + timedelta(days=10)
    open_bevraging(
        dossier=huis.dossier,
        versie=laad("mini-bevraging"),
        titel="Najaar",
        tot=tot,
        door=huis.team,
    )

    for words in (
        *("Wat leerkrachten zeggen", "Najaar"),
        "0 antwoorden tot en met gisteren, open tot en met",
    ):
        assert words in lees(huis.team)
        assert words not in lees(huis.lezer)


def test_nobody_sees_the_number_go_up_with_the_answer_of_a_colleague(lees, laad, huis):
    versie, today = laad("mini-bevraging"), timezone.localdate()
    bevraging = open_bevraging(
        dossier=huis.dossier,
        versie=versie,
        titel="Najaar",
        tot=today + timedelta(days=10),
        door=huis.team,
    )
    for dag in (today, today - timedelta(days=1)):
        Inzending.objects.create(bevraging=bevraging, keuze="ja", dag=dag)

    assert "Najaar : 1 antwoord tot en met gisteren, open" in lees(huis.team)


def test_only_the_clb_is_shown_the_way_to_parents_talks(lees, huis):
    for user in (huis.ankerfiguur, huis.medewerker):
        assert "Gesprekken met ouders Alleen voor het CLB." in lees(user)
    for user in (huis.team, huis.lezer):
        text = lees(user).replace("Dialoogdocument ouders", "")
        assert "ouders" not in text
        assert "oudergesprek" not in text.lower()


def test_only_the_clb_reads_the_fiche_for_clb_staff_beside_a_dossier(lees, laad, huis):
    laad("psychisch-kwetsbare-jongeren")

    assert "Psychisch kwetsbare jongeren" in lees(huis.medewerker)
    assert "Psychisch kwetsbare jongeren" not in lees(huis.team)


def test_what_the_clb_released_is_for_the_team_and_not_for_the_board(lees, huis):
    vrijgave = {"dossier": huis.dossier, "door": huis.medewerker, "wissen_op": date(2028, 8, 31)}
    Vrijgave.objects.create(**vrijgave, tekst="Een rustige plek helpt.")
    gone = Vrijgave.objects.create(**vrijgave, tekst="Dit was te vroeg.")
    Vrijgave.objects.filter(pk=gone.pk).update(tekst="", ingetrokken_op=timezone.now())

    text = lees(huis.team)

    assert text.count("Het CLB laat weten") == 1
    assert "Een rustige plek helpt." in text
    assert "Dit was te vroeg." not in text
    assert "Een rustige plek helpt." not in lees(huis.lezer)


def test_talks_cost_the_page_no_more_queries(als, url, huis, praat, django_assert_num_queries):
    praat("Eerste")
    client = als(huis.team)
    with django_assert_num_queries(19):
        client.get(url)

    for nummer in range(5):
        praat(f"Gesprek {nummer}")
    with django_assert_num_queries(19):
        client.get(url)
