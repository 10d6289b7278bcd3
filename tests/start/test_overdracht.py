"""Tom's successor reads what was promised; An's successor reads it of all schools."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dossiers.acties.models import Actie, Actiestand
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, Rol, School, User
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Inschaling
from tests.client import text_of
from tests.conftest import make_user
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek
from tests.paper import lay_out_by, on_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(dossier):
    return reverse("overdracht", args=[dossier.pk])


@pytest.fixture
def beloofd(dossier, doel, tom):
    """An action that is late, one that is done and is looked back on, and one that is finished."""
    today = timezone.localdate()
    fields: dict
    for wat, fields in {
        "Bellen op de eerste dag": {"wanneer_op": today - timedelta(days=3), "wie": "Lies"},
        "Onthaaldag": {"stand": Actiestand.KLAAR, "check_op": today + timedelta(days=20)},
        "Oude afspraak": {"stand": Actiestand.KLAAR},
    }.items():
        create_planactie(dossier=dossier, doelstelling=doel, wat=wat, door=tom)
        Actie.objects.filter(wat=wat).update(**fields)


def test_a_new_director_reads_who_what_when_and_where(als, huis, tom, url, beloofd, doel, laad):
    Inschaling.objects.create(
        dossier=huis.dossier, doelstelling=doel, score=6, focus="Elke ouder een keer zien"
    )
    start_gesprek(
        dossier=huis.dossier,
        versie=laad("dialoogdocument"),
        sleutel=uuid4(),
        titel="Teamdag",
        door=tom,
    )

    text = text_of(als(tom).get(url))

    assert all(naam in text for naam in ("Ankerfiguur: An", "CLB-medewerker: Marie", "Lies"))
    assert "Bellen op de eerste dag" in text
    assert "over tijd sinds" in text
    before, _, after = text.partition("Wanneer kijken jullie terug?")
    assert "Onthaaldag" not in before
    assert "Onthaaldag" in after
    assert "Oude afspraak" not in text
    assert "Elke ouder een keer zien" in text
    assert "Gesprek Teamdag" in text


def test_of_an_empty_dossier_the_sheet_says_how_to_begin(als, tom, url):
    text = text_of(als(tom).get(url))

    assert "Er staat geen actie open" in text
    assert "Begin met de eerste doelstelling van fase 0" in text


def test_only_who_can_open_a_talk_with_parents_reads_that_there_is_one(als, huis, url):
    make_gesprek(huis)

    assert "je kan hier 1 gesprek met ouders openen" in text_of(als(huis.medewerker).get(url))
    for user in (huis.ankerfiguur, huis.team):
        assert "met ouders openen" not in text_of(als(user).get(url))


def test_the_sheet_on_paper_is_one_page_and_says_nothing_of_parents(
    als, huis, url, beloofd, monkeypatch
):
    make_gesprek(huis)
    made: dict[str, bytes] = {}
    lay_out_by(lambda document: made.setdefault("pdf", on_paper(document)), monkeypatch)

    response = als(huis.medewerker).get(reverse("overdracht-pdf", args=[huis.dossier.pk]))

    assert response["Content-Type"] == "application/pdf"
    (page,) = pypdf.PdfReader(BytesIO(made["pdf"])).pages
    text = page.extract_text()
    assert "Bellen op de eerste dag" in text
    assert "ouders" not in text
    line = Logregel.objects.get(handeling="overdracht-pdf")
    assert (line.door, line.dossier_id) == (huis.medewerker, huis.dossier.pk)


def test_a_name_without_a_space_stays_on_the_sheet(als, huis, url, monkeypatch):
    """On the page it breaks; on paper it ran off it, with the names behind it."""
    for number in range(8):
        user = make_user(f"Q{number}")
        User.objects.filter(pk=user.pk).update(naam=f"{number}{'W' * 98}Z")
        Lidmaatschap.objects.create(user=user, school=huis.school, rol=Rol.SCHOOLTEAM)
    made: dict[str, bytes] = {}
    lay_out_by(lambda document: made.setdefault("pdf", on_paper(document)), monkeypatch)

    als(huis.medewerker).get(reverse("overdracht-pdf", args=[huis.dossier.pk]))

    page = pypdf.PdfReader(BytesIO(made["pdf"])).pages[0]
    longest = max(page.extract_text().split(), key=len)
    assert "W" * 40 in longest
    assert len(longest) < 80


def test_an_hands_over_all_schools_and_marie_hers(als, huis, beloofd, monkeypatch):
    School.objects.create(
        clb=huis.clb,
        naam="Lindeschool",
        instellingsnummer="000777",
        niveau="bao",
        gemeente="Mechelen",
        provincie="antwerpen",
    )
    url = reverse("clb-overdracht", args=[huis.clb.pk])

    text = text_of(als(huis.ankerfiguur).get(url))

    assert "Sint-Jozefschool" in text
    assert "Team: Tom." in text
    assert "2 acties open." in text
    assert "Lindeschool" in text
    assert "Deze school heeft nog geen dossier" in text
    of_marie = text_of(als(huis.medewerker).get(url))
    assert "Sint-Jozefschool" in of_marie
    assert "Lindeschool" not in of_marie
    lay_out_by(on_paper, monkeypatch)
    pdf = als(huis.ankerfiguur).get(reverse("clb-overdracht-pdf", args=[huis.clb.pk]))
    assert pdf.content.startswith(b"%PDF-")


@pytest.mark.parametrize("scholen", [1, 3])
def test_as_many_queries_however_many_schools(als, huis, scholen, django_assert_num_queries):
    for number in range(scholen):
        School.objects.create(
            clb=huis.clb,
            naam=f"School {number}",
            instellingsnummer=f"00080{number}",
            niveau="bao",
            gemeente="Mechelen",
            provincie="antwerpen",
        )
    browser = als(huis.ankerfiguur)
    url = reverse("clb-overdracht", args=[huis.clb.pk])
    browser.get(url)

    with django_assert_num_queries(11):
        browser.get(url)


def test_the_page_of_a_clb_leads_to_what_it_keeps_up(als, huis):
    url = reverse("clb", args=[huis.clb.pk])

    an, marie = als(huis.ankerfiguur).get(url).text, als(huis.medewerker).get(url).text

    of_an = ("clb-bevestigen", "clb-ankerfiguren", "clb-verhuizen", "clb-op-papier", "clb-logboek")
    for way in (*(reverse(name, args=[huis.clb.pk]) for name in of_an), reverse("toegang")):
        assert way in an
        assert way not in marie
    for name in ("clb-overdracht", "sociale-kaart"):
        assert reverse(name, args=[huis.clb.pk]) in marie
    assert url in als(huis.medewerker).get(reverse("scholen")).text
