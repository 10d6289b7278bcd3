"""The road drawing: every station in place, the passed ones and the current one."""

import re
from functools import cache
from importlib import import_module
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from dialoogfiches.models import Onderdeel
from dialoogfiches.queries import FichePart, fiche_of
from dialoogfiches.road import MAX_STATIONS, Drawing, Station, StationState, can_be_drawn, road
from stsdialoog.pdf import write_pdf

LANG = "Samenwerking school-CLB"


def steps(*namen: str) -> list[FichePart]:
    return [
        FichePart(Onderdeel(code=f"stap-{nr}", titel=f"Titel {nr}", kort=naam), nr, ())
        for nr, naam in enumerate(namen, start=1)
    ]


def standing(drawing: Drawing) -> str:
    return " ".join(station.state for station in drawing.stations)


@cache
def typeface():
    font = import_module("fontTools.ttLib").TTFont(settings.FONT_DIR / "SourceSansPro-Semibold.ttf")
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def width(text: str, size: int) -> float:
    names, widths, em = typeface()
    return sum(widths[names[ord(letter)]][0] for letter in text) * size / em


def boxes(station: Station) -> list[tuple[float, float, float, float]]:
    """The bounding boxes of a station: its circle, and each line of its name."""
    around = station.radius + 9  # with its ring
    found: list[tuple[float, float, float, float]] = [
        (station.x - around, station.y - around, station.x + around, station.y + around)
    ]
    for line in station.lines:
        half = width(line.text, station.font_size) / 2
        top = line.y - station.font_size * 0.75
        found.append((station.x - half, top, station.x + half, line.y + station.font_size * 0.2))
    return found


def overlap(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def render(flow) -> str:
    return render_to_string("dialoogfiches/delen/flow.html", {"flow": flow})


def svgs(html: str) -> list[ElementTree.Element]:
    found = re.findall("<svg.*?</svg>", html, re.DOTALL)
    return [ElementTree.fromstring(svg) for svg in found]  # noqa: S314, our own drawing


def test_where_we_are_is_lit_up_and_what_lies_behind_us_is_walked():
    flow = road(steps("Start", "Data", "Beleid", "Vervolg"), current="stap-3")

    for drawing in (flow.wide, flow.narrow):
        assert standing(drawing) == "passed passed current ahead"
        here = drawing.stations[2]
        assert here.radius > drawing.stations[0].radius
        # The walked part is the road itself, up to the current station.
        assert drawing.road.startswith(drawing.walked)
        assert drawing.walked.endswith(f"{here.x} {here.y}")
    assert flow.current_number == 3


@pytest.mark.parametrize("current", [None, "vooraf"])
def test_a_road_that_nobody_walks_yet_has_no_walked_part(current):
    flow = road(steps("Start", "Data"), current=current)

    assert {stop.state for stop in flow.stops} == {StationState.OPEN}
    assert (flow.wide.walked, flow.narrow.walked, flow.current_number) == ("", "", 0)
    assert "hier" not in render(flow)


@pytest.mark.parametrize(
    ("aantal", "drawn"), [(0, False), (1, True), (8, True), (9, True), (10, False)]
)
def test_a_road_has_one_to_nine_stations(aantal, drawn):
    assert can_be_drawn(steps(*["Data"] * aantal)) == drawn


@pytest.mark.parametrize("aantal", range(1, MAX_STATIONS + 1))
@pytest.mark.parametrize("naam", [LANG, "Leerlingenbegeleiding24x", "Data"])
@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_names_and_stations_never_touch_or_leave_the_drawing(aantal, naam, layout):
    for nu in (None, *(f"stap-{nr}" for nr in range(1, aantal + 1))):
        drawing = getattr(road(steps(*[naam] * aantal), current=nu), layout)
        taken = [(station, box) for station in drawing.stations for box in boxes(station)]

        for (one, box), (other, another) in combinations(taken, 2):
            assert one is other or not overlap(box, another), (nu, one.number, other.number)
        for _, (left, top, right, bottom) in taken:
            assert left >= 0
            assert top >= 0
            assert right <= drawing.width
            assert bottom <= drawing.height


def test_the_sign_at_our_station_stands_clear_of_every_name():
    for nr in range(1, 10):
        for layout in ("wide", "narrow"):
            drawing = getattr(road(steps(*[LANG] * 9), current=f"stap-{nr}"), layout)
            here = drawing.stations[nr - 1]
            sign = (here.x - 34, here.opposite_y - 13, here.x + 34, here.opposite_y + 13)
            assert sign[1] >= 0
            for station in drawing.stations:
                assert not any(overlap(sign, box) for box in boxes(station)), (nr, layout)


@pytest.mark.parametrize(
    ("naam", "regels"),
    [
        ("Data", ["Data"]),
        ("Plan opmaken", ["Plan opmaken"]),
        # Thirteen letters, fourteen, and one too many.
        ("Plan opmaken!", ["Plan opmaken!"]),
        ("Plannen opmaak", ["Plannen opmaak"]),
        ("Plannen opmaken", ["Plannen", "opmaken"]),
        # A word of fifteen letters stands whole, of sixteen too, and of one more it is broken.
        ("De leerbegeleiding", ["De", "leerbegeleiding"]),
        ("De leerbegeleiders", ["De", "leerbegeleiders"]),
        ("De leerbegeleidster", ["De", "leerbegeleidster"]),
        ("De leerbegeleidsters", ["De leerbeg-", "eleidsters"]),
        (LANG, ["Samenwerking", "school-CLB"]),
        ("Vieren, delen & houden", ["Vieren, delen", "& houden"]),
        ("Leerlingenbegeleiding24x", ["Leerlingenbe-", "geleiding24x"]),
    ],
)
def test_a_long_name_stands_in_two_lines_that_are_alike(naam, regels):
    station = road(steps(naam)).narrow.stations[0]

    assert [line.text for line in station.lines] == regels


def test_it_says_in_words_what_it_shows():
    html = render(road(steps("Start", "Data <1>", "Beleid"), current="stap-2"))

    for svg in svgs(html):
        assert svg.attrib["role"] == "img"
        assert svg[0].tag == "title"
        assert svg[0].text == "De weg in 3 stappen; jullie zijn bij stap 2"
        assert "3: Titel 3." in str(svg[1].text)
    words = html[html.index("<ol>") :]
    assert words.index("1. Titel 1 (besproken)") < words.index(
        "2. Titel 2 <strong>(hier zijn jullie nu)"
    )
    assert 'aria-current="step">2. Titel 2' in words


def test_a_road_of_another_material_carries_the_numbers_of_the_talk():
    stations = steps("Aanleiding", "Registratie", "Data", "Vervolg")
    flow = road(stations, current="stap-3", numbers={"stap-2": 1, "stap-3": 2})

    for drawing in (flow.wide, flow.narrow):
        assert [station.number for station in drawing.stations] == [None, 1, 2, None]
        # A part that is not a step is a plain dot, clearly smaller than a step.
        assert drawing.stations[0].radius < drawing.stations[1].radius / 1.5
    assert (flow.stappen, flow.current_number) == (2, 2)
    html = render(flow)
    for svg in svgs(html):
        assert svg[0].text == "De weg in 2 stappen; jullie zijn bij stap 2"
        assert svg[1].text == "Titel 1. 1: Titel 2. 2: Titel 3. Titel 4. "
        numbers = [text.text for text in svg.iter("text") if (text.text or "").isdigit()]
        assert numbers == ["1", "2"]
    words = html[html.index("<ol>") :]
    assert "<li>Titel 1 (besproken)</li>" in words
    assert "1. Titel 2 (besproken)" in words


def test_a_page_can_hold_more_than_one_road():
    html = render(road(steps("Start", "Data")))

    assert len(svgs(html)) == 2
    assert " id=" not in html
    # Without our style sheet, as on paper, only one drawing is shown.
    assert html.index("flow-breed") < html.index('class="flow-smal" hidden')


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "stations"),
    [("visuele-flow", 7), ("aanwezig-op-school", 5), ("dialoogdocument", 4)],
)
def test_the_real_materials_have_their_road_on_screen_and_on_paper(laad, slug, stations):
    stappen = fiche_of(laad(slug)).stappen
    flow = road(stappen, current=stappen[1].onderdeel.code)

    assert [len(flow.wide.stations), len(flow.narrow.stations)] == [stations, stations]
    page = f"<!DOCTYPE html><html lang=nl><title>weg</title><h1>weg</h1>{render(flow)}</html>"
    assert write_pdf(page, styles=()) == write_pdf(page, styles=())
