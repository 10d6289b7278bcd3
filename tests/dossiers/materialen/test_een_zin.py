"""Sofie changes one sentence of a material: found, changed, shown and published in six clicks."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers.materialen.domain import versions
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.queries import newest_published
from tests.dossiers.materialen.beheer import change, filled, make_redacteur, page, versie_page
from tests.dossiers.materialen.test_versions import VANDAAG

pytestmark = pytest.mark.django_db

NIETS = "er valt niets te publiceren"


@pytest.fixture
def sofie(db):
    return make_redacteur()


@pytest.fixture
def redactie(als, sofie):
    return als(sofie)


def links(response) -> dict[str, str]:
    """Where each link of a page leads, by its words."""
    found = re.findall(r'<a[^>]* href="([^"]+)"[^>]*>(.*?)</a>', response.text, re.DOTALL)
    return {html.unescape(words).strip(): url for url, words in found}


@pytest.mark.parametrize(
    ("slug", "prefix"), [("dialoogdocument", "items"), ("preventieplan", "vragen")]
)
def test_one_sentence_is_changed_and_published_in_six_clicks(redactie, laad, slug, prefix):
    laad(slug)
    clicks = []

    def click(words: str, response):
        clicks.append(words)
        return response

    def follow(words: str, seen):
        return click(words, redactie.get(links(seen)[words].partition("#")[0]))

    seen = redactie.get(reverse("admin:index"))
    seen = follow("Materiaalversies", seen)
    versie = newest_published(slug=slug)
    # Of the list, the row of this material.
    assert page(versie) in seen.text.replace("?", '"')
    seen = click("the version", redactie.get(page(versie)))
    assert "Wijzig een zin" in seen.text
    seen = click(
        "Wijzig een zin",
        redactie.post(versie_page(versie, "concept"), {"zinnen": "1"}, follow=True),
    )
    concept = Materiaalversie.objects.get(materiaal=versie.materiaal, status="concept")
    zin, address = next(
        (words, url) for words, url in links(seen).items() if f"#id_{prefix}-1-tekst" in url
    )
    seen = follow(zin, seen)
    # The fragment is its box, where a browser puts the focus: nobody has to click in it.
    url, _, box = address.partition("#id_")
    assert f'id="id_{box}"' in seen.text
    data = filled(seen)
    assert data[box] == zin
    button = {box: "Zo staat het er voortaan.", "_verschil": "1"}
    seen = click("Bewaar", redactie.post(url, data | button, follow=True))
    assert seen.redirect_chain[-1][0] == versie_page(concept, "publiceren")
    assert "Zo staat het er voortaan." in re.sub("</?ins>", "", seen.text)
    assert zin in html.unescape(re.sub("</?del>", "", seen.text))
    digest = {"digest": seen.context["versie"].digest}
    seen = click(
        "Publiceer", redactie.post(versie_page(concept, "publiceren"), digest, follow=True)
    )

    assert newest_published(slug=slug) == concept
    assert len(clicks) == 6, clicks


def test_the_words_at_the_head_are_sentences_too(redactie, laad, sofie):
    concept = versions.make_concept(versie=laad("dialoogdocument"), door=sofie, today=VANDAAG)

    seen = links(redactie.get(versie_page(concept, "zinnen")))

    assert seen["Dialoogdocument"] == f"{page(concept)}#id_titel"
    assert not {"school", concept.datum.isoformat()} & seen.keys()
    assert seen[concept.teksten["inleiding"]["tekst"].strip()] == f"{page(concept)}#id_inleiding"


def test_sentences_cost_no_query_each(redactie, laad, sofie):
    for slug in ("dialoogdocument", "preventieplan"):
        concept = versions.make_concept(versie=laad(slug), door=sofie, today=VANDAAG)
        with CaptureQueriesContext(connection) as asked:
            redactie.get(versie_page(concept, "zinnen"))

        assert len(asked) <= 18, slug


def test_of_what_is_published_no_sentence_is_offered(redactie, laad):
    versie = laad("dialoogdocument")

    answer = redactie.get(versie_page(versie, "zinnen"))

    assert answer.url == page(versie)


def test_a_version_without_a_change_is_not_published_and_that_is_said_kindly(redactie, laad, sofie):
    fiche = laad("dialoogdocument")
    concept = versions.make_concept(versie=fiche, door=sofie, today=VANDAAG)
    confirm = redactie.get(versie_page(concept, "publiceren"))

    assert NIETS in confirm.text
    assert "Publiceer versie" not in confirm.text
    forged = redactie.post_late(versie_page(concept, "publiceren"), {"digest": concept.digest})
    assert forged.url == versie_page(concept, "publiceren")
    with pytest.raises(versions.NietsGewijzigd):
        versions.publish(pk=concept.pk, digest=concept.digest, door=sofie)
    assert newest_published(slug="dialoogdocument") == fiche

    change(redactie, concept, bron="Een andere bron")
    assert "Publiceer versie" in redactie.get(versie_page(concept, "publiceren")).text


def test_another_order_is_a_change(redactie, laad, sofie):
    concept = versions.make_concept(versie=laad("dialoogdocument"), door=sofie, today=VANDAAG)
    first, second = concept.onderdelen.all()[:2]
    change(redactie, concept, **{"onderdelen-0-volgorde": second.volgorde + 1})
    assert concept.onderdelen.first() != first

    confirm = redactie.get(versie_page(concept, "publiceren")).text

    assert "alleen de volgorde" in confirm
    assert "Publiceer versie" in confirm


@pytest.mark.parametrize("slug", ["dialoogdocument", "preventieplan", "leerkracht-als-schakel"])
def test_the_preview_is_the_page_as_it_will_be(redactie, laad, sofie, slug):
    concept = versions.make_concept(versie=laad(slug), door=sofie, today=VANDAAG)
    change(redactie, concept, titel="Een nieuwe titel")
    preview = redactie.get(versie_page(concept, "voorbeeld")).text
    concept.refresh_from_db()
    versions.publish(pk=concept.pk, digest=concept.digest, door=sofie)

    published = redactie.get(reverse("materiaal", args=[slug])).text

    assert _sheets(preview) == _sheets(published)
    assert len(_sheets(preview)) >= 5
    assert _words(preview)[-1500:] == _words(published)[-1500:]
    for part in ("h1", "boek-fasen", "boek-bron"):
        assert _part(preview, part) == _part(published, part)


def _sheets(text: str) -> list[str]:
    return re.findall(r'<link rel="stylesheet"\s+href="([^"]+)"', text)


def _words(text: str) -> list[str]:
    """The words of the content; that a line works, nobody says of a concept."""
    main = text.partition('<div class="lees')[2].partition("<footer")[0]
    main = re.sub('<a class="werkt".*?</a>', "", main)
    return re.sub("<[^>]+>", " ", main).split()


def _part(text: str, named: str) -> str:
    start = text.index("<h1>" if named == "h1" else f'class="{named}"')
    return text[start:].partition("</p>")[0]
