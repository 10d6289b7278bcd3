"""The window: taller with more widening points, and never a number."""

import re

import pytest
from django.template.loader import render_to_string

from dialoogfiches.oudergesprekken.raam import MAX_HALF, MIDDLE, MIN_HALF, points, raam

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
    wide, narrow = raam([("Thuis", "x\n" * 80, ""), ("School", "", "x\n" * 80)]).ruiten

    assert (wide.half, narrow.half) == (MAX_HALF, MIN_HALF)
    assert MIDDLE - wide.half > 0
    assert len(wide.dots) < 10


def test_the_dots_stand_in_the_middle_of_their_topic():
    ruit = raam([("Thuis", "een\ntwee", "drie")]).ruiten[0]

    assert [groter for groter, _ in ruit.dots] == [True, True, False]
    assert sum(x for _, x in ruit.dots) / 3 == ruit.x


def test_the_path_is_closed_and_goes_over_every_topic():
    path = raam((naam, "", "") for naam in VIJF).path

    assert path.startswith("M")
    assert path.endswith("Z")
    assert path.count("C") == 2 * len(VIJF)
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
    context = {"raam": found, "woorden": {"in_raam": {"tekst": "rust"}}, "met_hand": False}
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
