"""The drawings that are used on screen and in the PDFs: the stairs and the score."""

from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string

from preventieplan.models import Inschaling
from preventieplan.queries.plan import plan_stand

SVG = "{http://www.w3.org/2000/svg}"


def draw(template: str, **context: object) -> ET.Element:
    html = render_to_string(template, context)
    drawing = html[html.index("<svg") : html.index("</svg>") + len("</svg>")]
    return ET.fromstring(drawing.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))  # noqa: S314


def draw_trap(dossier) -> ET.Element:
    return draw("preventieplan/delen/trap.html", fasen=plan_stand(dossier))


@pytest.mark.django_db
def test_the_stairs_rise_from_fase_0_to_fase_3(dossier):
    steps = draw_trap(dossier).findall(f"{SVG}g")
    names = [[text.text for text in step.iter(f"{SVG}text")] for step in steps]
    heights = [int(step.get("transform").split()[1].rstrip(")")) for step in steps]

    assert names == [
        ["0", "Brede basiszorg"],
        ["1", "Verhoogde zorg"],
        ["2", "Uitbreiding van zorg"],
        ["3", "Individueel aangepast curriculum"],
    ]
    # In an SVG, y increases downwards.
    assert heights == sorted(heights, reverse=True)


@pytest.mark.django_db
def test_who_cannot_see_the_stairs_hears_them(dossier, doel, tom):
    Inschaling.objects.create(dossier=dossier, doelstelling=doel, score=7, gewijzigd_door=tom)
    trap = draw_trap(dossier)
    words = " ".join(trap.findtext(f"{SVG}desc").split())

    assert trap.get("role") == "img"
    assert trap.findtext(f"{SVG}title").startswith("De trap van het zorgcontinuüm")
    assert "Fase 0, Brede basiszorg: 1 van 5 doelstellingen ingeschaald." in words
    assert "Fase 3, Individueel aangepast curriculum: 0 van 4" in words


@pytest.mark.django_db
@pytest.mark.parametrize(("score", "bar"), [(0, None), (5, "M46.5 37h19"), (10, "M46.5 37h38")])
def test_a_scored_goal_is_a_bar_and_the_others_are_dashed(dossier, doel, tom, score, bar):
    Inschaling.objects.create(dossier=dossier, doelstelling=doel, score=score, gewijzigd_door=tom)
    paths = list(draw_trap(dossier).iter(f"{SVG}path"))

    assert len([path for path in paths if path.get("stroke-dasharray")]) == 17
    drawn = [path.attrib["d"] for path in paths]
    assert [d for d in drawn if "37h" in d] == ([bar] if bar else [])


@pytest.mark.parametrize("score", range(11))
def test_a_score_is_as_many_steps_of_ten(score):
    drawing = draw("preventieplan/delen/score.html", score=score, kleur="currentColor")
    all_steps, given = drawing.findall(f"{SVG}path")

    assert drawing.findtext(f"{SVG}title") == f"{score} op 10"
    assert all_steps.get("d") == "M0 6H100"
    assert given.get("d") == f"M0 6H{score}0"


def test_no_score_is_a_word():
    html = render_to_string("preventieplan/delen/score.html", {"score": None})

    assert "nog niet ingeschaald" in html
    assert "<svg" not in html
