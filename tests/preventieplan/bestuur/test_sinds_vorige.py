"""The next routekaart begins with what changed since the last one that was fixed."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import open_dossier
from dossiers.materialen.models import Fase
from dossiers.velden.domain.saving import save_veld
from preventieplan.bestuur.domain.namen import as_function, is_function
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Doelstelling, Inschaling
from preventieplan.routekaart.pages import routekaart_page
from preventieplan.routekaart.pdf import routekaart_document
from tests.preventieplan.bestuur.vast import answer, invite, keep, prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def next_one(dossier, doel, tom, scored, client, mailoutbox):
    """After the first was fixed: an answer, a higher score, a lower, actions done, stopped, new."""
    other = Doelstelling.objects.get(versie=dossier.planversie, code="f0-2")
    inschaling = Inschaling(dossier=dossier, doelstelling=other)
    save_veld(record=inschaling, veld="score", waarde=8, basis=0, door=tom)
    stopped = create_planactie(dossier=dossier, doelstelling=doel, wat="Poster", door=tom)
    choose_priorities(dossier=dossier, fase=Fase.BASISZORG, codes=["f0-1"], door=tom)
    kaart = keep(dossier, door=tom, vragen=["Twee lesuren?"])
    _, url = invite(kaart, door=tom)
    prove(client, url, mailoutbox)
    answer(client, url, keuze_1="ja", zin_1="Vanaf januari.")

    save_veld(
        record=Inschaling.objects.get(doelstelling=doel), veld="score", waarde=6, basis=1, door=tom
    )
    save_veld(record=inschaling, veld="score", waarde=7, basis=1, door=tom)
    save_veld(record=scored, veld="stand", waarde="klaar", basis=0, door=tom)
    save_veld(record=stopped, veld="besluit", waarde="stoppen", basis=0, door=tom)
    create_planactie(dossier=dossier, doelstelling=doel, wat="Belronde", door=tom)
    choose_priorities(dossier=dossier, fase=Fase.BASISZORG, codes=["f0-2"], door=tom)
    return routekaart_page(dossier=dossier, today=timezone.localdate())


def test_all_of_it_is_told(next_one, doel):
    since = next_one.kaart.sinds_vorige

    assert [(one.naam, one.eerder, one.score) for one in since.hoger] == [(doel.kort, 4, 6)]
    assert [(one.eerder, one.score) for one in since.lager] == [(8, 7)]
    assert (since.gedaan, since.gestopt, since.nieuw) == (
        ("Onthaaldag",),
        ("Poster",),
        ("Belronde",),
    )
    assert len(since.eerst) == 1
    assert since.niet_meer_eerst == (doel.kort,)
    (said,) = since.antwoorden
    assert (said.vraag, said.keuze, said.zin) == ("Twee lesuren?", "ja", "Vanaf januari.")
    today = timezone.localdate()
    assert next_one.kaart.sinds.op == today
    assert next_one.counts.alle == 3


def test_page_one_compares_with_it_and_page_two_says_it_all(next_one, dossier):
    fixed = routekaart_document(dossier, next_one, op=date(2026, 11, 30)).html
    assert "Hoger: " in fixed
    assert "Sinds de vorige vastgestelde routekaart" in fixed
    assert "Vanaf januari." in fixed
    assert "vastgesteld op 30 november 2026" in fixed

    # The routekaart of every day has the comparison, and not the list.
    daily = routekaart_document(dossier, next_one).html
    assert "Hoger: " in daily
    assert "Vanaf januari." not in daily


def test_the_page_to_fix_it_on_begins_with_it(als, tom, dossier, next_one):
    page = als(tom).get(reverse("vastgesteld", args=[dossier.pk])).text

    for words in ("Het bestuur zei ja:", "Gedaan:</b> Onthaaldag", "Gestopt:</b> Poster"):
        assert words in page
    assert (
        "sinds de routekaart die vastgesteld werd"
        in als(tom).get(reverse("routekaart", args=[dossier.pk])).text
    )


def test_a_next_schooljaar_goes_on_from_it(huis, tom, scored, doel):
    keep(huis.dossier, door=tom)
    nieuw = open_dossier(
        school=huis.school, schooljaar=huis.dossier.schooljaar + 1, door=huis.ankerfiguur
    )
    create_planactie(dossier=nieuw, doelstelling=doel, wat="Belronde", door=tom)

    since = routekaart_page(dossier=nieuw, today=timezone.localdate()).kaart.sinds_vorige
    assert since.nieuw == ("Belronde",)
    # What is earlier is never compared with what came later.
    vorig = open_dossier(
        school=huis.school, schooljaar=huis.dossier.schooljaar - 1, door=huis.ankerfiguur
    )
    assert routekaart_page(dossier=vorig, today=timezone.localdate()).kaart.vorige is None


# --- names and functions --------------------------------------------------------------------------

ROLLEN = {"Els Peeters": "schoolteam", "An": "ankerfiguur"}


@pytest.mark.parametrize(
    "text",
    [
        *("directie", "Zorgcoördinator", "de leerkrachten van de eerste graad"),
        *("CLB", "ankerfiguur en directie", "alle klastitularissen", "secretariaat, opvoeders"),
    ],
)
def test_a_function_stays(text):
    assert is_function(text)
    assert as_function(text, rollen=ROLLEN) == text


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Els", "het schoolteam"),
        ("els en mia", "het schoolteam"),
        ("An belt", "de ankerfiguur"),
        ("Mia", "iemand van de school"),
        ("Mia (zorgcoördinator)", "zorgcoördinator"),
        ("Rik van het CLB", "CLB"),
        ("directie: mevrouw Peeters", "directie"),
        ("juf Mia van 3B", "iemand van de school"),
        ("", ""),
        ("   ", "   "),
    ],
)
def test_what_may_be_a_name_becomes_a_function(text, becomes):
    assert not is_function(text)
    assert as_function(text, rollen=ROLLEN) == becomes
