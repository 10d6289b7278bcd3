"""The process that lays out a document: whatever becomes of it, the next one is made."""

import os
import resource
import signal
import subprocess
import sys
from contextlib import closing
from ctypes import CDLL
from dataclasses import replace
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured

from stsdialoog import pdf
from stsdialoog.documents import child, desk, kept
from stsdialoog.documents.child import Child, ChildDied, Work
from stsdialoog.documents.desk import NotMade, find_or_make, make_unkept
from stsdialoog.documents.places import open_place
from tests.stsdialoog.documents.letters import AN, kept_files, letter, until_free

pytestmark = pytest.mark.looks

SECRET = "geheim7f3a"
PR_GET_DUMPABLE = 3
UNKEPT = Work("brief.html", (), None, child.MEMORY, child.PROCESSOR_SECONDS)
LONG = "Elke week bekijken we samen de cijfers.<p>" * 3000


def test_it_gives_the_same_bytes_as_any_other_process():
    document = letter("Zoë gaat naar school.")

    assert find_or_make(document, user=AN) == pdf.write_pdf(document.html, styles=document.styles)


def test_a_killed_process_leaves_its_place():
    with closing(open_place("document-0")) as place, closing(open_place("document-0")) as again:
        assert place.take()
        with Child(letter(), place) as killed:
            killed.kill()
            killed.process.join()
            with pytest.raises(ChildDied):
                killed.lay_out(seconds=600)
        assert not again.take()

    with closing(open_place("document-0")) as place:
        assert place.take()


def test_a_killed_process_is_told_and_the_next_try_succeeds(monkeypatch, caplog):
    class Killed(Child):
        def lay_out(self, *, seconds: float) -> bytes | None:
            self.kill()
            return super().lay_out(seconds=seconds)

    with monkeypatch.context() as patch:
        patch.setattr(desk, "Child", Killed)
        for make in (lambda: find_or_make(letter(), user=AN), lambda: make_unkept(letter())):
            with pytest.raises(NotMade):
                make()
            assert "brief.html was not made" in caplog.text
            caplog.clear()

    assert find_or_make(letter(), user=AN)
    assert make_unkept(letter())


def test_the_process_that_the_others_come_from_may_be_killed():
    find_or_make(letter(), user=AN)
    pid = forkserver._forkserver._forkserver_pid
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)

    assert find_or_make(letter("Dag"), user=AN)
    assert forkserver._forkserver._forkserver_pid != pid


def test_the_process_that_the_others_come_from_has_no_threads():
    find_or_make(letter(), user=AN)

    tasks = Path(f"/proc/{forkserver._forkserver._forkserver_pid}/task")
    assert len(list(tasks.iterdir())) == 1


@pytest.mark.parametrize(("what", "most"), [("MEMORY", 200_000_000), ("PROCESSOR_SECONDS", 1)])
def test_a_process_that_takes_too_much_is_ended(monkeypatch, what, most):
    with monkeypatch.context() as patch:
        patch.setattr(child, what, most)
        with pytest.raises(NotMade):
            find_or_make(letter(LONG), user=AN)

    assert find_or_make(letter(), user=AN)


def test_the_log_says_what_failed_and_not_what_was_typed(heard):
    wrong = replace(letter(SECRET), styles=(f"{SECRET}.css",))
    shelf = kept.shelf_for(letter(), bound=10**6)
    with closing(open_place("document-0")) as place, Child(wrong, place, shelf=shelf) as failing:
        with pytest.raises(ChildDied):
            failing.lay_out(seconds=600)
        failing.process.join()

    said = heard()
    assert "brief.html was not made: FileNotFoundError" in said
    assert "in write_pdf" in said
    assert SECRET not in said


END_OF_A_WEB_PROCESS = """
import os, signal
from stsdialoog.documents import kept
from stsdialoog.documents.child import Child
from stsdialoog.documents.places import open_place
from tests.stsdialoog.documents.letters import letter

place = open_place("document-0")
assert place.take()
child = Child(letter(), place, shelf=kept.shelf_for(letter(), bound=10**6))
child.lay_out(seconds=0)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_when_the_web_process_is_killed_the_document_is_made_all_the_same(folder, make_no_more):
    environment = {**os.environ, "DOCUMENTEN_DIR": str(folder), "DJANGO_DEBUG": "true"}
    environment["DJANGO_SETTINGS_MODULE"] = "stsdialoog.settings"
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-c", END_OF_A_WEB_PROCESS],
        cwd=configured.BASE_DIR,
        env=environment,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL

    until_free()

    make_no_more()
    assert find_or_make(letter(), user=AN)


def test_what_a_killed_process_left_in_its_folder_is_gone_after_the_next():
    with closing(open_place("document-0")) as place:
        place.work.mkdir()
    (place.work / "rest").write_bytes(b"x")

    find_or_make(letter(), user=AN)

    until_free()
    assert not place.work.exists()


# --- of which nothing may stay ------------------------------------------------------------------


def test_of_an_unkept_document_nothing_stays(folder):
    made = make_unkept(letter(SECRET))

    until_free("unkept")
    assert made.startswith(b"%PDF-1.7")
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert set(files) == {"CACHEDIR.TAG", "unkept.place"}
    assert files["unkept.place"] == b""
    assert kept_files(folder) == []


def write(pipe: Connection, path: Path) -> None:
    """What a process would do that tries to leave something behind."""
    child._confine(UNKEPT)
    child._limit(resource.RLIMIT_FSIZE, UNKEPT.largest_file)
    with pytest.raises(OSError, match="File too large"):
        path.write_bytes(b"x")
    pipe.send(path.stat().st_size)


def show_bounds(pipe: Connection, path: Path) -> None:
    child._confine(UNKEPT)
    dumpable = CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)
    core = resource.getrlimit(resource.RLIMIT_CORE)
    pipe.send((os.getpriority(os.PRIO_PROCESS, 0), core, dumpable))


def in_a_child(work, path: Path) -> Any:
    ours, theirs = child._context.Pipe()
    process = child._context.Process(target=work, args=(theirs, path))
    process.start()
    theirs.close()
    found = ours.recv()
    process.join()
    return found


def test_a_process_without_a_shelf_cannot_write(tmp_path):
    assert in_a_child(write, tmp_path / "it") == 0


def test_a_process_gives_way_to_pages_and_dumps_no_memory(tmp_path):
    assert in_a_child(show_bounds, tmp_path) == (child.NICENESS, (0, 0), 0)
