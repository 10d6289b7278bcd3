"""Saving one field: the rules, without a page."""

from itertools import count
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import SaveOutcome, Typed, revisies, save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Inschaling

pytestmark = pytest.mark.django_db


def fresh(dossier, vraag) -> Antwoord:
    """The answer as a page loaded it: a row, or an unsaved one."""
    return Antwoord.objects.filter(dossier=dossier, vraag=vraag).first() or Antwoord(
        dossier=dossier, vraag=vraag
    )


def save(dossier, vraag, waarde, basis, door, veld="toelichting"):
    return save_veld(record=fresh(dossier, vraag), veld=veld, waarde=waarde, basis=basis, door=door)


def test_first_text_makes_the_answer_and_its_history(dossier, vraag, tom):
    result = save(dossier, vraag, "Elke maandag een kringgesprek.", 0, tom)

    assert result.outcome == SaveOutcome.SAVED
    assert result.revisie == 1
    antwoord = Antwoord.objects.get(dossier=dossier, vraag=vraag)
    assert antwoord.toelichting == "Elke maandag een kringgesprek."
    assert antwoord.gewijzigd_door == tom
    assert [(r.waarde, r.door) for r in revisies(antwoord, "toelichting")] == [
        ("Elke maandag een kringgesprek.", tom)
    ]


def test_two_people_in_one_field_the_second_gets_a_conflict_with_the_first_text(
    dossier, vraag, tom, an
):
    save(dossier, vraag, "begin", 0, tom)
    save(dossier, vraag, "van Tom", 1, tom)

    result = save(dossier, vraag, "van An", 1, an)

    assert result.outcome == SaveOutcome.CONFLICT
    assert result.other_text.waarde == "van Tom"
    assert result.other_text.door == tom
    assert fresh(dossier, vraag).toelichting == "van Tom"


def test_the_record_names_whoever_wrote_last(dossier, vraag, tom, an):
    save(dossier, vraag, "van Tom", 0, tom)
    save(dossier, vraag, "van An", 1, an)

    assert fresh(dossier, vraag).gewijzigd_door == an
    actie = create_actie(dossier=dossier, wat="Een buddy per klas", door=tom)
    assert Actie.objects.get().gewijzigd_door == tom
    save_veld(record=actie, veld="wie", waarde="de titularis", basis=0, door=an)
    assert (actie.gewijzigd_door, actie.wie, actie.wie_revisie) == (an, "de titularis", 1)
    assert Actie.objects.get().gewijzigd_door == an


def test_two_people_in_two_fields_of_one_question_do_not_meet(dossier, vraag, tom, an):
    save(dossier, vraag, "toelichting van Tom", 0, tom)

    result = save(dossier, vraag, "groeikans van An", 0, an, veld="groeikans")

    assert result.outcome == SaveOutcome.SAVED
    antwoord = fresh(dossier, vraag)
    assert (antwoord.toelichting, antwoord.groeikans) == ("toelichting van Tom", "groeikans van An")


def test_who_did_not_touch_a_field_never_has_a_conflict(dossier, vraag, tom, an):
    save(dossier, vraag, "begin", 0, tom)
    save(dossier, vraag, "nieuwer", 1, an)

    result = save(dossier, vraag, "begin", 1, tom)

    assert result.outcome == SaveOutcome.UNCHANGED
    assert fresh(dossier, vraag).toelichting == "nieuwer"


def test_a_line_break_that_was_stored_as_word_has_it_is_no_other_text(dossier, vraag, tom, an):
    """A page has only plain ones, so what comes back from it is the text that was there."""
    stored, shown = "een\vtwee\u2028drie", "een\ntwee\ndrie"
    save(dossier, vraag, stored, 0, tom)
    Antwoord.objects.update(toelichting=stored)
    fresh(dossier, vraag).history().update(waarde=stored)

    assert save(dossier, vraag, shown, 1, an).outcome == SaveOutcome.UNCHANGED
    save(dossier, vraag, "van Tom", 1, tom)
    assert save(dossier, vraag, shown, 1, an).outcome == SaveOutcome.UNCHANGED
    assert fresh(dossier, vraag).toelichting == "van Tom"


def test_both_typed_the_same_words_is_no_conflict(dossier, vraag, tom, an):
    save(dossier, vraag, "begin", 0, tom)
    save(dossier, vraag, "samen", 1, tom)

    assert save(dossier, vraag, "samen", 1, an).outcome == SaveOutcome.UNCHANGED
    assert revisies(fresh(dossier, vraag), "toelichting").count() == 2


def test_both_make_the_first_answer_from_pages_loaded_empty(dossier, vraag, tom, an):
    of_an = Antwoord(dossier=dossier, vraag=vraag)
    save(dossier, vraag, "Tom was eerst", 0, tom)

    result = save_veld(record=of_an, veld="toelichting", waarde="An ook", basis=0, door=an)

    assert result.outcome == SaveOutcome.CONFLICT
    assert result.other_text.waarde == "Tom was eerst"


def test_a_first_answer_in_another_field_joins_the_row_that_is_there(dossier, vraag, tom, an):
    of_an = Antwoord(dossier=dossier, vraag=vraag)
    save(dossier, vraag, "Tom was eerst", 0, tom)

    result = save_veld(record=of_an, veld="stand", waarde="deels", basis=0, door=an)

    assert result.outcome == SaveOutcome.SAVED
    assert fresh(dossier, vraag).stand == "deels"
    assert fresh(dossier, vraag).toelichting == "Tom was eerst"


def test_a_page_whose_answer_got_lost_has_no_conflict_with_itself(dossier, vraag, tom, an):
    page, other_page = uuid4(), uuid4()

    numbers = count(1)

    def type_in(waarde, pagina, door=tom):
        return save_veld(
            record=fresh(dossier, vraag),
            veld="toelichting",
            waarde=waarde,
            basis=0,
            door=door,
            typed=Typed(pagina, next(numbers)),
        )

    results = [type_in("een zin" + ", en nog een" * more, page) for more in range(3)]
    assert [(one.outcome, one.revisie) for one in results] == [
        (SaveOutcome.SAVED, revisie) for revisie in (1, 2, 3)
    ]
    assert fresh(dossier, vraag).toelichting_revisie == 3
    # Not for another page of the same user, or another user who claims to be that page.
    assert type_in("op mijn telefoon", other_page).outcome == SaveOutcome.CONFLICT
    assert type_in("van An", page, door=an).outcome == SaveOutcome.CONFLICT


def test_what_another_wrote_before_the_page_was_opened_is_no_conflict(dossier, vraag, tom, an):
    save(dossier, vraag, "van An", 0, an)
    page = uuid4()
    for waarde in ("van An, en van Tom", "van An, en nog van Tom"):
        result = save_veld(
            record=fresh(dossier, vraag),
            veld="toelichting",
            waarde=waarde,
            basis=1,
            door=tom,
            typed=Typed(page, len(waarde)),
        )

        assert result.outcome == SaveOutcome.SAVED


def type_it(dossier, vraag, waarde, nummer, door, *, page, basis=0):
    """Save what was the `nummer`-th change of the field in an open page."""
    return save_veld(
        record=fresh(dossier, vraag),
        veld="toelichting",
        waarde=waarde,
        basis=basis,
        door=door,
        typed=Typed(page, nummer),
    )


@pytest.mark.parametrize(
    ("late", "outcome", "kept"),
    [
        (1, SaveOutcome.OVERTAKEN, "een zin, af"),
        (2, SaveOutcome.SAVED, "een zi"),
        (3, SaveOutcome.SAVED, "een zi"),
    ],
)
def test_of_two_requests_of_one_page_the_words_that_were_typed_last_stay(
    dossier, vraag, tom, late, outcome, kept
):
    page = uuid4()
    type_it(dossier, vraag, "een zin, af", 2, tom, page=page)

    result = type_it(dossier, vraag, "een zi", late, tom, page=page)

    assert result.outcome == outcome
    assert fresh(dossier, vraag).toelichting == kept


def test_the_same_words_sent_twice_at_once_are_saved_once(dossier, vraag, tom):
    """A page that closes sends again what may be under way; both find the field as it was."""
    page, loaded = uuid4(), [fresh(dossier, vraag), fresh(dossier, vraag)]

    outcomes = [
        save_veld(
            record=record,
            veld="toelichting",
            waarde="een zin",
            basis=0,
            door=tom,
            typed=Typed(page, 1),
        ).outcome
        for record in loaded
    ]

    assert outcomes == [SaveOutcome.SAVED, SaveOutcome.UNCHANGED]
    assert revisies(fresh(dossier, vraag), "toelichting").count() == 1


def test_a_request_that_was_overtaken_does_not_hide_what_a_colleague_wrote_since(
    dossier, vraag, tom, an
):
    page = uuid4()
    type_it(dossier, vraag, "van Tom, af", 2, tom, page=page)
    save(dossier, vraag, "van An", 1, an)

    late = type_it(dossier, vraag, "van To", 1, tom, page=page)
    result = type_it(dossier, vraag, "van Tom, en meer", 3, tom, page=page, basis=late.revisie)

    assert late.outcome == SaveOutcome.OVERTAKEN
    assert (result.outcome, result.other_text.waarde) == (SaveOutcome.CONFLICT, "van An")


def test_words_that_arrived_and_are_sent_again_are_no_conflict_with_what_was_saved_since(
    dossier, vraag, tom
):
    """Two pages are closed one after the other, and a third one sends what both left behind."""
    first, second = uuid4(), uuid4()
    type_it(dossier, vraag, "een zin", 1, tom, page=first)
    type_it(dossier, vraag, "een zin, en nog een", 1, tom, page=second, basis=1)

    again = type_it(dossier, vraag, "een zin", 1, tom, page=first)

    assert (again.outcome, again.revisie) == (SaveOutcome.UNCHANGED, 2)
    assert fresh(dossier, vraag).toelichting == "een zin, en nog een"


@pytest.mark.parametrize(
    ("waarde", "nummer", "is_an"),
    [("een ander woord", 1, False), ("een zin", 2, False), ("een zin", 1, True)],
)
def test_only_the_very_same_words_have_arrived(dossier, vraag, tom, an, waarde, nummer, is_an):
    page = uuid4()
    type_it(dossier, vraag, "een zin", 1, tom, page=page)
    type_it(dossier, vraag, "een zin, en nog een", 1, tom, page=uuid4(), basis=1)

    result = type_it(dossier, vraag, waarde, nummer, an if is_an else tom, page=page)

    assert result.outcome == SaveOutcome.CONFLICT


@pytest.mark.parametrize(
    ("basis", "outcome"),
    [
        (1, SaveOutcome.CONFLICT),
        (2, SaveOutcome.SAVED),
        (3, SaveOutcome.CONFLICT),
    ],
)
@pytest.mark.parametrize("page", [None, uuid4()])
def test_a_revision_that_the_database_does_not_know_is_a_conflict(
    dossier, vraag, tom, an, basis, outcome, page
):
    save(dossier, vraag, "van An", 0, an)
    save(dossier, vraag, "van An, van na de kopie", 1, an)

    result = save_veld(
        record=fresh(dossier, vraag),
        veld="toelichting",
        waarde="van Tom, van voor de kopie",
        basis=basis,
        door=tom,
        typed=page and Typed(page, 1),
    )

    assert result.outcome == outcome


def test_words_from_before_a_backup_come_back_where_nobody_wrote_since(dossier, vraag, tom):
    save(dossier, vraag, "deels", 0, tom, veld="stand")

    result = save(dossier, vraag, "van voor de kopie", 3, tom)

    assert result.outcome == SaveOutcome.SAVED
    assert [row.revisie for row in revisies(fresh(dossier, vraag), "toelichting")] == [1]


def test_an_untouched_choice_with_a_default_is_no_conflict(dossier, doel, tom, an):
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat="onthaaldag", door=tom)
    save_veld(record=actie, veld="stand", waarde="bezig", basis=0, door=an)

    result = save_veld(record=actie, veld="stand", waarde="gepland", basis=0, door=tom)

    assert result.outcome == SaveOutcome.UNCHANGED


def test_emptying_a_field_keeps_what_stood_there(dossier, vraag, tom):
    save(dossier, vraag, "waardevol", 0, tom)
    save(dossier, vraag, "", 1, tom)

    antwoord = fresh(dossier, vraag)
    assert antwoord.toelichting == ""
    assert [r.waarde for r in revisies(antwoord, "toelichting")] == ["", "waardevol"]


def test_every_score_stays_in_the_history(dossier, doel, tom):
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    for basis, score in enumerate([4, 6, 7]):
        save_veld(record=inschaling, veld="score", waarde=score, basis=basis, door=tom)

    assert Inschaling.objects.get().score == 7
    assert [r.waarde for r in revisies(inschaling, "score")] == ["7", "6", "4"]


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Antwoord, {"stand": "misschien"}),
        (Inschaling, {"score": 11}),
        (Inschaling, {"score": -1}),
    ],
)
def test_the_database_refuses_what_cannot_be(dossier, doel, vraag, model, values):
    place = {"vraag": vraag} if model is Antwoord else {"doelstelling": doel}

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(dossier=dossier, **place, **values)


@pytest.mark.parametrize("score", [None, 0, 1, 9, 10])
def test_the_database_takes_a_score_from_0_to_10(dossier, doel, score):
    Inschaling.objects.create(dossier=dossier, doelstelling=doel, score=score)

    assert Inschaling.objects.get().score == score


def test_the_database_keeps_one_answer_per_question(dossier, vraag):
    Antwoord.objects.create(dossier=dossier, vraag=vraag)

    with pytest.raises(IntegrityError), transaction.atomic():
        Antwoord.objects.create(dossier=dossier, vraag=vraag)
