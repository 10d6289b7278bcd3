"""A step of a talk is a stap; a fase is one of the zorgcontinuüm, whatever the source calls it."""

import re

import pytest
from django.urls import reverse

from dialoogfiches.domain.parts import in_steps
from dialoogfiches.gesprekken.pdf import gesprek_pdf
from dialoogfiches.queries import fiche_of
from tests.dialoogfiches.conftest import note_name, step_url

# What a page says of the zorgcontinuüm itself: where in the plan something belongs.
OF_THE_PLAN = re.compile(r"<select.*?</select>", re.DOTALL)
TAG = re.compile(r"<(script|style).*?</\1>|<[^>]+>", re.DOTALL)
FASE = re.compile(r".{0,40}\bfases?\b.{0,20}", re.IGNORECASE)
SLUGS = ["aanwezig-op-school", "aanwezig-in-de-klas"]


def said_of_fases(html: str) -> list[str]:
    return FASE.findall(" ".join(TAG.sub(" ", OF_THE_PLAN.sub(" ", html)).split()))


@pytest.mark.parametrize(
    ("source", "here"),
    [
        ("Doel van deze fase", "Doel van deze stap"),
        ("FASE 1 – Breed kijken", "STAP 1 – Breed kijken"),
        ("Fase 2 en de vijf fases", "Stap 2 en de vijf stappen"),
        # Other words have those letters too.
        ("gefaseerd, fasering, fasegebonden", "gefaseerd, fasering, fasegebonden"),
        ("", ""),
    ],
)
def test_the_word_of_the_source_becomes_that_of_the_talk(source, here):
    assert in_steps(source) == here


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_no_page_of_a_talk_calls_a_step_a_fase(als, tom, laad, start, slug):
    gesprek = start(laad(slug))
    at = [gesprek.dossier_id, gesprek.pk]
    fiche = fiche_of(gesprek.versie)
    # The source does, so there is something to say otherwise.
    assert any(
        rubriek.kop == "Doel van deze fase" for deel in fiche.stappen for rubriek in deel.rubrieken
    )
    steps = [step_url(gesprek, deel.onderdeel.code) for deel in fiche.stappen]
    pages = [
        reverse("gesprek", args=at),
        reverse("gesprek-voorbereiden", args=at),
        *(f"{url}?weergave={view}" for url in steps for view in ("bespreken", "lijst")),
    ]
    client = als(tom)

    for url in pages:
        html = client.get(url).text
        assert said_of_fases(html) == [], url
        assert "Doel van deze stap" in html or url not in steps

    assert len(steps) == 5
    assert "Rol van het CLB in deze stap" in client.get(steps[0]).text


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_nor_does_its_report(als, tom, laad, start, slug):
    gesprek = start(laad(slug))
    deel = fiche_of(gesprek.versie).stappen[0]
    vraag = deel.vragen[0].items.all()[0]
    naam = note_name(gesprek, vraag.code)
    sent = {"veld": naam, naam: "onze notitie", f"{naam}_basis": "0"}
    url = step_url(gesprek, deel.onderdeel.code)
    als(tom).post(url, sent, headers={"HX-Request": "true"})

    document = gesprek_pdf(gesprek.dossier, gesprek)

    assert "onze notitie" in document.html
    assert said_of_fases(document.html) == []


@pytest.mark.django_db
def test_the_toolbox_shows_the_words_of_the_source(als, tom, laad):
    laad("aanwezig-op-school")

    html = als(tom).get(reverse("materiaal", args=["aanwezig-op-school"])).text

    assert "Doel van deze fase" in html
