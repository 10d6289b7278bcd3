"""Mijn scholen, as experienced by An, who follows the schools of CLB Ten Berg."""

import itertools
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain import is_overdue
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.domain import close_dossier, open_dossier
from dossiers.mensen.models import CLB, Lidmaatschap, Rol
from start.queries.scholen import MAX_WORDS, overdue
from start.views.pages import MAX_ZOEK
from tests.conftest import SCHOOLJAAR, make_user
from tests.start.conftest import make_school, plan, score

pytestmark = pytest.mark.django_db

SCHOLEN = reverse("scholen")


@pytest.fixture
def lijst(als, an):
    """The page as seen by An."""

    def get(**query):
        return als(an).get(SCHOLEN, query).content.decode()

    return get


def row_of(html: str, naam: str) -> str:
    rows = re.findall(r"<tr role=\"row\">.*?</tr>", html, re.S)
    row = next(row for row in rows if naam in row)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


def names(html: str) -> list[str]:
    return re.findall(r'<th role="rowheader" scope="row">\s*<a href="[^"]+">([^<]+)</a>', html)


def test_a_row_says_where_the_school_stands(lijst, huis, an):
    today = timezone.localdate()
    score(huis.dossier, "f0-1", 6)
    score(huis.dossier, "f0-3", 0)
    plan(huis.dossier, "Te laat", door=an, wanneer_op=-2)
    plan(huis.dossier, "Straks", door=an, check_op=5)
    plan(huis.dossier, "Later", door=an, check_op=50)

    row = row_of(lijst(), "Sint-Jozefschool")

    assert "Mechelen, secundair onderwijs" in row
    assert "2026-2027" in row
    assert (
        "Fase 0: Verbindend schoolklimaat 6 op 10, Inschrijvingsbeleid nog niet ingeschaald" in row
    )
    assert "Registratiebeleid 0 op 10" in row
    assert f"{today:%d/%m/%Y} {today + timedelta(days=5):%d/%m/%Y} 1 te laat" in row


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
    assert "te laat" not in row


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
    assert row.endswith("geen 1 te laat" if late else f"{to_come} niets")


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
    assert 'href="?zoek=school&amp;pagina=2"' in lijst(zoek="school")
    # A page number out of range gives the last page, or the first.
    assert len(names(lijst(pagina=99))) == 11
    assert len(names(lijst(pagina="abc"))) == 50


def test_an_ankerfiguur_without_schools_adds_her_first(als):
    nieuw = make_user("Nele")
    clb = CLB.objects.create(naam="CLB Nieuw", instellingsnummer="888888")
    Lidmaatschap.objects.create(user=nieuw, clb=clb, rol=Rol.ANKERFIGUUR)

    html = als(nieuw).get(SCHOLEN).content.decode()

    assert "Je volgt nog geen scholen" in html
    assert reverse("school-nieuw") in html


def test_only_an_ankerfiguur_adds_schools(als, huis):
    assert reverse("school-nieuw") in als(huis.ankerfiguur).get(SCHOLEN).content.decode()
    assert reverse("school-nieuw") not in als(huis.medewerker).get(SCHOLEN).content.decode()


def test_nobody_sees_the_schools_of_another_clb(als, huis, ander_huis):
    for user in huis.people.values():
        assert names(als(user).get(SCHOLEN).content.decode()) == ["Sint-Jozefschool"]
    assert names(als(ander_huis.ankerfiguur).get(SCHOLEN).content.decode()) == ["Kouterschool"]


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


@pytest.mark.parametrize("aantal", [0, 29, 69])
def test_one_or_seventy_schools_take_seven_queries(
    als, an, many_schools, django_assert_num_queries, aantal
):
    many_schools(aantal)
    client = als(an)

    # The session, the user, the ankerfiguur's button, and four for the schools: where she has a
    # role, those of this page with how many there are, their dossiers and their scores.
    with django_assert_num_queries(7):
        response = client.get(SCHOLEN)

    assert len(names(response.content.decode())) == min(aantal + 1, 50)


def test_it_only_answers_questions(als, an):
    assert als(an).post(SCHOLEN).status_code == 405
