"""Beside every question, tip and point stands a quiet way to say that it works, for who may."""

import pytest
from django.template import Context
from django.urls import reverse

from dossiers.domain import close_dossier
from dossiers.reacties.domain.zeggen import say
from dossiers.reacties.models import Gezegd
from dossiers.reacties.templatetags.reacties import werkt_dit
from tests.client import text_of
from tests.conftest import load_material
from tests.dossiers.materialen.nieuweversie import next_version
from tests.preventieplan.versions.reworded import reworded
from tests.start.conftest import add_gesprek

pytestmark = pytest.mark.django_db

ZEG = "Werkt dit?"
TIPS, TIP = "leerkracht-als-schakel", "preventief-t01"


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("preventieplan", "f0-1-v01"),
        ("dialoogdocument", "registratie-b01"),
        (TIPS, TIP),
    ],
)
def test_in_the_toolbox(als, oscar, slug, code):
    load_material(slug)

    page = als(oscar).get(reverse("materiaal", args=[slug])).text

    assert f'href="{reverse("reactie", args=[slug, code])}"' in page


def test_at_a_sheet_to_fill_in(als, oscar):
    slug = load_material("psychisch-kwetsbare-jongeren").materiaal.slug
    page = als(oscar).get(reverse("materiaal-deel", args=[slug, "fase-0"])).text

    assert reverse("invulbladen-pdf", args=[slug, "fase-0-t03"]) in page
    assert reverse("reactie", args=[slug, "fase-0-t03"]) in page


def test_beside_a_tip_in_a_dossier_it_speaks_for_the_school(als, huis):
    load_material(TIPS)
    lezen = reverse("lezen", args=[huis.dossier.pk, TIPS])

    page = als(huis.team).get(lezen).text

    assert f"{reverse('reactie-dossier', args=[huis.dossier.pk, TIPS, TIP])}?terug={lezen}" in page
    assert reverse("reactie", args=[TIPS, TIP]) not in page
    assert ZEG not in als(huis.lezer).get(lezen).text


def test_beside_a_question_of_a_talk(als, huis):
    gesprek = add_gesprek(huis.dossier, "Over later")
    step = gesprek.versie.onderdelen.steps().first()
    here = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, step.code])
    item = step.rubrieken.filter(soort__contains="vragen").first().items.first()
    slug = gesprek.versie.materiaal.slug

    page = als(huis.team).get(f"{here}?weergave=lijst").text

    way = reverse("reactie-dossier", args=[huis.dossier.pk, slug, item.code])
    assert f"{way}?terug={here}" in page
    assert ZEG not in als(huis.lezer).get(f"{here}?weergave=lijst").text
    # A room reads along.
    assert ZEG not in als(huis.team).get(f"{here}?weergave=bespreken").text


def test_of_a_goal_without_a_script_beside_its_remarks(als, huis, versie):
    page = reverse("opmerkingen-bij", args=[huis.dossier.pk, "f0-1"])
    way = reverse("reactie-dossier", args=[huis.dossier.pk, "preventieplan", "f0-1-v01"])

    assert f"{way}?terug={page}" in als(huis.team).get(page).text

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert ZEG not in als(huis.team).get(page).text


def test_the_page_of_a_goal_has_not_a_byte_of_it(als, huis, versie):
    goal = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    for view in ("lijst", "bespreken"):
        assert "werkt/" not in als(huis.team).get(f"{goal}?weergave={view}").text


def test_what_is_no_page_and_what_is_no_version_yet_have_no_way_there(versie, rf):
    vraag = versie.doelstellingen.first().vragen.first()
    page = Context({"request": rf.get("/"), "versie": versie})
    assert ZEG in werkt_dit(page, vraag)

    assert werkt_dit(Context({"versie": versie}), vraag) == ""
    assert werkt_dit(Context({"request": rf.get("/")}), vraag) == ""
    versie.status = versie.Status.CONCEPT
    assert werkt_dit(page, vraag) == ""


# What the next version words otherwise and leaves out, and a question that stays.
CHANGED, SAME = ("f0-1-v01", "f0-1-v03"), "f0-1-v02"
GEZEGD = "Jullie zeiden hier iets over"


def said(huis, versie, code: str, **stand) -> None:
    say(materiaal=versie.materiaal, code=code, werkt=True, omdat="", school=huis.school)
    Gezegd.objects.update(**stand)


def test_what_led_somewhere_is_told_where_a_newer_version_is_offered(
    als, huis, ander_huis, versie, an
):
    for code in CHANGED:
        said(huis, versie, code, wacht=False, gelezen=True)
    said(huis, versie, SAME, wacht=False, gelezen=True)
    nieuw = next_version(versie, an, reworded)

    page = als(huis.team).get(reverse("planversie", args=[huis.dossier.pk]))

    words = text_of(page)
    assert nieuw.versie in words
    assert words.count(GEZEGD) == len(CHANGED)
    assert f"{GEZEGD}: de PLG herwoordde dit." in words
    assert f"{GEZEGD}: de PLG liet dit weg." in words
    # The other school said nothing.
    page = als(ander_huis.team).get(reverse("planversie", args=[ander_huis.dossier.pk]))
    assert GEZEGD not in text_of(page)


def test_what_nobody_could_read_yet_led_nowhere(als, huis, versie, an):
    said(huis, versie, CHANGED[0])
    next_version(versie, an, reworded)

    page = als(huis.team).get(reverse("planversie", args=[huis.dossier.pk]))

    assert GEZEGD not in text_of(page)
