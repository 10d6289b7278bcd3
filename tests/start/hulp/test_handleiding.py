"""What the manual says is there: buttons by their name, pictures, and places to go on to."""

import re

import pytest
from django.conf import settings
from django.urls import resolve
from PIL import Image

from pictures.album import digest_of, read_album
from pictures.shots import SHOTS
from start.hulp.domain.chapters import READERS, chapters
from tests.start.hulp.words import ROOT, plain, texts_of, words_on_pages

FOLDER = settings.HANDLEIDING_DIR
FILES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
# Between single asterisks; two are for a word that one has to see.
NAME = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(beelden/([\w-]+)\.png\)")
# From a page to a place in the manual.
DEEP = re.compile(r"\{% url 'hulp-hoofdstuk' '([\w-]+)' %\}(?:#([\w-]+))?")
MANY, LARGE, WIDE = 25, 60_000, 1100


def test_there_is_a_chapter_for_every_role():
    assert {chapter.voor for chapter in chapters()} == READERS


@pytest.mark.parametrize("slug", FILES)
def test_every_button_that_is_named_is_on_a_page(slug):
    names = {plain(name) for name in NAME.findall(FILES[slug])}

    assert names
    assert names - words_on_pages() == set()


def test_a_button_with_another_name_would_be_missed():
    page = "{# Oud #}{% if a %}<a href='x'>+ Nodig  iemand uit</a>{% else %}{{ wie }}: {% endif %}"

    assert texts_of(page) == {"Nodig iemand uit"}
    assert plain("Nodig uit") in words_on_pages()
    assert plain("Nodig iedereen uit") not in words_on_pages()


@pytest.mark.parametrize("slug", FILES)
def test_a_task_has_an_address_of_its_own_and_few_steps(slug):
    chapter = next(one for one in chapters() if one.slug == slug)
    anchors = [task.anchor for task in chapter.tasks]

    assert len(anchors) == len(set(anchors)) > 2
    assert max(len(re.findall("<li>", part)) for part in chapter.html.split("<h2")) <= 6


def test_every_link_inside_the_manual_leads_to_a_place():
    places = {(one.slug, task.anchor) for one in chapters() for task in one.tasks}
    places |= {(one.slug, "") for one in chapters()}
    links = {href for chapter in chapters() for href in re.findall(r'href="([^"]*)"', chapter.html)}
    assert links
    for href in links:
        address, _, anchor = href.partition("#")
        assert (resolve(address).kwargs["slug"], anchor) in places, href


def test_a_page_where_people_get_stuck_leads_to_the_place_that_helps():
    places = {(one.slug, task.anchor) for one in chapters() for task in one.tasks}
    found = {
        path.name: DEEP.findall(path.read_text())
        for path in (ROOT / "templates").rglob("*.html")
        if path.parent != ROOT / "templates" / "hulp"
    }
    deep = {name: links for name, links in found.items() if links}

    assert 0 < len(deep) <= 5
    for links in deep.values():
        for slug, anchor in links:
            assert (slug, anchor) in places or (not anchor and slug in FILES)


def test_pictures_are_few_small_and_say_what_one_sees():
    shown = {name: alt for text in FILES.values() for alt, name in PICTURE.findall(text)}
    files = {path.stem: path for path in (FOLDER / "beelden").iterdir()}

    assert set(shown) == set(files) == {shot.name for shot in SHOTS}
    assert len(files) <= MANY
    for name, path in files.items():
        assert path.stat().st_size < LARGE, name
        with Image.open(path) as picture:
            assert picture.width <= WIDE, name
        assert len(shown[name]) > 40, name
        assert not re.match(
            r"(Een )?(beeld|foto|schermafdruk|afbeelding)", shown[name], re.IGNORECASE
        )


def test_no_picture_is_older_than_its_page():
    """Fails after a change of a template or style sheet that a picture shows: `make pictures`."""
    album = read_album()
    changed = {source for source, digest in album["digests"].items() if digest_of(source) != digest}
    old = {name: sorted(changed & set(shows)) for name, shows in album["shows"].items()}

    assert album["shows"].keys() == {shot.name for shot in SHOTS}
    assert {name: sources for name, sources in old.items() if sources} == {}, "run `make pictures`"
