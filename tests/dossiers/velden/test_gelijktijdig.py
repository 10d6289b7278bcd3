"""Concurrent users, each with their own connection."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from dossiers.mensen.models import User
from dossiers.velden.domain.saving import SaveOutcome, revisies, save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Planactie

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 8


def together(work):
    """Run `work(i)` concurrently for each person, and return their results."""
    barrier = Barrier(PEOPLE)

    def one(i):
        try:
            barrier.wait()
            return work(i)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def test_of_eight_savers_in_one_field_exactly_one_wins_and_seven_see_the_winner(
    dossier, vraag, tom
):
    start = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=start, veld="toelichting", waarde="begin", basis=0, door=tom)

    def work(i):
        record = Antwoord.objects.get(pk=start.pk)
        return save_veld(record=record, veld="toelichting", waarde=f"tekst {i}", basis=1, door=tom)

    results = together(work)

    start.refresh_from_db()
    assert Counter(result.outcome for result in results) == {
        SaveOutcome.SAVED: 1,
        SaveOutcome.CONFLICT: PEOPLE - 1,
    }
    assert {r.other_text.waarde for r in results if r.other_text} == {start.toelichting}
    assert [r.waarde for r in revisies(start, "toelichting")] == [start.toelichting, "begin"]


def test_eight_people_make_the_first_answer_at_once_and_one_row_stands(dossier, vraag, tom):
    def work(i):
        return save_veld(
            record=Antwoord(dossier=dossier, vraag=vraag),
            veld="groeikans",
            waarde=f"kans {i}",
            basis=0,
            door=tom,
        )

    results = together(work)

    antwoord = Antwoord.objects.get(dossier=dossier, vraag=vraag)
    assert Counter(result.outcome for result in results)[SaveOutcome.SAVED] == 1
    assert revisies(antwoord, "groeikans").count() == 1


def test_eight_people_in_different_fields_all_succeed(dossier, doel, tom):
    vragen = list(doel.vragen.all())

    def work(i):
        return save_veld(
            record=Antwoord(dossier=dossier, vraag=vragen[i]),
            veld="toelichting",
            waarde="tegelijk",
            basis=0,
            door=tom,
        )

    assert {result.outcome for result in together(work)} == {SaveOutcome.SAVED}
    assert Antwoord.objects.filter(dossier=dossier, toelichting="tegelijk").count() == PEOPLE


def test_eight_arrivals_of_one_form_make_one_action(dossier, doel, tom):
    sleutel = uuid4()

    def work(i):
        return create_planactie(
            dossier=dossier,
            doelstelling=doel,
            wat="peter en meter",
            sleutel=sleutel,
            door=User.objects.get(pk=tom.pk),
        ).pk

    assert len(set(together(work))) == 1
    assert Planactie.objects.count() == 1


def test_eight_clicks_on_one_groeikans_make_one_action(dossier, doel, vraag, tom):
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="groeikans", waarde="peter en meter", basis=0, door=tom)

    def work(i):
        return create_planactie(
            dossier=dossier,
            doelstelling=doel,
            wat="peter en meter",
            door=User.objects.get(pk=tom.pk),
            antwoord=Antwoord.objects.get(pk=antwoord.pk),
        ).pk

    assert len(set(together(work))) == 1
    assert Planactie.objects.filter(antwoord=antwoord).count() == 1
