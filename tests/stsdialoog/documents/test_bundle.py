"""Several documents for one who asks: as many as a request has patience for, and on from there."""

from types import SimpleNamespace

import pytest

from stsdialoog.documents import bundle, desk
from stsdialoog.documents.bundle import Unfinished, find_or_make_all
from stsdialoog.documents.desk import NotMade, Why
from stsdialoog.documents.places import Job
from tests.stsdialoog.documents.letters import AN, TOM, busy, kept_files, letter, until_free

# None of it depends on the database.
pytestmark = pytest.mark.looks

THREE = [letter("een"), letter("twee"), letter("drie")]


def unfinished(documents=THREE) -> tuple[int, Why]:
    with pytest.raises(Unfinished) as answer:
        find_or_make_all(documents, user=AN)
    return answer.value.ready, answer.value.why


def test_they_are_made_in_their_order_and_each_is_kept(folder, make_no_more):
    made = find_or_make_all(THREE, user=AN)

    assert [one.startswith(b"%PDF") for one in made] == [True] * 3
    assert len(set(made)) == len(kept_files(folder)) == 3
    make_no_more()
    assert find_or_make_all(reversed(THREE), user=TOM) == made[::-1]


def test_each_request_goes_on_where_the_one_before_it_ended(folder, monkeypatch, make_no_more):
    monkeypatch.setattr(desk, "PATIENCE", 0)

    for ready in range(3):
        assert unfinished() == (ready, Why.BEING_MADE)
        until_free()
        assert len(kept_files(folder)) == ready + 1

    make_no_more()
    assert len(find_or_make_all(THREE, user=AN)) == 3


def test_when_the_patience_of_a_request_is_over_it_begins_with_no_other(folder, monkeypatch):
    moments = iter([0.0, desk.PATIENCE + 1])
    # Only there: who makes a document looks at the clock too.
    monkeypatch.setattr(bundle, "time", SimpleNamespace(monotonic=lambda: next(moments)))

    assert unfinished() == (1, Why.BEING_MADE)

    until_free()
    assert len(kept_files(folder)) == 1


def test_what_can_not_be_kept_is_not_made_again_and_again(monkeypatch, settings):
    settings.DOCUMENTEN_MB = 0
    moments = iter([0.0, desk.PATIENCE + 1])
    monkeypatch.setattr(bundle, "time", SimpleNamespace(monotonic=lambda: next(moments)))

    with pytest.raises(NotMade):
        find_or_make_all(THREE, user=AN)
    until_free()


def test_what_is_kept_is_found_however_late_it_is(monkeypatch):
    made = find_or_make_all(THREE, user=AN)
    monkeypatch.setattr(desk, "PATIENCE", -1)

    assert find_or_make_all(THREE, user=AN) == made


@pytest.mark.parametrize(
    ("jobs", "why"),
    [
        ([Job("else", AN)], Why.ANOTHER_OF_YOURS),
        ([Job("else", TOM), Job("third", "3")], Why.FULL),
        ([Job(THREE[1].key, TOM)], Why.BEING_MADE),
    ],
)
def test_who_has_to_wait_for_something_else_hears_so(jobs, why):
    desk.find_or_make(THREE[0], user=AN)
    until_free()

    with busy(*jobs):
        assert unfinished() == (1, why)


def test_a_document_is_not_even_rendered_before_its_turn(monkeypatch):
    monkeypatch.setattr(desk, "PATIENCE", 0)
    rendered = []

    def render():
        for document in THREE:
            rendered.append(document)
            yield document

    unfinished(render())

    assert rendered == THREE[:1]


def test_one_that_fails_is_told():
    with busy(Job(THREE[0].key, AN)):
        pass  # its process died

    with pytest.raises(NotMade):
        find_or_make_all(THREE, user=AN)
