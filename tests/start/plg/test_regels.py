"""Every line of every real material: its place, its words, and what can be done with it."""

import pytest

from dossiers.materialen.content.files import Finding
from dossiers.materialen.domain.documents import as_if_published, check_document, document_of
from dossiers.materialen.models import Herkomst
from dossiers.regels.domain.lines import (
    block_at,
    can_be_dropped,
    grouped,
    inserted,
    lines_in,
    replaced,
    with_words,
)
from tests.conftest import load_material

pytestmark = pytest.mark.django_db

# Both kinds of content file, with a sheet, fixed words, goals and a drawing.
SLUGS = ("preventieplan", "dialoogdocument-ouders", "psychisch-kwetsbare-jongeren")


@pytest.fixture(params=SLUGS)
def document(request) -> dict:
    return document_of(load_material(request.param))


def wrong(document: dict) -> list[Finding]:
    slug, versie = document["materiaal"]["slug"], document["versie"]["versie"]
    return list(check_document(as_if_published(document), slug=slug, versie=versie))


def count(part: object) -> int:
    """How many blocks of a document say where they come from."""
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return sum(map(count, inside)) + (isinstance(part, dict) and "herkomst" in part)


def test_each_block_with_a_herkomst_is_one_line_with_a_code_of_its_own(document):
    lines = lines_in(document)

    assert len(lines) == count(document)
    assert len({line.code for line in lines}) == len(lines)
    assert len({line.adres for line in lines}) == len(lines)
    for line in lines:
        assert block_at(document, line.part.place)["herkomst"] == line.part.herkomst
        for place, text in line.words:
            assert block_at(document, (*line.part.place, *place)) == text


def test_all_of_it_can_be_confirmed(document):
    for line in lines_in(document):
        block = block_at(document, line.part.place) | {"herkomst": Herkomst.BRON.value}
        document = replaced(document, line.part.place, block)

    assert wrong(document) == []
    assert not any(line.is_voorstel for line in lines_in(document))


def test_a_line_in_other_words_is_the_same_line(document):
    for line in lines_in(document)[::7]:
        if not line.can_be_reworded:
            continue
        words = ["Anders" for _ in line.words]
        block = with_words(line, block_at(document, line.part.place), words)
        after = replaced(document, line.part.place, block)
        codes = [one.code for one in lines_in(after)]
        (now,) = (one for one in lines_in(after) if one.code == line.code)
        assert [text for _, text in now.words] == words
        assert codes == [one.code for one in lines_in(document)]
        assert wrong(after) == []


def test_what_can_go_leaves_all_others_their_codes_and_comes_back_where_it_was(document):
    lines = lines_in(document)
    dropped = [line for line in lines[::5] if can_be_dropped(document, line)]
    assert dropped

    for line in dropped:
        place = line.part.place
        after = replaced(document, place, None)
        gone = {one.code for one in lines} - {one.code for one in lines_in(after)}
        behind = {code for code in gone if code.startswith(f"{line.code}/")}
        assert gone == {line.code} | behind
        assert wrong(after) == []
        assert inserted(after, place, block_at(document, place)) == document


def test_what_holds_other_lines_or_is_known_by_its_number_stays(document):
    for line in lines_in(document):
        block = block_at(document, line.part.place)
        holds = any(isinstance(one, list) and count(one) for one in block.values())
        numbered = isinstance(line.part.place[-1], int) and "code" not in block
        if holds or numbered:
            assert not can_be_dropped(document, line), line.code


def test_the_last_of_its_kind_stays(document):
    """A list may not become empty."""
    place = next(
        line.part.place
        for line in lines_in(document)
        if isinstance(line.part.place[-1], int) and can_be_dropped(document, line)
    )
    *parent, _ = place
    found = replaced(document, place, None)
    while len(block_at(found, tuple(parent))) > 1:
        found = replaced(found, (*parent, 1), None)
    (last,) = (line for line in lines_in(found) if line.part.place == (*parent, 0))

    assert not can_be_dropped(found, last)


def test_every_line_stands_in_a_part_once(document):
    lines = lines_in(document)

    assert [line for group in grouped(lines) for line in group.lines] == list(lines)
    assert all(group.titel for group in grouped(lines))
