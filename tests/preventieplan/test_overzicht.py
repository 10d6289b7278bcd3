"""The overview per phase: Schaal, Wat, Wie, Wanneer, Check, as rows of text that open."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain import create_actie, is_overdue, lacks_who_or_when, names
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.materialen.models import Fase
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.domain.striking import strike
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Doelstelling, Inschaling
from tests.client import text_of as text_of_response
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(dossier):
    return reverse("overzicht", args=[dossier.pk])


@pytest.fixture
def actie(dossier, doel, tom):
    return create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)


def test_all_four_phases_stand_there_with_their_goals(als, tom, url, dossier):
    html = als(tom).get(url).text

    for fase in ("Brede basiszorg", "Verhoogde zorg", "Uitbreiding van zorg", "curriculum"):
        assert fase in html
    assert html.count('class="overzicht-doel"') == dossier.planversie.doelstellingen.count()


@pytest.mark.parametrize(
    ("veld", "waarde", "kept"),
    [
        ("wat", "Onthaaldag voor zij-instromers", "Onthaaldag voor zij-instromers"),
        ("wie", "leerlingenbegeleiding", "leerlingenbegeleiding"),
        ("wanneer", "voor de paasvakantie", "voor de paasvakantie"),
        ("wanneer_op", "2027-03-26", date(2027, 3, 26)),
        ("wanneer_op", "26/03/2027", date(2027, 3, 26)),
        ("stand", "bezig", "bezig"),
        ("check_op", "2027-04-30", date(2027, 4, 30)),
        ("besluit", "bijsturen", "bijsturen"),
        (
            "vaststelling",
            "Het werkt, maar niet voor iedereen.",
            "Het werkt, maar niet voor iedereen.",
        ),
    ],
)
def test_every_cell_saves_itself(als, tom, url, actie, veld, waarde, kept):
    naam = f"actie-{actie.pk}-{veld}"
    basis = str(actie.revisie(veld))

    response = als(tom).post(
        url,
        {"veld": naam, naam: waarde, f"{naam}_basis": basis},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 200
    actie.refresh_from_db()
    assert getattr(actie, veld) == kept


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("wat", "  ", "Zeg wat je plant."),
        ("wanneer_op", "morgen", "Geef een datum zoals 15/01/2027."),
        ("wanneer_op", "31/02/2027", "Geef een datum zoals 15/01/2027."),
        ("besluit", "weggooien", "bestaat niet"),
        ("stand", "", "Dit veld is verplicht"),
    ],
)
def test_a_wrong_cell_says_what_to_do(als, tom, url, actie, veld, waarde, melding):
    naam = f"actie-{actie.pk}-{veld}"

    response = als(tom).post(url, {"veld": naam, naam: waarde}, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert melding in response.text


def test_an_action_asks_for_attention_when_its_date_is_past_and_it_is_not_done():
    today = date(2026, 11, 23)
    yesterday = date(2026, 11, 22)
    tomorrow = date(2026, 11, 24)

    assert is_overdue(Actie(wat="x", wanneer_op=yesterday), today=today)
    assert not is_overdue(Actie(wat="x", wanneer_op=today), today=today)
    assert not is_overdue(Actie(wat="x", wanneer_op=yesterday, stand="klaar"), today=today)
    assert not is_overdue(Actie(wat="x", wanneer="ooit"), today=today)
    assert is_overdue(Actie(wat="x", stand="klaar", check_op=yesterday), today=today)
    assert not is_overdue(Actie(wat="x", stand="klaar", check_op=tomorrow), today=today)
    assert not is_overdue(
        Actie(wat="x", stand="klaar", check_op=yesterday, besluit="borgen"), today=today
    )
    assert not is_overdue(Actie(wat="x", wanneer_op=yesterday, besluit="stoppen"), today=today)


def test_the_overview_takes_as_many_queries_for_one_action_as_for_forty(
    als, tom, url, dossier, doel, actie, django_assert_num_queries
):
    client = als(tom)
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)
    for nummer in range(39):
        create_planactie(dossier=dossier, doelstelling=doel, wat=f"actie {nummer}", door=tom)
    with django_assert_num_queries(9):
        client.get(url)
    row = f"{url}?rij={actie.pk}&open={actie.pk}"
    client.get(row, headers={"HX-Request": "true"})
    # Who it is takes two, the dossier one, and the action one.
    with django_assert_num_queries(4):
        client.get(row, headers={"HX-Request": "true"})


def test_without_javascript_a_hundred_actions_still_save(als, tom, url, dossier, doel):
    for nummer in range(100):
        create_planactie(dossier=dossier, doelstelling=doel, wat=f"actie {nummer}", door=tom)
    client = als(tom)
    last = Actie.objects.get(wat="actie 99")
    form = whole_form(client.get(f"{url}?open={last.pk}").text)

    response = client.post(url, form | {f"actie-{last.pk}-wie": "Tom"}, follow=True)

    assert "Alles is bewaard." in response.text
    last.refresh_from_db()
    assert last.wie == "Tom"


def test_one_wrong_new_action_keeps_the_good_one_for_the_next_try(als, tom, url):
    typed = {"nieuw-f0-1-wat": "goed", "nieuw-f0-2-wie": "Sofie"}

    response = als(tom).post(url, typed)

    assert response.status_code == 422
    assert not Actie.objects.exists()
    again = whole_form(response.text)
    als(tom).post(url, again | {"nieuw-f0-2-wat": "ook goed"})
    assert sorted(actie.wat for actie in Actie.objects.all()) == ["goed", "ook goed"]


def test_more_than_a_page_can_hold_gets_a_dutch_page(als, tom, url):
    response = als(tom).post(url, {f"veld-{nummer}": "x" for nummer in range(10_001)})

    assert response.status_code == 400
    assert "Dit konden we niet bewaren" in response.text


def test_words_in_an_action_that_was_struck_meanwhile_are_kept_with_it(als, tom, an, url, actie):
    client = als(tom)
    form = whole_form(client.get(f"{url}?open={actie.pk}").text)
    strike(record=actie, door=an)

    response = client.post(url, form | {f"actie-{actie.pk}-wie": "Sofie"}, follow=True)

    assert "Iemand schrapte intussen een actie" in response.text
    actie.refresh_from_db()
    assert actie.wie == "Sofie"
    assert actie.geschrapt_op is not None


# --- rows of text -------------------------------------------------------------------------------


def row(html, actie):
    """The row of an action, as its text and its fields."""
    found = re.search(rf'<tr class="[^"]*" id="actie-{actie.pk}">.*?</tr>', html, re.DOTALL)
    return found[0] if found else ""


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_action_is_a_row_of_text_until_its_address_opens_it(als, tom, url, actie, dossier, doel):
    other = create_planactie(dossier=dossier, doelstelling=doel, wat="Ouderavond", door=tom)
    client = als(tom)

    html = client.get(url).text
    assert f'?open={actie.pk}#actie-{actie.pk}"' in row(html, actie)
    assert " data-veld=" not in html

    html = client.get(url, {"open": str(actie.pk)}).text
    assert row(html, actie).count(" data-veld=") == 9
    assert " data-veld=" not in row(html, other)


def test_htmx_gets_the_row_alone_as_a_reload_would_draw_it(als, tom, url, actie):
    client, here, htmx = als(tom), str(actie.pk), {"HX-Request": "true"}
    for query in ({"rij": here}, {"rij": here, "open": here}):
        part = client.get(url, query, headers=htmx).text
        whole = client.get(url, query).text

        assert "<html" not in part
        assert text_of(part) == text_of(row(whole, actie)) != ""
        assert part.count(" data-veld=") == row(whole, actie).count(" data-veld=")


def test_a_row_that_is_not_there_is_not_found(als, tom, url, actie, ander_huis, doel):
    elsewhere = create_planactie(
        dossier=ander_huis.dossier, doelstelling=doel, wat="Elders", door=ander_huis.team
    )
    strike(record=actie, door=tom)
    for pk in (actie.pk, elsewhere.pk, uuid4(), "rommel", ""):
        response = als(tom).get(url, {"rij": str(pk)}, headers={"HX-Request": "true"})
        assert response.status_code == 404, pk
        # As an address of the whole page it opens nothing.
        assert " data-veld=" not in als(tom).get(url, {"open": str(pk)}).text


def test_who_only_reads_opens_nothing(als, huis, url, actie):
    html = als(huis.lezer).get(url, {"open": str(actie.pk)}).text
    assert "Onthaaldag" in row(html, actie)
    assert " data-veld=" not in html
    assert "rij-open" not in html
    assert "Wat gaan jullie doen?" not in html
    assert "Klik op een actie" not in html

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    for query in ({"open": str(actie.pk)}, {"open": str(actie.pk), "rij": str(actie.pk)}):
        html = als(huis.team).get(url, query, headers={"HX-Request": "true"}).text
        assert " data-veld=" not in row(html, actie) != ""


def test_klaar_saves_what_was_typed_and_closes_the_row(als, tom, url, actie):
    client = als(tom)
    form = whole_form(client.get(url, {"open": str(actie.pk)}).text)

    response = client.post(url, form | {f"actie-{actie.pk}-wie": "Tom", "klaar": str(actie.pk)})

    assert response.url == f"{url}#actie-{actie.pk}"
    assert " data-veld=" not in client.get(response.url).text
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

    assert response.url == f"{url}?open={actie.pk}#v_{naam}"
    assert f'id="v_{naam}"' in als(tom).get(response.url).text


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


# --- what is late, loose, or mine ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "lacks"),
    [
        ({}, True),
        ({"wie": "Tom"}, True),
        ({"wanneer": "na Pasen"}, True),
        ({"wie": "  ", "wanneer": "na Pasen"}, True),
        ({"wie": "Tom", "wanneer": "na Pasen"}, False),
        ({"wie": "Tom", "wanneer_op": date(2027, 1, 15)}, False),
        ({"stand": "klaar"}, False),
        ({"stand": "bezig"}, True),
        ({"besluit": "stoppen"}, False),
        ({"besluit": "borgen"}, True),
    ],
)
def test_an_action_still_needs_somebody_or_a_moment(velden, lacks):
    assert lacks_who_or_when(Actie(wat="x", **velden)) == lacks


@pytest.mark.parametrize(
    ("wie", "naam", "mine"),
    [
        ("Katrien Daems", "Katrien Daems", True),
        ("Bart en Katrien", "Katrien Daems", True),
        ("katrien, Bart", "Katrien Daems", True),
        ("Zoë", "Zoe Peeters", True),
        ("An-Sofie", "An-Sofie Claes", True),
        ("Anouk", "An", False),
        ("de Daems van 3B", "Katrien Daems", False),
        ("", "Katrien Daems", False),
        ("Tom", "", False),
    ],
)
def test_an_action_names_somebody(wie, naam, mine):
    assert names(Actie(wat="x", wie=wie), naam=naam) == mine


@pytest.fixture
def vier(dossier, doel, tom):
    """Actions of every kind, in two phases and outside the plan."""
    gisteren = timezone.localdate() - timedelta(days=1)
    elders = Doelstelling.objects.get(versie=dossier.planversie, code="f1-1")

    def plan(wat, *, op=doel, **velden):
        actie = create_planactie(dossier=dossier, doelstelling=op, wat=wat, door=tom)
        Actie.objects.filter(pk=actie.pk).update(**velden)

    plan("Laat", wie="An", wanneer_op=gisteren, check_op=gisteren + timedelta(days=30))
    plan("Mijn", op=elders, wie="Tom en An", wanneer="in mei")
    plan("Los")
    create_actie(dossier=dossier, wat="Uit een gesprek", wie="Tom", wanneer="in juni", door=tom)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["Laat", "Los", "Mijn", "Uit een gesprek"]),
        ({"toon": "over-tijd"}, ["Laat"]),
        ({"toon": "van-mij"}, ["Mijn", "Uit een gesprek"]),
        ({"toon": "zonder-wie-of-wanneer"}, ["Los"]),
        ({"toon": "zonder-check"}, ["Los", "Mijn", "Uit een gesprek"]),
        ({"fase": "0"}, ["Laat", "Los"]),
        ({"fase": "1"}, ["Mijn"]),
        ({"fase": "2"}, []),
        ({"toon": "van-mij", "fase": "1"}, ["Mijn"]),
        ({"toon": "van-mij", "fase": "0"}, []),
        ({"toon": "rommel", "fase": "9"}, ["Laat", "Los", "Mijn", "Uit een gesprek"]),
    ],
)
def test_the_overview_is_narrowed_down_by_its_address(als, tom, url, vier, query, shown):
    html = als(tom).get(url, query).text

    assert re.findall(r'data-tekst="wat">([^<]+)<', html) == shown
    chosen = [text_of(one) for one in re.findall(r'aria-current="true">(.*?)</a>', html, re.S)]
    assert len(chosen) == 2
    assert all(one.endswith(f" {len(shown)}") for one in chosen)


def test_what_is_narrowed_down_stays_so_after_a_save(als, tom, url, vier):
    actie = Actie.objects.get(wat="Los")
    here = f"{url}?toon=zonder-wie-of-wanneer&fase=0"
    client = als(tom)
    form = whole_form(client.get(f"{here}&open={actie.pk}").text)

    filled = {f"actie-{actie.pk}-wie": "Tom", f"actie-{actie.pk}-wanneer": "in mei"}
    response = client.post(here, form | filled, follow=True)

    assert response.redirect_chain == [(here, 302)]
    # It has somebody and a moment now.
    assert "In fase 0 is geen enkele actie zonder wie of wanneer" in response.text


def test_a_filter_with_no_action_shows_the_way_back(als, tom, url, actie):
    html = als(tom).get(url, {"toon": "van-mij"}).text

    assert "Geen enkele actie van mij" in text_of(html)
    assert f'href="{url}">Toon alle acties' in html


def test_nothing_is_late_in_a_closed_dossier(als, huis, url, vier):
    assert "over tijd" in row(als(huis.team).get(url).text, Actie.objects.get(wat="Laat"))

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert "over tijd" not in row(als(huis.team).get(url).text, Actie.objects.get(wat="Laat"))
    assert not re.findall("data-tekst", als(huis.team).get(url, {"toon": "over-tijd"}).text)


# --- a new action in its place --------------------------------------------------------------------


def test_without_javascript_an_action_is_made_at_its_goal(als, tom, url, dossier):
    client = als(tom)
    typed = {"nieuw-f0-2-wat": "Lijst op één plaats", "nieuw-f0-2-wie": "Els"}

    response = client.post(url, whole_form(client.get(url).text) | typed)

    actie = Actie.objects.get()
    assert response.url == f"{url}#actie-{actie.pk}"
    assert (actie.wat, actie.wie) == ("Lijst op één plaats", "Els")
    assert actie.planactie.doelstelling.code == "f0-2"


@pytest.mark.parametrize("query", ["", "?toon=van-mij", "?fase=0"])
def test_what_htmx_puts_in_the_overview_is_what_a_reload_shows(als, tom, url, query):
    client = als(tom)
    sent = {
        "nieuw-f0-1-wat": "Onthaaldag",
        "nieuw-f0-1-wie": "Tom",
        "nieuw-f0-1-sleutel": "0" * 32,
        "nieuwe_actie": "f0-1",
    }

    first, second = (
        client.post(url + query, sent, headers={"HX-Request": "true"}) for _ in range(2)
    )

    actie = Actie.objects.get()
    page = flat(client.get(url + query).text)
    for response in (first, second):
        assert response.headers["HX-Retarget"] == "#plaats-f0-1"
        assert 'hx-swap-oob="beforebegin:#voet-f0-1"' in response.text
        made = flat(response.text.split("<tbody")[1].split(">", 1)[1].split("</tbody>")[0])
        assert f'id="actie-{actie.pk}"' in made
        assert made in page


def test_an_action_without_what_is_asked_for_it_in_its_place(als, tom, url):
    sent = {"nieuw-f0-1-wie": "Sofie", "nieuwe_actie": "f0-1"}

    response = als(tom).post(url, sent, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert "Zeg eerst wat jullie gaan doen." in response.text
    assert whole_form(response.text)["nieuw-f0-1-wie"] == "Sofie"
    assert not Actie.objects.exists()


@pytest.mark.parametrize("naam", ["rommel", "f9-1", "antwoord-f0-1-v01-groeikans"])
def test_an_action_has_no_place_at_a_goal_that_is_not_there(als, tom, url, naam):
    sent = {f"nieuw-{naam}-wat": "x", "nieuwe_actie": naam}

    assert als(tom).post(url, sent, headers={"HX-Request": "true"}).status_code == 404
    assert not Actie.objects.exists()


def test_who_comes_to_wie_gets_the_names_of_the_team(als, huis, url):
    headers = {"HX-Request": "true"}

    assert '<option value="Tom">' in als(huis.team).get(url, {"team": "1"}, headers=headers).text
    assert "<option" not in als(huis.lezer).get(url, {"team": "1"}, headers=headers).text


def test_how_to_change_an_action_is_told_where_there_is_one(als, tom, url, dossier, doel):
    assert "Klik op een actie" not in als(tom).get(url).text

    create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)

    assert "Klik op een actie" in als(tom).get(url).text
    assert "Klik op een actie" not in als(tom).get(url, {"fase": "2"}).text


def flat(html: str) -> str:
    return " ".join(html.split())


# --- how large it gets ----------------------------------------------------------------------------


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
