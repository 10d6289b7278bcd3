"""Who asks for a document gets it, or hears what it waits for; no thread waits for another's."""

import signal
from contextlib import closing

import pytest

from stsdialoog.documents import desk
from stsdialoog.documents.child import Child
from stsdialoog.documents.desk import Busy, NotMade, NotYet, Why, find_or_make, make_unkept
from stsdialoog.documents.places import Job, open_place
from tests.stsdialoog.documents.letters import AN, TOM, busy, kept_files, letter, until_free

# None of it depends on the database.
pytestmark = pytest.mark.looks

ELSE = Job("else", TOM)


def why(document, user=AN) -> Why:
    with pytest.raises(NotYet) as answer:
        find_or_make(document, user=user)
    return answer.value.why


def test_a_document_is_made_once(folder, make_no_more):
    made = find_or_make(letter(), user=AN)

    assert made.startswith(b"%PDF-1.7")
    (file,) = kept_files(folder)
    assert file.read_bytes() == made
    make_no_more()
    assert find_or_make(letter(), user=TOM) == made


def test_what_takes_too_long_is_there_at_the_next_try(monkeypatch, make_no_more):
    monkeypatch.setattr(desk, "PATIENCE", 0)

    assert why(letter()) is Why.BEING_MADE

    until_free()
    make_no_more()
    assert find_or_make(letter(), user=AN).startswith(b"%PDF-1.7")


def test_two_who_ask_the_same_share_one_layout(make_no_more):
    make_no_more()
    with busy(Job(letter().key, TOM)):
        assert why(letter()) is Why.BEING_MADE
        # Her own second click neither is another document.
        assert why(letter(), user=TOM) is Why.BEING_MADE


@pytest.mark.parametrize(("places", "full"), [(3, False), (2, True), (1, True)])
def test_when_all_places_are_taken_one_hears_so(settings, places, full):
    settings.DOCUMENTEN_PROCESSEN = places
    with busy(ELSE, Job("third", "3")):
        if full:
            assert why(letter()) is Why.FULL
        else:
            assert find_or_make(letter(), user=AN)

    assert find_or_make(letter(), user=AN)


@pytest.mark.parametrize(("going", "enough"), [(1, False), (2, True), (3, True)])
def test_of_one_user_so_many_are_made_at_once(settings, monkeypatch, going, enough):
    settings.DOCUMENTEN_PROCESSEN = 5
    monkeypatch.setattr(desk, "PER_USER", 2)
    with busy(ELSE, *(Job(f"mine{number}", AN) for number in range(going))):
        if enough:
            assert why(letter()) is Why.ANOTHER_OF_YOURS
        else:
            assert find_or_make(letter(), user=AN)
        assert find_or_make(letter("Dag"), user="3")


@pytest.mark.parametrize(
    ("places", "going", "more", "full"),
    [
        (2, 1, -1, False),
        (2, 1, 0, True),
        (2, 0, 0, False),
        (3, 1, 0, False),
        (3, 2, 0, True),
        # With one place they all share it.
        (1, 0, 0, False),
    ],
)
def test_long_documents_leave_a_place_for_the_short_ones(
    settings, monkeypatch, places, going, more, full
):
    """more: letters above those from which a document is a long one."""
    settings.DOCUMENTEN_PROCESSEN = places
    monkeypatch.setattr(desk, "LARGE", len(letter().html) - more)
    with busy(*(Job(f"long{number}", f"user{number}", large=True) for number in range(going))):
        if full:
            assert why(letter()) is Why.FULL
        else:
            assert find_or_make(letter(), user=AN)


def test_nobody_takes_all_places(settings):
    assert settings.DOCUMENTEN_PROCESSEN > desk.PER_USER


def test_what_failed_while_nobody_waited_is_told_once_and_then_tried_again(caplog):
    with busy(Job(letter().key, AN)):
        assert why(letter()) is Why.BEING_MADE

    with pytest.raises(NotMade):
        find_or_make(letter(), user=AN)

    assert "brief.html was not made" in caplog.text
    assert find_or_make(letter(), user=AN)


def test_when_no_place_can_be_written_it_is_not_made_and_nobody_waits(folder, settings, caplog):
    """As on a disk without any room: whoever asks gets the page that says so, and no error."""
    folder.mkdir()
    for number in range(settings.DOCUMENTEN_PROCESSEN):
        (folder / f"document-{number}.place").symlink_to("/dev/null")

    with pytest.raises(NotMade):
        find_or_make(letter(), user=AN)

    assert "brief.html was not made: no place can be written" in caplog.text


def test_another_document_of_which_the_making_failed_does_not_matter():
    with busy(ELSE):
        pass

    assert find_or_make(letter(), user=AN)


# --- of which nothing may stay ------------------------------------------------------------------


def test_an_unkept_document_does_not_wait_for_the_others(settings):
    settings.DOCUMENTEN_PROCESSEN = 1
    with busy(ELSE):
        assert make_unkept(letter()).startswith(b"%PDF-1.7")


def test_an_unkept_document_waits_for_another_of_its_kind_and_then_gives_up(monkeypatch):
    monkeypatch.setattr(desk, "PATIENCE_UNKEPT", 0)
    with closing(open_place("unkept")) as place:
        assert place.take()
        with pytest.raises(Busy):
            make_unkept(letter())


def test_an_unkept_document_that_takes_too_long_is_not_finished(monkeypatch):
    begun = []

    class Seen(Child):
        def __enter__(self) -> Child:
            begun.append(self)
            return self

    with monkeypatch.context() as patch:
        patch.setattr(desk, "Child", Seen)
        patch.setattr(desk, "PATIENCE_UNKEPT", 0)
        with pytest.raises(Busy):
            make_unkept(letter())

    (one,) = begun
    one.process.join()
    assert one.process.exitcode == -signal.SIGKILL
    assert make_unkept(letter())


@pytest.mark.parametrize(("waiting", "enough"), [(0, False), (1, False), (2, True)])
def test_two_threads_of_a_process_wait_for_unkept_documents_and_no_more(waiting, enough):
    for _ in range(waiting):
        assert desk._waiting_unkept.acquire(blocking=False)
    try:
        if enough:
            with pytest.raises(Busy):
                make_unkept(letter())
        else:
            assert make_unkept(letter())
    finally:
        for _ in range(waiting):
            desk._waiting_unkept.release()
