"""Earlier texts can be viewed and restored."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.oudergesprekken.domain.oudergesprekken import start_oudergesprek
from dossiers.acties.domain.acties import create_actie
from dossiers.velden.domain.saving import revisies, save_veld
from dossiers.velden.models import as_text
from preventieplan.models import Antwoord, Inschaling
from tests.conftest import load_material

pytestmark = pytest.mark.django_db

NAAM = "antwoord-f0-1-v01-toelichting"


@pytest.fixture
def antwoord(dossier, vraag, tom, an):
    record = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=record, veld="toelichting", waarde="eerste tekst", basis=0, door=tom)
    save_veld(record=record, veld="toelichting", waarde="tweede tekst", basis=1, door=an)
    return record


@pytest.fixture
def url(dossier):
    return reverse("historiek", args=[dossier.pk, NAAM])


def test_every_text_stands_there_with_who_and_when(als, tom, url, antwoord):
    html = als(tom).get(url).text

    assert html.index("tweede tekst") < html.index("eerste tekst")
    assert "<strong>Tom</strong>" in html
    assert "<strong>An</strong>" in html


@pytest.mark.parametrize(("saved", "offered"), [(0, False), (1, False), (2, True), (3, True)])
def test_earlier_texts_are_offered_once_there_are_any(
    als, tom, dossier, vraag, url, saved, offered
):
    record = Antwoord(dossier=dossier, vraag=vraag)
    for basis in range(saved):
        save_veld(record=record, veld="toelichting", waarde=f"{basis}", basis=basis, door=tom)

    page = als(tom).get(reverse("doelstelling", args=[dossier.pk, "f0-1"])).text

    assert (url in page) == offered


def test_an_earlier_text_comes_back_as_the_newest(als, tom, url, antwoord, dossier):
    response = als(tom).post(url, {"revisie": "1", "basis": "2"})

    assert response.url == f"{reverse('doelstelling', args=[dossier.pk, 'f0-1'])}#{NAAM}"
    antwoord.refresh_from_db()
    assert (antwoord.toelichting, antwoord.toelichting_revisie) == ("eerste tekst", 3)


def new_actie(dossier, door, *, full):
    wie, wanneer = ("de directie", "morgen") if full else ("", "")
    return create_actie(dossier=dossier, wat="Onthaaldag", door=door, wie=wie, wanneer=wanneer)


def new_gesprek(dossier, door, *, full):
    return start_gesprek(
        dossier=dossier,
        versie=load_material("dialoogdocument"),
        sleutel=uuid4(),
        titel="Gesprek",
        door=door,
        datum=date(2026, 11, 12) if full else None,
        deelnemers="het kernteam" if full else "",
    )


def new_oudergesprek(dossier, door, *, full):
    return start_oudergesprek(
        dossier=dossier,
        versie=load_material("dialoogdocument-ouders"),
        pseudoniem="Kolibrie",
        datum=date(2026, 11, 12) if full else None,
        sleutel=uuid4(),
        door=door,
    )


@pytest.mark.parametrize(
    ("make", "always", "besides"),
    [
        (new_actie, {"wat"}, {"wie", "wanneer", "wanneer_op"}),
        (new_gesprek, {"titel"}, {"datum", "deelnemers"}),
        (new_oudergesprek, {"pseudoniem", "wissen_op"}, {"datum"}),
    ],
)
@pytest.mark.parametrize("full", [True, False])
def test_the_history_begins_with_what_a_record_was_made_with(
    huis, dossier, make, always, besides, full
):
    record = make(dossier, huis.medewerker, full=full)
    record.refresh_from_db()

    filled = always | besides if full else always
    for veld in record.VELDEN:
        rows = [(row.revisie, row.waarde, row.door) for row in revisies(record, veld)]
        first = (1, as_text(getattr(record, veld)), huis.medewerker)
        assert (veld, rows) == (veld, [first] if veld in filled else [])
        assert record.revisie(veld) == len(rows)


def test_who_does_an_action_is_still_read_after_it_changed(als, tom, dossier):
    actie = new_actie(dossier, tom, full=True)
    save_veld(record=actie, veld="wie", waarde="Zoë", basis=1, door=tom)

    page = als(tom).get(reverse("historiek", args=[dossier.pk, f"actie-{actie.pk}-wie"])).text

    assert page.index("Zoë") < page.index("de directie")


def test_a_score_comes_back_as_a_number(als, tom, dossier, doel):
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=inschaling, veld="score", waarde=4, basis=0, door=tom)
    save_veld(record=inschaling, veld="score", waarde=None, basis=1, door=tom)

    als(tom).post(
        reverse("historiek", args=[dossier.pk, "inschaling-f0-1-score"]),
        {"revisie": "1", "basis": "2"},
    )

    inschaling.refresh_from_db()
    assert inschaling.score == 4


def test_a_reader_looks_but_does_not_bring_back(als, huis, url, antwoord):
    html = als(huis.lezer).get(url).text

    assert "eerste tekst" in html
    assert "Breng deze versie terug" not in html
    assert als(huis.lezer).post(url, {"revisie": "1"}).status_code == 403


@pytest.mark.parametrize("revisie", ["9", "0", "-1", "x", ""])
def test_a_version_that_never_was_is_not_found(als, tom, url, antwoord, revisie):
    assert als(tom).post(url, {"revisie": revisie}).status_code == 404


def test_a_field_that_was_never_filled_says_so(als, tom, dossier):
    html = als(tom).get(reverse("historiek", args=[dossier.pk, "inschaling-f0-1-focus"])).text

    assert "nog niet ingevuld" in html


def test_bringing_back_never_writes_over_what_came_in_the_meantime(
    als, tom, an, url, antwoord, dossier
):
    save_veld(record=antwoord, veld="toelichting", waarde="derde tekst", basis=2, door=an)

    response = als(tom).post(url, {"revisie": "1", "basis": "2"}, follow=True)

    assert "Intussen bewaarde iemand iets anders" in response.text
    antwoord.refresh_from_db()
    assert antwoord.toelichting == "derde tekst"


@pytest.mark.parametrize(("texts", "pages"), [(24, 1), (25, 1), (26, 2), (51, 3)])
def test_a_long_history_has_pages_the_newest_first(als, tom, dossier, vraag, url, texts, pages):
    record = Antwoord(dossier=dossier, vraag=vraag)
    for basis in range(texts):
        save_veld(
            record=record, veld="toelichting", waarde=f"tekst {basis}.", basis=basis, door=tom
        )
    client = als(tom)

    read = []
    for page in range(1, pages + 1):
        html = client.get(url, {"pagina": page}).text
        read += [int(number) for number in re.findall(r"tekst (\d+)\.", html)]
        assert (f"Pagina {page} van {pages}" in html) == (pages > 1)
        assert html.count("zo staat het er nu") == (page == 1)
        offered = min(25, texts - 25 * (page - 1)) - (page == 1)
        assert html.count("Breng deze versie terug") == offered

    assert read == list(reversed(range(texts)))
    # Beyond the last page is the last one; what is no page at all, the first.
    assert client.get(url, {"pagina": 99}).text.count("tekst 0.") == 1
    assert client.get(url, {"pagina": "rommel"}).text.count(f"tekst {texts - 1}.") == 1


def test_a_text_of_an_older_page_comes_back_too(als, tom, dossier, vraag, url):
    record = Antwoord(dossier=dossier, vraag=vraag)
    for basis in range(30):
        save_veld(
            record=record, veld="toelichting", waarde=f"tekst {basis}.", basis=basis, door=tom
        )
    client = als(tom)
    assert 'value="1"' in client.get(f"{url}?pagina=2").text

    stale = client.post(f"{url}?pagina=2", {"revisie": "1", "basis": "29"})
    assert stale.url == f"{url}?pagina=2"
    client.post(f"{url}?pagina=2", {"revisie": "1", "basis": "30"})

    record.refresh_from_db()
    assert (record.toelichting, record.toelichting_revisie) == ("tekst 0.", 31)
