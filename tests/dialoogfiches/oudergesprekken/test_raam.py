"""The window: taller with more widening points, and never a number."""

import re

import pytest
from django.template.loader import render_to_string

from dialoogfiches.oudergesprekken.raam import (
    BESIDE,
    LETTER,
    MAX_HALF,
    MAX_LINES,
    MIDDLE,
    MIN_HALF,
    points,
    raam,
)
from dialoogfiches.oudergesprekken.words_in_drawing import width, wrapped

VIJF = ("Thuis", "School", "Sociaal", "Individu", "Cultuur")


def test_an_empty_talk_has_a_window_that_is_the_same_everywhere():
    found = raam((naam, "", " \n ") for naam in VIJF)

    assert found.is_empty
    assert len({ruit.half for ruit in found.ruiten}) == 1
    assert [ruit.x for ruit in found.ruiten] == sorted(ruit.x for ruit in found.ruiten)


def test_what_was_noted_moves_the_window_of_its_own_topic():
    thuis, school, sociaal, *rest = raam(
        [
            ("Thuis", "ontbijten\nslapen\n\n", ""),
            ("School", "", "toetsen\nspeelplaats"),
            ("Sociaal", "nicht", "ruzie"),
            ("Individu", "", ""),
        ]
    ).ruiten

    assert thuis.half > sociaal.half > school.half
    assert sociaal.half == rest[0].half
    assert not sociaal.is_empty


def test_however_much_was_noted_the_window_stays_in_the_drawing_and_never_closes():
    found = raam([("Thuis", "x\n" * 80, ""), ("School", "", "x\n" * 80)])
    wide, narrow = found.ruiten

    assert (wide.half, narrow.half) == (MAX_HALF, MIN_HALF)
    assert MIDDLE - wide.half > 34
    assert len(wide.inside) == len(narrow.below) == MAX_LINES
    assert wide.inside[-1] == f"en nog {80 - (MAX_LINES - 1)}"
    assert (
        found.bottom < found.words_below[1][1][0][1] < found.words_below[1][1][-1][1] < found.height
    )


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_words_that_just_fit_are_all_there(more):
    ruit = raam((naam, "x\n" * (MAX_LINES + more), "") for naam in VIJF).ruiten[0]

    assert len(ruit.inside) == min(MAX_LINES + more, MAX_LINES)
    assert ("en nog 2" in ruit.inside) == (more == 1)


def test_what_widens_stands_in_the_window_and_what_narrows_below_it():
    found = raam([("Thuis", "een\ntwee", "drie"), ("School", "", "")])
    thuis, school = found.ruiten
    (_, below), (_, nothing) = found.words_below

    assert [line for line, _ in thuis.words_inside] == ["+ een", "+ twee"]
    assert all(MIDDLE - thuis.half < y < MIDDLE + thuis.half for _, y in thuis.words_inside)
    assert [line for line, _ in below] == ["− drie"]
    assert found.bottom < below[0][1] < found.height
    assert nothing == [] == school.words_inside


def test_many_words_that_widen_fit_in_a_window_that_much_narrows():
    words = "opa die elke ochtend mee naar de bus wandelt en dan nog even blijft kijken\n" * 2
    ruit = raam([(naam, words, "x\n" * 9) for naam in VIJF]).ruiten[0]
    ys = [y for _, y in ruit.words_inside]

    assert len(ys) > 4
    assert ruit.half > MIN_HALF
    assert MIDDLE - ruit.half < min(ys) - LETTER
    assert max(ys) < MIDDLE + ruit.half


@pytest.mark.parametrize(
    "words",
    [
        "ontbijten met opa en daarna samen naar school",
        "aansprakelijkheidsverzekeringsmaatschappij",
        "W" * 300,
        "m" * 300,
        "i" * 300,
        "a b " * 100,
        "學校" * 100,
        "x" + "👨‍👩‍👧‍👦" * 50,
        "مدرسة " * 40,
    ],
    ids=range(9),
)
def test_no_line_is_wider_than_its_column(words):
    ruit = raam((naam, words, words) for naam in VIJF).ruiten[0]
    room = (ruit.right - ruit.left - 2 * BESIDE) / LETTER

    assert len(ruit.inside) <= MAX_LINES
    assert any(len(line) > 1 for line in ruit.inside)
    assert all(0 < width(line) <= room for line in (*ruit.inside, *ruit.below))


def test_of_a_long_point_the_beginning_is_drawn():
    four = "aaaa bbbb cccc dddd"

    assert wrapped([four], room=3, at_most=20) == ("aaaa", "bbbb", "cccc", "dddd")
    assert wrapped([f"{four} eeee"], room=3, at_most=20) == ("aaaa", "bbbb", "cccc", "…")


def test_a_long_word_is_broken_with_a_hyphen_and_nothing_is_lost():
    lines = wrapped(["+ aansprakelijkheidsverzekering"], room=6, at_most=20)

    assert len(lines) == 3
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.removesuffix("-") for line in lines) == "+ aansprakelijkheidsverzekering"


def test_the_path_is_closed_and_goes_over_every_topic():
    path = raam((naam, "", "") for naam in VIJF).path

    assert path.startswith("M")
    assert path.endswith("Z")
    # A step up or down at each border between two topics, above and below.
    assert path.count("C") == 2 * (len(VIJF) - 1)
    assert "," not in path


def test_a_point_is_a_line_with_something_on_it():
    assert points("") == ()
    assert points("  \n\n een \n\ntwee") == ("een", "twee")


@pytest.mark.parametrize("niets", ["-", "niets", "Niets.", "- geen", "n.v.t.", "/", "...", "0"])
def test_who_writes_that_there_is_nothing_makes_no_point(niets):
    assert points(niets) == ()
    assert raam([("Thuis", niets, niets)]).is_empty


def test_a_point_may_begin_with_such_a_word():
    assert points("geen ruzie thuis") == ("geen ruzie thuis",)


def test_an_empty_topic_does_not_look_like_one_in_balance():
    found = raam([("Thuis", "nicht", "ruzie"), ("School", "", "")])
    context = {"raam": found, "woorden": {"in_raam": {"tekst": "rust"}}}
    context |= {"met_hand": False, "met_woorden": True}
    drawn = render_to_string("oudergesprekken/delen/raam_drawing.html", context)
    dashed = [path for path in re.findall(r"<path [^>]*>", drawn) if 'dasharray="5 5"' in path]

    assert len(dashed) == 1
    assert found.edges[1][1] in dashed[0]


def test_the_pieces_of_the_edge_follow_the_window():
    """Halfway between two topics, both pieces meet on the outline of the window."""
    (thuis, left), (school, right) = raam([("Thuis", "een\ntwee", ""), ("School", "", "")]).edges
    meet = (thuis.half + school.half) / 2

    assert f"{thuis.right:g} {MIDDLE - meet:g}" in left
    assert f"{school.left:g} {MIDDLE - meet:g}" in right
    assert f"{school.left:g} {MIDDLE + meet:g}" in right
    # The vertical edges are only at the two ends of the window.
    assert left.count("V") == right.count("V") == 1
