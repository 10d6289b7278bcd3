"""What a process keeps of the content of versions, and when it looks again."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from django.utils.autoreload import file_changed

from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Materiaalversie

CONCEPT = Materiaalversie.Status.CONCEPT
PUBLISHED = Materiaalversie.Status.GEPUBLICEERD


@pytest.fixture
def make():
    return Mock(side_effect=lambda *_versies, **besides: besides.get("code", "inhoud"))


@pytest.fixture
def kept(make):
    return KeptPerProcess(make)


def test_a_published_version_is_read_once_whichever_object_it_comes_as(kept, make):
    one, again = (Materiaalversie(pk=1, status=PUBLISHED, content_key="a") for _ in range(2))

    assert kept(one) == kept(again) == "inhoud"
    assert make.call_count == 1


def test_content_that_another_process_replaced_is_read_again(kept, make):
    kept(Materiaalversie(pk=1, status=PUBLISHED, content_key="a"))
    kept(Materiaalversie(pk=1, status=PUBLISHED, content_key="b"))

    assert make.call_count == 2


def test_a_concept_is_read_each_time_also_beside_a_published_version(kept, make):
    published = Materiaalversie(pk=1, status=PUBLISHED, content_key="a")
    concept = Materiaalversie(pk=2, status=CONCEPT, content_key="b")
    for _ in range(2):
        kept(concept)
        kept(published, concept)

    assert make.call_count == 4


def test_each_part_of_a_version_is_kept_for_itself(kept):
    versie = Materiaalversie(pk=1, status=PUBLISHED, content_key="a")

    assert [kept(versie, code=code) for code in ("een", "twee", "een")] == ["een", "twee", "een"]


def test_what_does_not_exist_takes_no_place(make):
    kept = KeptPerProcess(make, max_size=1)
    versie = Materiaalversie(pk=1, status=PUBLISHED, content_key="a")
    kept(versie, code="er-is")
    make.side_effect = LookupError
    for code in ("er-niet", "er-ook-niet"):
        with pytest.raises(LookupError):
            kept(versie, code=code)

    assert kept(versie, code="er-is") == "er-is"


@pytest.mark.parametrize(("name", "calls"), [("zij.html", 2), ("plan.css", 1)])
def test_a_changed_template_is_seen_while_developing(kept, make, name, calls):
    versie = Materiaalversie(pk=1, status=PUBLISHED, content_key="a")
    kept(versie)
    file_changed.send(sender=None, file_path=Path(name))
    kept(versie)

    assert make.call_count == calls
