"""A link behind a question of a talk, wherever that question stands."""

import uuid

import pytest
from django.urls import reverse

from dialoogfiches.gesprekken import pdf
from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.models import Notitie
from dialoogfiches.models import Item
from dialoogfiches.pdf import blank_fiche_pdf
from dossiers.materialen.domain.loading import load_materialen
from dossiers.materialen.models import Materiaalversie
from dossiers.velden.domain.saving import save_veld
from tests.dialoogfiches.kleinefiche import small_fiche

pytestmark = pytest.mark.django_db

ADRES = "https://www.vlaanderen.be/onderwijs/?wat=dit&hoe='zo'"
QUESTION = "            tekst: Wat helpt daarbij?\n"
LINK = f"""\
            link:
              label: Onderwijs & Vorming
              adres: "{ADRES}"
              nagekeken: 2026-11-29
"""
# As markup has it.
IN_HTML = "https://www.vlaanderen.be/onderwijs/?wat=dit&amp;hoe=&#x27;zo&#x27;"


@pytest.fixture
def versie_met_link(tmp_path, db) -> Materiaalversie:
    path = tmp_path / "klein" / "2026.1.yaml"
    path.parent.mkdir()
    path.write_text(small_fiche().replace(QUESTION, QUESTION + LINK))
    load_materialen(tmp_path)
    return Materiaalversie.objects.select_related("materiaal").get(materiaal__slug="klein")


@pytest.fixture
def gesprek(versie_met_link, huis):
    return start_gesprek(
        dossier=huis.dossier,
        versie=versie_met_link,
        sleutel=uuid.uuid4(),
        titel="Ons gesprek",
        door=huis.team,
    )


def test_in_a_talk_it_leads_out_and_says_where(als, huis, gesprek):
    step = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "start"])

    html = als(huis.team).get(step).text

    link = html.split(f'<a href="{IN_HTML}"')[1].split("</p>")[0]
    assert 'rel="noopener noreferrer"' in link
    assert "Onderwijs &amp; Vorming" in link
    assert "www.vlaanderen.be, nagekeken in november 2026" in link


def test_its_paper_has_the_address(huis, gesprek, versie_met_link):
    item = Item.objects.get(versie=versie_met_link, code="start-v1")
    note = Notitie(dossier=huis.dossier, gesprek=gesprek, item=item)
    assert IN_HTML not in pdf.gesprek_pdf(huis.dossier, gesprek).html

    save_veld(record=note, veld="tekst", waarde="Een kaartje", basis=0, door=huis.team)

    for document in (pdf.gesprek_pdf(huis.dossier, gesprek), blank_fiche_pdf(versie_met_link)):
        named = f'<a href="{IN_HTML}">Onderwijs &amp; Vorming</a>: {IN_HTML}</p>'
        assert document.html.count(named) == 1
