"""What was erased for good is remembered outside the database, whatever happens in between."""

import errno
import json
import os
import stat

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError

from stsdialoog import wislijst
from stsdialoog.wislijst import (
    NotRemembered,
    check_wislijst,
    erase_and_remember,
    erased_keys,
    name_of,
    settle,
    unsettled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    return tmp_path / "wislijst.jsonl"


@pytest.fixture
def group():
    """Any record: the list knows nothing of what it is about."""
    return Group.objects.create(name="een naam die nergens mag staan")


def lines(file):
    return [json.loads(line) for line in file.read_text().splitlines() if line]


def erase(group) -> bool:
    return bool(Group.objects.filter(pk=group.pk).delete()[0])


def test_an_erasure_is_announced_and_then_settled(group, file):
    seen = []

    def look_and_erase() -> bool:
        seen.extend(lines(file))
        return erase(group)

    pk = str(group.pk)
    assert erase_and_remember(records=[group], erase=look_and_erase)

    assert [line["stand"] for line in seen] == ["wissen"]
    assert [line["stand"] for line in lines(file)] == ["wissen", "gewist"]
    assert erased_keys(Group) == {pk}
    assert unsettled() == []
    assert not Group.objects.filter(pk=pk).exists()


def test_it_holds_what_names_a_record_and_nothing_else(group, file):
    erase_and_remember(records=[group], erase=lambda: erase(group))

    for line in lines(file):
        assert set(line) == {"op", "stand", "model", "pk"}
        assert (line["model"], line["pk"]) == ("auth.group", str(group.pk))
    assert group.name not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_stays_is_not_remembered_as_erased(group):
    assert not erase_and_remember(records=[group], erase=lambda: False)

    assert erased_keys(Group) == set()
    assert unsettled() == []


def test_a_second_click_does_not_undo_the_first(group):
    erase_and_remember(records=[group], erase=lambda: erase(group))
    assert not erase_and_remember(records=[group], erase=lambda: erase(group))

    assert erased_keys(Group) == {str(group.pk)}


def test_of_a_transaction_that_broke_nobody_knows_how_it_ended(group):
    """The database may have done it: a backup that is restored now must not bring it back."""

    def broken() -> bool:
        erase(group)
        raise DatabaseError

    with pytest.raises(DatabaseError):
        erase_and_remember(records=[group], erase=broken)

    assert unsettled() == [name_of(Group, group.pk)]
    assert erased_keys(Group) == {str(group.pk)}
    assert Group.objects.filter(pk=group.pk).exists()

    settle(unsettled(), erased=False)
    assert unsettled() == []
    assert erased_keys(Group) == set()


def full_disk(descriptor, text):
    raise OSError(errno.ENOSPC, "No space left on device")


def half_a_line(descriptor, text):
    return write(descriptor, text[: len(text) // 2])


write = os.write


@pytest.mark.parametrize("disk", [full_disk, half_a_line])
def test_what_cannot_be_remembered_is_not_erased(group, monkeypatch, disk):
    with monkeypatch.context() as patch:
        patch.setattr(wislijst.os, "write", disk)
        with pytest.raises(NotRemembered, match=r"No space|no room"):
            erase_and_remember(records=[group], erase=lambda: erase(group))

    assert Group.objects.filter(pk=group.pk).exists()
    assert erased_keys(Group) == set()
    # Half a line spoils neither the one before nor the one after it.
    erase_and_remember(records=[group], erase=lambda: erase(group))
    assert erased_keys(Group) == {str(group.pk)}


def test_a_disk_that_fills_up_meanwhile_leaves_it_announced(group, monkeypatch):
    pk = str(group.pk)

    def erase_and_fill() -> bool:
        monkeypatch.setattr(wislijst.os, "write", full_disk)
        return erase(group)

    assert erase_and_remember(records=[group], erase=erase_and_fill)

    assert unsettled() == [("auth.group", pk)]
    assert erased_keys(Group) == {pk}


def test_every_line_is_on_the_disk_before_the_database_begins(group, monkeypatch):
    synced: list[int] = []
    monkeypatch.setattr(wislijst.os, "fsync", synced.append)

    def look_and_erase() -> bool:
        assert len(synced) == 2, "the line, and the name of the new file"
        return erase(group)

    erase_and_remember(records=[group], erase=look_and_erase)

    assert len(synced) == 3


def test_nothing_erased_leaves_no_file(file):
    erase_and_remember(records=[], erase=lambda: True)

    assert not wislijst.exists()
    assert erased_keys(Group) == set()


def test_a_place_that_cannot_be_written_is_told_by_check(settings, tmp_path, group):
    assert check_wislijst() == []
    erase_and_remember(records=[group], erase=lambda: erase(group))
    assert check_wislijst() == []

    settings.WISLIJST = str(tmp_path / "geen map" / "wislijst.jsonl")
    assert [message.id for message in check_wislijst()] == ["stsdialoog.E001"]
