"""What is kept of documents: within a bound, closed to others, and no longer than it is of use."""

import os
import shutil
import stat

import pytest
from django.core.management import call_command

from dossiers.domain import DAYS_A_PDF_IS_KEPT
from stsdialoog import pdf, typeface
from stsdialoog.documents import document, kept
from stsdialoog.documents import folder as folders
from stsdialoog.documents.desk import find_or_make, make_unkept
from stsdialoog.documents.document import MATERIALS, KeptDocument
from tests.stsdialoog.documents.letters import AN, kept_files, letter, until_free

pytestmark = pytest.mark.looks


@pytest.fixture
def keep(tmp_path):
    """Keep ten bytes under the letter of `name`, used `ago` seconds before now."""

    def go(name: str, ago: float = 0, *, owner: str = MATERIALS, bound: int = 1000) -> None:
        one = letter(name, owner=owner)
        shelf = kept.shelf_for(one, bound=bound)
        shelf.keep(b"0123456789", work=tmp_path)
        used = shelf.path.stat().st_mtime - ago
        if shelf.path.exists():
            os.utime(shelf.path, (used, used))

    return go


def there(*names: str) -> list[str]:
    """Which of these letters are kept; looking counts as use."""
    return [name for name in names if kept.find(letter(name)) is not None]


def test_nobody_else_on_the_machine_can_read_it(folder):
    find_or_make(letter(), user=AN)
    until_free()

    paths = [folder, *folder.rglob("*")]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()}
    folder_modes = {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()}
    assert len(kept_files(folder)) == 1
    assert modes == {0o600}
    assert folder_modes == {0o700}


def test_a_folder_that_was_open_is_closed(folder):
    folder.mkdir(mode=0o755)

    find_or_make(letter(), user=AN)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_backup_program_is_told_to_leave_it_out(folder):
    find_or_make(letter(), user=AN)

    assert (folder / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06")


@pytest.mark.parametrize(("over", "first_stays"), [(-1, True), (0, True), (1, False)])
def test_what_was_used_least_makes_room(keep, over, first_stays):
    keep("eerste", ago=20)
    keep("tweede", ago=10)
    keep("derde", bound=30 - over)

    assert there("tweede", "derde") == ["tweede", "derde"]
    assert bool(there("eerste")) == first_stays


def test_asking_for_it_counts_as_use(keep):
    keep("eerste", ago=20)
    keep("tweede", ago=10)
    assert there("eerste") == ["eerste"]

    keep("derde", bound=20)

    assert there("eerste", "tweede", "derde") == ["eerste", "derde"]


def test_all_owners_share_one_bound(keep):
    keep("eerste", ago=20, owner="een-dossier")

    keep("tweede", bound=10)

    assert kept.find(letter("eerste", owner="een-dossier")) is None
    assert there("tweede") == ["tweede"]


@pytest.mark.parametrize(("over", "stays"), [(-1, True), (0, True), (1, False)])
def test_what_nobody_asked_for_lately_is_deleted(keep, monkeypatch, over, stays):
    keep("eerste")
    used = kept.shelf_for(letter("eerste"), bound=0).path.stat().st_mtime
    monkeypatch.setattr(kept.time, "time", lambda: used + 7 * 24 * 3600 + over)

    kept.forget_unused(days=7)

    assert bool(there("eerste")) == stays


@pytest.mark.django_db
def test_every_night_the_documents_of_dossiers_that_are_gone_are_deleted(huis, ander_huis, keep):
    gone, stays = huis.dossier, ander_huis.dossier
    keep("blad")
    for dossier in (gone, stays):
        keep("plan", owner=str(dossier.pk))
    keep("oud", ago=(DAYS_A_PDF_IS_KEPT + 1) * 24 * 3600)
    call_command("ruim_op")
    assert kept.owners() == {MATERIALS, str(gone.pk), str(stays.pk)}
    assert there("blad", "oud") == ["blad"]

    gone.delete()
    call_command("ruim_op")

    assert kept.owners() == {MATERIALS, str(stays.pk)}
    assert there("blad") == ["blad"]


@pytest.mark.django_db
def test_a_night_without_any_documents(folder):
    call_command("ruim_op")

    assert kept.owners() == set()


def test_without_a_folder_to_write_in_documents_are_made_all_the_same(settings, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    settings.DOCUMENTEN_DIR = tmp_path / "file" / "documenten"

    assert find_or_make(letter(), user=AN).startswith(b"%PDF")
    assert make_unkept(letter()).startswith(b"%PDF")

    assert "DOCUMENTEN_DIR cannot be used" in caplog.text
    assert caplog.text.count("DOCUMENTEN_DIR") == 1
    assert stat.S_IMODE(folders.folder().stat().st_mode) == 0o700


def test_the_folder_may_be_emptied_at_any_time(folder):
    made = find_or_make(letter(), user=AN)
    until_free()
    shutil.rmtree(folder)
    assert kept.owners() == set()

    assert find_or_make(letter(), user=AN) == made
    until_free()
    assert len(kept_files(folder)) == 1


def test_what_cannot_be_kept_is_given_all_the_same(heard):
    (folders.folder() / folders.KEPT / MATERIALS).write_text("where a folder should be")

    assert find_or_make(letter(), user=AN).startswith(b"%PDF")

    until_free()
    assert kept.find(letter()) is None
    assert "could not be kept" in heard()


# --- the key ------------------------------------------------------------------------------------


def other(**changed: object) -> KeptDocument:
    fields = {"template": "brief.html", "titel": "Brief", "html": "<p>a", "styles": ("plan.css",)}
    return KeptDocument(**{**fields, "owner": MATERIALS, **changed})  # type: ignore[arg-type]


def test_the_key_is_of_what_a_layout_reads():
    assert other().key == other(titel="Een andere naam").key == other().key
    assert len({other().key, other(html="<p>b").key, other(styles=("gesprek.css",)).key}) == 3


def test_another_style_sheet_is_another_document(monkeypatch, tmp_path):
    shutil.copytree(pdf.STYLES_DIR, tmp_path / "pdf")
    monkeypatch.setattr(pdf, "STYLES_DIR", tmp_path / "pdf")
    before = other().key
    for name in ("plan.css", "basis.css"):
        with (tmp_path / "pdf" / name).open("a") as file:
            file.write("p { margin: 0 }")
        assert other().key != before
        before = other().key


@pytest.mark.parametrize("name", ["distributions", "pdf", "typeface"])
def test_a_release_makes_other_documents(monkeypatch, tmp_path, name):
    before = other().key
    document._code_version.cache_clear()
    (tmp_path / "it").write_bytes(b"something else")
    if name == "distributions":
        monkeypatch.setattr(document, "distributions", list)
    elif name == "pdf":
        monkeypatch.setattr(pdf, "__file__", str(tmp_path / "it"))
    else:
        monkeypatch.setattr(typeface, "font_file", lambda _: tmp_path / "it")

    assert other().key != before

    monkeypatch.undo()
    document._code_version.cache_clear()
    assert other().key == before
