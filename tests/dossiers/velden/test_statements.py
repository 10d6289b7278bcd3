"""What one save asks of the database, statement by statement, on both databases."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from preventieplan.domain.acties import create_planactie
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek, url

pytestmark = pytest.mark.django_db

# A transaction begins and ends on its own account; inside a test SQLite and PostgreSQL write that
# as savepoints.
AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
SAVE, SAVE_IN_A_TALK = 6, 7


@pytest.fixture
def statements(als):
    """Save a field as its page does, twice; what each save asked."""

    def ask(user, url, veld, *waarden):
        browser = als(user)
        browser.get(url)
        return [_asked(browser, url, veld, *one) for one in enumerate(waarden)]

    return ask


def _asked(browser, url, veld, basis, waarde) -> int:
    data = {"veld": veld, veld: waarde, f"{veld}_basis": str(basis)}
    with CaptureQueriesContext(connection) as captured:
        response = browser.post(url, data, headers={"HX-Request": "true"})
    assert response.status_code == 200, response.text
    return len([one for one in captured if not one["sql"].startswith(AROUND)])


@pytest.mark.parametrize(
    ("veld", "waarden"),
    [
        ("antwoord-f0-1-v01-toelichting", ("Elke maandag.", "Elke dinsdag.")),
        ("antwoord-f0-1-v01-groeikans", ("Wie later instroomt.", "Iedereen.")),
        ("antwoord-f0-1-v01-stand", ("deels", "nog-niet")),
        ("inschaling-f0-1-score", ("4", "7")),
        ("inschaling-f0-1-focus", ("Onthaal.", "Warm onthaal.")),
    ],
)
def test_a_save_in_the_plan_takes_six(statements, dossier, tom, veld, waarden):
    goal = reverse("doelstelling", args=[dossier.pk, "f0-1"])

    assert statements(tom, goal, veld, *waarden) == [SAVE, SAVE]


@pytest.mark.parametrize(
    ("name", "waarden"),
    [("wie", ("Tom", "An")), ("wanneer_op", ("2027-01-15", "2027-02-15"))],
)
def test_a_save_in_an_action_takes_six(statements, dossier, doel, tom, name, waarden):
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat="onthaaldag", door=tom)
    goal = reverse("doelstelling", args=[dossier.pk, "f0-1"])

    assert statements(tom, goal, f"actie-{actie.pk}-{name}", *waarden) == [SAVE, SAVE]


@pytest.mark.parametrize(
    ("soort", "code"),
    [("notitie", "registratie-b01-tekst"), ("stap", "registratie-resultaat")],
)
def test_a_save_in_a_talk_has_to_find_the_talk_too(statements, dossier, laad, tom, soort, code):
    gesprek = start_gesprek(
        dossier=dossier,
        versie=laad("dialoogdocument"),
        sleutel=uuid4(),
        titel="Aanwezig op school",
        door=tom,
    )
    step = reverse("gesprekstap", args=[dossier.pk, gesprek.pk, "registratie"])

    taken = statements(tom, step, f"{soort}-{gesprek.pk}-{code}", "Om tien uur.", "Om elf uur.")

    assert taken == [SAVE_IN_A_TALK, SAVE_IN_A_TALK]


@pytest.mark.parametrize(
    ("veld", "asked"),
    [
        ("oudergesprek-dit-focus_nu", SAVE),
        ("oudernotitie-thuis-r01-tekst", SAVE_IN_A_TALK),
        ("ouderthema-thuis-groter", SAVE_IN_A_TALK),
    ],
)
def test_a_save_in_a_talk_with_parents_takes_no_more(statements, huis, laad, veld, asked):
    laad("dialoogdocument-ouders")
    page = url(make_gesprek(huis))

    assert statements(huis.medewerker, page, veld, "De bus.", "Samen.") == [asked, asked]
