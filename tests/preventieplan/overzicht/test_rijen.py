"""The overview is rows of text that open."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from dossiers.domain import close_dossier
from dossiers.materialen.models import Fase
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.domain.striking import strike
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Inschaling
from tests.client import text_of as text_of_response
from tests.pages import whole_form
from tests.preventieplan.overzicht.rijen import row, text_of

pytestmark = pytest.mark.django_db


def test_an_action_is_a_row_of_text_until_its_address_opens_it(als, tom, url, actie, dossier, doel):
    other = create_planactie(dossier=dossier, doelstelling=doel, wat="Ouderavond", door=tom)
    client = als(tom)

    html = client.get(url).text
    assert f'?open={actie.pk}#actie-{actie.pk}"' in row(html, actie)
    assert " data-veld " not in html

    html = client.get(url, {"open": str(actie.pk)}).text
    assert row(html, actie).count(" data-veld ") == 7
    assert " data-veld " not in row(html, other)


def test_htmx_gets_the_row_alone_as_a_reload_would_draw_it(als, tom, url, actie):
    client, here, htmx = als(tom), str(actie.pk), {"HX-Request": "true"}
    for query in ({"rij": here}, {"rij": here, "open": here}):
        part = client.get(url, query, headers=htmx).text
        whole = client.get(url, query).text

        assert "<html" not in part
        assert text_of(part) == text_of(row(whole, actie)) != ""
        assert part.count(" data-veld ") == row(whole, actie).count(" data-veld ")


def test_a_row_that_is_not_there_is_not_found(als, tom, url, actie, ander_huis, doel):
    elsewhere = create_planactie(
        dossier=ander_huis.dossier, doelstelling=doel, wat="Elders", door=ander_huis.team
    )
    strike(record=actie, door=tom)
    for pk in (actie.pk, elsewhere.pk, uuid4(), "rommel", ""):
        response = als(tom).get(url, {"rij": str(pk)}, headers={"HX-Request": "true"})
        assert response.status_code == 404, pk
        # As an address of the whole page it opens nothing.
        assert " data-veld " not in als(tom).get(url, {"open": str(pk)}).text


def test_who_only_reads_opens_nothing(als, huis, url, actie):
    html = als(huis.lezer).get(url, {"open": str(actie.pk)}).text
    assert "Onthaaldag" in row(html, actie)
    assert " data-veld " not in html
    assert "rij-open" not in html
    assert "Wat gaan jullie doen?" not in html
    assert "Klik op een actie" not in html

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    for query in ({"open": str(actie.pk)}, {"open": str(actie.pk), "rij": str(actie.pk)}):
        html = als(huis.team).get(url, query, headers={"HX-Request": "true"}).text
        assert " data-veld " not in row(html, actie) != ""


def test_klaar_saves_what_was_typed_and_closes_the_row(als, tom, url, actie):
    client = als(tom)
    form = whole_form(client.get(url, {"open": str(actie.pk)}).text)

    response = client.post(url, form | {f"actie-{actie.pk}-wie": "Tom", "klaar": str(actie.pk)})

    assert response.url == f"{url}#actie-{actie.pk}"
    assert " data-veld " not in client.get(response.url).text
    actie.refresh_from_db()
    assert actie.wie == "Tom"


def test_a_row_with_words_that_were_not_saved_stays_open(als, tom, an, url, actie):
    client = als(tom)
    form = whole_form(client.get(url, {"open": str(actie.pk)}).text)
    save_veld(record=actie, veld="wie", waarde="An", basis=0, door=an)

    response = client.post(url, form | {f"actie-{actie.pk}-wie": "Tom", "klaar": str(actie.pk)})

    assert response.status_code == 409
    assert "An bewaarde hier intussen iets anders" in row(response.text, actie)
    assert whole_form(response.text)[f"actie-{actie.pk}-wie"] == "Tom"


def test_the_history_of_a_field_leads_back_to_its_open_row(als, tom, an, url, actie, dossier):
    for basis, wie in enumerate(("Tom", "An")):
        save_veld(record=actie, veld="wie", waarde=wie, basis=basis, door=tom)
    naam = f"actie-{actie.pk}-wie"

    page = reverse("historiek", args=[dossier.pk, naam])
    response = als(tom).post(page, {"revisie": "1", "basis": "2"})

    assert response.url == f"{url}?open={actie.pk}#{naam}"
    assert f'id="{naam}"' in als(tom).get(response.url).text


def test_the_text_of_a_row_is_exactly_what_was_typed(als, tom, url, dossier, doel):
    """The browser compares it with the words of a draft (static/js/bewaren/new-action.js)."""
    words = {"wat": "Een <b>warm</b>\n\nonthaal ", "wie": "Bart & Lieve", "wanneer": " na  Pasen"}
    actie = create_planactie(
        dossier=dossier,
        doelstelling=doel,
        wat=words["wat"],
        wie=words["wie"],
        wanneer=words["wanneer"],
        door=tom,
    )

    found = dict(
        re.findall(
            r'data-tekst="(\w+)">(.*?)</(?:a|span)>', row(als(tom).get(url).text, actie), re.S
        )
    )

    assert found == {
        "wat": "Een &lt;b&gt;warm&lt;/b&gt;\n\nonthaal ",
        "wie": "Bart &amp; Lieve",
        "wanneer": " na  Pasen",
    }


def test_scores_and_priorities_are_text_with_a_way_to_the_goal(als, tom, url, dossier, doel):
    save_veld(
        record=Inschaling(dossier=dossier, doelstelling=doel),
        veld="score",
        waarde=0,
        basis=0,
        door=tom,
    )
    choose_priorities(dossier=dossier, fase=Fase(0), codes=["f0-2"], door=tom)

    first, second, third = als(tom).get(url).text.split('class="overzicht-doel"')[1:4]

    assert "0 /10" in text_of(first)
    assert "nog geen score" in text_of(second)
    assert f'href="{reverse("doelstelling", args=[dossier.pk, "f0-1"])}"' in first
    assert "Inschrijvingsbeleid Prioriteit" in text_of(second)
    assert "Prioriteit" not in first + third


@pytest.mark.parametrize(("acties", "elements"), [(25, 1_500), (125, 5_000)])
def test_a_row_of_text_is_small(als, tom, url, dossier, acties, elements):
    doelen = list(dossier.planversie.doelstellingen.all())
    for nummer in range(acties):
        create_planactie(
            dossier=dossier,
            doelstelling=doelen[nummer % len(doelen)],
            wat=f"Actie {nummer}: iedereen kent het draaiboek bij afwezigheid",
            wie="leerlingenbegeleiding",
            wanneer="voor de paasvakantie",
            door=tom,
        )

    page = als(tom).get(url, headers={"Accept-Encoding": "gzip"})

    assert len(re.findall(r"<[a-z]", text_of_response(page))) <= elements
    assert len(page.content) <= 40_000
