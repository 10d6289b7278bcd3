"""A picture is kept small, and stays the file it was while it looks the same."""

import json
from io import BytesIO
from unittest.mock import Mock

import pytest
from PIL import Image, ImageDraw

from pictures import album
from pictures.album import Taken, read_album, save_album
from pictures.clock import MOMENT
from pictures.scene import Scene

SIZE = (400, 300)


def taken(*, name="trap", templates=("base.html",), paint=None, size=SIZE):
    with Image.new("RGB", size, "#fbfaf6") as image:
        if paint:
            ImageDraw.Draw(image).rectangle(*paint)
        data = BytesIO()
        image.save(data, "PNG")
    return Taken(name, data.getvalue(), frozenset(templates), frozenset({"css/stijl.css"}))


@pytest.fixture
def folder(settings, tmp_path):
    settings.HANDLEIDING_DIR = tmp_path
    (tmp_path / "beelden").mkdir()
    return tmp_path


def test_what_a_picture_shows_is_kept_with_it(folder):
    drawn = ("base.html", "admin/base.html", "None", "delen/merk.html")

    assert save_album([taken(templates=drawn)]) == ["trap"]

    kept = read_album()
    # Templates of packages are not ours to change.
    assert kept["shows"] == {
        "trap": ["static/css/stijl.css", "templates/base.html", "templates/delen/merk.html"]
    }
    assert kept["digests"].keys() == set(kept["shows"]["trap"])
    assert kept["digests"]["templates/base.html"] == album.digest_of("templates/base.html")


def test_a_template_that_goes_has_no_digest_any_more():
    assert album.digest_of("templates/bestaat-niet.html") == ""


@pytest.mark.parametrize(
    ("paint", "changed"),
    [
        # The edge of a letter in another browser: a little, or a few pixels.
        (((0, 0, 399, 299), "#f4f3ef"), []),
        (((10, 10, 15, 19), "#1f2933"), []),
        (((10, 10, 40, 20), "#1f2933"), ["trap"]),
    ],
)
def test_a_picture_that_looks_the_same_stays_the_file_it_was(folder, paint, changed):
    save_album([taken()])
    before = (folder / "beelden" / "trap.png").read_bytes()

    assert save_album([taken(paint=paint)]) == changed

    assert ((folder / "beelden" / "trap.png").read_bytes() == before) == (not changed)


def test_a_picture_of_another_size_is_another_picture(folder):
    save_album([taken()])

    assert save_album([taken(size=(400, 301))]) == ["trap"]


def test_a_picture_that_nobody_takes_any_more_goes(folder):
    save_album([taken(), taken(name="oud")])

    assert save_album([taken()]) == ["oud (gone)"]

    assert [path.name for path in (folder / "beelden").iterdir()] == ["trap.png"]
    assert json.loads((folder / "beelden.json").read_text())["shows"].keys() == {"trap"}


def test_a_picture_has_few_colours(folder):
    save_album([taken(paint=((0, 0, 200, 200), "#2b7548"))])

    with Image.open(folder / "beelden" / "trap.png") as picture:
        assert picture.mode == "P"


def test_the_day_of_the_pictures_is_a_schoolday_in_term():
    assert MOMENT.isoweekday() == 2
    assert (MOMENT.month, MOMENT.utcoffset().total_seconds()) == (11, 0)


def scene_with(box):
    """A window 960 wide, with one element in it, or none."""
    page = Mock()
    page.evaluate.return_value = 960
    page.locator.return_value.first.bounding_box.return_value = box
    return Scene(page, "", lambda: None)


def test_one_sees_the_part_that_was_asked_with_a_margin_and_not_beyond_the_window():
    there = scene_with({"x": 4, "y": 16, "width": 940, "height": 2000})

    assert there.place_of("main", 560) == {"x": 0, "y": 0, "width": 960, "height": 560}
    assert there.place_of("", 700) == {"x": 0, "y": 0, "width": 960, "height": 700}


def test_what_is_not_there_is_no_picture():
    with pytest.raises(LookupError, match="nothing to see of main"):
        scene_with(None).place_of("main", 560)
