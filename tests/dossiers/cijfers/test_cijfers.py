"""Tom types the figures of his school: what is taken, what is asked about, and who reads them."""

from datetime import date
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dossiers.cijfers.models import Cijfergroep, Cijfers
from dossiers.cijfers.pages import CIJFERS, story_for_routekaart
from dossiers.domain import close_dossier, open_dossier
from dossiers.mensen.models import Niveau
from dossiers.velden.weergave import Weergave
from start.domain.oefendossier import empty_oefendossier, open_oefendossier
from tests.dossiers.cijfers.cijfers import cijfers_url, send, typed

pytestmark = pytest.mark.django_db

WHOLE = typed(
    ongewettigd=[31, 17, 9, 0],
    ziekte=[88, 41, 19, 6],
    andere=[24, 11, 6, 0],
    te_laat=[63, 34, 18, 7],
)


@pytest.fixture
def vorig(huis):
    """The dossier of last year, with figures."""
    return open_dossier(
        school=huis.school, schooljaar=huis.dossier.schooljaar - 1, door=huis.ankerfiguur
    )


# --- what is typed --------------------------------------------------------------------------------


def test_tom_types_them_and_everybody_of_the_dossier_reads_them(als, tom, huis, dossier):
    client = als(tom)
    data = WHOLE | {"geteld_tot": "2026-11-13", "op_routekaart": "on"}

    response = send(client, dossier, data)

    assert response.status_code == 302
    page = client.get(response.url).text
    assert "De cijfers zijn bewaard." in page
    assert "31 van de 412 leerlingen waren minstens 5 halve dagen afwezig zonder geldige" in page
    assert "geteld tot en met 13 november 2026" in page
    cijfers = Cijfers.objects.get()
    assert (cijfers.geteld_tot, cijfers.op_routekaart) == (date(2026, 11, 13), True)
    read = als(huis.lezer).get(cijfers_url(dossier)).text
    assert "31 van de 412" in read
    assert "<form" not in read.split("<main")[1]


@pytest.mark.parametrize(
    ("typed_as", "kept"),
    [
        *(("12", 12), (" 12 ", 12), ("012", 12), ("0", 0), ("", None)),
        *(("1.204", 1204), ("1 204", 1204)),
        *(("minder dan 5", 1), ("<5", 1), ("< 5", 1), ("Minder dan 5", 1)),
    ],
)
def test_numbers_are_read_as_people_write_them(als, tom, dossier, typed_as, kept):
    response = send(als(tom), dossier, typed(leerlingen=2000, te_laat=[typed_as]))

    assert response.status_code == 302
    assert Cijfergroep.objects.get().te_laat_5 == kept


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (["17", "31"], "Bij minstens 10 staan er meer dan bij minstens 5."),
        (["17", "", "", "18"], "Bij minstens 30 staan er meer dan bij minstens 5."),
        (["0", "3"], "Bij minstens 10 staan er meer dan bij minstens 5."),
        (["413"], "Dat zijn er meer dan het aantal leerlingen (412)."),
        (["-3"], "Een aantal is 0 of meer."),
        (["\u22123"], "Een aantal is 0 of meer."),
        (["1000000000"], "Zoveel leerlingen heeft geen school"),
        (["9" * 5000], "Zoveel leerlingen heeft geen school"),
        (["veel"], "Typ een getal, zoals 12, of laat dit leeg."),
        (["4,5"], "Typ een getal, zoals 12, of laat dit leeg."),
        (["\u0661\u0662"], "Typ een getal, zoals 12, of laat dit leeg."),
        (["1\x002"], "Typ een getal, zoals 12, of laat dit leeg."),
        (["<b>&\"'"], "Typ een getal, zoals 12, of laat dit leeg."),
        (["17", "minder dan 12"], "Typ dit aantal opnieuw: het getal ervoor is veranderd."),
    ],
)
def test_what_cannot_be_is_asked_about_and_nothing_is_kept(als, tom, dossier, counts, sentence):
    response = send(als(tom), dossier, typed(ziekte=counts))

    assert response.status_code == 422
    assert sentence in response.text
    assert "Nog niet bewaard" in response.text
    assert "<b>&" not in response.text
    # What was typed stands there still, with the other fields.
    assert 'value="412"' in response.text
    assert not Cijfers.objects.exists()


def test_the_number_of_pupils_is_needed(als, tom, dossier):
    response = send(als(tom), dossier, typed(leerlingen="", ziekte=[10]))

    assert "Vul ook in hoeveel leerlingen het er samen zijn." in response.text
    assert send(als(tom), dossier, typed(leerlingen="minder dan 12")).status_code == 422
    assert not Cijfers.objects.exists()


@pytest.mark.parametrize(
    ("day", "status"),
    [
        *(("2026-08-31", 422), ("2026-09-01", 302), ("2027-08-31", 302), ("2027-09-01", 422)),
        *(("morgen", 422), ("", 302)),
    ],
)
def test_the_last_day_is_one_of_the_schooljaar(als, tom, dossier, day, status):
    assert send(als(tom), dossier, WHOLE | {"geteld_tot": day}).status_code == status


def test_nothing_filled_in_is_nothing_told(als, tom, dossier):
    client = als(tom)
    send(client, dossier, WHOLE)

    assert send(client, dossier, typed(leerlingen="")).status_code == 302
    page = client.get(cijfers_url(dossier)).text
    assert "Vul de cijfers in" in page
    assert "van de 412" not in page


def test_saving_what_stands_there_changes_nothing(als, tom, dossier):
    client = als(tom)
    send(client, dossier, typed(ziekte=[12, 10, 7, 2], ongewettigd=[6, 5, 0, 0]))
    before = Cijfergroep.objects.values().get()
    form = client.get(cijfers_url(dossier)).context["page"].form

    (groep,) = form.groepen
    shown = {field.html_name: field.value() or "" for field in groep}
    assert shown["school-ziekte_10"] == "minder dan 12"
    assert send(client, dossier, shown).status_code == 302
    after = Cijfergroep.objects.values().get()
    assert before | {"id": 0} == after | {"id": 0}


# --- by part --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("niveau", "parts"),
    [
        (Niveau.SO, ["graad-1", "graad-2", "graad-3"]),
        (Niveau.BAO, ["kleuteronderwijs", "lager-onderwijs"]),
        (Niveau.BUO, ["school"]),
    ],
)
def test_a_school_has_the_parts_of_its_niveau(als, tom, huis, dossier, niveau, parts):
    huis.school.niveau = niveau
    huis.school.save(update_fields=["niveau"])

    page = als(tom).get(f"{cijfers_url(dossier)}?per=deel").context["page"]

    assert [groep.groep for groep in page.form.groepen] == parts


def test_a_part_without_pupils_is_left_out_and_the_form_comes_back_by_part(als, tom, dossier):
    client = als(tom)
    parts = typed("graad-1", 200, ziekte=[20]) | typed("graad-2", "", ziekte=[])

    send(client, dossier, parts, per="deel")

    assert list(Cijfergroep.objects.values_list("groep", flat=True)) == ["graad-1"]
    assert client.get(cijfers_url(dossier)).context["page"].form.is_by_part


# --- two people, a closed dossier -----------------------------------------------------------------


def test_two_people_do_not_overwrite_each_other(als, tom, an, dossier):
    of_tom, of_an = als(tom), als(an)
    read = of_an.get(cijfers_url(dossier)).context["page"].seen
    send(of_tom, dossier, WHOLE)

    response = of_an.post(
        cijfers_url(dossier), {"seen": read, **typed(leerlingen=500, ziekte=[77])}
    )

    assert response.status_code == 409
    assert "Intussen bewaarde iemand anders cijfers" in response.text
    # Both stand there: what Tom saved, and what An typed.
    assert "31 van de 412" in response.text
    assert 'value="77"' in response.text
    assert Cijfergroep.objects.get().leerlingen == 412
    again = {"seen": response.context["page"].seen, **typed(leerlingen=500, ziekte=[77])}
    assert of_an.post(cijfers_url(dossier), again).status_code == 302
    assert Cijfergroep.objects.get().leerlingen == 500


def test_a_page_without_a_mark_saves_nothing(als, tom, dossier):
    client = als(tom)
    send(client, dossier, WHOLE)

    for seen in ("", "x", "0", "99"):
        response = client.post(cijfers_url(dossier), {"seen": seen, **typed(leerlingen=10)})
        assert response.status_code in (409, 422)
    assert Cijfergroep.objects.get().leerlingen == 412


def test_a_closed_dossier_is_read_only(als, tom, an, dossier):
    client = als(tom)
    send(client, dossier, WHOLE)
    close_dossier(dossier=dossier, door=an)

    assert send(client, dossier, typed(leerlingen=10)).status_code == 403
    page = client.get(cijfers_url(dossier)).text
    assert "31 van de 412" in page
    assert "Pas de cijfers aan" not in page
    assert Cijfergroep.objects.get().leerlingen == 412


def test_who_only_reads_is_told_that_there_are_none(als, huis, dossier):
    assert "Het team vulde nog geen cijfers in." in als(huis.lezer).get(cijfers_url(dossier)).text


def test_they_are_erased_with_an_oefendossier(als, an, huis):
    oefen = open_oefendossier(clb=huis.clb, today=date(2026, 11, 29), door=an)
    assert send(als(an), oefen, WHOLE).status_code == 302
    assert Cijfergroep.objects.count() == 1

    empty_oefendossier(dossier=oefen, door=an)

    assert (Cijfergroep.objects.count(), Cijfers.objects.count()) == (0, 0)


# --- last year beside it --------------------------------------------------------------------------


def test_last_year_stands_beside_it(als, tom, dossier, vorig):
    client = als(tom)
    send(client, vorig, typed(leerlingen=405, ongewettigd=[44, 26, 15, 8]))
    send(client, dossier, WHOLE)

    page = client.get(cijfers_url(dossier))

    assert "vorig schooljaar 44 van de 405." in page.text
    row = page.context["page"].story.groepen[0].rows[0]
    assert [(now.tekst, before.tekst) for _, now, before in row.columns] == [
        ("31", "44"),
        ("17", "26"),
        ("9", "15"),
        ("0", "8"),
    ]
    # The year before has nothing beside it.
    assert "vorig schooljaar" not in client.get(cijfers_url(vorig)).text


def test_the_parts_of_last_year_stand_beside_a_whole_by_their_sum(als, tom, dossier, vorig):
    client = als(tom)
    parts = typed("graad-1", 200, ziekte=[20]) | typed("graad-2", 205, ziekte=[30])
    send(client, vorig, parts, per="deel")
    send(client, dossier, WHOLE)

    (whole,) = client.get(cijfers_url(dossier)).context["page"].story.groepen

    assert (whole.vorig.leerlingen, whole.vorig.ziekte_5) == (405, 50)


def test_another_school_is_not_beside_it(als, ander_huis, tom, dossier):
    other = open_dossier(
        school=ander_huis.school, schooljaar=dossier.schooljaar - 1, door=ander_huis.ankerfiguur
    )
    send(als(ander_huis.team), other, typed(leerlingen=999, ziekte=[50]))
    send(als(tom), dossier, WHOLE)

    assert "999" not in als(tom).get(cijfers_url(dossier)).text


def test_the_page_takes_as_many_queries_however_much_there_is(
    als, tom, dossier, vorig, django_assert_num_queries
):
    client = als(tom)
    client.get(cijfers_url(dossier))
    with django_assert_num_queries(5):
        client.get(cijfers_url(dossier))
    for one in (dossier, vorig):
        send(client, one, typed("graad-1", 200, ziekte=[20]) | typed("graad-2", 90), per="deel")
    client.get(cijfers_url(dossier))
    with django_assert_num_queries(5):
        client.get(cijfers_url(dossier))


# --- beside a goal and a step ---------------------------------------------------------------------


@pytest.mark.parametrize("view", list(Weergave))
@pytest.mark.parametrize("code", ["f0-4", "f1-1"])
def test_they_stand_beside_the_goals_that_ask_for_them(als, tom, huis, dossier, view, code):
    client = als(tom)
    url = f"{reverse('doelstelling', args=[dossier.pk, code])}?weergave={view}"
    assert "Vul de cijfers in" in client.get(url).text
    assert "Het team vulde nog geen cijfers in." in als(huis.lezer).get(url).text
    send(client, dossier, WHOLE)

    page = client.get(url).text

    assert "31 van de 412" in page
    assert "Pas de cijfers aan" in page
    assert "css/cijfers.css" in page
    # In a room, the question stays where it is: they are folded.
    assert ('class="inleiding ernaast" open' in page) == (view == Weergave.LIJST)


def test_a_goal_that_does_not_ask_for_them_costs_nothing_more(
    als, tom, dossier, django_assert_max_num_queries
):
    client = als(tom)
    counted = {}
    for code in ("f0-3", "f0-4"):
        url = reverse("doelstelling", args=[dossier.pk, code])
        client.get(url)
        with django_assert_max_num_queries(10) as queries:
            page = client.get(url).text
        counted[code] = len(queries)
        assert ("css/cijfers.css" in page) == (code == "f0-4")

    assert counted["f0-4"] == counted["f0-3"] + 1


@pytest.mark.parametrize(
    ("slug", "stap"), [("aanwezig-op-school", "breed-kijken"), ("dialoogdocument", "data")]
)
@pytest.mark.parametrize("view", list(Weergave))
def test_they_stand_beside_the_steps_that_ask_for_them(als, tom, dossier, laad, slug, stap, view):
    client = als(tom)
    send(client, dossier, WHOLE)
    gesprek = start_gesprek(
        dossier=dossier, versie=laad(slug), titel="Op tafel", deelnemers="", datum=None,
        sleutel=uuid4(), door=tom,
    )  # fmt: skip
    url = reverse("gesprekstap", args=[dossier.pk, gesprek.pk, stap])

    assert "31 van de 412" in client.get(f"{url}?weergave={view}").text


def test_as_long_as_there_are_none_those_of_last_year_stand_there(als, tom, huis, dossier, vorig):
    client = als(tom)
    send(client, vorig, typed(leerlingen=405, ongewettigd=[44, 26, 15, 8]))

    page = client.get(cijfers_url(dossier)).text

    assert "Dit zijn die van vorig schooljaar: typ de nieuwe aantallen eronder" in page
    assert "44 van de 405 leerlingen" in page
    # The form is empty, and nothing of it goes to the routekaart.
    assert 'value="405"' not in page
    assert "typ de nieuwe" not in als(huis.lezer).get(cijfers_url(dossier)).text
    assert "44 van de 405" in als(huis.lezer).get(cijfers_url(dossier)).text
    send(client, dossier, WHOLE)
    assert "die van vorig schooljaar" not in client.get(cijfers_url(dossier)).text


def test_beside_a_goal_they_are_told_as_those_of_last_year(tom, als, dossier, vorig):
    send(als(tom), vorig, typed(leerlingen=405, ongewettigd=[44, 26, 15, 8]))

    beside = CIJFERS.read(dossier)

    for template in (CIJFERS.template, CIJFERS.papier):
        said = render_to_string(
            template, {"getoond": beside, "dossier": dossier, "schrijven": True}
        )
        assert f"Dit zijn die van {vorig.schooljaar_label}." in said
        assert "44 van de 405" in said
    assert story_for_routekaart(dossier) is None
