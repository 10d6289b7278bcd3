"""Who needs somebody this week, why, and the one button for it."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.oudergesprekken import start_oudergesprek
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.domain import close_dossier, open_dossier
from dossiers.models import Dossier
from tests.conftest import SCHOOLJAAR, load_material
from tests.start.conftest import add_gesprek, make_school, moment, plan, score, silent_since
from tests.start.scholen import groups, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vandaag")]

SCHOLEN = reverse("scholen")
SCHOOL = "Sint-Jozefschool"


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
        sleutel=uuid4(),
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
        "Eén actie over tijd ‘Elke ochtend aan de poort’ (Bart) moest klaar zijn op "
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
        "Eén actie en twee checks over tijd De oudste, de check van ‘Eerder’, was op "
        "woensdag 25 november."
    )
    assert one.knop == "Naar de acties"
    assert one.url.endswith(f"#actie-{oldest.pk}")


def test_a_check_a_talk_and_a_day_of_this_week(rij, huis, an, vandaag):
    actie = plan(huis.dossier, "De babbelbank", door=an, check_op=6)
    assert rij().zin == "Check op zaterdag 5 december: ‘De babbelbank’."
    assert rij().knop == "Naar de check"
    assert rij().url == reverse("check", args=[huis.dossier.pk, actie.pk])

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
        reverse("nieuw_schooljaar", args=[huis.dossier.pk]),
    )
    response = als(an).post(one.url)
    opened = Dossier.objects.get(school=huis.school, schooljaar=SCHOOLJAAR)
    assert response.url == reverse("dossier", args=[opened.pk])


def test_the_first_dossier_of_a_school_is_opened_from_the_list(als, an, huis, rij):
    Dossier.objects.filter(pk=huis.dossier.pk).delete()

    one = rij()

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
        "Eén actie over tijd ‘<b>Met</b> elke klas een ontbijt houden een ontbijt houden een…’ "
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
