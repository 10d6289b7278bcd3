"""What stands behind a question of the plan: its explanation and its link, and the introduction."""

import io
from functools import partial

import pypdf
import pytest
from django.urls import reverse

from dossiers.models import Dossier
from preventieplan import pdf
from tests.paper import on_paper

pytestmark = pytest.mark.django_db

ADRES = "https://www.bednet.be"
UITLEG = "Met Bednet (synchroon internetonderwijs) volgt een zieke leerling"


def fresh() -> Dossier:
    return Dossier.objects.select_related("school__clb", "planversie__materiaal").get()


@pytest.mark.parametrize("weergave", ["lijst", "bespreken"])
@pytest.mark.parametrize("who", ["team", "lezer"])
def test_a_question_has_its_explanation_and_its_link(als, huis, weergave, who):
    page = reverse("doelstelling", args=[huis.dossier.pk, "f1-4"])
    html = als(huis.people[who]).get(page, {"weergave": weergave}).text

    assert html.count(UITLEG) == 1
    link = html.split(f'<a href="{ADRES}"')[1].split("</p>")[0]
    assert 'rel="noopener noreferrer"' in link
    assert "Bednet" in link
    assert "www.bednet.be, nagekeken in november 2026" in link


def test_the_toolbox_shows_it(als, tom, versie):
    html = als(tom).get(reverse("materiaal", args=["preventieplan"])).text

    assert html.count(UITLEG) == 1
    assert html.count(f'<a href="{ADRES}"') == 1
    assert html.count('rel="noopener noreferrer"') == 3


@pytest.mark.looks
@pytest.mark.parametrize(
    "make", [partial(pdf.preventieplan_pdf, bijlage=True), pdf.blank_preventieplan_pdf]
)
def test_paper_has_the_address_to_read_and_to_press(huis, make):
    reader = pypdf.PdfReader(io.BytesIO(on_paper(make(fresh()))))
    words = "".join("".join(page.extract_text().split()) for page in reader.pages)
    leads_to = {
        annotation["/A"]["/URI"]
        for page in reader.pages
        for one in page.get("/Annots", ())
        if "/URI" in (annotation := one.get_object()).get("/A", {})
    }

    assert "".join(f"Bednet: {ADRES}".split()) in words
    assert "".join(UITLEG.split()) in words
    assert ADRES in {adres.rstrip("/") for adres in leads_to}


KRUIS = "kruis bij elke vraag aan hoe het nu gaat en schrijf erbij waarom"


def test_the_plan_begins_with_why_there_is_one_on_the_screen(als, tom, huis):
    why = "Nood vanuit spijbelactieplan: meer inzetten op preventie"
    for_whom = "om in gesprek te gaan met school rond beleid"

    page = als(tom).get(reverse("preventieplan", args=[huis.dossier.pk])).text
    toolbox = als(tom).get(reverse("materiaal", args=["preventieplan"])).text

    for html in (page, toolbox):
        assert html.count(why) == 1
        assert for_whom in html


def test_the_plan_on_paper_begins_with_what_it_is_for_who_holds_it(huis):
    filled = pdf.preventieplan_pdf(fresh()).html
    blank = [
        pdf.blank_preventieplan_pdf(fresh()).html,
        pdf.blank_pdf(fresh().planversie).html,
    ]

    for html, words in ((filled, "Wat het schoolteam besprak"), *((one, KRUIS) for one in blank)):
        # Before the stairs and the first phase, and in the place of the slide that presents it.
        assert html.index(words) < html.index('class="trap"')
        assert "spijbelactieplan" not in html


def test_a_plan_without_an_introduction_has_none(als, tom, huis):
    versie = huis.dossier.planversie
    del versie.teksten["inleiding"]
    versie.save()

    assert (
        "Waarom dit plan?"
        not in als(tom).get(reverse("preventieplan", args=[huis.dossier.pk])).text
    )


def test_the_columns_say_what_the_source_says_of_them(als, tom, dossier):
    html = als(tom).get(reverse("overzicht", args=[dossier.pk])).text

    for wat, hint in (
        ("Wat", "geplande actie"),
        ("Wie", "actoren"),
        ("Wanneer", "timing"),
        ("Check", "borgen/bijsturen"),
    ):
        assert f'<th scope="col"><b>{wat}</b> {hint}</th>' in html
