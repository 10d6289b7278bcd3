"""The shelf: its contents, filtering and searching."""

import re

import pytest
from django.template.loader import get_template
from django.urls import reverse

from dialoogfiches.toolbox.queries import MAX_WORDS, WANTED
from dossiers.materialen.models import Materiaalversie, Vorm
from dossiers.materialen.shelf import PICTOGRAMMEN
from stsdialoog.text import MAX_ZOEK
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.dossiers.materialen.kleinplan import small_plan

pytestmark = pytest.mark.django_db

TOOLBOX = reverse("toolbox")


@pytest.fixture
def put(materialen):
    """Load fiches onto the shelf: `put(small_fiche("een"))`."""

    def load(*texts: str) -> None:
        for text in texts:
            slug = re.search(r"slug: (\S+)", text)[1]
            versie = re.search(r'versie: "(\S+)"', text)[1]
            materialen.write(text, f"{slug}/{versie}.yaml")
        materialen.load()

    return load


@pytest.fixture
def toolbox(als, oscar):
    """The page as seen by Oscar, who has no role anywhere."""

    def get(**query) -> str:
        response = als(oscar).get(TOOLBOX, query)
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.fixture
def shelf(put):
    put(
        small_fiche("aan", titel="Aan tafel", plg="Limburg", fases="0"),
        small_fiche("bord", vorm="bevraging", plg="Antwerpen", doelgroepen="leerkracht", fases="1"),
        small_fiche("gezin", plg="Limburg", doelgroepen="clb, ouders", fases="1, 2"),
        small_plan(),
    )


def titles(html: str) -> list[str]:
    shelf = html.partition('id="plank"')[2]
    return re.findall(r'<a href="/toolbox/[^/"]+/">([^<]+)</a>', shelf)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def book(html: str, titel: str) -> str:
    """The text about one material."""
    books = re.findall(r'<li class="boek">.*?</li>', html, re.S)
    return next(words(one) for one in books if titel in one)


def test_the_shelf_holds_every_material_by_what_one_wants_to_do(shelf, toolbox):
    html = toolbox()
    asked = ["plannen", "gesprek", "bevragen"]

    assert re.findall(r'<h2 id="doen-(\w+)">', html) == asked
    assert re.findall(r'<a href="#doen-(\w+)">', html) == asked
    assert titles(html) == ["Preventieplan", "Aan tafel", "Gezin", "Bord"]
    for titel, plg in (("Preventieplan", "Antwerpen"), ("Aan tafel", "Limburg")):
        assert f"van PLG {plg}" in book(html, titel)
    assert book(html, "Preventieplan").startswith("Preventieplan Fase 0 1 2 3")
    assert "Bevraging, voor leerkracht" in book(html, "Bord")
    assert "Gesprek, voor CLB en ouders" in book(html, "Gezin")
    assert "Versie 2026.1, 2 juni 2026" in book(html, "Bord")


def test_every_kind_has_a_place_and_a_drawing_of_its_own():
    named = [vorm for _, _, vormen in WANTED for vorm in vormen]
    drawn = {get_template(f"bs_icon/{PICTOGRAMMEN[vorm]}.svg").origin.name for vorm in Vorm}

    assert sorted(named) == sorted(Vorm)
    assert len(drawn) == len(Vorm)


def test_what_is_left_after_a_filter_is_asked_no_more(shelf, toolbox):
    html = toolbox(soort="gesprek")

    assert "Wat wil je doen?" not in html
    assert re.findall(r'<h2 id="doen-(\w+)">', html) == ["gesprek"]
    assert "Wat wil je doen?" not in toolbox(zoek="presentatie")


def what_for(herkomst: str, tekst: str) -> str:
    return f"waarvoor:\n  herkomst: {herkomst}\n  tekst: {tekst}\n"


def test_a_sentence_says_what_one_uses_it_for(put, toolbox):
    put(
        small_fiche("een") + what_for("bron", "richtvragen voor een gesprek"),
        small_fiche("twee") + what_for("voorstel", "Begin hier"),
        small_fiche("drie"),
    )
    html = toolbox()

    assert "Richtvragen voor een gesprek Gesprek, voor" in book(html, ">Een<")
    assert "Begin hier Gesprek, voor" in book(html, ">Twee<")
    assert book(html, ">Twee<").endswith("deels nog te bevestigen door de PLG")
    assert "1 Gesprek, voor" in book(html, ">Drie<")
    assert titles(toolbox(zoek="richtvragen voor")) == ["Een"]


def test_a_phase_keeps_its_number_and_its_colour(shelf, toolbox):
    assert '<span class="fase-nr fase-2">2</span>' in toolbox(soort="gesprek", fase="2")


def test_what_still_waits_for_a_plg_is_said(put, toolbox):
    put(
        small_fiche("bron"),
        small_fiche("vraag", herkomst="voorstel"),
        small_fiche("zin", vorm="bevraging").replace(
            "herkomst: bron\n    tekst: Dankjewel", "herkomst: voorstel\n    tekst: Dankjewel"
        ),
        small_fiche("uitleg").replace(
            "herkomst: bron\n              tekst: Begin",
            "herkomst: voorstel\n              tekst: B",
        ),
        small_plan().replace("slug: preventieplan", "slug: plan"),
        small_plan()
        .replace("slug: preventieplan", "slug: planbron")
        .replace("titel: Preventieplan\n", "titel: Zeker\n")
        .replace("herkomst: voorstel", "herkomst: bron"),
    )

    html = toolbox()

    for titel in ("Bron", "Zeker"):
        assert "tekst van de PLG" in book(html, f">{titel}<")
    for titel in ("Vraag", "Zin", "Uitleg", "Preventieplan"):
        assert book(html, f">{titel}<").endswith("deels nog te bevestigen door de PLG")


def test_only_the_newest_published_version_stands_there(put, toolbox):
    put(
        small_fiche("een", titel="Negen", versie="2026.9"),
        small_fiche("een", titel="Tien", versie="2026.10"),
        small_fiche("een", titel="Elf", versie="2026.11", status="concept"),
        small_fiche("twee", titel="Nog niets", status="concept"),
    )

    html = toolbox()

    assert len(titles(html)) == 1
    assert "Versie 2026.10," in html
    assert "Nog niets" not in html


def test_an_empty_shelf_says_whom_to_ask(lege_plank, toolbox):
    assert "Vraag de STS-beheerder" in toolbox()


# --- Filters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"plg": "Limburg"}, ["Aan tafel", "Gezin"]),
        ({"doelgroep": "ouders"}, ["Gezin"]),
        ({"doelgroep": "leerkracht"}, ["Bord"]),
        ({"fase": "2"}, ["Preventieplan", "Gezin"]),
        ({"fase": "0"}, ["Preventieplan", "Aan tafel"]),
        ({"soort": "preventieplan"}, ["Preventieplan"]),
        ({"soort": "gesprek"}, ["Aan tafel", "Gezin"]),
        ({"soort": "gesprek", "fase": "1", "doelgroep": "clb", "plg": "Limburg"}, ["Gezin"]),
        ({"fase": "", "plg": "", "zoek": ""}, ["Preventieplan", "Aan tafel", "Gezin", "Bord"]),
    ],
)
def test_each_filter_keeps_what_fits(shelf, toolbox, query, found):
    assert titles(toolbox(**query)) == found


@pytest.mark.parametrize("rubbish", ["9", "-1", "x", "²", "0 or 1=1", "\x00", "<b>", "a" * 5000])
@pytest.mark.parametrize("name", ["fase", "plg", "doelgroep", "soort"])
def test_a_filter_that_does_not_exist_is_no_filter(shelf, toolbox, name, rubbish):
    html = toolbox(**{name: rubbish})

    assert len(titles(html)) == 4
    assert "<b>" not in html.replace("<b>0</b>", "").replace("<b>1</b>", "").replace(
        "<b>2</b>", ""
    ).replace("<b>3</b>", "")


def test_what_one_chose_stays_chosen(shelf, toolbox):
    html = toolbox(plg="Limburg", fase="1", zoek="gesprek")

    assert '<option value="Limburg" selected>' in html
    assert re.search(r'name="fase" value="1"[^>]*checked', html)
    assert 'value="gesprek"' in html
    assert '<details class="filter-meer" open>' in html


def test_nothing_that_fits_says_what_to_do(shelf, toolbox):
    text = words(toolbox(doelgroep="leerkracht", fase="3"))

    assert "Geen enkel materiaal past bij deze filter. Toon alle materialen" in text
    assert "Kies één ding minder." in text


# --- Searching ----------------------------------------------------------------------------------


@pytest.mark.parametrize("zoek", ["spijbelcontract", "SPIJBEL", "spijbel  drie", "Drié"])
def test_words_are_found_however_one_types_them(put, toolbox, zoek):
    put(
        small_fiche("een", inleiding="Het spijbelcontract in drie stappen"),
        small_fiche("twee", inleiding="Een onthaaldag"),
    )

    html = toolbox(zoek=zoek)

    assert titles(html) == ["Een"]
    assert f"1 van 2 materialen met ‘{' '.join(zoek.split())}’." in words(html)


@pytest.mark.parametrize("zoek", ["leerkrachten praten", "gepraat", "leerkr", "leerkracht!"])
def test_other_forms_of_a_word_and_parts_of_it_are_found(put, toolbox, zoek):
    put(
        small_fiche("een", inleiding="Je praat met een leerkracht"),
        small_fiche("twee", inleiding="Je schrijft aan een leerling"),
    )

    assert titles(toolbox(zoek=zoek)) == ["Een"]


@pytest.mark.parametrize(
    "zoek", ["ecole", "ÉCOLE", "d'hondt", "D’hondt", "sint-jozef", "Sint\u2011Jozef", "sint jozef"]
)
def test_accents_quotes_and_hyphens_make_no_difference(put, toolbox, zoek):
    put(
        small_fiche("een", inleiding="École D’Hondt bij Sint\u2011Jo\u00adzef"),
        small_fiche("twee", inleiding="Een onthaaldag"),
    )

    assert titles(toolbox(zoek=zoek)) == ["Een"]


def test_every_word_has_to_be_there(put, toolbox):
    put(small_fiche("een", inleiding="Samen praten"), small_fiche("twee", inleiding="Samen"))

    assert titles(toolbox(zoek="samen praten")) == ["Een"]


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_one_looks_for_so_many_words_and_no_more(shelf, toolbox, over):
    """What comes after the last one that counts is not looked for."""
    zoek = " ".join([*["presentatie"] * (MAX_WORDS + over - 1), "nergens"])

    assert bool(titles(toolbox(zoek=zoek))) == (over > 0)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_one_looks_for_so_many_letters_and_no_more(shelf, toolbox, over):
    html = toolbox(zoek="presentatie".ljust(MAX_ZOEK + over - 1) + "q")

    assert bool(titles(html)) == (over > 0)
    assert f'maxlength="{MAX_ZOEK}"' in html


def test_the_best_comes_first(put, toolbox):
    """That is the one with the words in its title, and then the one that has them most often."""
    put(
        small_fiche("aan", plg="Antwerpen", inleiding="Ooit eens een brugfiguur"),
        small_fiche("bord", plg="Limburg", inleiding="Brugfiguur na brugfiguur en een brugfiguur"),
        small_fiche("brugfiguren", plg="West-Vlaanderen"),
    )

    assert titles(toolbox(zoek="brugfiguur")) == ["Brugfiguren", "Bord", "Aan"]


def test_searching_and_filtering_go_together(shelf, toolbox):
    html = toolbox(zoek="presentatie", plg="Limburg")

    assert titles(html) == ["Aan tafel", "Gezin"]
    assert "Gesprek, voor CLB en ouders, van PLG Limburg" in book(html, "Gezin")


@pytest.mark.parametrize(
    "zoek",
    ["qwerty", "a\x00qz", "qz%", "_", "'", '"qz', "qz:*", "!(", "\\", "qz " * 4000, "\U0001f44d"],
)
def test_nothing_found_says_what_to_do(shelf, toolbox, zoek):
    html = toolbox(zoek=zoek)

    assert titles(html) == []
    assert "Niets gevonden met" in html
    assert "zoek met minder of met andere woorden" in html
    assert len(html) < 40_000


@pytest.mark.parametrize("zoek", ["\x00", "   ", ""])
def test_searching_for_nothing_shows_everything(shelf, toolbox, zoek):
    assert len(titles(toolbox(zoek=zoek))) == 4


def test_what_somebody_looked_for_is_text(shelf, toolbox):
    assert "<script>alert" not in toolbox(zoek="<script>alert(1)</script>")


# --- Number of queries --------------------------------------------------------------------------


def test_the_shelf_takes_the_same_queries_however_full(put, als, oscar, django_assert_num_queries):
    client = als(oscar)
    put(*(small_fiche(f"fiche-{nummer}") for nummer in range(2)))
    # The session, the user and her PLG; the shelf; and the texts, once per process and shelf.
    with django_assert_num_queries(5):
        client.get(TOOLBOX, {"zoek": "gesprek", "fase": "0"})
    with django_assert_num_queries(4):
        client.get(TOOLBOX, {"zoek": "praten", "fase": "0"})
    put(*(small_fiche(f"fiche-{nummer}") for nummer in range(2, 14)))
    with django_assert_num_queries(5):
        client.get(TOOLBOX, {"zoek": "gesprek", "fase": "0"})
    assert Materiaalversie.objects.count() == 14
    with django_assert_num_queries(4):
        client.get(TOOLBOX)


# --- by another name ------------------------------------------------------------------------------


def test_a_material_is_found_by_its_other_names_first(put, toolbox):
    anders = small_fiche("klein", titel="Blad").replace(
        "plg:", "ook: [Dialoogfiche school]\n  plg:"
    )
    put(
        anders, small_fiche("ander", titel="Ander", inleiding="Over een dialoogfiche in een school")
    )

    assert titles(toolbox(zoek="dialoogfiche school")) == ["Blad", "Ander"]


@pytest.mark.parametrize(
    ("name", "titel"),
    [
        ("Dialoogfiche school", "Aanwezig op school"),
        ("dialoogfiche leerkracht", "Aanwezig in de klas"),
        ("Inspiratiedocument leerkracht", "schakel bij schooluitval"),
        ("Dialogoogdocument", "Dialoogdocument"),
        ("spijbelactieplan", "Preventieplan afwezigheden"),
        ("jij ziet mij", "schakel bij schooluitval"),
    ],
)
def test_what_the_slides_call_it_finds_it(toolbox, name, titel):
    assert any(titel in found for found in titles(toolbox(zoek=name))[:2])


def test_who_makes_the_materials_is_told(toolbox):
    html = words(toolbox())

    assert "Een PLG is een professionele leergemeenschap" in html
    assert "Een ankerfiguur is de go-to medewerker rond het thema schooluitval" in html


def test_what_is_of_the_sts_team_is_of_no_plg(toolbox, als, oscar):
    assert "van het STS-team" in book(toolbox(), "Gedachtegoed")
    page = als(oscar).get(reverse("materiaal", args=["gedachtegoed"])).text
    assert "Tips van het STS-team, voor" in page
    assert "Een netwerk bouwen rond de leerkracht is even zinvol" in page


def test_for_which_schools_it_is_stands_with_it(put, toolbox):
    put(small_fiche("klein", titel="Blad").replace("plg:", "niveaus: [BaO, BuO]\n  plg:"))

    assert "voor school en CLB in BaO en BuO, van PLG Limburg" in book(toolbox(), "Blad")
