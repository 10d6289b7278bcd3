"""What a content file says about another one: wrong is found with its file and its line."""

import pytest

from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.domain.versions import findings_of, make_concept
from dossiers.materialen.models import Materiaalversie
from preventieplan.models import Checklistvraag
from tests.conftest import empty_shelf
from tests.dossiers.materialen.beheer import change, errors, make_redacteur, page
from tests.dossiers.materialen.kleinplan import small_plan

pytestmark = pytest.mark.django_db

FICHE = """\
materiaal:
  slug: kaartje
  titel: Kaartje
  plg: Limburg
  soort: fiche
  doelgroepen: [school, clb]
  fases: [0]
versie:
  versie: "2026.1"
  datum: 2026-06-02
  status: gepubliceerd
  bron: De presentatie
vorm: gesprek
onderdeelnaam: stap
inleiding:
  herkomst: voorstel
  tekst: Waarover
onderdelen:
  - code: stap-een
    titel: Stap een
    kort: Een
    herkomst: voorstel
    stap: true
    hoort_bij: f0-1
    rubrieken:
      - soort: richtvragen
        herkomst: voorstel
        items:
          - code: stap-een-r01
            herkomst: voorstel
            tekst: Hoe doen jullie dat?
            zelfde_als: preventieplan/f0-1-v01
      - soort: tips
        herkomst: voorstel
        items:
          - code: stap-een-t01
            herkomst: voorstel
            tekst: Begin klein
"""
NAAM = "kaartje/2026.1.yaml"


@pytest.fixture
def shelf(materialen):
    materialen.write(small_plan())
    materialen.write(FICHE, NAAM)
    return materialen


def test_a_right_reference_is_kept_and_can_be_written_out_again(shelf):
    shelf.load()

    versie = Materiaalversie.objects.select_related("materiaal").get(materiaal__slug="kaartje")
    onderdeel = versie.onderdelen.get()
    assert (onderdeel.hoort_bij, onderdeel.belongs_to) == ("f0-1", "f0-1")
    assert versie.items.get(code="stap-een-r01").zelfde_als == "preventieplan/f0-1-v01"
    document = document_of(versie)["onderdelen"][0]
    assert document["hoort_bij"] == "f0-1"
    assert document["rubrieken"][0]["items"][0]["zelfde_als"] == "preventieplan/f0-1-v01"
    # No word of it is for who searches.
    assert "f0-1-v01" not in versie.zoektekst


@pytest.mark.parametrize(
    ("old", "new", "line", "wrong"),
    [
        (
            "preventieplan/f0-1-v01",
            "preventieplann/f0-1-v01",
            32,
            'geen materiaal "preventieplann"',
        ),
        ("preventieplan/f0-1-v01", "preventieplan/f0-1-v77", 32, 'vraag of stap "f0-1-v77"'),
        ("preventieplan/f0-1-v01", "preventieplan/f0-1", 32, 'vraag of stap "f0-1"'),
        ("preventieplan/f0-1-v01", "f0-1-v01", 32, 'zoals|eruitzien als "preventieplan/f0-3-v01"'),
        ("hoort_bij: f0-1", "hoort_bij: f0-7", 24, 'doelstelling "f0-7"'),
        ("hoort_bij: f0-1", "hoort_bij: fase-0", 24, 'eruitzien als "f0-1"'),
        (
            "tekst: Begin klein",
            "tekst: Begin klein\n            zelfde_als: preventieplan/f0-1-v01",
            39,
            "alleen bij een vraag van een gesprek met het team",
        ),
    ],
)
def test_a_wrong_reference_is_found_on_its_line(old, new, line, wrong, shelf):
    shelf.write(FICHE.replace(old, new), NAAM)

    (finding,) = shelf.findings()

    assert finding.startswith(f"{NAAM}, regel {line}: ")
    assert any(part in finding for part in wrong.split("|"))


def test_what_parents_say_cannot_be_referred_to(shelf, laad):
    assert laad("dialoogdocument-ouders").items.filter(code="thuis-r01").exists()
    shelf.write(FICHE.replace("preventieplan/f0-1-v01", "dialoogdocument-ouders/thuis-r01"), NAAM)

    (finding,) = shelf.findings()

    assert 'dialoogdocument-ouders heeft geen vraag of stap "thuis-r01"' in finding


def test_a_material_that_is_only_in_the_database_can_be_referred_to(materialen):
    empty_shelf()
    materialen.write(small_plan())
    materialen.load()
    (materialen.path / "preventieplan/2026.1.yaml").unlink()
    materialen.write(FICHE, NAAM)

    assert len(materialen.load()) == 1


def test_a_concept_with_a_wrong_reference_is_not_published(laad, huis):
    versie = laad("preventieplan")
    concept = make_concept(versie=versie, door=huis.team, today=versie.datum)
    assert findings_of(concept) == ()
    Checklistvraag.objects.filter(doelstelling__versie=concept, code="f0-3-v01").update(
        zelfde_als="dialoogdocument/nergens"
    )

    (finding,) = findings_of(concept)

    assert finding.place[-1] == "zelfde_als"


def test_the_team_chooses_a_goal_from_the_plan(shelf, als):
    shelf.load()
    sofie = make_redacteur()
    versie = Materiaalversie.objects.get(materiaal__slug="kaartje")
    deel = make_concept(versie=versie, door=sofie, today=versie.datum).onderdelen.get()
    redactie = als(sofie)

    asked = redactie.get(page(deel)).text
    change(redactie, deel, hoort_bij="f1-1")
    deel.refresh_from_db()
    chosen = deel.hoort_bij
    wrong = change(redactie, deel, hoort_bij="de klas")
    change(redactie, deel, hoort_bij="")
    deel.refresh_from_db()

    assert '<optgroup label="Fase 1: Verhoogde zorg">' in asked
    assert '<option value="f0-1" selected>f0-1 Doel 0</option>' in asked
    assert chosen == "f1-1"
    assert "de klas" in errors(wrong)
    assert "Beperking" not in wrong.text
    assert deel.hoort_bij == ""


def test_a_goal_that_the_plan_lost_stays_chosen(shelf, als):
    shelf.load()
    sofie = make_redacteur()
    versie = Materiaalversie.objects.get(materiaal__slug="kaartje")
    deel = make_concept(versie=versie, door=sofie, today=versie.datum).onderdelen.get()
    deel.hoort_bij = "f0-9"
    deel.save()

    change(als(sofie), deel, titel="Stap twee")

    deel.refresh_from_db()
    assert (deel.titel, deel.hoort_bij) == ("Stap twee", "f0-9")
