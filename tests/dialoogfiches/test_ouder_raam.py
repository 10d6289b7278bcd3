"""The window: wider where more makes it larger, and never a number."""

from dialoogfiches.domain.raam import MIDDEN, SMALST, WIJDST, points, raam

VIJF = ("Thuis", "School", "Sociaal", "Individu", "Cultuur")


def test_an_empty_talk_has_a_window_that_is_the_same_everywhere():
    found = raam((naam, "", " \n ") for naam in VIJF)

    assert found.is_leeg
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
    assert not sociaal.is_leeg


def test_however_much_was_noted_the_window_stays_in_the_drawing_and_never_closes():
    wide, narrow = raam([("Thuis", "x\n" * 80, ""), ("School", "", "x\n" * 80)]).ruiten

    assert (wide.half, narrow.half) == (WIJDST, SMALST)
    assert MIDDEN - wide.half > 0
    assert len(wide.stippen) < 10


def test_the_dots_stand_in_the_middle_of_their_topic():
    ruit = raam([("Thuis", "een\ntwee", "drie")]).ruiten[0]

    assert [groter for groter, _ in ruit.stippen] == [True, True, False]
    assert sum(x for _, x in ruit.stippen) / 3 == ruit.x


def test_the_path_is_closed_and_goes_over_every_topic():
    pad = raam((naam, "", "") for naam in VIJF).pad

    assert pad.startswith("M")
    assert pad.endswith("Z")
    assert pad.count("C") == 2 * len(VIJF)
    assert "," not in pad


def test_a_point_is_a_line_with_something_on_it():
    assert points("") == 0
    assert points("  \n\n een \n\ntwee") == 2
