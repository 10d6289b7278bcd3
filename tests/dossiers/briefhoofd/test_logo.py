"""A logo is a PNG by what it holds, and what is kept of it is what the server drew."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier, Event

import pytest
from PIL import Image, ImageFile

from dossiers.briefhoofd.domain import logo as rules
from dossiers.briefhoofd.domain.logo import MAX_PIXELS, GeenLogo, draw_logo
from dossiers.briefhoofd.models import LOGO_BYTES, LOGO_HEIGHT, LOGO_WIDTH
from stsdialoog.bodies import FILE_LIMIT
from tests.dossiers.briefhoofd import files

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

REFUSED = {
    "nothing": (b"", rules.IS_LEEG),
    "a text": (b"Dit is ons logo", rules.GEEN_PNG),
    "an SVG": (SVG, rules.GEEN_PNG),
    "a JPEG": (files.as_file(files.drawn(mode="RGB"), "JPEG"), rules.GEEN_PNG),
    "a GIF": (files.as_file(files.drawn(mode="RGB"), "GIF"), rules.GEEN_PNG),
    "only the first bytes of a PNG": (files.logo()[:8], rules.STUK),
    "half a PNG": (files.logo()[:400], rules.STUK),
    "a PNG in which some bytes fell over": (files.fallen_over(), rules.STUK),
    "a PNG without a single pixel": (files.announces(0, 0), rules.STUK),
    "one that swells to 1.2 GB": (files.announces(20_000, 20_000), rules.TE_VEEL_PUNTEN),
    "one that says so only later": (files.announces_two_sizes(), rules.STUK),
    "one with a text that swells": (files.with_a_text_that_swells(), rules.STUK),
    "one that moves": (files.moving(), rules.BEWEEGT),
    "white letters on nothing": (files.white_on_nothing(), rules.ONZICHTBAAR),
    "5 MB": (files.logo() + bytes(5_000_000), rules.TE_GROOT),
}


def opened(data: bytes):
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_logo_is_refused_with_what_to_do(what):
    data, sentence = REFUSED[what]

    with pytest.raises(GeenLogo) as refused:
        draw_logo(data)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("when", ["before", "meanwhile"])
@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_too_where_weasyprint_makes_do_with_half_a_picture(what, when, monkeypatch):
    """That holds for all of a process, from the moment on that something imports it."""
    data, sentence = REFUSED[what]
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    drawn, times = rules._drawn, []

    def imports_it_the_first_time(data):
        times.append(data)
        if when == "meanwhile" and len(times) == 1:
            ImageFile.LOAD_TRUNCATED_IMAGES = True
        return drawn(data)

    monkeypatch.setattr(rules, "_drawn", imports_it_the_first_time)

    with pytest.raises(GeenLogo) as refused:
        draw_logo(data)

    assert str(refused.value) == sentence


def test_a_logo_is_drawn_anew_small_enough_and_on_white():
    made = opened(draw_logo(files.logo()))

    assert (made.format, made.mode) == ("PNG", "RGB")
    assert made.size == (LOGO_WIDTH, LOGO_HEIGHT - 100)
    assert made.getpixel((10, 10)) == (255, 0, 0)
    assert made.getpixel((590, 10)) == (255, 255, 255)


def test_nothing_else_in_the_file_comes_along():
    data = files.with_more_in_it()
    assert data.count(files.SECRET) == 3

    made = draw_logo(data)

    assert files.SECRET not in made
    assert b"script" not in made
    assert opened(made).info == {}
    assert made == draw_logo(files.logo())


def test_a_small_one_is_not_blown_up():
    assert opened(draw_logo(files.as_file(files.drawn(40, 20)))).size == (40, 20)


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "LA", "P", "1", "I;16"])
def test_every_kind_of_png_gives_a_logo(mode):
    ink = {"LA": (120, 255), "P": 1, "1": 0, "I;16": 30_000}.get(mode, "gray")

    assert opened(draw_logo(files.as_file(files.drawn(mode=mode, ink=ink)))).mode == "RGB"


def test_grey_in_sixteen_bits_stays_grey():
    made = opened(draw_logo(files.as_file(files.drawn(mode="I;16", ink=30_000))))

    assert made.getpixel((10, 10)) == (116, 116, 116)


def test_the_busiest_picture_fits():
    made = draw_logo(files.photo())

    assert len(files.photo()) > LOGO_BYTES
    assert len(made) <= LOGO_BYTES
    assert opened(made).size == (500, 300)


@pytest.mark.parametrize(("width", "fits"), [(2999, True), (3000, True), (3001, False)])
def test_so_many_pixels_fit_and_no_more(width, fits):
    assert MAX_PIXELS == 3000 * 2000
    data = files.as_file(files.drawn(width, 2000, mode="P", ink=1))

    if fits:
        assert opened(draw_logo(data)).size == (450, 300)
    else:
        with pytest.raises(GeenLogo):
            draw_logo(data)


@pytest.mark.parametrize(("size", "fits"), [(FILE_LIMIT, True), (FILE_LIMIT + 1, False)])
def test_so_many_bytes_fit_and_no_more(size, fits):
    # What comes after the picture does not count, but for its size.
    data = files.logo() + bytes(size - len(files.logo()))

    if fits:
        assert draw_logo(data)
    else:
        with pytest.raises(GeenLogo, match="2 MB"):
            draw_logo(data)


def test_many_at_once_hold_no_more_than_two_threads_of_a_process(monkeypatch):
    """Eight large ones from one person would otherwise hold all of them, and nobody is answered."""
    full, go_on = Barrier(3), Event()

    def slowly(data):
        full.wait(30)
        assert go_on.wait(30)
        return files.drawn(mode="RGB")

    monkeypatch.setattr(rules, "_strictly_drawn", slowly)
    with ThreadPoolExecutor(2) as pool:
        drawing = [pool.submit(draw_logo, files.logo()) for _ in range(2)]
        full.wait(30)
        for _ in range(6):
            with pytest.raises(GeenLogo) as refused:
                draw_logo(files.logo())
            assert str(refused.value) == rules.TE_DRUK
        go_on.set()
        assert all(one.result(30) for one in drawing)

    monkeypatch.undo()
    assert draw_logo(files.logo())
