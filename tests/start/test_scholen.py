"""Who needs An this week? She is the ankerfiguur of CLB Ten Berg and follows its schools."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.oudergesprekken import start_oudergesprek
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.domain import close_dossier, open_dossier
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School
from dossiers.models import Dossier
from start.queries.groups import LOOPT_PER_GROEP, PER_GROEP
from tests.conftest import SCHOOLJAAR, load_material, make_user
from tests.start.conftest import add_gesprek, make_school, moment, plan, score, silent_since
from tests.start.scholen import groups, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vandaag")]

SCHOLEN = reverse("scholen")
SCHOOL = "Sint-Jozefschool"


@pytest.fixture
def pagina(als, an):
    """The page as seen by An."""

    def get(**query):
        return als(an).get(SCHOLEN, query).content.decode()

    return get


@pytest.fixture
def rij(pagina):
    """The only school on An's page."""

    def get(**query):
        (one,) = shown(pagina(**query))
        return one

    return get


@pytest.fixture
def add(huis, an):
    """Add a school with a dossier to An's CLB."""

    def make(naam: str, schooljaar: int = SCHOOLJAAR) -> Dossier:
        nummer = 600_000 + Dossier.objects.count()
        school = make_school(huis.clb, nummer, naam=naam)
        return open_dossier(school=school, schooljaar=schooljaar, door=an)

    return make


# --- which group --------------------------------------------------------------------------------


@pytest.mark.parametrize("veld", ["wanneer_op", "check_op"])
def test_a_day_is_late_or_this_week_or_later(rij, huis, an, vandaag, veld):
    plan(huis.dossier, "Iets", door=an)
    found = {}
    for days in (-1, 0, 1, 6, 7, 8):
        Actie.objects.update(**{veld: vandaag + timedelta(days=days)})
        found[days] = rij().groep

    assert found == {-1: "nu", **dict.fromkeys((0, 1, 6, 7), "deze-week"), 8: "loopt"}


def test_a_talk_of_this_week_counts_until_its_day(rij, huis, vandaag):
    gesprek = add_gesprek(huis.dossier, "Aanwezig op school")
    found = {}
    for days in (-1, 0, 6, 7, 8):
        type(gesprek).objects.update(datum=vandaag + timedelta(days=days))
        found[days] = rij().groep

    assert found == {-1: "loopt", **dict.fromkeys((0, 6, 7), "deze-week"), 8: "loopt"}


def test_what_is_done_struck_or_stopped_asks_nothing(rij, huis, an):
    plan(huis.dossier, "Klaar", door=an, wanneer_op=-3, stand=Actiestand.KLAAR)
    plan(huis.dossier, "Gecheckt", door=an, check_op=-3, besluit=Besluit.BORGEN)
    plan(huis.dossier, "Gestopt", door=an, wanneer_op=-3, check_op=-3, besluit=Besluit.STOPPEN)
    plan(huis.dossier, "Geschrapt", door=an, wanneer_op=-3, geschrapt_op=timezone.now())
    add_gesprek(huis.dossier, "Weg", datum=timezone.localdate(), geschrapt_op=timezone.now())
    assert rij().groep == "loopt"

    plan(huis.dossier, "Open", door=an, wanneer_op=-3)

    assert rij().groep == "nu"


def test_after_thirty_days_without_a_change_a_school_has_come_to_a_standstill(rij, huis, vandaag):
    score(huis.dossier, "f0-1", 6)
    found = []
    for days, at in ((29, time(0)), (30, time(23, 59)), (30, time(0)), (31, time(12))):
        silent_since(huis.dossier, moment(vandaag - timedelta(days=days), at))
        found.append((days, rij().groep))

    assert found == [(29, "loopt"), (30, "stil"), (30, "stil"), (31, "stil")]


@pytest.mark.parametrize("what", ["score", "actie", "gesprek"])
def test_one_change_is_enough(rij, huis, an, vandaag, what):
    silent_since(huis.dossier, moment(vandaag - timedelta(days=90)))
    assert rij().groep == "stil"

    if what == "score":
        score(huis.dossier, "f0-1", 6)
    elif what == "actie":
        plan(huis.dossier, "Iets", door=an)
    else:
        add_gesprek(huis.dossier, "Aanwezig op school")

    assert rij().groep == "loopt"


def test_a_talk_with_parents_leaves_no_trace(rij, huis, als, vandaag):
    silent_since(huis.dossier, moment(vandaag - timedelta(days=90)))
    before = rij()
    start_oudergesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument-ouders"),
        pseudoniem="Zonnebloem",
        datum=vandaag,
        door=huis.medewerker,
    )

    assert rij() == before
    assert before.groep == "stil"
    assert "Zonnebloem" not in als(huis.medewerker).get(SCHOLEN).content.decode()


def test_without_a_dossier_for_this_schooljaar_there_is_one_to_start(rij, huis):
    Dossier.objects.filter(pk=huis.dossier.pk).update(schooljaar=SCHOOLJAAR - 1)

    one = rij()

    assert one.groep == "te-starten"
    assert one.zin == "Het dossier van 2025-2026 staat nog open."


def test_an_open_dossier_of_last_year_still_asks_for_what_is_late(rij, huis, an):
    Dossier.objects.filter(pk=huis.dossier.pk).update(schooljaar=SCHOOLJAAR - 1)
    plan(huis.dossier, "Iets", door=an, wanneer_op=-1)

    assert rij().groep == "nu"


def test_who_has_started_on_the_next_schooljaar_starts_no_other(rij, huis):
    Dossier.objects.filter(pk=huis.dossier.pk).update(schooljaar=SCHOOLJAAR + 1)

    assert rij().groep == "loopt"


def test_the_dossier_of_this_schooljaar_counts_also_beside_the_next(rij, huis, an):
    plan(huis.dossier, "Iets", door=an, wanneer_op=-1)
    open_dossier(school=huis.school, schooljaar=SCHOOLJAAR + 1, door=an)

    one = rij()

    assert one.groep == "nu"
    assert one.url.startswith(reverse("overzicht", args=[huis.dossier.pk]))


def test_what_is_closed_asks_nobody(rij, huis, an, vandaag):
    plan(huis.dossier, "Te laat", door=an, wanneer_op=-2, check_op=3)
    add_gesprek(huis.dossier, "Straks", datum=vandaag)
    silent_since(huis.dossier, moment(vandaag - timedelta(days=90)))
    close_dossier(dossier=huis.dossier, door=an)
    Dossier.objects.filter(pk=huis.dossier.pk).update(afgesloten_op=moment(date(2026, 11, 20)))

    one = rij()

    assert (one.groep, one.zin) == ("loopt", "Afgesloten op vrijdag 20 november.")
    assert one.url == reverse("dossier", args=[huis.dossier.pk])


def test_a_school_is_in_the_first_group_that_fits(rij, huis, an, vandaag):
    plan(huis.dossier, "Straks", door=an, check_op=3)
    silent_since(huis.dossier, moment(vandaag - timedelta(days=90)))
    assert rij().groep == "deze-week"

    plan(huis.dossier, "Te laat", door=an, check_op=-3)

    assert rij().groep == "nu"


def test_groups_and_what_is_in_them_stand_in_order(pagina, huis, add, an, vandaag):
    """What cannot wait goes by its day, the rest by name."""
    make_school(huis.clb, 444444, naam="Zonder dossier")
    make_school(huis.clb, 444445, naam="Aan het begin")
    for naam, days in (("Gisteren", -1), ("Al lang", -9), ("Morgen", 1), ("Vandaag", 0)):
        plan(add(naam), "Iets", door=an, wanneer_op=days)
    add_gesprek(add("Een gesprek"), "Samen", datum=vandaag + timedelta(days=1))
    for naam in ("Stil", "Heel stil"):
        silent_since(add(naam), moment(vandaag - timedelta(days=40)))

    found = groups(pagina())

    assert list(found.items()) == [
        ("nu", ["Al lang", "Gisteren"]),
        ("deze-week", ["Vandaag", "Een gesprek", "Morgen"]),
        ("stil", ["Heel stil", "Stil"]),
        ("te-starten", ["Aan het begin", "Zonder dossier"]),
        ("loopt", [SCHOOL]),
    ]


# --- why, and one button ------------------------------------------------------------------------


def test_one_late_action_is_named_and_the_button_goes_to_it(rij, huis, an):
    actie = plan(
        huis.dossier, "Elke ochtend aan de poort.", door=an, wie="Bart", wanneer_op=-23, check_op=4
    )

    one = rij()

    assert one.zin == (
        "Eén actie over tijd: ‘Elke ochtend aan de poort’ (Bart) moest klaar zijn op "
        "vrijdag 6 november."
    )
    assert one.knop == "Naar de actie"
    assert one.url == f"{reverse('overzicht', args=[huis.dossier.pk])}#actie-{actie.pk}"
    assert one.gevuld


def test_of_more_that_is_late_the_oldest_is_named(rij, huis, an):
    plan(huis.dossier, "Later", door=an, wanneer_op=-2)
    oldest = plan(huis.dossier, "Eerder", door=an, check_op=-4)
    plan(huis.dossier, "Ook nog", door=an, check_op=-3)
    # What comes this week can wait.
    plan(huis.dossier, "Straks", door=an, check_op=1)

    one = rij()

    assert one.zin == (
        "Eén actie en twee checks over tijd; de oudste, de check van ‘Eerder’, was op "
        "woensdag 25 november."
    )
    assert one.knop == "Naar de acties"
    assert one.url.endswith(f"#actie-{oldest.pk}")


def test_a_check_a_talk_and_a_day_of_this_week(rij, huis, an, vandaag):
    actie = plan(huis.dossier, "De babbelbank", door=an, check_op=6)
    assert rij().zin == "Check op zaterdag 5 december: ‘De babbelbank’."
    assert (rij().knop, rij().url[-36:]) == ("Naar de check", str(actie.pk))

    plan(huis.dossier, "De brief", door=an, wie="Lieve", wanneer_op=2)
    assert rij().zin == (
        "‘De brief’ (Lieve) moet klaar zijn op dinsdag 1 december, en nog één afspraak."
    )

    gesprek = add_gesprek(huis.dossier, "Aanwezig op school", datum=vandaag)
    assert rij().zin == "Gesprek vandaag: ‘Aanwezig op school’, en nog twee afspraken."
    assert rij().knop == "Naar het gesprek"
    assert rij().url == reverse("gesprek", args=[huis.dossier.pk, gesprek.pk])


def test_where_a_silent_school_stopped(rij, huis, vandaag):
    silent_since(huis.dossier, moment(vandaag - timedelta(days=34)))
    assert rij().zin == "Geopend op maandag 26 oktober en sindsdien nog niets ingevuld."

    score(huis.dossier, "f0-1", 4)
    silent_since(huis.dossier, moment(vandaag - timedelta(days=34)))
    assert rij().zin == (
        "Niets bijgewerkt sinds maandag 26 oktober; Inschrijvingsbeleid is nog niet ingeschaald."
    )

    for nummer in range(2, 6):
        score(huis.dossier, f"f0-{nummer}", 4)
    silent_since(huis.dossier, moment(vandaag - timedelta(days=34)))
    assert rij().zin.endswith("26 oktober; fase 0 is helemaal ingeschaald.")
    assert (rij().knop, rij().url) == (
        "Naar het dossier",
        reverse("dossier", args=[huis.dossier.pk]),
    )


def test_an_ankerfiguur_starts_the_schooljaar_from_the_list(als, an, huis, rij):
    close_dossier(dossier=huis.dossier, door=an)
    Dossier.objects.filter(pk=huis.dossier.pk).update(
        schooljaar=SCHOOLJAAR - 1, afgesloten_op=moment(date(2026, 6, 26))
    )

    one = rij()

    assert one.zin == (
        "Het vorige dossier, van 2025-2026, werd afgesloten op vrijdag 26 juni 2026."
    )
    assert (one.knop, one.url) == (
        "Start 2026-2027",
        reverse("dossier-openen", args=[huis.school.pk]),
    )
    response = als(an).post(one.url, {"schooljaar": SCHOOLJAAR})
    opened = Dossier.objects.get(school=huis.school, schooljaar=SCHOOLJAAR)
    assert response.url == reverse("dossier", args=[opened.pk])


@pytest.mark.parametrize("wie", ["medewerker", "team", "lezer"])
def test_who_may_not_open_a_dossier_gets_no_button_for_it(als, huis, wie):
    Dossier.objects.filter(pk=huis.dossier.pk).delete()

    (one,) = shown(als(huis.people[wie]).get(SCHOLEN).content.decode())

    assert one.zin == "Deze school heeft nog geen dossier."
    assert (one.knop, one.url) == ("Naar de school", reverse("school", args=[huis.school.pk]))


@pytest.mark.parametrize("wie", ["ankerfiguur", "medewerker", "team", "lezer"])
def test_every_button_opens_for_whoever_sees_it(als, huis, an, vandaag, wie):
    client = als(huis.people[wie])
    for one in (
        lambda: plan(huis.dossier, "Iets", door=an, check_op=9),
        lambda: add_gesprek(huis.dossier, "Samen", datum=vandaag),
        lambda: plan(huis.dossier, "Iets", door=an, wanneer_op=-9),
    ):
        one()
        (row,) = shown(client.get(SCHOLEN).content.decode())
        assert client.get(row.url.split("#")[0]).status_code == 200


def test_a_long_action_is_quoted_shortly_and_as_text(rij, huis, an):
    plan(
        huis.dossier,
        "<b>Met</b>\n elke klas \u202e" + "een ontbijt houden " * 600,
        door=an,
        wie="de\nklastitularissen " * 40,
        wanneer_op=-1,
    )

    assert rij().zin == (
        "Eén actie over tijd: ‘<b>Met</b> elke klas een ontbijt houden een ontbijt houden een…’ "
        "(de klastitularissen de…) moest klaar zijn op zaterdag 28 november."
    )


def test_one_button_of_the_page_is_filled(pagina, huis, add, an):
    plan(huis.dossier, "Iets", door=an, wanneer_op=-1)
    plan(add("Ook te laat"), "Iets", door=an, wanneer_op=-1)
    add("Loopt")

    html = pagina()

    assert [one.gevuld for one in shown(html)] == [True, False, False]
    assert html.count("btn btn-primary") == 1


def test_the_scores_stand_as_bars_with_their_number(pagina, huis):
    score(huis.dossier, "f0-1", 6)
    score(huis.dossier, "f0-3", 0)
    score(huis.dossier, "f0-5", 10)

    html = pagina()

    assert (
        "Fase 0: Verbindend schoolklimaat 6 op 10, Inschrijvingsbeleid nog niet ingeschaald" in html
    )
    bars = re.findall(r'height="(\d+)" rx="1" /><text[^>]*>(.*?)</text>', html)
    assert bars == [("16", "6"), ("1", "–"), ("2", "0"), ("1", "–"), ("26", "10")]


# --- what is found, and how much of it ----------------------------------------------------------


def test_what_runs_by_itself_is_folded_unless_there_is_little_else(pagina, huis, add, an):
    assert re.search(r"<details[^>]* open", pagina())
    assert "Geen enkele school heeft je deze week nodig" in pagina()

    plan(add("Te laat"), "Iets", door=an, wanneer_op=-1)
    html = pagina()

    assert not re.search(r"<details[^>]* open", html)
    assert "Loopt vanzelf: 1 school." in html
    assert "Geen enkele school" not in html
    # What was looked for is in sight.
    assert re.search(r"<details[^>]* open", pagina(zoek="jozef"))


@pytest.mark.parametrize(("aantal", "is_open"), [(9, True), (10, True), (11, False)])
def test_so_many_that_run_by_themselves_are_in_sight(pagina, many_running, aantal, is_open):
    many_running(aantal - 1)

    assert bool(re.search(r"<details[^>]* open", pagina())) == is_open


@pytest.fixture
def many_running(huis, an):
    def make(aantal: int) -> None:
        for nummer in range(700_000, 700_000 + aantal):
            school = make_school(huis.clb, nummer)
            open_dossier(school=school, schooljaar=SCHOOLJAAR, door=an)

    return make


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_of_each_group_ten_schools_are_shown_and_a_link_to_all(pagina, huis, over):
    for nummer in range(PER_GROEP + over):
        make_school(huis.clb, 700_000 + nummer)

    html = pagina()

    assert len(groups(html)["te-starten"]) == min(PER_GROEP, PER_GROEP + over)
    link = 'href="?weergave=tabel&amp;groep=te-starten">Toon alle 11</a>'
    assert (link in html) == (over > 0)


@pytest.mark.parametrize("over", [0, 1])
def test_of_those_that_run_by_themselves_fifty_are_shown(pagina, many_running, over):
    many_running(LOOPT_PER_GROEP + over - 1)

    html = pagina()

    assert len(groups(html)["loopt"]) == LOOPT_PER_GROEP
    assert ("Toon alle 51" in html) == bool(over)


def test_a_search_keeps_the_groups_and_what_was_chosen(pagina, huis, add, an):
    plan(add("De Kouter"), "Iets", door=an, wanneer_op=-1)
    make_school(huis.clb, 444444, naam="De Kouterbron", gemeente="Lier")
    plan(huis.dossier, "Iets", door=an, wanneer_op=-1)

    html = pagina(zoek="kouter", niveau="bao")

    assert groups(html) == {"nu": ["De Kouter"], "te-starten": ["De Kouterbron"]}
    assert "2 scholen met ‘kouter’, basisonderwijs." in html
    assert '<input type="hidden" name="niveau" value="bao">' in html
    assert 'href="?zoek=kouter&amp;niveau=bao&amp;weergave=tabel"' in html
    assert groups(pagina(zoek="kouter", gemeente="Lier")) == {"te-starten": ["De Kouterbron"]}
    assert groups(pagina(groep="nu")) == {"nu": ["De Kouter", SCHOOL]}


def test_no_hit_says_so_and_offers_all_schools(pagina, huis):
    html = pagina(zoek="gent")

    assert groups(html) == {}
    assert "Geen school gevonden met" in html
    assert "Toon alle scholen" in html


def test_rubbish_in_the_address_is_not_heard(pagina, huis):
    everything = groups(pagina())

    rubbish = {"niveau": "x", "groep": "\x00", "sorteer": "x", "mijn": "", "weergave": "x"}
    assert groups(pagina(**rubbish)) == everything
    assert groups(pagina(gemeente="\x00Mechelen ")) == everything


def test_it_says_how_many_schools_of_which_clb(als, huis, add, an):
    assert "1 school van CLB Ten Berg, zondag 29 november 2026" in " ".join(
        als(an).get(SCHOLEN).content.decode().split()
    )
    add("De Kouter")
    assert "2 scholen van CLB Ten Berg" in als(an).get(SCHOLEN).content.decode()
    assert "van CLB" not in als(huis.medewerker).get(SCHOLEN).content.decode()


def test_the_question_is_for_whoever_works_for_a_clb(als, huis):
    for wie, question in (("ankerfiguur", 1), ("medewerker", 1), ("team", 0), ("lezer", 0)):
        html = als(huis.people[wie]).get(SCHOLEN).content.decode()
        assert html.count("<h1>Wie heeft je deze week nodig?</h1>") == question
        assert html.count("<h1>Mijn scholen</h1>") == 1 - question


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
        (one,) = shown(als(user).get(SCHOLEN).content.decode())
        assert one.naam == SCHOOL
    (one,) = shown(als(ander_huis.ankerfiguur).get(SCHOLEN).content.decode())
    assert one.naam == "Kouterschool"


# --- a constant number of queries ---------------------------------------------------------------


@pytest.mark.parametrize("aantal", [1, 69])
def test_two_or_seventy_schools_take_nine_queries(
    als, an, huis, many_schools, django_assert_num_queries, aantal
):
    many_schools(aantal)
    client = als(an)

    # The session, the user, where she has a role, and six for the schools: all of them in their
    # groups, those that are shown, their dossiers, scores, actions and talks.
    with django_assert_num_queries(9):
        found = groups(client.get(SCHOLEN).content.decode())

    assert len(found["nu"]) == min(aantal, PER_GROEP)
    assert found["loopt"] == [SCHOOL]


def test_four_hundred_schools_take_nine_queries(als, an, huis, django_assert_num_queries):
    """Each group is there, and none is longer than one can read."""
    plan_versie = huis.dossier.planversie
    scholen = School.objects.bulk_create(
        School(
            clb=huis.clb,
            naam=f"School {nummer}",
            instellingsnummer=f"{nummer:06}",
            niveau="bao",
            gemeente="Mechelen",
            provincie="antwerpen",
        )
        for nummer in range(600_000, 600_399)
    )
    long_ago = moment(date(2026, 9, 20))
    dossiers = Dossier.objects.bulk_create(
        Dossier(
            school=school,
            schooljaar=SCHOOLJAAR,
            planversie=plan_versie,
            geopend_door=an,
            geopend_op=long_ago if number % 4 == 0 else timezone.now(),
        )
        for number, school in enumerate(scholen)
        if number % 5
    )
    for days, some in ((-2, dossiers[1::4]), (5, dossiers[2::4])):
        Actie.objects.bulk_create(
            Actie(dossier=one, wat="Iets", wanneer_op=timezone.localdate() + timedelta(days=days))
            for one in some
        )
    client = als(an)

    with django_assert_num_queries(9):
        html = client.get(SCHOLEN).content.decode()

    assert {groep: len(found) for groep, found in groups(html).items()} == {
        "nu": PER_GROEP,
        "deze-week": PER_GROEP,
        "stil": PER_GROEP,
        "te-starten": PER_GROEP,
        "loopt": LOOPT_PER_GROEP,
    }
    assert "400 scholen van CLB Ten Berg" in html
    assert "Toon alle 80" in html


def test_it_only_answers_questions(als, an):
    assert als(an).post(SCHOLEN).status_code == 405
