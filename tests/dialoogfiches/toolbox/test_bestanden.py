"""Adding a fiche takes only a content file; an invalid one is reported and changes nothing."""

import re

import page
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.models import Item, Onderdeel
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.materialen.models import Materiaal, Materiaalversie
from tests.client import Browser
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

FILE = "klein/2026.1.yaml"


def line_of(text: str, part: str) -> int:
    assert text.count(part) == 1
    return text[: text.index(part)].count("\n") + 1


# --- Another fiche ------------------------------------------------------------------------------


VORMEN = ("gesprek", "lezen", "tips", "flow", "bevraging", "ouders")


@pytest.mark.parametrize("vorm", VORMEN)
def test_a_further_fiche_needs_a_content_file_only(materialen, als, oscar, huis, vorm):
    client = als(oscar)
    materialen.write(
        small_fiche("kaart", vorm=vorm, titel="Kaart van thuis", plg="Gent"), "kaart/2026.1.yaml"
    )
    assert "Kaart van thuis" not in client.get(reverse("toolbox")).content.decode()

    call_command("laad_materialen", map=materialen.path)

    shelf = client.get(reverse("toolbox"), {"plg": "Gent", "soort": vorm}).content.decode()
    shelf = shelf.partition('id="plank"')[2]
    assert re.findall(r'href="(/toolbox/[^"/]+/)"', shelf) == ["/toolbox/kaart/"]
    assert "/toolbox/kaart/" in client.get(reverse("toolbox"), {"zoek": "thuis"}).content.decode()
    question = (
        "Ben je een schakel?" if vorm == "bevraging" else "Hoe begint een gesprek bij jullie?"
    )
    assert question in client.get(reverse("materiaal", args=["kaart"])).content.decode()
    pdf = client.get(reverse("materiaal-pdf", args=["kaart"])).content
    assert page.validate_pdf_bytes(pdf, profile="ua1").failures == []
    start = als(huis.medewerker).get(reverse("materiaal-starten", args=["kaart"]))
    assert start["Location"].startswith(f"/dossiers/{huis.dossier.pk}/")


@pytest.fixture
def begin(materialen, als, huis):
    """Marie loads another fiche and starts with it in the dossier of her school."""

    def go(vorm: str) -> tuple[Browser, str]:
        materialen.write(small_fiche("kaart", vorm=vorm), "kaart/2026.1.yaml")
        materialen.load()
        marie = als(huis.medewerker)
        return marie, marie.get(reverse("materiaal-starten", args=["kaart"])).url

    return go


ASKED = "Hoe begint een gesprek bij jullie?"


@pytest.mark.parametrize("vorm", ["lezen", "tips", "flow"])
def test_a_further_fiche_is_read_in_a_dossier(begin, vorm):
    marie, start = begin(vorm)

    assert ASKED in marie.get(start).text


def test_one_talks_about_a_further_fiche(begin, huis):
    marie, start = begin("gesprek")
    marie.post(start, whole_form(marie.get(start).text))
    gesprek = Gesprek.objects.get()
    step = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "start"])
    form = whole_form(marie.get(step).text)
    note = f"notitie-{gesprek.pk}-start-r1-tekst"

    marie.post(step, form | {note: "Met koffie."})

    assert "Met koffie." in marie.get(step).text
    assert ASKED in marie.get(step).text
    pdf = reverse("gesprek-pdf", args=[huis.dossier.pk, gesprek.pk])
    assert page.validate_pdf_bytes(marie.get(pdf).content, profile="ua1").failures == []


def test_one_asks_teachers_a_further_survey(begin, client):
    marie, start = begin("bevraging")
    marie.post(start, whole_form(marie.get(start).text))
    bevraging = Bevraging.objects.get()
    public = reverse("bevraging-invullen", args=[bevraging.sleutel])
    assert "Ben je een schakel?" in client.get(public).text

    client.post(public, {"keuze": "ja", "start-j": "Ik bel."})

    assert bevraging.openantwoorden.get().tekst == "Ik bel."


def test_one_talks_with_parents_about_a_further_document(begin, laad):
    marie, start = begin("ouders")
    # In addition to that of Limburg, which is the first in the list of talks.
    laad("dialoogdocument-ouders")
    shown = marie.get(start).text
    assert "Dit is pseudoniem" in shown
    (loose,) = re.findall(r'href="([^"]+zonder-bewaren[^"]+)"', shown)
    assert ASKED in marie.get(loose).text
    (blank,) = re.findall(r'href="([^"]+blanco[^"]*)"', shown)
    assert marie.get(blank)["Content-Disposition"] == 'inline; filename="kaart.pdf"'

    marie.post(start, whole_form(shown) | {"pseudoniem": "Kolibrie"})

    gesprek = Oudergesprek.objects.get()
    assert gesprek.versie.materiaal.slug == "kaart"
    assert ASKED in marie.get(reverse("oudergesprek", args=[gesprek.pk])).text


def test_without_a_document_for_parents_the_page_says_so(lege_plank, als, huis):
    marie = als(huis.medewerker)
    for name in ("oudergesprek-nieuw", "oudergesprek-zonder-bewaren", "oudergesprek-blanco"):
        response = marie.get(reverse(name, args=[huis.dossier.pk]), follow=True)
        assert "Er is geen gepubliceerd document" in response.text


def test_a_better_text_takes_the_place_of_the_older_one(materialen, als, oscar):
    materialen.write(small_fiche(), FILE)
    materialen.load()
    materialen.write(
        small_fiche(versie="2026.2", inleiding="Nu nog duidelijker"), "klein/2026.2.yaml"
    )
    materialen.load()

    page_of = als(oscar).get(reverse("materiaal", args=["klein"])).content.decode()

    assert "Nu nog duidelijker" in page_of
    assert "Versie 2026.2 van" in page_of


# --- An invalid one -----------------------------------------------------------------------------


def nothing_loaded() -> bool:
    return not any(
        model.objects.exists() for model in (Materiaal, Materiaalversie, Onderdeel, Item)
    )


QUESTION = "- code: start-r1\n            herkomst: bron"
# (what is wrong, part of the valid file, its replacement, part of the reported line, the finding)
# A § marks a line that has nothing of its own, and does not stand in the file.
WRONG = {
    "a missing code": (
        QUESTION,
        "- herkomst: bron§",
        "§",
        '"code" ontbreekt in items (nummer 1).',
    ),
    "a duplicated code": (
        "code: start-v1",
        "code: start-r1§",
        "§",
        "code start-r1 bestaat al hierboven: kies een andere.",
    ),
    "a code of another part": (
        "code: start-v1",
        "code: einde-v1",
        "code: einde-v1",
        "code einde-v1 moet met start- beginnen, zoals het onderdeel.",
    ),
    "a wrong herkomst": (
        QUESTION,
        "- code: start-r1\n            herkomst: bonr",
        "herkomst: bonr",
        'herkomst moet "bron" of "voorstel" zijn, niet "bonr".',
    ),
    "no herkomst": (
        QUESTION,
        "- code: start-r1§",
        "§",
        '"herkomst" ontbreekt in items (nummer 1).',
    ),
    "a soort that does not fit the vorm": (
        "soort: richtvragen",
        "soort: keuze",
        "soort: keuze",
        "soort keuze past niet bij vorm gesprek: kies een andere.",
    ),
    "a vorm that does not exist": (
        "vorm: gesprek",
        "vorm: praatje",
        "vorm: praatje",
        'vorm moet "gesprek", "lezen", "flow", "tips", "bevraging" of "ouders" zijn, '
        'niet "praatje".',
    ),
    "a talk without a step": (
        "stap: true",
        "stap: false",
        "onderdelen:",
        "geen enkel onderdeel is een stap: zet ergens stap: true.",
    ),
    "a talk that the school would read and not hold": (
        "doelgroepen: [school, clb]",
        "doelgroepen: [clb]",
        "doelgroepen: [clb]",
        "een gesprek voeren school en CLB samen, en de school leest het: zet bij doelgroepen ook "
        "school of leerkracht.",
    ),
    "a part without a name": (
        "    kort: Start\n",
        "",
        "- code: start\n",
        '"kort" ontbreekt in onderdelen (nummer 1).',
    ),
    "a key that nobody knows": (
        "acties: plannen",
        "actie: plannen",
        "actie: plannen",
        '"actie" is hier geen bekende sleutel: bedoel je "acties"?',
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_fiche_says_where_and_changes_nothing(materialen, wrong):
    right, becomes, where, finding = WRONG[wrong]
    text = small_fiche()
    assert right in text
    text = text.replace(right, becomes)
    materialen.write(text.replace("§", ""), FILE)
    # A valid one in the same run is not loaded either.
    materialen.write(small_fiche("goed"), "goed/2026.1.yaml")

    assert materialen.findings() == [f"{FILE}, regel {line_of(text, where)}: {finding}"]
    assert nothing_loaded()


def test_a_part_cannot_take_the_address_of_another_page(materialen):
    text = small_fiche().replace("code: start", "code: versie")
    materialen.write(text, FILE)

    line = line_of(text, "code: versie\n")
    assert materialen.findings() == [
        f"{FILE}, regel {line}: code versie kan hier niet: kies een andere."
    ]
    assert nothing_loaded()


def long_fiche(vorm: str, stappen: int) -> str:
    """A fiche with this many steps."""
    head, onderdeel = small_fiche(vorm=vorm).split("onderdelen:\n")
    delen = (onderdeel.replace("start", f"start{nr}") for nr in range(1, stappen + 1))
    return head + "onderdelen:\n" + "".join(delen)


def test_a_road_has_at_most_as_many_stations_as_its_drawing(materialen):
    materialen.write(long_fiche("flow", 10), FILE)

    assert [found.split(": ", 1)[1] for found in materialen.findings()] == [
        "een flow heeft hoogstens 9 stappen, en dit zijn er 10."
    ]
    assert nothing_loaded()
    materialen.write(long_fiche("flow", 9), FILE)
    # A talk with more steps is allowed, but has no drawing.
    materialen.write(
        long_fiche("gesprek", 10).replace("slug: klein", "slug: lang"), "lang/2026.1.yaml"
    )
    materialen.load()
    assert Materiaal.objects.count() == 2


def test_a_road_without_a_step_cannot_be_drawn(materialen):
    materialen.write(small_fiche(vorm="flow").replace("stap: true", "stap: false"), FILE)

    assert [found.split(": ", 1)[1] for found in materialen.findings()] == [
        "geen enkel onderdeel is een stap: zet ergens stap: true."
    ]
    assert nothing_loaded()


@pytest.mark.parametrize(
    ("right", "becomes", "finding"),
    [
        ("soort: keuze", "soort: info", "een bevraging heeft precies één rubriek keuze"),
        ("soort: nee", "soort: ja", "er is geen enkele vraag na nee: vul aan."),
        ("  dank:", "  bedankt:", '"dank" ontbreekt in woorden: bevraging heeft die nodig.'),
    ],
)
def test_a_survey_without_its_question_its_branches_or_its_words(
    materialen, right, becomes, finding
):
    text = small_fiche(vorm="bevraging")
    assert right in text
    materialen.write(text.replace(right, becomes), FILE)

    findings = materialen.findings()

    assert any(finding in found for found in findings)
    assert all(re.match(rf"{FILE}, regel \d+: ", found) for found in findings)
    assert nothing_loaded()


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_lines(materialen):
    text = (
        small_fiche(herkomst="bonr")
        .replace("start-v1", "start-r1")
        .replace("soort: fiche", "soort: ficche")
    )
    materialen.write(text, FILE)
    only_the_head = materialen.findings()
    materialen.write(text.replace("ficche", "fiche"), FILE)
    rest = materialen.findings()

    assert only_the_head == [
        f'{FILE}, regel 5: soort "ficche" bestaat niet: kies "preventieplan" of "fiche".'
    ]
    assert [int(re.search(r"regel (\d+)", found)[1]) for found in rest] == sorted(
        (line_of(text, "bonr"), text[: text.rindex("start-r1")].count("\n") + 1)
    )


def test_a_wrong_file_leaves_what_was_there(materialen, als, oscar):
    materialen.write(small_fiche(), FILE)
    materialen.load()
    materialen.write(small_fiche(inleiding="Beter").replace("start-v1", "start-r1"), FILE)

    with pytest.raises(CommandError, match="Er is niets geladen"):
        call_command("laad_materialen", map=materialen.path)

    still = als(oscar).get(reverse("materiaal", args=["klein"])).content.decode()
    assert "Waarover dit gaat" in still
    assert "Wat helpt daarbij?" in still
