"""The days off of a school and of its CLB, and what "voor de paasvakantie" means with them."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from dossiers.acties.domain.acties import create_actie, day_of
from dossiers.kalender import domain
from dossiers.kalender.domain import (
    GeenVrijeDag,
    LijstVol,
    StaatErAl,
    add_vrije_dag,
    remove_vrije_dag,
)
from dossiers.kalender.models import VrijeDag
from dossiers.kalender.queries import coming_vakanties, schooldays_of
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import School, User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db

PAAS = "voor de paasvakantie"
FRIDAY, THURSDAY = date(2027, 3, 26), date(2027, 3, 25)
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def off(plaats, van, tot=None, naam="Studiedag", sleutel=None) -> None:
    door = User.objects.get(email="an@test.be")
    add_vrije_dag(
        plaats=plaats,
        van=van,
        tot=tot or van,
        naam=naam,
        sleutel=sleutel or uuid4(),
        door=door,
    )


def meant(dossier: Dossier, words: str = PAAS) -> date | None:
    """What words mean there, for a request that begins now."""
    return day_of(words, dossier=Dossier.objects.get(pk=dossier.pk), today=TODAY)


def page_of(plaats) -> str:
    kind = "school" if isinstance(plaats, School) else "clb"
    return reverse(f"{kind}-vrije-dagen", args=[plaats.pk])


def test_a_day_off_of_the_school_or_of_its_clb_changes_what_words_mean(huis, ander_huis):
    assert meant(huis.dossier) == meant(ander_huis.dossier) == FRIDAY

    off(huis.school, FRIDAY)
    assert (meant(huis.dossier), meant(ander_huis.dossier)) == (THURSDAY, FRIDAY)

    off(huis.clb, date(2027, 3, 22), THURSDAY)
    assert (meant(huis.dossier), meant(ander_huis.dossier)) == (date(2027, 3, 19), FRIDAY)


def test_an_action_gets_the_day_of_its_school(huis):
    off(huis.school, FRIDAY)

    actie = create_actie(dossier=huis.dossier, wat="Bel", wanneer=PAAS, door=huis.team)

    assert (actie.wanneer, actie.wanneer_op) == (PAAS, THURSDAY)


def test_what_was_understood_stands_beside_the_words_as_one_goes_on(als, huis):
    actie = create_actie(dossier=huis.dossier, wat="Bel", door=huis.team)
    off(huis.clb, FRIDAY)
    overview = reverse("overzicht", args=[huis.dossier.pk])
    naam = f"actie-{actie.pk}-wanneer"

    answer = als(huis.team).post(
        f"{overview}?open={actie.pk}",
        {"veld": naam, naam: PAAS, f"{naam}_basis": "0"},
        headers={"HX-Request": "true"},
    )

    assert "donderdag 25 maart 2027, de laatste schooldag voor de paasvakantie" in answer.text


def test_an_action_of_before_keeps_its_day(huis):
    actie = create_actie(dossier=huis.dossier, wat="Bel", wanneer=PAAS, door=huis.team)

    off(huis.school, FRIDAY)

    actie.refresh_from_db()
    assert actie.wanneer_op == FRIDAY


def test_only_words_that_ask_for_a_school_day_ask_the_database(huis, django_assert_num_queries):
    dossier = Dossier.objects.select_related("school").get(pk=huis.dossier.pk)
    with django_assert_num_queries(0):
        schooldays_of(school=dossier.school)
        assert day_of("15 maart", dossier=dossier, today=TODAY) == date(2027, 3, 15)
        assert day_of("als het past", dossier=dossier, today=TODAY) is None
    with django_assert_num_queries(1):
        for words in (PAAS, "begin februari", PAAS, "voor de krokusvakantie"):
            assert day_of(words, dossier=dossier, today=TODAY)


def test_a_save_of_another_field_asks_nothing_of_the_calendar(als, huis, django_assert_num_queries):
    """Two actions, of which one has words about when and no check yet: a save costs the same."""
    plain = create_actie(dossier=huis.dossier, wat="Bel", door=huis.team)
    rhythm = create_actie(dossier=huis.dossier, wat="Bel", wanneer="elke maandag", door=huis.team)
    words = create_actie(dossier=huis.dossier, wat="Bel", wanneer=PAAS, door=huis.team)
    save_veld(record=words, veld="wanneer_op", waarde=None, basis=1, door=huis.team)
    tom = als(huis.team)
    overview = reverse("overzicht", args=[huis.dossier.pk])

    def save(actie, veld, text):
        naam = f"actie-{actie.pk}-{veld}"
        data = {"veld": naam, naam: text, f"{naam}_basis": "0"}
        return tom.post(overview, data, headers={"HX-Request": "true"})

    save(plain, "stand", "bezig")
    for number, actie in enumerate((plain, rhythm, words)):
        with django_assert_num_queries(8):
            assert save(actie, "wie", f"Tom {number}").status_code == 200


def test_the_overview_asks_once_however_many_words_there_are(als, huis, django_assert_num_queries):
    tom = als(huis.team)
    overview = reverse("overzicht", args=[huis.dossier.pk])

    def plan() -> str:
        actie = create_actie(
            dossier=huis.dossier, wat="Bel", wanneer="elke maandag", door=huis.team
        )
        return f"open={actie.pk}"

    opened = plan()
    tom.get(f"{overview}?{opened}")
    with django_assert_num_queries(13):
        assert "een eerste keer" in tom.get(f"{overview}?{opened}").text
    opened = "&".join([opened, *(plan() for _ in range(6))])
    with django_assert_num_queries(13):
        assert tom.get(f"{overview}?{opened}").text.count("een eerste keer") == 14


def test_the_team_keeps_the_list_of_its_school(als, huis):
    tom = als(huis.team)
    empty = tom.get(page_of(huis.school)).text
    assert "Zet de eerste erbij" in empty
    assert "Paasvakantie" in empty

    answer = tom.post(
        page_of(huis.school),
        {"naam": "Brugdag", "van": "2027-05-07", "tot": "2027-05-08"},
        follow=True,
    )

    assert "Bewaard: Brugdag." in answer.text
    assert "7 mei tot en met 8 mei 2027" in answer.text
    (dag,) = huis.school.vrije_dagen.all()
    gone = tom.post(page_of(huis.school), {"weg": dag.pk}, follow=True)
    assert "Brugdag staat niet meer op de lijst." in gone.text
    again = tom.post(page_of(huis.school), {"weg": dag.pk}, follow=True)
    assert "Die dag stond er al niet meer op." in again.text
    assert tom.post(page_of(huis.school), {"weg": "rommel"}).status_code == 404


def test_the_days_of_the_clb_stand_on_the_page_of_its_school_to_read(als, huis, ander_huis):
    off(huis.clb, FRIDAY, naam="Dag van het CLB")
    off(ander_huis.clb, FRIDAY, naam="Dag van een ander")
    (dag,) = huis.clb.vrije_dagen.all()

    page = als(huis.team).get(page_of(huis.school)).text

    assert "Dag van het CLB" in page
    assert "Dag van een ander" not in page
    assert str(dag.pk) not in page
    # A school takes nothing off the list of its CLB.
    als(huis.team).post(page_of(huis.school), {"weg": dag.pk})
    assert huis.clb.vrije_dagen.count() == 1


def test_who_only_reads_gets_no_form(als, huis):
    off(huis.school, FRIDAY)
    off(huis.clb, FRIDAY)

    for who, plaats in ((huis.lezer, huis.school), (huis.medewerker, huis.clb)):
        page = als(who).get(page_of(plaats)).text
        assert "Studiedag" in page
        assert "Voeg toe" not in page
        assert "Haal weg" not in page
    assert "Voeg toe" in als(huis.ankerfiguur).get(page_of(huis.clb)).text


@pytest.mark.parametrize(
    ("van", "tot", "words"),
    [
        ("2027-03-12", "2027-03-11", "De laatste dag komt voor de eerste."),
        ("2027-03-01", "2027-04-01", "Dat zijn meer dan 31 dagen."),
        ("2017-03-12", "", "Van dat schooljaar kennen we de vakanties niet."),
        ("2035-03-12", "", "Van dat schooljaar kennen we de vakanties niet."),
        ("0001-01-01", "9999-12-31", "Kijk het jaar na: 1 kan niet kloppen."),
        ("", "2027-03-12", "Dit veld is"),
        ("2027-02-30", "", "Geef een datum zoals 15/01/2027."),
    ],
)
def test_days_that_cannot_be_off_are_told_so(als, huis, van, tot, words):
    data = {"naam": "Studiedag", "van": van, "tot": tot}

    answer = als(huis.team).post(page_of(huis.school), data)

    assert answer.status_code == 422
    assert words in answer.text or words == "Dit veld is"
    assert 'value="Studiedag"' in answer.text
    assert not VrijeDag.objects.exists()


def test_31_days_is_the_most(huis):
    off(huis.school, date(2027, 3, 1), date(2027, 3, 31))
    with pytest.raises(GeenVrijeDag):
        off(huis.school, date(2027, 3, 1), date(2027, 4, 1))


def test_a_list_takes_so_many_and_says_so(als, huis, monkeypatch):
    monkeypatch.setattr(domain, "MOST", 2)
    off(huis.school, FRIDAY)
    off(huis.school, THURSDAY)

    with pytest.raises(LijstVol):
        off(huis.school, date(2027, 3, 12))
    data = {"naam": "Nog een", "van": "2027-03-12"}
    answer = als(huis.team).post(page_of(huis.school), data)
    assert "Haal er eerst een weg." in answer.text


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_add_one(huis):
    sleutel = uuid4()

    at_once(*(lambda: off(huis.school, FRIDAY, sleutel=sleutel) for _ in range(3)))

    assert huis.school.vrije_dagen.count() == 1


def test_the_log_says_who_changed_the_list_and_not_what_is_on_it(als, huis):
    tom = als(huis.team)
    data = {"naam": "Brugdag", "van": "2027-05-07", "sleutel": str(uuid4())}
    for _ in range(2):
        tom.post(page_of(huis.school), data)
    (dag,) = huis.school.vrije_dagen.all()
    for _ in range(2):
        tom.post(page_of(huis.school), {"weg": dag.pk})
    als(huis.ankerfiguur).post(page_of(huis.clb), data)

    lines = Logregel.objects.filter(handeling="vrije-dagen-gewijzigd").order_by("pk")
    assert [(one.door, one.school_id, one.clb_id) for one in lines] == [
        (huis.team, huis.school.pk, huis.clb.pk),
        (huis.team, huis.school.pk, huis.clb.pk),
        (huis.ankerfiguur, None, huis.clb.pk),
    ]
    log = als(huis.ankerfiguur).get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "Tom wijzigde vrije dagen." in log
    assert "Brugdag" not in log


@pytest.mark.parametrize(
    ("van", "tot"),
    [
        ("2027-03-11", "2027-03-12"),
        ("2027-03-10", "2027-03-11"),
        ("2027-03-12", "2027-03-15"),
        ("2027-03-01", "2027-03-31"),
    ],
)
def test_days_that_are_off_already_are_told_so(als, huis, ander_huis, van, tot):
    off(huis.school, date(2027, 3, 11), date(2027, 3, 12), naam="Brugdagen")
    tom = als(huis.team)

    answer = tom.post(page_of(huis.school), {"naam": "Studiedag", "van": van, "tot": tot})

    assert answer.status_code == 422
    assert "‘Brugdagen’, 11 maart 2027 tot en met 12 maart 2027." in answer.text
    assert "haal dat weg" in answer.text
    assert huis.school.vrije_dagen.count() == 1
    # The day before and the day after are free, and so is the list of another school.
    for dag in ("2027-03-10", "2027-03-15"):
        sent = tom.post(page_of(huis.school), {"naam": "Studiedag", "van": dag})
        assert sent.status_code == 302
    off(ander_huis.school, date(2027, 3, 11), date(2027, 3, 12))


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_day_at_once_add_one(huis):
    def add():
        try:
            off(huis.school, FRIDAY)
        except StaatErAl:
            return "staat er al"
        return "bewaard"

    assert sorted(at_once(add, add)) == ["bewaard", "staat er al"]
    assert huis.school.vrije_dagen.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_of_before_keeps_one_of_each(huis, ander_huis):
    call_command("migrate", "kalender", "0001", verbosity=0)
    for naam, plaats, tot in (
        ("Studiedag", huis.school, FRIDAY),
        ("Studiedag", huis.school, FRIDAY),
        ("Pedagogisch", huis.school, FRIDAY),
        ("Brug", huis.school, date(2027, 3, 27)),
        ("Studiedag", ander_huis.school, FRIDAY),
        ("Studiedag", huis.clb, FRIDAY),
    ):
        plaats.vrije_dagen.create(van=FRIDAY, tot=tot, naam=naam)

    call_command("migrate", "kalender", verbosity=0)

    assert VrijeDag.objects.count() == 4
    both, brug = huis.school.vrije_dagen.order_by("tot")
    assert set(both.naam.split(" / ")) == {"Studiedag", "Pedagogisch"}
    assert brug.naam == "Brug"


def test_what_is_over_is_not_listed(als, huis):
    off(huis.school, date(2026, 11, 9), naam="Voorbij")
    off(huis.school, TODAY, naam="Vandaag")

    page = als(huis.team).get(page_of(huis.school)).text

    assert "Vandaag" in page
    assert "Voorbij" not in page


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (TODAY, "kerstvakantie", "zomervakantie"),
        (date(2027, 6, 30), "zomervakantie", "zomervakantie"),
        (date(2027, 7, 1), "zomervakantie", "zomervakantie"),
        (date(2026, 9, 1), "herfstvakantie", "zomervakantie"),
    ],
)
def test_the_vacations_of_this_schooljaar_stand_beside_it(today, first, last):
    found = coming_vakanties(today=today)

    assert (found[0].naam, found[-1].naam) == (first, last)
    # In summer those of the next schooljaar too.
    assert len(found) == {7: 6, 6: 1, 9: 5, 11: 4}[today.month]


def test_the_database_takes_days_of_one_place_in_their_order_and_once(huis):
    off(huis.school, THURSDAY, FRIDAY)
    off(huis.clb, THURSDAY, FRIDAY)
    for wrong in (
        {"school": huis.school, "clb": huis.clb, "van": FRIDAY, "tot": FRIDAY},
        {"van": FRIDAY, "tot": FRIDAY},
        {"school": huis.school, "van": FRIDAY, "tot": THURSDAY},
        {"school": huis.school, "van": THURSDAY, "tot": FRIDAY},
        {"clb": huis.clb, "van": THURSDAY, "tot": FRIDAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            VrijeDag.objects.create(naam="Fout", **wrong)
    assert remove_vrije_dag(plaats=huis.school, pk=uuid4(), door=huis.team) is None
