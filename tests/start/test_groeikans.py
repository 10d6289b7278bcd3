"""Moving an answer of a survey to a question of the preventieplan."""

from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging, Openantwoord
from dossiers.anoniem.domain.bevragingen import close_bevraging
from dossiers.domain import close_dossier, still_open
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.saving import revisies, save_veld
from dossiers.velden.models import MAX_TEKST
from preventieplan.domain.versions import adopt_planversie
from preventieplan.models import Antwoord, Checklistvraag
from start.domain.groeikansen import add_groeikans
from tests.concurrency import WAIT, at_once
from tests.dialoogfiches.bevragingen.bevraging import answer, day
from tests.dossiers.materialen.nieuweversie import next_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def bevraging(dossier, laad, tom) -> Bevraging:
    """A closed survey with six answers: five ja, one nee."""
    made = open_bevraging(
        dossier=dossier, versie=laad("mini-bevraging"), titel="Vraag", tot=day(9), door=tom
    )
    for number in range(5):
        answer(made, "ja", ja2=f"Idee {number}", h1="Latijn")
    answer(made, "nee", nee2="Verborgen")
    close_bevraging(bevraging=made, door=tom)
    made.refresh_from_db()
    return made


@pytest.fixture
def idee(bevraging) -> Openantwoord:
    return bevraging.openantwoorden.get(tekst="Idee 2")


def page(antwoord):
    bevraging = antwoord.bevraging
    args = [bevraging.dossier_id, bevraging.pk, antwoord.pk]
    return reverse("bevraging-groeikans", args=args)


def standing(dossier, vraag):
    return Antwoord.objects.get(dossier=dossier, vraag=vraag).groeikans


def test_tom_chooses_a_question_and_the_answer_stands_there(als, tom, dossier, vraag, idee):
    html = als(tom).get(page(idee)).text
    assert "Idee 2" in html
    assert f'value="{vraag.code}"' in html
    assert html.count('type="radio"') == Checklistvraag.objects.asked_of(dossier).count()

    response = als(tom).post(page(idee), {"vraag": vraag.code})

    assert response.url == reverse("bevraging", args=[dossier.pk, idee.bevraging_id])
    assert standing(dossier, vraag) == "Idee 2"
    assert revisies(Antwoord.objects.get(), "groeikans").get().door == tom
    idee.refresh_from_db()
    assert idee.groeikans == vraag.code
    assert "Staat als groeikans" in als(tom).get(response.url).text
    assert vraag.tekst in als(tom).get(page(idee)).text


def test_what_stands_there_stays_and_the_answer_comes_under_it(als, tom, dossier, vraag, idee):
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="groeikans", waarde="Een peter.\n", basis=0, door=tom)

    als(tom).post(page(idee), {"vraag": vraag.code})

    assert standing(dossier, vraag) == "Een peter.\n\n\nIdee 2"
    assert [one.waarde for one in revisies(antwoord, "groeikans")][-1] == "Een peter.\n"


def test_a_second_click_changes_nothing(als, tom, dossier, doel, vraag, idee):
    client = als(tom)
    client.post(page(idee), {"vraag": vraag.code})
    client.post(page(idee), {"vraag": vraag.code})
    client.post(page(idee), {"vraag": doel.vragen.last().code})

    assert standing(dossier, vraag) == "Idee 2"
    assert Antwoord.objects.count() == 1


@pytest.mark.parametrize("chosen", ["", "f9-9-v99", "\0", None])
def test_without_a_question_nothing_happens(als, tom, idee, chosen):
    data = {} if chosen is None else {"vraag": chosen}

    response = als(tom).post(page(idee), data)

    assert response.status_code == 422
    assert "Kies eerst bij welke vraag" in response.text
    assert not Antwoord.objects.exists()


def test_a_groeikans_that_is_full_says_so(als, tom, dossier, vraag, idee):
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="groeikans", waarde="x" * MAX_TEKST, basis=0, door=tom)

    response = als(tom).post(page(idee), {"vraag": vraag.code})

    assert response.status_code == 422
    assert "te veel tekst" in response.text
    assert standing(dossier, vraag) == "x" * MAX_TEKST
    idee.refresh_from_db()
    assert idee.groeikans == ""


@pytest.mark.parametrize(("over", "status"), [(-1, 302), (0, 302), (1, 422)])
def test_an_answer_comes_under_it_as_long_as_it_fits(als, tom, dossier, vraag, idee, over, status):
    standing_there = "x" * (MAX_TEKST - len("\n\nIdee 2") + over)
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="groeikans", waarde=standing_there, basis=0, door=tom)

    assert als(tom).post(page(idee), {"vraag": vraag.code}).status_code == status
    added = "\n\nIdee 2" if status == 302 else ""
    assert standing(dossier, vraag) == standing_there + added


@pytest.mark.parametrize("tekst", ["Verborgen", "Latijn"])
def test_only_what_is_shown_moves_on(als, tom, vraag, bevraging, tekst):
    hidden = bevraging.openantwoorden.filter(tekst=tekst).first()

    assert als(tom).get(page(hidden)).status_code == 404
    assert als(tom).post(page(hidden), {"vraag": vraag.code}).status_code == 404
    assert not Antwoord.objects.exists()


def test_an_answer_of_another_school_is_not_found(als, ander_huis, vraag, idee):
    here = [ander_huis.dossier.pk, idee.bevraging_id, idee.pk]
    url = reverse("bevraging-groeikans", args=here)

    assert als(ander_huis.team).get(url).status_code == 404
    assert als(ander_huis.team).post(url, {"vraag": vraag.code}).status_code == 404


def test_in_a_closed_dossier_one_only_reads(als, tom, an, dossier, vraag, idee):
    close_dossier(dossier=dossier, door=an)

    assert 'type="radio"' not in als(tom).get(page(idee)).text
    assert als(tom).post(page(idee), {"vraag": vraag.code}).status_code == 403
    with pytest.raises(DossierAfgesloten):
        add_groeikans(openantwoord=idee, dossier=dossier, vraag=vraag, door=tom)
    idee.refresh_from_db()
    assert idee.groeikans == ""


def test_the_page_costs_the_same_whatever_is_filled_in(als, tom, dossier, doel, idee):
    client = als(tom)
    client.get(page(idee))  # the content is kept
    counts = []
    for number, vraag in enumerate(doel.vragen.all()[:4]):
        with CaptureQueriesContext(connection) as found:
            client.get(page(idee))
        counts.append(len(found))
        antwoord = Antwoord(dossier=dossier, vraag=vraag)
        save_veld(record=antwoord, veld="groeikans", waarde=f"{number}", basis=0, door=tom)

    assert len(set(counts)) == 1
    assert counts[0] <= 16


@pytest.mark.django_db(transaction=True)
def test_five_answers_to_one_empty_question_at_once_all_stand_there(dossier, vraag, bevraging, tom):
    ideas = list(bevraging.openantwoorden.filter(tekst__startswith="Idee"))
    together = Barrier(len(ideas))

    def move(idee):
        together.wait()
        add_groeikans(openantwoord=idee, dossier=dossier, vraag=vraag, door=tom)

    at_once(*[lambda idee=idee: move(idee) for idee in ideas])

    assert sorted(standing(dossier, vraag).split("\n\n")) == [f"Idee {n}" for n in range(5)]
    assert set(bevraging.openantwoorden.exclude(groeikans="").values_list("tekst", flat=True)) == {
        f"Idee {n}" for n in range(5)
    }


@pytest.mark.django_db(transaction=True)
def test_who_saves_and_who_moves_an_answer_never_wait_for_each_other(dossier, vraag, idee, tom):
    """Locks in the same order as every save: first the dossier, then its contents."""
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="groeikans", waarde="Een peter.", basis=0, door=tom)
    inside, waits = Event(), Event()

    def save():
        with transaction.atomic():
            assert still_open(dossier.pk).exists()
            inside.set()
            waits.wait(WAIT)
            save_veld(record=antwoord, veld="groeikans", waarde="Een meter.", basis=1, door=tom)

    def move():
        inside.wait(10)
        add_groeikans(openantwoord=idee, dossier=dossier, vraag=vraag, door=tom)

    at_once(save, move)

    assert standing(dossier, vraag) == "Een meter.\n\nIdee 2"


def test_a_plan_that_took_another_version_meanwhile_loses_nothing(dossier, vraag, idee, tom, an):
    """The page lists the questions of the previous version; by code it is the same question."""
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="groeikans", waarde="Een peter.", basis=0, door=tom)
    nieuw = next_version(dossier.planversie, an)
    adopt_planversie(dossier=Dossier.objects.get(pk=dossier.pk), nieuw=nieuw, door=tom)

    add_groeikans(openantwoord=idee, dossier=dossier, vraag=vraag, door=tom)

    here = Checklistvraag.objects.get(doelstelling__versie=nieuw, code=vraag.code)
    assert standing(dossier, here) == "Een peter.\n\nIdee 2"
    assert Antwoord.objects.count() == 1
