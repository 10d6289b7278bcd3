"""The sociale kaart of CLB Ten Berg: Marie keeps it, the people of its schools read along."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import escape

from dossiers.logboek.models import Logregel
from dossiers.sociale_kaart.domain import MAX_VOORZIENINGEN, change_voorziening
from dossiers.sociale_kaart.forms import NOG_NIET
from dossiers.sociale_kaart.models import Voorziening
from dossiers.sociale_kaart.pdf import sociale_kaart_pdf
from dossiers.sociale_kaart.queries import find_voorziening
from dossiers.sociale_kaart.views import OVERSEEN, PER_PAGE
from tests.concurrency import at_once
from tests.dossiers.sociale_kaart.kaart import GEZIEN, PLEK, place, places
from tests.pages import post_forms, whole_form
from tests.paper import on_paper, on_paper_again
from tests.preventieplan.papier.documenten import read, text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)
OUD = "al een jaar niet nagekeken"


@pytest.fixture
def marie(huis):
    return huis.medewerker


@pytest.fixture
def url(huis):
    return reverse("sociale-kaart", args=[huis.clb.pk])


@pytest.fixture
def new(huis):
    return reverse("voorziening-nieuw", args=[huis.clb.pk])


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("dossiers.sociale_kaart.views.timezone.localdate", lambda: TODAY)


def test_marie_adds_changes_and_removes_a_place(als, marie, huis, url, new):
    browser = als(marie)
    assert "Hier staat nog niets. Begin met" in browser.get(url).text
    assert new in browser.get(url).text

    page = browser.post(new, PLEK, follow=True).text
    assert "De Schakelplek staat op de kaart." in page
    assert all(escape(PLEK[one]) in page for one in ("naam", "waarvoor", "telefoon", "adres"))
    assert 'href="https://schakelplek.example.be/naft"' in page
    assert "2 november 2026" in page

    found = Voorziening.objects.get()
    args = [huis.clb.pk, found.pk]
    page = browser.post(
        reverse("voorziening-wijzigen", args=args),
        PLEK | {"telefoon": "012 00 00 09", "seen": GEZIEN},
        follow=True,
    ).text
    assert "012 00 00 09" in page
    gone = reverse("voorziening-weghalen", args=args)
    assert "De Schakelplek van de kaart halen?" in browser.get(gone).text
    assert Voorziening.objects.exists()
    browser.post(gone)
    assert not Voorziening.objects.exists()
    # A second click.
    again = browser.post(gone, follow=True)
    assert "Die plek staat niet meer op de kaart." in again.text
    assert [
        (regel.door, regel.record_id)
        for regel in Logregel.objects.filter(
            handeling=Logregel.Handeling.SOCIALE_KAART_GEWIJZIGD, soort="voorziening"
        )
    ] == [(marie, str(found.pk))] * 3


def test_they_stand_by_name_whatever_its_capitals(als, marie, huis, url):
    for naam in ("zolder", "Ankertje", "De Brug", "anker"):
        place(huis.clb, naam=naam)

    page = als(marie).get(url).text

    found = [page.index(f"<h2>{naam}</h2>") for naam in ("anker", "Ankertje", "De Brug", "zolder")]
    assert found == sorted(found)


def test_the_school_reads_along_and_has_no_buttons(als, huis, ander_huis, url):
    place(huis.clb)
    place(ander_huis.clb, naam="Van elders")

    for who in (huis.team, huis.lezer):
        page = als(who).get(url).text
        assert "De Schakelplek" in page
        assert "Van elders" not in page
        assert "Plek toevoegen" not in page
        assert "Wijzig<" not in page


def test_an_empty_map_tells_a_school_who_fills_it(als, huis, url):
    assert "De mensen van je CLB vullen de kaart in." in als(huis.lezer).get(url).text


def test_a_place_of_another_clb_is_not_found(als, marie, huis, ander_huis):
    theirs = place(ander_huis.clb)

    for name in ("voorziening-wijzigen", "voorziening-weghalen"):
        assert als(marie).get(reverse(name, args=[huis.clb.pk, theirs.pk])).status_code == 404
        assert als(marie).get(reverse(name, args=[ander_huis.clb.pk, theirs.pk])).status_code == 404


@pytest.mark.parametrize(
    ("day", "marked"),
    [(date(2025, 11, 28), True), (date(2025, 11, 29), False), (date(2025, 11, 30), False)],
)
def test_what_nobody_looked_at_for_a_year_is_marked(als, huis, url, day, marked):
    place(huis.clb, nagekeken=day)

    assert (OUD in als(huis.lezer).get(url).text) == marked
    assert ("1 plek werd" in als(huis.medewerker).get(url).text) == marked
    assert ("al een jaar niet meer" in sociale_kaart_pdf(huis.clb, today=TODAY).html) == marked


def test_what_nobody_looked_at_for_a_year_is_one_click_away(als, marie, huis, url):
    place(huis.clb, naam="Van vroeger", nagekeken=date(2025, 11, 28))
    place(huis.clb, naam="Net een jaar", nagekeken=date(2025, 11, 29))
    browser = als(marie)
    assert '<a href="?toon=oud">1 plek werd al een jaar niet nagekeken</a>' in browser.get(url).text

    page = browser.get(url, {"toon": "oud"}).text

    assert re.findall("<h2>(.*?)</h2>", page) == ["Van vroeger"]
    assert "1 van 2 plekken, al een jaar niet nagekeken." in page
    assert browser.get(url, {"toon": "rommel"}).text.count("<h2>") == 2
    assert "Geen plek gevonden." in browser.get(url, {"toon": "oud", "zoek": "net"}).text
    # All of them called: there is nothing left to do.
    Voorziening.objects.update(nagekeken=TODAY)
    assert "Alles is dit jaar nagekeken." in browser.get(url, {"toon": "oud"}).text


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("naam", "", "Dit veld is verplicht."),
        ("naam", "...", "Schrijf hier minstens één letter."),
        ("naam", "x" * 81, "het zijn er nu 81"),
        ("waarvoor", "", "Dit veld is verplicht."),
        ("website", "http://school.example", "begint met https://"),
        ("website", "www.school.example", "begint met https://"),
        ("website", "javascript:alert(1)", "begint met https://"),
        ("website", "https://iemand@school.example", "begint met https://"),
        ("nagekeken", "2026-11-30", NOG_NIET),
        ("nagekeken", "gisteren", "Geef een datum zoals 15/01/2027."),
    ],
)
def test_what_does_not_fit_says_so(als, marie, new, field, typed, says):
    page = als(marie).post(new, PLEK | {field: typed})

    assert page.status_code == 200
    assert says in page.text
    assert not Voorziening.objects.exists()


def test_a_name_and_what_it_is_for_are_enough(als, marie, new):
    few = {"naam": "Zolder", "waarvoor": "Een babbel.", "nagekeken": "2026-11-29"}

    assert als(marie).post(new, few).status_code == 302


def test_a_full_map_says_so_and_keeps_what_was_typed(als, marie, huis, new):
    places(huis.clb, MAX_VOORZIENINGEN - 1)
    browser = als(marie)

    assert browser.post(new, PLEK).status_code == 302
    page = browser.post(new, PLEK | {"naam": "Eentje te veel"})
    assert page.status_code == 200
    assert "Haal er eerst een weg" in page.text
    assert 'value="Eentje te veel"' in page.text
    assert Voorziening.objects.count() == MAX_VOORZIENINGEN
    # Of one that is there already, everything can still change.
    some = Voorziening.objects.first()
    url = reverse("voorziening-wijzigen", args=[huis.clb.pk, some.pk])
    assert browser.post(url, PLEK | {"seen": some.mark}).status_code == 302


def test_a_full_map_is_read_page_by_page_in_as_many_queries(
    als, marie, huis, url, django_assert_num_queries
):
    places(huis.clb, MAX_VOORZIENINGEN)
    browser = als(marie)

    # The session, the account, the right, and the whole map.
    with django_assert_num_queries(4):
        first = browser.get(url).text
    assert first.count("<h2>") == PER_PAGE
    assert f"Pagina 1 van {MAX_VOORZIENINGEN // PER_PAGE}" in first
    last = browser.get(url, {"pagina": "9999"}).text
    assert last.count("<h2>") == PER_PAGE
    assert "Plek 499" in last
    assert browser.get(url, {"pagina": "nergens"}).text.count("<h2>") == PER_PAGE


def test_who_has_many_places_searches_among_them(als, huis, url):
    places(huis.clb, OVERSEEN - 1)
    place(huis.clb, naam="Café Zoë", adres="Markt 1, Velpe")
    browser = als(huis.team)
    assert 'name="zoek"' not in browser.get(url).text

    place(huis.clb, naam="Nog een plek")
    assert 'name="zoek"' in browser.get(url).text
    for zoek, found in (("cafe zoe", 1), ("velpe MARKT", 1), ("zoë fabriek", 0), ("plek", 12)):
        page = browser.get(url, {"zoek": zoek}).text
        assert page.count("<h2>") == found, zoek
        assert f"{found} van {OVERSEEN + 1} plekken." in page
        assert f'value="{zoek}"' in page
        assert ("Geen plek gevonden." in page) == (found == 0)
    assert browser.get(url, {"zoek": "\0" + "x" * 300}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_people_together_add_no_more_than_fits(als, huis, new):
    places(huis.clb, MAX_VOORZIENINGEN - 1)
    browsers = [als(huis.medewerker), als(huis.ankerfiguur)]
    for browser in browsers:
        browser.get(new)

    at_once(*(lambda one=one: one.post(new, PLEK) for one in browsers))

    assert Voorziening.objects.count() == MAX_VOORZIENINGEN


@pytest.mark.django_db(transaction=True)
def test_a_second_click_adds_no_second_place(als, marie, new):
    """Nor does a reload, or Back and the same button. Other words are another place."""
    browser = als(marie)
    sleutel = whole_form(browser.get(new).text)["sleutel"]
    clicked = PLEK | {"sleutel": sleutel}

    answers = at_once(*(lambda: browser.post(new, clicked) for _ in range(3)))
    answers.append(browser.post(new, clicked))

    assert [one.status_code for one in answers] == [302] * 4
    assert Voorziening.objects.count() == 1
    assert Logregel.objects.filter(soort="voorziening").count() == 1
    browser.post(new, clicked | {"naam": "De Andere Plek"})
    assert Voorziening.objects.count() == 2


def test_the_key_of_a_form_reaches_no_other_map(als, marie, huis, ander_huis, new):
    sleutel = whole_form(als(marie).get(new).text)["sleutel"]
    theirs = reverse("voorziening-nieuw", args=[ander_huis.clb.pk])
    als(ander_huis.medewerker).post(theirs, PLEK | {"sleutel": sleutel})

    als(marie).post(new, PLEK | {"sleutel": sleutel})

    assert Voorziening.objects.get(clb=huis.clb).naam == "De Schakelplek"
    assert Voorziening.objects.count() == 2


def test_what_a_colleague_changed_meanwhile_is_shown_before_it_is_replaced(als, marie, an, huis):
    url = reverse("voorziening-wijzigen", args=[huis.clb.pk, place(huis.clb).pk])
    browser, typed = als(marie), PLEK | {"telefoon": "012 00 00 02"}
    page = browser.get(url)
    seen = whole_form(page.text)["seen"]
    als(an).post(url, PLEK | {"adres": "Nieuwstraat 9, Velpe", "seen": seen})

    for wrong in ({"seen": seen}, {}, {"seen": "nergens"}):
        page = browser.post(url, typed | wrong)
        assert page.status_code == 409
        assert "Intussen wijzigde iemand anders deze plek." in page.text
        assert "Nieuwstraat 9, Velpe" in page.text
        assert 'value="012 00 00 02"' in page.text
        assert 'data-onbewaard="nog"' in page.text
        kept = Voorziening.objects.get()
        assert (kept.telefoon, kept.adres) == ("012 00 00 01", "Nieuwstraat 9, Velpe")

    browser.post(url, typed | {"seen": whole_form(page.text)["seen"]})
    assert Voorziening.objects.get().telefoon == "012 00 00 02"


def test_what_was_taken_off_the_map_meanwhile_does_not_come_back(huis, marie):
    plek = place(huis.clb)
    Voorziening.objects.all().delete()

    with pytest.raises(Voorziening.DoesNotExist):
        change_voorziening(voorziening=plek, seen=plek.mark, door=marie)

    assert not Voorziening.objects.exists()


def test_what_was_typed_about_a_place_that_is_gone_can_be_added_anew(als, marie, huis):
    url = reverse("voorziening-wijzigen", args=[huis.clb.pk, place(huis.clb).pk])
    browser = als(marie)
    typed = whole_form(browser.get(url).text) | {"telefoon": "012 00 00 02"}
    Voorziening.objects.all().delete()

    page = browser.post(url, typed)

    assert page.status_code == 409
    assert "Intussen haalde iemand deze plek van de kaart" in page.text
    assert 'data-onbewaard="nog"' in page.text
    assert not Voorziening.objects.exists()
    (form,) = (one for one in post_forms(page.text, url) if "nieuw" in str(one.actions))
    again = whole_form(page.text)
    for _ in range(2):
        assert browser.post(*form.actions, again).status_code == 302
    assert Voorziening.objects.get().telefoon == "012 00 00 02"
    assert browser.get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_place_that_goes_while_it_is_saved_is_offered_anew_too(als, marie, huis, monkeypatch):
    url = reverse("voorziening-wijzigen", args=[huis.clb.pk, place(huis.clb).pk])
    browser = als(marie)
    typed = whole_form(browser.get(url).text) | {"telefoon": "012 00 00 02"}

    def find(clb, pk):
        found = find_voorziening(clb, pk)
        Voorziening.objects.all().delete()
        return found

    monkeypatch.setattr("dossiers.sociale_kaart.views.find_voorziening", find)
    page = browser.post(url, typed)

    assert page.status_code == 409
    assert "Intussen haalde iemand deze plek van de kaart" in page.text
    assert 'value="012 00 00 02"' in page.text


@pytest.mark.parametrize("website", ["http://school.example", "javascript:alert(1)"])
def test_the_database_takes_no_other_link(huis, website):
    with pytest.raises(IntegrityError), transaction.atomic():
        place(huis.clb, website=website)


@pytest.mark.looks
def test_on_paper_it_is_whole_tagged_and_the_same_each_time(huis):
    place(huis.clb)
    place(huis.clb, naam="Zolder & co", telefoon="", adres="", website="")
    document = sociale_kaart_pdf(huis.clb, today=TODAY)

    made = on_paper(document)

    assert made == on_paper_again(sociale_kaart_pdf(huis.clb, today=TODAY))
    said = text(made)
    assert all(PLEK[one] in said for one in PLEK if one != "nagekeken")
    assert "Zolder & co" in said
    assert "02/11/2026" in said
    assert len(read(made).pages) == 1
    assert b"pdfuaid:part" in read(made).trailer["/Root"]["/Metadata"].get_object().get_data()


@pytest.mark.looks
def test_a_full_map_on_paper_has_every_place(huis):
    places(huis.clb, MAX_VOORZIENINGEN)

    made = on_paper(sociale_kaart_pdf(huis.clb, today=TODAY))

    assert text(made).count("De Schakelplek") == 0
    assert text(made).count("012 00 00 01") == MAX_VOORZIENINGEN
    assert 20 < len(read(made).pages) < 40


def test_an_empty_map_prints_too(huis):
    assert "staat nog niets" in sociale_kaart_pdf(huis.clb, today=TODAY).html
