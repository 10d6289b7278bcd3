"""One material: reading it, and starting with it in a dossier."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from dialoogfiches.domain.content import read
from dialoogfiches.domain.parts import parts
from dialoogfiches.models import Item
from dialoogfiches.queries import fiche_of
from dossiers.domain import close_dossier, open_dossier
from dossiers.materialen.domain import versions
from dossiers.materialen.models import Herkomst, Materiaalversie, Vorm
from dossiers.materialen.registry import soort_of
from dossiers.mensen.models import Lidmaatschap, Rol, School
from preventieplan.models import Checklistvraag, Doelstelling
from preventieplan.queries.plan import introduction_of
from tests.conftest import SCHOOLJAAR
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.dossiers.materialen.kleinplan import Materialen

pytestmark = pytest.mark.django_db

SLUGS = sorted(folder.name for folder in settings.MATERIALEN_DIR.iterdir())
FICHES = [slug for slug in SLUGS if slug != "preventieplan"]
# Where each vorm is started, as a path below a dossier.
START = {
    "dialoogdocument": "gesprek-nieuw",
    "leidraad-dialoogdocument": "lezen",
    "leerkracht-als-schakel": "lezen",
    "visuele-flow": "lezen",
    "mini-bevraging": "bevraging-nieuw",
    "dialoogdocument-ouders": "oudergesprek-nieuw",
    "preventieplan": "preventieplan",
}
WITH_SLUG = ("gesprek-nieuw", "lezen")


@pytest.fixture
def lees(als, oscar):
    """A material as seen by Oscar, who has no role anywhere."""

    def get(slug: str, *code: str) -> str:
        name = "materiaal-deel" if code else "materiaal"
        response = als(oscar).get(reverse(name, args=[slug, *code]))
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.fixture
def put(tmp_path):
    materialen = Materialen(tmp_path)

    def load(text: str, name: str = "klein/2026.1.yaml") -> None:
        materialen.write(text, name)
        materialen.load()

    return load


def words(html: str) -> str:
    html = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    return normal(unescape(re.sub(r"<[^>]+>", " ", html)))


def normal(text: str) -> str:
    return " ".join(text.split())


# --- Reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", FICHES)
def test_every_fiche_is_read_as_a_whole(laad, lees, slug):
    versie = laad(slug)
    page = words(lees(slug))
    if fiche_of(versie).is_per_part:
        for onderdeel in versie.onderdelen.all()[1:]:
            page += words(lees(slug, onderdeel.code))

    assert normal(versie.teksten["inleiding"]["tekst"]) in page
    assert normal(f"Bron: {versie.bron}") in page
    assert f"Versie {versie.versie} van {date_format(versie.datum)}" in page
    for onderdeel in versie.onderdelen.prefetch_related("rubrieken__items"):
        assert onderdeel.titel in page
        for rubriek in onderdeel.rubrieken.all():
            # The opening text above the tips of a moment needs no heading.
            assert rubriek.titel in page or slug == "leerkracht-als-schakel"
            assert normal(rubriek.tekst) in page
    for item in Item.objects.filter(versie=versie):
        assert normal(item.tekst) in page
        assert normal(item.uitleg) in page
    for woord in versie.teksten.get("woorden", {}).values():
        assert normal(woord["tekst"]) in page


def test_the_preventieplan_is_read_phase_by_phase(versie, lees):
    page = words(lees("preventieplan"))

    for doel in Doelstelling.objects.filter(versie=versie):
        assert normal(doel.titel) in page
        assert normal(doel.inleiding) in page
    for vraag in Checklistvraag.objects.filter(doelstelling__versie=versie):
        assert normal(vraag.tekst) in page
    assert page.index("Fase 0 Brede basiszorg") < page.index("Fase 3 Individueel aangepast")
    assert versie.teksten["focus"] in page


@pytest.mark.parametrize("slug", ["aanwezig-op-school", "aanwezig-in-de-klas"])
def test_a_fase_is_one_of_the_zorgcontinuum_and_a_talk_has_steps(laad, lees, slug):
    versie = laad(slug)
    page = words(lees(slug))

    assert versie.teksten["onderdeelnaam"] == "fase"
    assert [f"Stap {nummer} " in page for nummer in range(1, 7)] == [True] * 5 + [False]
    # What the source calls so, in its own letters, stays; nothing of ours adds one.
    assert "Fase 1" not in page
    assert "FASE 1" in page
    titles = [part.waar for part in parts(read(versie)) if part.waar.startswith("Titel van")]
    assert set(titles) == {"Titel van stap"}


@pytest.mark.parametrize("slug", ["preventieplan", "dialoogdocument", "aanwezig-op-school"])
def test_the_contents_lead_to_each_part(laad, lees, slug):
    laad(slug)
    html = lees(slug)

    contents = re.search(r'<nav class="lees-inhoud".*?</nav>', html, re.S)[0]
    places = re.findall(r'href="#([^"]+)"', contents)
    assert len(places) > 3
    for place in places:
        assert html.count(f'id="{place}"') == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_each_sheet_of_paper_has_its_own_heading(laad, lees):
    laad("aanwezig-op-school")
    html = lees("aanwezig-op-school")

    for sheet in ("Dialoogfiche", "Ondersteunende fiche"):
        assert html.count(f'<h3 class="blad-naam">{sheet}</h3>') == 5
    assert "<h4>" in html


MARK = '<span class="herkomst">voorstel</span>'


def test_each_voorstel_is_marked_where_it_stands(put, lees):
    put(small_fiche(herkomst="voorstel"))
    html = lees("klein")

    question = re.search(r'<span class="punt-tekst">Hoe begint.*?</details>', html, re.S)[0]
    assert MARK in question.split("<details")[0]
    # The text in the disclosure is from the source, and is marked as such.
    assert "uit de bron" in question.split("<summary>")[1]
    assert MARK not in html.split("Wat helpt daarbij?")[1]
    assert "de PLG moet die nog bevestigen" in words(html)


def test_what_is_of_the_source_bears_no_mark(put, lees):
    put(small_fiche())
    html = lees("klein")

    assert 'class="herkomst"' not in html
    assert "tekst van de PLG" in html


@pytest.mark.parametrize("slug", ["dialoogdocument", "aanwezig-op-school", "preventieplan"])
def test_a_real_material_has_as_many_marks_as_proposals(laad, lees, slug):
    versie = laad(slug)
    if slug == "preventieplan":
        doelen = Doelstelling.objects.filter(versie=versie)
        proposals = (
            doelen.filter(herkomst=Herkomst.VOORSTEL).count()
            + doelen.filter(inleiding_herkomst=Herkomst.VOORSTEL).count()
            + Checklistvraag.objects.filter(
                doelstelling__versie=versie, herkomst=Herkomst.VOORSTEL
            ).count()
            + (introduction_of(versie)["herkomst"] == Herkomst.VOORSTEL)
            # "Weten we niet", and what a team is asked to say of its score.
            + 2
        )
    else:
        rubrieken = [r for o in versie.onderdelen.all() for r in o.rubrieken.all()]
        proposals = sum(rubriek.herkomst == Herkomst.VOORSTEL for rubriek in rubrieken)
        proposals += versie.onderdelen.filter(herkomst=Herkomst.VOORSTEL).count()
        # An item below a marked heading needs no mark of its own.
        proposals += Item.objects.filter(
            versie=versie, herkomst=Herkomst.VOORSTEL, rubriek__herkomst=Herkomst.BRON
        ).count()

    # One more in the explanation of the mark.
    assert lees(slug).count(MARK) == proposals + 1


def test_what_goes_deeper_unfolds(put, lees):
    put(small_fiche())
    html = lees("klein")

    deeper = html.split('<section class="rubriek rubriek-verdiepende-vragen">')[1]
    unfolds = re.search(r"<details>.*?</details>", deeper, re.S)[0]
    assert "Wat helpt daarbij?" in unfolds
    assert '<details class="uitleg">' in html


def test_the_road_is_drawn(laad, lees):
    laad("visuele-flow")
    html = lees("visuele-flow")

    assert "<svg" in html.split('class="flow"')[1]
    assert "De weg in 7 stappen" in html


def test_what_belongs_together_is_linked(laad, lees):
    laad("dialoogdocument")
    laad("leidraad-dialoogdocument")

    assert '<a href="/toolbox/leidraad-dialoogdocument/">' in lees("dialoogdocument")
    assert '<a href="/toolbox/dialoogdocument/">' in lees("leidraad-dialoogdocument")


def test_what_a_file_says_is_text(put, lees):
    put(small_fiche(inleiding="<script>alert(1)</script> & <b>vet</b>"))
    html = lees("klein")

    assert "<script>alert" not in html
    assert "&lt;b&gt;vet" in html


@pytest.mark.parametrize("name", ["materiaal", "materiaal-pdf", "materiaal-starten"])
def test_a_concept_is_not_there(put, als, an, name):
    put(small_fiche(status="concept"))
    concept = Materiaalversie.objects.get(materiaal__slug="klein")
    url = reverse(name, args=["klein"])

    assert als(an).get(url).status_code == 404
    assert als(an).get(reverse(name, args=["bestaat-niet"])).status_code == 404

    versions.publish(pk=concept.pk, digest=concept.digest, door=an)
    # Who starts goes straight on to her one dossier.
    assert als(an).get(url).status_code == (302 if name == "materiaal-starten" else 200)


def test_reading_takes_the_same_queries_however_long(laad, als, oscar, django_assert_num_queries):
    for slug in ("visuele-flow", "aanwezig-op-school", "preventieplan"):
        laad(slug)
    client = als(oscar)
    for slug in ("visuele-flow", "aanwezig-op-school", "preventieplan"):
        # The session and the user, the material and its companions, and the content.
        with django_assert_num_queries(7):
            client.get(reverse("materiaal", args=[slug]))


# --- Starting with it ---------------------------------------------------------------------------


def start(client, slug):
    return client.get(reverse("materiaal-starten", args=[slug]))


@pytest.fixture
def second(huis):
    """A second school of the CLB, with an open dossier."""
    school = School.objects.create(
        clb=huis.clb,
        naam="Abdijschool",
        instellingsnummer="000079",
        niveau="bao",
        gemeente="Lier",
        provincie="antwerpen",
    )
    return open_dossier(school=school, schooljaar=SCHOOLJAAR, door=huis.ankerfiguur)


@pytest.mark.parametrize("slug", START)
def test_who_has_one_dossier_goes_straight_on(laad, als, huis, slug):
    laad(slug)
    name = START[slug]
    args = [huis.dossier.pk, slug] if name in WITH_SLUG else [huis.dossier.pk]

    response = start(als(huis.medewerker), slug)

    # The form there preselects the material.
    asked = f"?materiaal={slug}" if name in ("bevraging-nieuw", "oudergesprek-nieuw") else ""
    assert response.status_code == 302
    assert response["Location"] == reverse(name, args=args) + asked


def test_every_vorm_has_a_place_to_begin(laad, dossier):
    seen = set()
    for slug in FICHES:
        versie = laad(slug)
        seen.add(versie.vorm)
        assert soort_of(versie).start_url(dossier.pk, versie).startswith(f"/dossiers/{dossier.pk}/")
    assert seen == set(Vorm.values) - {Vorm.PREVENTIEPLAN}


def test_who_has_more_chooses_in_the_order_of_the_schools(laad, als, huis, second):
    laad("dialoogdocument")

    page = start(als(huis.ankerfiguur), "dialoogdocument").content.decode()

    links = re.findall(r'<a href="([^"]+)">(\w[^<]+)</a>\s*<span>2026-2027', page)
    assert links == [
        (reverse("gesprek-nieuw", args=[second.pk, "dialoogdocument"]), "Abdijschool"),
        (reverse("gesprek-nieuw", args=[huis.dossier.pk, "dialoogdocument"]), "Sint-Jozefschool"),
    ]


def test_only_open_dossiers_in_which_one_may_write_are_offered(laad, als, huis, second, oscar):
    laad("dialoogdocument")
    close_dossier(dossier=second, door=huis.ankerfiguur)

    assert start(als(huis.ankerfiguur), "dialoogdocument").status_code == 302
    page = words(start(als(oscar), "dialoogdocument").content.decode())
    assert "Nog geen dossier" in page
    assert "De ankerfiguur van je CLB opent een dossier" in page
    Lidmaatschap.objects.create(user=huis.lezer, clb=huis.clb, rol=Rol.ANKERFIGUUR)
    assert start(als(huis.lezer), "dialoogdocument").status_code == 302


def test_who_may_only_read_is_told_so_and_not_that_there_is_no_dossier(laad, als, huis, oscar):
    laad("dialoogdocument")
    laad("psychisch-kwetsbare-jongeren")
    oscar.is_staff = True
    oscar.save()

    reader = words(start(als(huis.lezer), "dialoogdocument").content.decode())
    team = words(start(als(huis.team), "psychisch-kwetsbare-jongeren").content.decode())
    sts = words(start(als(oscar), "dialoogdocument").content.decode())

    assert "Met jouw rol lees je mee in je dossiers" in reader
    assert "is voor wie bij een CLB werkt. Met jouw rol lees je mee." in team
    assert "Met een STS-account lees je mee in de toolbox" in sts
    for page in (reader, team, sts):
        assert "Nog geen dossier" not in page
        assert "opent een dossier" not in page


def test_a_membership_that_ended_opens_nothing(laad, als, huis):
    laad("dialoogdocument")
    for lid in Lidmaatschap.objects.filter(user=huis.team):
        lid.actief_tot = lid.sinds
        lid.save()

    assert start(als(huis.team), "dialoogdocument").status_code == 200


@pytest.mark.parametrize("slug", ["dialoogdocument-ouders", "psychisch-kwetsbare-jongeren"])
def test_what_is_for_the_clb_begins_only_where_one_has_a_role_there(laad, als, huis, second, slug):
    laad(slug)
    # Tom works in Sint-Jozef, and is CLB-medewerker of the other school.
    Lidmaatschap.objects.create(user=huis.team, school=second.school, rol=Rol.CLB_MEDEWERKER)

    response = start(als(huis.team), slug)

    assert response.status_code == 302
    assert str(second.pk) in response["Location"]
    Lidmaatschap.objects.filter(user=huis.team, rol=Rol.CLB_MEDEWERKER).delete()
    page = start(als(huis.team), slug).content.decode()
    assert "is voor wie bij een CLB werkt. Met jouw rol lees je mee." in page
    assert start(als(huis.ankerfiguur), slug).status_code == 200  # both schools, to choose from


@pytest.mark.parametrize("slug", ["dialoogdocument-ouders", "psychisch-kwetsbare-jongeren"])
def test_who_is_also_in_the_school_is_not_sent_there_for_the_clb(laad, als, huis, second, slug):
    laad(slug)
    Lidmaatschap.objects.create(
        user=huis.ankerfiguur, school=huis.dossier.school, rol=Rol.SCHOOLTEAM
    )
    client = als(huis.ankerfiguur)

    response = start(client, slug)

    assert str(second.pk) in response["Location"]
    assert client.get(response["Location"]).status_code == 200
    # She can start in either school with a material that is not only for the CLB.
    laad("dialoogdocument")
    assert start(client, "dialoogdocument").status_code == 200


def test_a_school_stands_in_its_place_whatever_its_capitals(laad, als, huis, second):
    laad("dialoogdocument")
    School.objects.filter(pk=huis.dossier.school_id).update(naam="aBC-school")

    page = start(als(huis.ankerfiguur), "dialoogdocument").text

    assert page.index("aBC-school") < page.index("Abdijschool")


def test_choosing_takes_the_same_queries_however_many_schools(
    laad, als, huis, second, django_assert_num_queries
):
    laad("dialoogdocument")
    client = als(huis.ankerfiguur)
    for nummer in range(200, 206):
        school = School.objects.create(
            clb=huis.clb,
            naam=f"School {nummer}",
            instellingsnummer=f"{nummer:06}",
            niveau="so",
            gemeente="Lier",
            provincie="antwerpen",
        )
        # The session and the user, the shelf, the memberships, the dossiers.
        with django_assert_num_queries(5):
            start(client, "dialoogdocument")
        open_dossier(school=school, schooljaar=SCHOOLJAAR, door=huis.ankerfiguur)


def test_the_menu_leads_to_the_toolbox(als, oscar):
    page = als(oscar).get(reverse("scholen")).content.decode()

    menu = re.search(r'<nav class="kop-nav".*?</nav>', page, re.S)[0]
    assert 'href="/toolbox/">Toolbox</a>' in menu
