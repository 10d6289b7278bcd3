"""The card to pin up: the selected tips, in type that can be read from a distance."""

import io
import re
from typing import Any

import page
import pypdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from dialoogfiches.lezen import tip_card
from dialoogfiches.lezen.queries import Moment, chosen_moments, tips_of
from dialoogfiches.lezen.tip_card import (
    AVAILABLE_HEIGHT,
    LARGE,
    NORMAL,
    TipCard,
    _cards,
    tipkaart_pdf,
)
from dialoogfiches.models import Item, Onderdeel, Rubriek
from dialoogfiches.queries import Fiche, fiche_of, parts_of
from tests.paper import on_paper, on_paper_again

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

SLUG = "leerkracht-als-schakel"


@pytest.fixture
def fiche(laad) -> Fiche:
    return fiche_of(laad(SLUG))


@pytest.fixture
def url(fiche):
    return reverse("tipkaart-pdf", args=[SLUG])


def read(data: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(data))


def text(data: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in read(data).pages).split())


def test_a_teacher_without_a_school_here_makes_her_card(als, oscar, url):
    codes = ["bij-terugkeer-t07", "preventief-t01"]

    response = als(oscar).get(url, {"tip": codes})

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{SLUG}-kaart.pdf"'
    words = text(response.content)
    # In the order of the material, each tip below its moment.
    for part in ("Preventief", "Interesse tonen", "Bij terugkeer", "Niet alles inhalen"):
        assert part in words
        words = words[words.index(part) :]
    assert "Humor gebruiken" not in text(response.content)
    assert text(response.content).count("Jij ziet mij") == 2
    assert text(response.content).count("Kleine gebaren, groot verschil") == 2


def test_a_code_that_does_not_exist_is_no_tip(als, oscar, url):
    response = als(oscar).get(url, {"tip": ["preventief-t99", "<script>", "preventief-t02"]})

    assert "Informeel in gesprek gaan" in text(response.content)
    assert "t99" not in text(response.content)


@pytest.mark.parametrize("query", [{}, {"tip": ["x"]}, {"dossier": "geen-dossier"}])
def test_who_chose_nothing_reads_how_to_in_the_toolbox(als, oscar, url, query):
    response = als(oscar).get(url, query, follow=True)

    assert response.redirect_chain == [(reverse("materiaal", args=[SLUG]), 302)]
    assert "Kies eerst een of meer tips" in response.text


def test_who_chose_nothing_at_a_dossier_comes_back_there(als, tom, dossier, url):
    response = als(tom).get(url, {"dossier": str(dossier.pk)}, follow=True)

    assert response.redirect_chain == [(reverse("lezen", args=[dossier.pk, SLUG]), 302)]
    assert "Kies eerst een of meer tips" in response.text


def test_only_a_material_with_tips_gives_a_card(als, oscar, laad):
    laad("visuele-flow")
    client = als(oscar)

    for slug in ("visuele-flow", "preventieplan", "bestaat-niet"):
        assert client.get(reverse("tipkaart-pdf", args=[slug])).status_code == 404


def test_four_cards_to_a_sheet(fiche):
    alles = chosen_moments(fiche, list(tips_of(fiche)))
    een = chosen_moments(fiche, ["preventief-t01"])

    sheets = read(on_paper(tipkaart_pdf(fiche, alles))).pages
    assert len(read(on_paper(tipkaart_pdf(fiche, een))).pages) == 1
    assert len(sheets) == 2
    # A4 landscape, in points.
    assert (round(sheets[0].mediabox.width), round(sheets[0].mediabox.height)) == (842, 595)


def test_every_chosen_tip_is_on_a_card_and_no_card_is_too_full(fiche):
    for moment in chosen_moments(fiche, list(tips_of(fiche))):
        cards = list(_cards(moment))

        assert [tip for card in cards for tip in card.tips] == list(moment.tips)
        for card in cards:
            assert sum(map(NORMAL.height, card.tips)) <= AVAILABLE_HEIGHT


def test_few_tips_stand_in_bigger_letters():
    moment = Moment(Onderdeel(titel="Bij terugkeer"), "", (Item(tekst="Luisteren"),))
    vol = Moment(moment.onderdeel, "", tuple(Item(tekst="Luisteren") for _ in range(6)))

    assert next(_cards(moment)).is_large
    assert not any(card.is_large for card in _cards(vol))


def test_big_letters_as_long_as_they_fit():
    tip = Item(tekst="Luisteren")
    fit = int(AVAILABLE_HEIGHT // LARGE.height(tip))
    big = [TipCard("Bij terugkeer", "", (tip,) * many).is_large for many in (fit - 1, fit, fit + 1)]

    assert big == [True, True, False]


def test_what_is_exactly_full_is_one_card(monkeypatch):
    """The next tip begins another one."""
    tip = Item(tekst="Luisteren")
    monkeypatch.setattr(tip_card, "AVAILABLE_HEIGHT", 4 * NORMAL.height(tip))
    counts = []
    for many in (3, 4, 5):
        moment = Moment(Onderdeel(titel="Bij terugkeer"), "", (tip,) * many)
        counts.append([len(card.tips) for card in _cards(moment)])

    assert counts == [[3], [4], [3, 2]]


@pytest.mark.parametrize(("many", "sheets"), [(3, [3]), (4, [4]), (5, [4, 1])])
def test_a_fifth_card_begins_a_sheet(fiche, monkeypatch, many, sheets):
    monkeypatch.setattr(tip_card, "render_kept", lambda _template, context, **_: context["sheets"])
    moment = Moment(Onderdeel(titel="Bij terugkeer"), "", (Item(tekst="Luisteren"),))

    made: Any = tipkaart_pdf(fiche, [moment] * many)

    assert [len(sheet) for sheet in made] == sheets


def test_a_tip_of_a_whole_page_has_a_card_to_itself():
    kort, lang = Item(tekst="Luisteren"), Item(tekst="Blijven luisteren. " * 50)
    moment = Moment(Onderdeel(titel="Bij terugkeer"), "", (kort, lang, kort))

    assert [len(card.tips) for card in _cards(moment)] == [1, 1, 1]


def test_the_card_is_for_everybody_and_always_the_same(fiche):
    moments = chosen_moments(fiche, list(tips_of(fiche))[::3])

    pdf = on_paper(tipkaart_pdf(fiche, moments))

    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert on_paper_again(tipkaart_pdf(fiche, moments)) == pdf


def test_the_sentence_of_a_moment_stands_on_its_card(fiche):
    Rubriek.objects.filter(onderdeel__versie=fiche.versie, soort="info").update(
        tekst="Een ander zinnetje"
    )
    parts_of.forget()
    fresh = fiche_of(fiche.versie)

    card = tipkaart_pdf(fresh, chosen_moments(fresh, ["preventief-t01"]))
    assert "Een ander zinnetje" in text(on_paper(card))


def test_the_choice_of_tips_stands_on_its_own_in_the_toolbox(fiche, url):
    form = render_to_string("lezen/delen/kaart.html", {"fiche": fiche, "dossier": None})
    tips = render_to_string("lezen/delen/kaartkeuze.html", {"fiche": fiche, "page": None})

    assert f'action="{url}"' in form
    assert "dossier" not in form + tips
    assert len(re.findall(r'form="kaart"\s+name="tip"', tips)) == len(tips_of(fiche)) == 30
    assert "actie-plaats" not in tips
