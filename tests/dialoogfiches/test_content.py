"""The materials that come with the project: complete, and in the words of their sources."""

import pytest
from django.conf import settings

from dialoogfiches.models import Item, Onderdeel, Rubriek, Rubrieksoort
from dialoogfiches.queries import fiche_of
from dossiers.materialen.domain.loading import load_materialen
from dossiers.materialen.models import Herkomst, Materiaal, Materiaalversie, Vorm

pytestmark = pytest.mark.django_db

# The PLG that made each material (slides of the Meet & Greet, 2 June 2026).
MATERIALEN = {
    "preventieplan": "Antwerpen",
    "dialoogdocument": "BHG en Vlaams-Brabant",
    "leidraad-dialoogdocument": "BHG en Vlaams-Brabant",
    "visuele-flow": "BHG en Vlaams-Brabant",
    "aanwezig-op-school": "Limburg",
    "aanwezig-in-de-klas": "Limburg",
    "sjablonen-plan-en-opvolging": "Limburg",
    "leerkracht-als-schakel": "Limburg",
    "mini-bevraging": "Limburg",
    "dialoogdocument-ouders": "Limburg",
    "actieplan-aanwezigheidsbeleid": "Oost-Vlaanderen",
    "psychisch-kwetsbare-jongeren": "West-Vlaanderen",
    "schoolafspraken": "West-Vlaanderen",
    "gedachtegoed": "STS-team",
}


def items(versie, code: str, soort: str) -> list[str]:
    return list(
        Item.objects.filter(versie=versie, rubriek__onderdeel__code=code, rubriek__soort=soort)
        .order_by("rubriek__volgorde", "volgorde")
        .values_list("tekst", flat=True)
    )


def test_every_material_of_the_plgs_is_there():
    load_materialen(settings.MATERIALEN_DIR)

    assert dict(Materiaal.objects.values_list("slug", "plg")) == MATERIALEN
    assert not Materiaalversie.objects.exclude(status="gepubliceerd").exists()
    assert not Materiaalversie.objects.filter(waarvoor={}).exists()


def test_what_is_read_beside_a_material_points_to_one_that_exists():
    load_materialen(settings.MATERIALEN_DIR)
    versies = Materiaalversie.objects.exclude(materiaal__slug="preventieplan")
    beside = {versie.begeleidt for versie in versies if versie.begeleidt}

    assert beside == {"dialoogdocument", "psychisch-kwetsbare-jongeren"}


@pytest.mark.parametrize("slug", ["aanwezig-op-school", "aanwezig-in-de-klas"])
def test_a_dialoogfiche_of_limburg_has_five_phases_each_built_alike(laad, slug):
    stappen = fiche_of(laad(slug)).stappen

    assert [deel.onderdeel.titel for deel in stappen] == [
        "Breed kijken",
        "Focus bepalen",
        "Plan opmaken",
        "Uitvoering",
        "Vieren, delen & verduurzamen",
    ]
    assert [deel.onderdeel.acties for deel in stappen] == [
        *("", ""),
        *("plannen", "opvolgen", "vieren"),
    ]
    for deel in stappen:
        soorten = {rubriek.soort for rubriek in deel.rubrieken}
        assert {"doel", "richtvragen", "rol-clb", "voorwaarden", "resultaat"} <= soorten


def test_phase_1_of_aanwezig_op_school_is_in_the_words_of_the_source(laad):
    versie = laad("aanwezig-op-school")
    deel = next(deel for deel in fiche_of(versie).stappen if deel.nummer == 1)

    assert not deel.heeft_voorstel
    assert [rubriek.kop for rubriek in deel.vragen] == [
        "Registratie en analyse van afwezigheden",
        "Beleid en aanpak",
        "Preventie en klimaat",
        "Effect en evaluatie",
    ]
    vragen = items(versie, deel.onderdeel.code, "richtvragen")
    assert len(vragen) == 12
    assert vragen[1] == "Welke codes (P, Z, D, B,...) worden waarvoor gebruikt?"
    assert vragen[-1] == "Hoe breng je effect in kaart?"


def test_the_fiche_per_phase_for_clb_staff_follows_the_zorgcontinuum(laad):
    versie = laad("psychisch-kwetsbare-jongeren")
    delen = fiche_of(versie).parts

    assert [deel.onderdeel.fase for deel in delen] == [0, 1, 2, 2, 3]
    draaischijf = next(deel for deel in delen if deel.onderdeel.code == "draaischijf")
    assert draaischijf.onderdeel.titel == "Alternatieve trajecten - Draaischijffunctie (fase 2)"
    rol = Rubriek.objects.get(onderdeel=draaischijf.onderdeel, soort=Rubrieksoort.ROL_CLB)
    assert {item.herkomst for item in rol.items.all()} == {Herkomst.BRON}


def test_the_tips_for_teachers_are_those_of_31_teachers(laad):
    versie = laad("leerkracht-als-schakel")

    assert [deel.onderdeel.code for deel in fiche_of(versie).parts] == [
        "preventief",
        "tijdens-afwezigheid",
        "bij-terugkeer",
    ]
    assert "Een kaartje sturen" in items(versie, "tijdens-afwezigheid", "tips")
    assert not Item.objects.filter(versie=versie, herkomst=Herkomst.VOORSTEL).exists()


def test_a_material_tells_what_of_the_source_is_not_in_it(laad):
    versie = laad("leerkracht-als-schakel")

    # The slide breaks off after "En dat voelen zet".
    assert "Op een afgebroken halve zin na" in versie.bron


@pytest.mark.parametrize(
    "slug", ["aanwezig-op-school", "aanwezig-in-de-klas", "sjablonen-plan-en-opvolging"]
)
def test_the_short_name_of_a_phase_is_in_the_words_of_its_title(laad, slug):
    for onderdeel in Onderdeel.objects.filter(versie=laad(slug)):
        assert onderdeel.kort in onderdeel.titel


def test_the_headings_of_a_sheet_that_the_source_does_not_have_are_ours(laad):
    versie = laad("sjablonen-plan-en-opvolging")
    vragen = Rubriek.objects.filter(onderdeel__versie=versie, soort=Rubrieksoort.RICHTVRAGEN)
    ours = vragen.filter(herkomst=Herkomst.VOORSTEL).order_by("onderdeel__volgorde", "volgorde")

    assert list(ours.values_list("onderdeel__code", "kop")) == [
        ("plan-opmaken", "De gekozen focus"),
        ("uitvoering", "Stand van zaken"),
        ("uitvoering", "Borgen, bijsturen of stoppen"),
        ("vieren", "Vieren"),
        ("vieren", "Delen"),
    ]


def test_the_talk_with_parents_asks_what_the_source_asks(laad):
    versie = laad("dialoogdocument-ouders")
    codes = [deel.onderdeel.code for deel in fiche_of(versie).stappen]

    assert codes == ["thuis", "school", "sociaal", "individu", "cultuur"]
    assert [len(items(versie, code, "richtvragen")) for code in codes] == [6, 6, 5, 6, 4]
    vragen = Item.objects.filter(versie=versie, rubriek__soort=Rubrieksoort.RICHTVRAGEN)
    assert not vragen.filter(herkomst=Herkomst.VOORSTEL).exists()


def test_every_step_has_a_colour_of_the_zorgcontinuum_only_where_it_belongs_to_a_phase(laad):
    stappen = Onderdeel.objects.filter(versie=laad("actieplan-aanwezigheidsbeleid"))

    assert [(stap.code, stap.fase) for stap in stappen] == [("fase-0", 0), ("fase-1", 1)]
    assert stappen[0].versie.vorm == Vorm.GESPREK
