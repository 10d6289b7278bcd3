"""Pages that were open while a version was taken, how many queries it takes, and eight at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers.domain import close_dossier
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.saving import SaveOutcome, save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.versions import adopt_planversie
from preventieplan.models import Antwoord, Inschaling, Planactie
from preventieplan.queries import earlier
from tests.dossiers.materialen.nieuweversie import next_version
from tests.pages import whole_form
from tests.preventieplan.conftest import TOELICHTING
from tests.preventieplan.versions.reworded import (
    WEG,
    answer_of,
    text,
)

pytestmark = pytest.mark.django_db


# --- pages that were already open ----------------------------------------------------------------


def test_a_page_that_was_open_saves_under_the_right_code(ga_over, dossier, versie, nieuw, tik):
    tik(TOELICHTING, "begin")
    ga_over()

    assert tik(TOELICHTING, "vervolg", basis=1).status_code == 200
    assert tik("antwoord-f0-1-v02-toelichting", "nieuw veld").status_code == 200
    assert tik(WEG, "bij een vraag die weg is").status_code == 200

    assert answer_of(dossier, "f0-1-v01").toelichting == "vervolg"
    assert answer_of(dossier, "f0-1-v01").vraag.doelstelling.versie == nieuw
    assert answer_of(dossier, "f0-1-v02").vraag.doelstelling.versie == nieuw
    assert answer_of(dossier, "f0-1-v03").vraag.doelstelling.versie == versie
    assert [one.toelichting for one in earlier.earlier_answers(Dossier.objects.get())] == [
        "bij een vraag die weg is"
    ]


def test_without_javascript_a_page_of_a_goal_that_is_gone_is_saved_whole(
    als, ga_over, dossier, tom, nieuw
):
    page = reverse("doelstelling", args=[dossier.pk, "f3-4"])
    client = als(tom)
    sent = whole_form(text(client.get(page)))
    ga_over()

    response = client.post(page, sent | {"inschaling-f3-4-focus": "warm houden"}, follow=True)

    assert "warm houden" in text(response)
    assert Inschaling.objects.get(doelstelling__code="f3-4").focus == "warm houden"


def test_a_first_save_that_looked_just_before_lands_in_the_new_version(dossier, vraag, tom, nieuw):
    """The record was loaded, then the version changed, then it was saved."""
    seen = Dossier.objects.get()
    record = Antwoord(dossier=seen, vraag=vraag)
    adopt_planversie(dossier=dossier, nieuw=nieuw, door=tom)

    result = save_veld(record=record, veld="toelichting", waarde="net op tijd", basis=0, door=tom)

    assert result.outcome == SaveOutcome.SAVED
    assert answer_of(dossier, "f0-1-v01").vraag.doelstelling.versie == nieuw


def test_two_such_first_saves_meet_each_other(dossier, vraag, tom, an, nieuw):
    records = [Antwoord(dossier=Dossier.objects.get(), vraag=vraag) for _ in range(2)]
    adopt_planversie(dossier=dossier, nieuw=nieuw, door=tom)
    first, second = records

    save_veld(record=first, veld="toelichting", waarde="van Tom", basis=0, door=tom)
    result = save_veld(record=second, veld="toelichting", waarde="van An", basis=0, door=an)

    assert result.outcome == SaveOutcome.CONFLICT
    assert result.other_text.waarde == "van Tom"


def test_a_first_save_in_a_dossier_that_moved_and_closed_is_refused(dossier, vraag, tom, an, nieuw):
    record = Antwoord(dossier=Dossier.objects.get(), vraag=vraag)
    adopt_planversie(dossier=dossier, nieuw=nieuw, door=tom)
    close_dossier(dossier=dossier, door=an)

    with pytest.raises(DossierAfgesloten):
        save_veld(record=record, veld="toelichting", waarde="te laat", basis=0, door=tom)
    assert not Antwoord.objects.exists()


def test_an_action_of_a_page_that_was_open_lands_in_the_new_version(dossier, doel, tom, nieuw):
    adopt_planversie(dossier=dossier, nieuw=nieuw, door=tom)

    create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)

    assert Planactie.objects.get().doelstelling.versie == nieuw


def test_who_is_second_does_not_take_an_older_version(dossier, tom, an, nieuw):
    seen = Dossier.objects.get()
    derde = next_version(nieuw, an, today=date(2028, 3, 4))
    assert adopt_planversie(dossier=dossier, nieuw=derde, door=an)

    assert not adopt_planversie(dossier=seen, nieuw=nieuw, door=tom)

    dossier.refresh_from_db()
    assert dossier.planversie == derde


# --- number of queries ---------------------------------------------------------------------------


def test_the_notice_and_the_earlier_answers_cost_little(
    als, ga_over, tom, dossier, url, tik, nieuw, django_assert_max_num_queries
):
    tik(WEG, "blijft")
    tik("antwoord-f0-1-v04-toelichting", "gaat mee")
    ga_over()
    browser = als(tom)
    with django_assert_max_num_queries(12):
        browser.get(url)


def test_the_list_of_changes_takes_as_many_queries_however_much_there_is(
    als, tom, dossier, nieuw, tik, django_assert_num_queries
):
    page, browser = reverse("planversie", args=[dossier.pk]), als(tom)
    with CaptureQueriesContext(connection) as captured:
        browser.get(page)
    before = len(captured)
    for code in ("f0-1-v01", "f0-1-v02", "f0-2-v01"):
        tik(f"antwoord-{code}-toelichting", "iets")
    with django_assert_num_queries(before):
        browser.get(page)


# --- concurrency ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_eight_first_saves_while_the_version_is_taken_all_land_in_one_place(
    dossier, doel, tom, nieuw
):
    """Some are saved before, some after; none stays behind on a question that moved."""
    vragen = [one for one in doel.vragen.all() if one.code != "f0-1-v03"][:8]
    # Each from a page that was open before: the question and the dossier are of one moment.
    records = [Antwoord(dossier=Dossier.objects.get(), vraag=vraag) for vraag in vragen]
    begun = Event()

    def save(record: Antwoord):
        try:
            begun.wait(10)
            return save_veld(
                record=record, veld="toelichting", waarde=record.vraag.code, basis=0, door=tom
            ).outcome
        finally:
            connections.close_all()

    def move():
        try:
            begun.set()
            with transaction.atomic():
                return adopt_planversie(dossier=Dossier.objects.get(), nieuw=nieuw, door=tom)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(9) as pool:
        saves = [pool.submit(save, record) for record in records]
        moved = pool.submit(move)
        assert {one.result() for one in saves} == {SaveOutcome.SAVED}
        assert moved.result()

    antwoorden = Antwoord.objects.select_related("vraag__doelstelling")
    assert {one.vraag.doelstelling.versie_id for one in antwoorden} == {nieuw.pk}
    assert {one.toelichting for one in antwoorden} == {vraag.code for vraag in vragen}
