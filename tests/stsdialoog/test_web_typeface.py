"""The typeface of pages: small, with all that a page of ours shows, and there without a step."""

import re
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from stsdialoog import web_typeface
from stsdialoog.typeface import WEIGHTS, covered, font_file
from stsdialoog.web_typeface import FILES, RANGES, web_font
from tests.production import ROOT

MOST = 31_000  # bytes of one weight
OURS = ("templates/**/*.html", "static/**/*.css", "static/**/*.js", "fixtures/**/*.yaml")
NAMES = "Nguyễn Çağla Łukasz Zoë Přemysl Þórður Ștefan Ħéléna D’hondt Sœur ĲJzer Ŵyn ß"


@pytest.fixture(scope="module")
def fonts() -> dict[str, bytes]:
    return {weight: web_font(weight) for weight in WEIGHTS}


@pytest.fixture
def fresh(settings, tmp_path):
    """A machine on which nothing was made yet."""
    settings.MADE_FILES_DIR = tmp_path / "made"
    web_typeface._folder.cache_clear()
    yield settings.MADE_FILES_DIR
    web_typeface._folder.cache_clear()


def opened(font: bytes | Path):
    source = font if isinstance(font, Path) else BytesIO(font)
    return import_module("fontTools.ttLib").TTFont(source, lazy=False)


def characters(font: bytes | Path) -> set[int]:
    with opened(font) as read:
        return set(read.getBestCmap())


def found(path: str) -> bytes:
    return Path(str(finders.find(path))).read_bytes()


def test_it_is_small_and_each_time_the_same(fonts):
    for weight, font in fonts.items():
        assert font[:4] == b"wOF2"
        assert len(font) <= MOST
        assert web_font(weight) == font


def test_it_has_the_letters_of_names_and_whatever_stands_on_our_pages(fonts):
    written = {
        *NAMES,
        *(c for pattern in OURS for path in ROOT.glob(pattern) for c in path.read_text()),
    }

    for font in fonts.values():
        has = set(map(chr, characters(font)))
        assert set(NAMES) <= has
        assert sorted((written & covered()) - has - {"\t", "\n"}) == []


@pytest.mark.parametrize("codes", RANGES)
def test_it_leaves_out_nothing_between_two_ends(fonts, codes):
    """All that the whole typeface has of each range is there, and the sign before it is not."""
    for weight, font in fonts.items():
        whole, has = characters(font_file(weight)), characters(font)
        assert whole & set(codes) == has & set(codes) != set()
        assert not has & {0x370, 0x410, 0x1D00, 0x1F00}


def test_the_licence_stays_in_it_and_the_reserved_name_does_not(fonts):
    for font in fonts.values():
        names = opened(font)["name"]
        assert "Reserved Font Name" in names.getDebugName(0)
        assert "SIL Open Font License" in names.getDebugName(13)
        for number in (1, 3, 4, 6):
            assert names.getDebugName(number).startswith("STS-Dialoog-Sans")


@pytest.mark.django_db
def test_a_page_asks_for_it_and_the_server_has_it(client, fresh):
    css = found("css/stijl.css").decode()
    asked = [f"/static/fonts/{name}" for name in re.findall(r'url\("\.\./fonts/([^"]+)"\)', css)]

    assert [path.removeprefix("/static/") for path in asked] == list(FILES)
    preloaded = re.findall(r'href="([^"]+)"\s+as="font"', client.get("/inloggen/").text)
    assert preloaded == asked[:1]
    for path in asked:
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "font/woff2"
        assert b"".join(response)[:4] == b"wOF2"


def test_collectstatic_has_it_and_makes_it_once(fresh, settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path / "static"

    call_command("collectstatic", interactive=False, stdout=StringIO())

    collected = {path: (settings.STATIC_ROOT / path).read_bytes() for path in FILES}
    assert {font[:4] for font in collected.values()} == {b"wOF2"}
    assert not list(settings.STATIC_ROOT.rglob("*.ttf"))
    monkeypatch.setattr(web_typeface, "web_font", None)
    assert [found(path) for path in FILES] == list(collected.values())


def test_another_release_of_the_typeface_is_made_anew(fresh, monkeypatch, tmp_path):
    before = web_typeface._folder()
    web_typeface._folder.cache_clear()
    (tmp_path / "other.ttf").write_bytes(b"other")
    monkeypatch.setattr(web_typeface, "font_file", lambda _: tmp_path / "other.ttf")

    assert web_typeface._folder() != before


def test_what_is_not_there_is_not_found(fresh):
    assert finders.find("fonts/sans-black.woff2") is None
    assert finders.find("fonts/sans-regular.woff2", find_all=True) != []
