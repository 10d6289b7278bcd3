"""All schools in a table, as experienced by An, who follows the schools of CLB Ten Berg."""

import itertools
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import is_overdue
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.domain import close_dossier, open_dossier
from dossiers.mensen.models import Lidmaatschap, Rol
from start.queries.scholen import MAX_WORDS, overdue
from stsdialoog.text import MAX_ZOEK
from tests.conftest import SCHOOLJAAR
from tests.start.conftest import make_school, plan, score
from tests.start.scholen import names, row_of

pytestmark = pytest.mark.django_db

SCHOLEN = reverse("scholen")


@pytest.fixture
def lijst(als, an):
    """The page as seen by An."""

    def get(**query):
        return als(an).get(SCHOLEN, {"weergave": "tabel", **query}).content.decode()

    return get


def test_a_row_says_where_the_school_stands(lijst, huis, an):
    today = timezone.localdate()
    score(huis.dossier, "f0-1", 6)
    score(huis.dossier, "f0-3", 0)
    plan(huis.dossier, "Te laat", door=an, wanneer_op=-2)
    plan(huis.dossier, "Straks", door=an, check_op=5)
    plan(huis.dossier, "Later", door=an, check_op=50)

    row = row_of(lijst(), "Sint-Jozefschool")

    assert "Mechelen Secundair onderwijs 2026-2027" in row
    assert (
        "Fase 0: Verbindend schoolklimaat 6 op 10, Inschrijvingsbeleid nog niet ingeschaald" in row
    )
    assert "Registratiebeleid 0 op 10" in row
    assert f"{today:%d/%m/%Y} {today + timedelta(days=5):%d/%m/%Y} 1 over tijd" in row


def test_a_school_where_nothing_happened_yet(lijst, huis):
    assert row_of(lijst(), "Sint-Jozefschool").endswith("2026-2027 nog geen nog niet geen niets")


def test_a_school_without_a_dossier_leads_to_the_school(lijst, huis):
    school = make_school(huis.clb, 444444, naam="De Nieuwe")

    html = lijst()

    assert "Nog geen dossier." in row_of(html, "De Nieuwe")
    assert reverse("school", args=[school.pk]) in html


def test_the_row_is_about_the_newest_dossier(lijst, huis, an):
    ouder = open_dossier(school=huis.school, schooljaar=SCHOOLJAAR - 1, door=an)
    score(ouder, "f0-1", 2)
    plan(ouder, "Vorig jaar", door=an, wanneer_op=-100)

    row = row_of(lijst(), "Sint-Jozefschool")

    assert "2026-2027 nog geen" in row
    assert "over tijd" not in row


def test_a_closed_dossier_asks_nothing_any_more(lijst, huis, an):
    plan(huis.dossier, "Te laat", door=an, wanneer_op=-2, check_op=9)
    close_dossier(dossier=huis.dossier, door=an)

    row = row_of(lijst(), "Sint-Jozefschool")

    assert "2026-2027 afgesloten" in row
    assert row.endswith("geen niets")


def test_the_schools_that_need_her_come_first(lijst, huis, an):
    rust = make_school(huis.clb, 444444, naam="Aan de rust")
    druk = open_dossier(
        school=make_school(huis.clb, 555555, naam="Zeer druk"), schooljaar=SCHOOLJAAR, door=an
    )
    for dossier, aantal in ((druk, 2), (huis.dossier, 1)):
        for nummer in range(aantal):
            plan(dossier, f"Te laat {nummer}", door=an, wanneer_op=-1)

    assert names(lijst()) == ["Zeer druk", "Sint-Jozefschool", rust.naam]


def test_late_in_the_database_is_late_in_the_rules(huis, an):
    days = (None, -1, 0, 1)
    for stand, besluit, wanneer_op, check_op, struck in itertools.product(
        Actiestand.values, ["", *Besluit.values], days, days, (None, timezone.now())
    ):
        plan(
            huis.dossier,
            "Iets",
            door=an,
            stand=stand,
            besluit=besluit,
            wanneer_op=wanneer_op,
            check_op=check_op,
            geschrapt_op=struck,
        )
    today = timezone.localdate()

    found = set(Actie.objects.filter(overdue(today)).values_list("pk", flat=True))

    assert found == {
        actie.pk
        for actie in Actie.objects.filter(geschrapt_op=None)
        if is_overdue(actie, today=today)
    }
    assert found


@pytest.mark.parametrize(
    "zoek", ["jozef", "MECHELEN", "000071", "71", " sint  mechelen ", "Sint-Jozefschool"]
)
def test_a_school_is_found_by_name_gemeente_and_number(lijst, huis, zoek):
    make_school(huis.clb, 444444, naam="De Andere", gemeente="Lier")

    html = lijst(zoek=zoek)

    assert names(html) == ["Sint-Jozefschool"]
    assert "1 school met" in html


@pytest.mark.parametrize(
    ("zoek", "found"),
    [
        *((zoek, "\u00c9cole Sint\u2011Jozef") for zoek in ("ecole", "\u00c9COLE", "sint-jozef")),
        *((zoek, "D\u2019Hondtschool") for zoek in ("d'hondt", "D\u2019hondt", "d\u2018HONDT")),
    ],
)
def test_accents_quotes_and_hyphens_make_no_difference(lijst, huis, zoek, found):
    huis.school.naam = "Kouterschool"
    huis.school.save()
    make_school(huis.clb, 444444, naam="\u00c9cole Sint\u2011Jozef")
    make_school(huis.clb, 444445, naam="D\u2019Hondtschool")

    assert names(lijst(zoek=zoek)) == [found]


def test_words_of_two_fields_are_not_one_word(lijst, huis):
    assert names(lijst(zoek="jozefschool mechelen")) == ["Sint-Jozefschool"]
    assert names(lijst(zoek="jozefschoolmechelen")) == []


@pytest.mark.parametrize("zoek", ["gent", "jozef lier", "50%", "%", "\x00x", "'; --", "x" * 5000])
def test_no_hit_says_so_and_offers_all_schools(lijst, huis, zoek):
    html = lijst(zoek=zoek)

    assert names(html) == []
    assert "Geen school gevonden" in html
    assert "Toon alle scholen" in html


def test_what_was_searched_is_shown_as_text(lijst, huis):
    assert "<b>x" not in lijst(zoek="<b>x")


@pytest.mark.parametrize("field", ["wanneer_op", "check_op"])
@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (1, False)])
def test_an_action_is_late_from_the_day_after_its_day(lijst, huis, an, field, days, late):
    actie = plan(huis.dossier, "Iets", door=an, **{field: days})
    today = timezone.localdate()

    row = row_of(lijst(), "Sint-Jozefschool")

    assert is_overdue(actie, today=today) == late
    # A check of today is still to come.
    to_come = f"{today + timedelta(days=days):%d/%m/%Y}" if field == "check_op" else "geen"
    assert row.endswith("geen 1 over tijd" if late else f"{to_come} niets")


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_one_looks_for_so_many_words_and_no_more(lijst, huis, over):
    """What comes after the last one that counts is not looked for."""
    zoek = " ".join([*["jozef"] * (MAX_WORDS + over - 1), "nergens"])

    assert names(lijst(zoek=zoek)) == (["Sint-Jozefschool"] if over > 0 else [])


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_one_looks_for_so_many_letters_and_no_more(lijst, huis, over):
    zoek = "jozef".ljust(MAX_ZOEK + over - 1) + "q"

    assert names(lijst(zoek=zoek)) == (["Sint-Jozefschool"] if over > 0 else [])


@pytest.mark.parametrize(("aantal", "second"), [(49, []), (50, []), (51, ["School 600049"])])
def test_a_next_page_begins_after_fifty_schools(lijst, huis, aantal, second):
    huis.school.naam = "Aaa"
    huis.school.save()
    for nummer in range(600_000, 600_000 + aantal - 1):
        make_school(huis.clb, nummer)

    assert len(names(lijst())) == min(aantal, 50)
    assert ("pagina=2" in lijst()) == bool(second)
    assert names(lijst(pagina=2)) == (second or names(lijst()))


def test_fifty_schools_on_a_page(lijst, huis):
    for nummer in range(600_000, 600_060):
        make_school(huis.clb, nummer)

    assert len(names(lijst())) == 50
    assert len(names(lijst(pagina=2))) == 11
    assert 'href="?weergave=tabel&amp;zoek=school&amp;pagina=2"' in lijst(zoek="school")
    # A page number out of range gives the last page, or the first.
    assert len(names(lijst(pagina=99))) == 11
    assert len(names(lijst(pagina="abc"))) == 50


def test_the_order_goes_on_over_the_pages(lijst, huis, an):
    """The schools with the most late actions come first, and then they go by name."""
    for nummer in range(600_000, 600_059):
        school = make_school(huis.clb, nummer)
        dossier = open_dossier(school=school, schooljaar=SCHOOLJAAR, door=an)
        if nummer % 20 == 0:
            plan(dossier, "Te laat", door=an, wanneer_op=-1)
    late = [f"School {nummer}" for nummer in (600_000, 600_020, 600_040)]
    others = [f"School {nummer}" for nummer in range(600_000, 600_059) if nummer % 20]

    assert names(lijst()) + names(lijst(pagina=2)) == [*late, *others, "Sint-Jozefschool"]


# --- filters and sorting ------------------------------------------------------------------------


@pytest.fixture
def three(huis, an, vandaag):
    """Beside the Sint-Jozefschool: one that is late, and one without a dossier."""
    laat = make_school(huis.clb, 444444, naam="Abele", gemeente="Zemst")
    dossier = open_dossier(school=laat, schooljaar=SCHOOLJAAR, door=an)
    plan(dossier, "Iets", door=an, wanneer_op=-1)
    make_school(huis.clb, 444445, naam="Zilverlinde", gemeente="Aalst")
    plan(huis.dossier, "Iets", door=an, check_op=20)
    return huis


ORDERS = {
    "": ["Abele", "Sint-Jozefschool", "Zilverlinde"],
    "naam": ["Abele", "Sint-Jozefschool", "Zilverlinde"],
    "-naam": ["Zilverlinde", "Sint-Jozefschool", "Abele"],
    "gemeente": ["Zilverlinde", "Sint-Jozefschool", "Abele"],
    "-gemeente": ["Abele", "Sint-Jozefschool", "Zilverlinde"],
    "niveau": ["Abele", "Zilverlinde", "Sint-Jozefschool"],
    "-niveau": ["Sint-Jozefschool", "Abele", "Zilverlinde"],
    # What a school does not have comes last, whichever way.
    "schooljaar": ["Abele", "Sint-Jozefschool", "Zilverlinde"],
    "-schooljaar": ["Abele", "Sint-Jozefschool", "Zilverlinde"],
    "gewerkt": ["Abele", "Sint-Jozefschool", "Zilverlinde"],
    "-gewerkt": ["Sint-Jozefschool", "Abele", "Zilverlinde"],
    "check": ["Sint-Jozefschool", "Abele", "Zilverlinde"],
    "-check": ["Sint-Jozefschool", "Abele", "Zilverlinde"],
    "te-laat": ["Sint-Jozefschool", "Zilverlinde", "Abele"],
    "-te-laat": ["Abele", "Sint-Jozefschool", "Zilverlinde"],
    "onzin": ["Abele", "Sint-Jozefschool", "Zilverlinde"],
}


def test_a_click_on_a_heading_sorts(lijst, three):
    Actie.objects.filter(dossier=three.dossier).update(gewijzigd_op=timezone.now())
    long_ago = timezone.now() - timedelta(days=3)
    Actie.objects.exclude(dossier=three.dossier).update(gewijzigd_op=long_ago)

    assert {sorteer: names(lijst(sorteer=sorteer)) for sorteer in ORDERS} == ORDERS


def test_a_heading_says_how_it_is_sorted_and_turns_around(lijst, three):
    def heading(naam: str, **query: str) -> tuple[str, str]:
        html = lijst(zoek="e", pagina=1, **query)
        (found,) = [
            one
            for one in re.findall(r'<th role="columnheader"(.*?)</th>', html, re.S)
            if f">{naam}<" in one
        ]
        sort = re.search(r'aria-sort="(\w+)"', found)
        url = re.search(r'href="([^"]+)"', found)
        assert url
        return sort[1] if sort else "", url[1].replace("&amp;", "&")

    assert heading("Gemeente") == ("", "?weergave=tabel&zoek=e&sorteer=gemeente")
    assert heading("Gemeente", sorteer="gemeente") == (
        "ascending",
        "?weergave=tabel&zoek=e&sorteer=-gemeente",
    )
    assert heading("Gemeente", sorteer="-gemeente") == (
        "descending",
        "?weergave=tabel&zoek=e&sorteer=gemeente",
    )
    # The most come first, and that is how it begins.
    assert heading("Over tijd") == ("descending", "?weergave=tabel&zoek=e&sorteer=te-laat")
    assert lijst(sorteer="-naam").count("aria-sort") == 1


FILTERS: list[tuple[dict[str, str], list[str]]] = [
    ({"niveau": "so"}, ["Sint-Jozefschool"]),
    ({"niveau": "buo"}, []),
    ({"gemeente": "Zemst"}, ["Abele"]),
    ({"gemeente": "Nergens"}, []),
    ({"niveau": "bao", "gemeente": "Aalst"}, ["Zilverlinde"]),
    ({"niveau": "bao", "zoek": "abele"}, ["Abele"]),
    ({"groep": "nu"}, ["Abele"]),
    ({"groep": "te-starten"}, ["Zilverlinde"]),
    ({"groep": "loopt", "niveau": "bao"}, []),
    ({"niveau": "x", "groep": "y", "mijn": ""}, ["Abele", "Sint-Jozefschool", "Zilverlinde"]),
]


def test_filters_go_together_with_a_search(lijst, three, vandaag):
    assert [names(lijst(**query)) for query, _ in FILTERS] == [found for _, found in FILTERS]


def test_filters_say_what_one_sees(lijst, three, vandaag):
    html = lijst(zoek="abele", niveau="bao", gemeente="Zemst", groep="nu")

    assert "1 school met ‘abele’, basisonderwijs, in Zemst, bij ‘Nu’." in html
    for chosen in ('value="bao" selected', "<option selected>Zemst", 'value="nu" selected'):
        assert chosen in html
    # The gemeenten of all schools stay there to choose from.
    assert "<option>Aalst</option>" in html
    assert "1 school: basisonderwijs, in Aalst." in lijst(niveau="bao", gemeente="Aalst")


def test_mijn_are_the_schools_where_somebody_has_a_role_herself(lijst, three, an):
    assert "waar ik zelf een rol heb" not in lijst()
    Lidmaatschap.objects.create(user=an, school=three.school, rol=Rol.CLB_MEDEWERKER)

    html = lijst(mijn="on")

    assert names(html) == ["Sint-Jozefschool"]
    assert "waar ik zelf een rol heb" in html
    assert len(names(lijst())) == 3


def test_who_has_roles_in_schools_only_has_no_other_schools(als, three):
    html = als(three.medewerker).get(SCHOLEN, {"weergave": "tabel"}).content.decode()

    assert names(html) == ["Sint-Jozefschool"]
    assert "waar ik zelf een rol heb" not in html


def test_an_address_with_a_page_still_gives_the_list(als, an, huis):
    for nummer in range(600_000, 600_060):
        make_school(huis.clb, nummer)

    assert len(names(als(an).get(SCHOLEN, {"pagina": 2}).content.decode())) == 11


def test_the_way_back_keeps_what_was_looked_for(lijst, three):
    html = lijst(zoek="abele", niveau="bao", sorteer="naam", pagina=1)

    assert 'href="?zoek=abele&amp;niveau=bao">Wie heeft je deze week nodig?</a>' in html


@pytest.mark.parametrize("aantal", [0, 29, 69])
def test_one_or_seventy_schools_take_seven_queries(
    als, an, many_schools, django_assert_num_queries, aantal
):
    many_schools(aantal)
    client = als(an)

    # The session, the user, where she has a role, and four for the schools: those of this page with
    # how many there are, their dossiers and their scores, and the gemeenten to choose from.
    with django_assert_num_queries(7):
        response = client.get(SCHOLEN, {"weergave": "tabel"})

    assert len(names(response.content.decode())) == min(aantal + 1, 50)
    # One more to know who is in a group.
    with django_assert_num_queries(8):
        client.get(SCHOLEN, {"weergave": "tabel", "groep": "nu" if aantal else "loopt"})
