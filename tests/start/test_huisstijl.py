"""The living page of the house style shows what the style sheet has, and is for beheer alone."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from dossiers.mensen.models import User
from start.views.huisstijl import COLOURS, SIZES

pytestmark = pytest.mark.django_db

STYLES = Path("static/css")
OURS = {f"var(--{name})" for name in SIZES}
# Sizes of another kind: in a drawing, on paper, of nothing, and of the whole page on a beamer.
OTHERS = re.compile(r"[0-9.]+(px|pt)|0|125%|inherit")


@pytest.fixture
def page(als):
    sofie = User.objects.create_user("sofie@sts.be", naam="Sofie", is_staff=True)
    return als(sofie).get(reverse("huisstijl")).text


def test_it_shows_each_size_and_each_colour_of_the_style_sheet(page):
    root = (STYLES / "stijl.css").read_text().split(":root,")[1].split("}")[0]
    colours = set(re.findall(r"--([a-z-]+): #", root))

    assert {name for name in colours if not name.startswith("fase-")} == set(COLOURS)
    for name in COLOURS:
        assert f"staal-{name}" in page
    for name, pixels in SIZES.items():
        assert f"--{name}: {pixels / 16:g}rem" in root
        assert f"{name}, {pixels} px" in page


def test_beheer_leads_there(als, page):
    sofie = User.objects.get(email="sofie@sts.be")

    assert reverse("huisstijl") in als(sofie).get(reverse("admin:index")).text


def test_no_page_of_a_school_has_another_size_of_type():
    sizes = {
        (path.name, size)
        for path in STYLES.glob("*.css")
        if path.name != "beheer.css"
        for size in re.findall(r"(?<!-)font-size: ([^;]+);", path.read_text())
    }

    assert len(sizes) > 20
    assert {one for one in sizes if one[1] not in OURS and not OTHERS.fullmatch(one[1])} == set()
