"""The check of two minutes: a team looks back on an action, and it goes on from there."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.checks import (
    NogGeenBesluit,
    finish_check,
    moment_at,
    plan_next_check,
    reopen_check,
)
from dossiers.acties.models import Actie, Checkmoment, Trekker, Vervolg
from dossiers.domain import close_dossier
from dossiers.models import Dossier
from dossiers.velden.domain.saving import revisies, save_veld
from dossiers.velden.domain.striking import restore, strike
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Checkscore, Inschaling
from tests.concurrency import at_once
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def actie(dossier, doel, tom):
    actie = create_planactie(
        dossier=dossier, doelstelling=doel, wat="Begroeten aan de deur", wie="Yasmina", door=tom
    )
    save_veld(record=actie, veld="check_op", waarde=timezone.localdate(), basis=0, door=tom)
    return actie


@pytest.fixture
def url(actie):
    return reverse("check", args=[actie.dossier_id, actie.pk])


@pytest.fixture
def rond_af(als, tom, url, actie):
    """Fill in the page as it stands now and press Klaar, without JavaScript."""

    def send(user=tom, *, page="", press="klaar", nummer=1, **velden):
        form = whole_form(page or als(user).get(url).text)
        named = {
            veld if "-" in veld else f"check-{actie.pk}-{nummer}-{veld}": waarde
            for veld, waarde in velden.items()
        }
        return als(user).post(url, {**form, **named, press: "1"}, follow=True)

    return send


def of(actie) -> Actie:
    return Actie.objects.get(pk=actie.pk)


def to_do(actie) -> Checkmoment:
    check = moment_at(actie)
    assert check is not None
    return check


def moments(actie) -> list[tuple[int, str, str, bool]]:
    return [
        (one.nummer, one.besluit, one.vaststelling, one.is_afgerond)
        for one in Checkmoment.objects.filter(actie=actie)
    ]


def test_reading_the_page_writes_nothing(als, tom, url, actie):
    page = als(tom).get(url).text

    assert "Begroeten aan de deur" in page
    assert "Yasmina" in page
    assert f'value="{timezone.localdate().isoformat()}"' in page
    assert moments(actie) == []


def test_what_is_kept_gets_a_fixed_place(rond_af, actie, tom):
    done = rond_af(vaststelling="Iedereen doet het.", besluit="borgen", waarom="In de onthaalmap.")

    assert "De check is klaar: borgen." in done.text
    assert moments(actie) == [(1, "borgen", "Iedereen doet het.", True)]
    check = Checkmoment.objects.get()
    assert (check.dag, check.waarom) == (timezone.localdate(), "In de onthaalmap.")
    assert (of(actie).besluit, of(actie).stand) == ("borgen", "klaar")
    assert revisies(of(actie), "besluit").get().door == tom
    story = done.text[done.text.index("Hoe het ging") :]
    for words in (
        "Begroeten aan de deur",
        "Iedereen doet het.",
        "Vaste plek:",
        "In de onthaalmap.",
    ):
        assert words in story


def test_what_is_stopped_says_what_was_learned(rond_af, actie):
    done = rond_af(besluit="stoppen", waarom="Te vroeg op de dag.")

    assert "Geleerd:" in done.text
    assert (of(actie).besluit, of(actie).stand) == ("stoppen", "gepland")


def test_what_is_adjusted_goes_on_in_an_action_with_a_check_of_its_own(rond_af, actie, doel):
    day = timezone.localdate() + timedelta(days=30)
    done = rond_af(
        besluit="bijsturen",
        **{
            "nieuw-vervolg-wat": "Begroeten aan de poort",
            "nieuw-vervolg-wanneer": "elke maandag",
            "nieuw-vervolg-check_op": day.isoformat(),
        },
    )

    made = Vervolg.objects.get(eerdere=actie).actie
    assert (made.wat, made.wie, made.wanneer) == (
        "Begroeten aan de poort",
        "Yasmina",
        "elke maandag",
    )
    assert (made.check_op, made.hoort_bij) == (day, doel.code)
    assert revisies(made, "check_op").get().waarde == day.isoformat()
    assert (of(actie).besluit, of(actie).stand) == ("bijsturen", "klaar")
    assert "De nieuwe stap staat bij jullie acties." in done.text
    assert reverse("check", args=[made.dossier_id, made.pk]) in done.text


def test_a_new_step_that_was_struck_is_replaced(als, tom, url, rond_af, actie):
    rond_af(besluit="bijsturen", **{"nieuw-vervolg-wat": "Aan de poort"})
    strike(record=Vervolg.objects.get().actie, door=tom)
    als(tom).post(url, {"heropen": "1"})
    rond_af(besluit="bijsturen", **{"nieuw-vervolg-wat": "Aan de bus"})

    assert Vervolg.objects.get(eerdere=actie).actie.wat == "Aan de bus"


def test_who_does_it_goes_on_with_the_new_step(rond_af, actie, tom):
    Trekker.objects.create(actie=actie, gebruiker=tom)
    rond_af(besluit="bijsturen")
    assert Trekker.objects.get(actie=Vervolg.objects.get().actie).gebruiker == tom


def test_somebody_else_does_the_new_step(rond_af, actie, tom):
    Trekker.objects.create(actie=actie, gebruiker=tom)
    rond_af(besluit="bijsturen", **{"nieuw-vervolg-wie": "Els"})
    assert not Trekker.objects.filter(actie=Vervolg.objects.get().actie).exists()


def test_who_stands_at_the_new_step_is_reminded_of_it_when_asked(rond_af, actie, tom):
    Trekker.objects.create(actie=actie, gebruiker=tom)
    named = {"nieuw-vervolg-wie": str(tom), "nieuw-vervolg-herinner": "on"}
    rond_af(besluit="bijsturen", **named)
    assert Trekker.objects.get(actie=Vervolg.objects.get().actie).gebruiker == tom


def test_who_is_chosen_and_named_goes_on_once(rond_af, actie, tom):
    save_veld(record=actie, veld="wie", waarde=str(tom), basis=1, door=tom)
    Trekker.objects.create(actie=actie, gebruiker=tom)
    rond_af(besluit="bijsturen", **{"nieuw-vervolg-herinner": "on"})
    assert Trekker.objects.get(actie=Vervolg.objects.get().actie).gebruiker == tom


def test_no_decision_no_end_and_nothing_is_lost(rond_af, actie):
    refused = rond_af(vaststelling="Half en half.", **{"nieuw-vervolg-wie": "Els"})

    assert refused.status_code == 422
    assert "Kies eerst: borgen, bijsturen of stoppen." in refused.text
    assert "Half en half." in refused.text
    assert whole_form(refused.text)["nieuw-vervolg-wie"] == "Els"
    assert moments(actie) == [(1, "", "Half en half.", False)]
    assert of(actie).besluit == ""


def test_an_adjusted_action_without_words_keeps_the_rest(rond_af, actie):
    refused = rond_af(besluit="bijsturen", vaststelling="Te druk.", **{"nieuw-vervolg-wat": " "})

    assert refused.status_code == 422
    assert "Zeg eerst wat jullie gaan doen." in refused.text
    assert moments(actie) == [(1, "bijsturen", "Te druk.", False)]
    assert not Vervolg.objects.exists()


@pytest.mark.parametrize(
    ("days", "says"),
    [(1, "Die dag komt nog"), (-3650, "Die dag is van voor dit schooljaar"), (0, "")],
)
def test_a_day_that_can_not_be_is_refused_with_a_sentence(rond_af, actie, days, says):
    day = timezone.localdate() + timedelta(days=days)

    answer = rond_af(besluit="borgen", dag=day.isoformat())

    assert says in answer.text
    assert Checkmoment.objects.get().is_afgerond is (not says)


def test_a_day_can_be_the_first_of_the_schooljaar_and_none_before_it(rond_af, dossier):
    first = date(dossier.schooljaar, 9, 1)
    Dossier.objects.update(geopend_op=timezone.now())
    assert rond_af(besluit="borgen", dag=(first - timedelta(1)).isoformat()).status_code == 422
    assert rond_af(besluit="borgen", dag=first.isoformat()).status_code == 200
    assert Checkmoment.objects.get().dag == first


# --- twice, at once, and too late -----------------------------------------------------------------


def test_klaar_twice_makes_nothing_twice(als, tom, url, rond_af, actie):
    page = als(tom).get(url).text
    words = {"nieuw-vervolg-wat": "Aan de poort", "besluit": "bijsturen"}
    rond_af(page=page, **words)
    again = rond_af(page=page, **words)

    assert "Deze check was al afgerond." in again.text
    assert Actie.objects.count() == 2
    assert moments(actie) == [(1, "bijsturen", "", True)]


def test_who_comes_back_with_other_words_for_the_new_step_does_not_lose_them(
    als, tom, url, rond_af, actie
):
    page = als(tom).get(url).text
    rond_af(page=page, besluit="bijsturen", **{"nieuw-vervolg-wat": "Aan de poort"})
    rond_af(page=page, besluit="bijsturen", **{"nieuw-vervolg-wat": "Aan de bus"})

    assert {one.wat for one in Actie.objects.all()} == {
        "Begroeten aan de deur",
        "Aan de poort",
        "Aan de bus",
    }
    assert Vervolg.objects.get().actie.wat == "Aan de poort"


def test_two_people_at_one_check(als, tom, an, url, rond_af, actie):
    mine = als(an).get(url).text
    rond_af(besluit="borgen", vaststelling="Tom zag het.")
    late = rond_af(an, page=mine, besluit="stoppen", vaststelling="An zag niets.")

    assert late.status_code == 422
    assert "Deze check is intussen afgerond met ‘borgen’." in late.text
    assert "Tom zag het." in late.text
    assert "An zag niets." in late.text
    assert moments(actie) == [(1, "borgen", "Tom zag het.", True)]
    assert of(actie).besluit == "borgen"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_it_in_the_same_moment_one_does(als, tom, an, actie):
    check = to_do(actie)
    save_veld(record=check, veld="besluit", waarde="borgen", basis=0, door=tom)

    def end(door):
        return lambda: finish_check(check=check, door=door, today=timezone.localdate())

    done = at_once(end(tom), end(an))

    assert sorted(one.is_new for one in done) == [False, True]
    assert revisies(of(actie), "besluit").count() == 1


def test_a_decision_does_not_move_after_the_end(tom, actie, rond_af):
    before = to_do(actie)
    save_veld(record=before, veld="besluit", waarde="borgen", basis=0, door=tom)
    rond_af()
    # Read before it was rounded off.
    before.afgerond_op = None
    save_veld(record=before, veld="besluit", waarde="stoppen", basis=1, door=tom)
    save_veld(record=before, veld="vaststelling", waarde="Nog een woord.", basis=0, door=tom)

    assert moments(actie) == [(1, "borgen", "Nog een woord.", True)]


def test_an_action_that_was_struck_keeps_what_was_typed(als, tom, url, rond_af, actie):
    page = als(tom).get(url).text
    strike(record=actie, door=tom)
    answer = rond_af(page=page, besluit="borgen", vaststelling="Toch mooi.")

    assert answer.status_code == 409
    assert "Iemand schrapte deze actie intussen" in answer.text
    assert moments(actie) == [(1, "borgen", "Toch mooi.", False)]
    assert "Deze actie is geschrapt." in als(tom).get(url).text
    restore(record=of(actie), door=tom)
    assert "Toch mooi." in als(tom).get(url).text
    rond_af()
    assert of(actie).besluit == "borgen"


def test_a_dossier_that_was_closed_gives_the_words_back(als, tom, url, rond_af, actie):
    page = als(tom).get(url).text
    close_dossier(dossier=actie.dossier, door=tom)
    answer = rond_af(page=page, besluit="borgen", vaststelling="Te laat.")

    assert answer.status_code == 403
    assert "Te laat." in answer.text
    assert moments(actie) == []
    assert "Klaar</button>" not in als(tom).get(url).text


def test_a_check_without_a_decision_is_not_rounded_off(actie, tom):
    check = to_do(actie)
    with pytest.raises(NogGeenBesluit):
        finish_check(check=check, door=tom, today=timezone.localdate())


# --- once more ------------------------------------------------------------------------------------


def test_another_check_is_planned_and_has_a_number_of_its_own(als, tom, url, rond_af, actie):
    rond_af(besluit="borgen", vaststelling="Goed.")
    day = timezone.localdate() + timedelta(days=60)
    planned = als(tom).post(url, {"plan": "1", "check_op": day.isoformat()}, follow=True)

    assert "De volgende check staat gepland." in planned.text
    assert (of(actie).check_op, of(actie).besluit) == (day, "")
    rond_af(nummer=2, besluit="stoppen", vaststelling="Niet meer nodig.")
    assert moments(actie) == [
        (1, "borgen", "Goed.", True),
        (2, "stoppen", "Niet meer nodig.", True),
    ]
    assert of(actie).besluit == "stoppen"


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("", "Kies een dag."),
        ("2020-01-01", "Die dag is voorbij"),
        ("9999-12-31", "Kijk het jaar na"),
        ("straks", "Geef een datum"),
    ],
)
def test_a_next_check_needs_a_day_to_come(als, tom, url, rond_af, actie, day, says):
    rond_af(besluit="borgen")
    refused = als(tom).post(url, {"plan": "1", "check_op": day})

    assert refused.status_code == 422
    assert says in refused.text
    assert of(actie).besluit == "borgen"


def struck(actie, an):
    strike(record=of(actie), door=an)


def planned(actie, an):
    assert plan_next_check(actie=of(actie), dag=timezone.localdate(), door=an)


def reopened(actie, an):
    assert reopen_check(check=Checkmoment.objects.get(actie=actie), door=an)


@pytest.mark.parametrize("meanwhile", [struck, planned, reopened])
def test_who_plans_one_behind_a_colleague_is_told(als, tom, an, url, rond_af, actie, meanwhile):
    rond_af(besluit="borgen")
    als(tom).get(url)
    meanwhile(actie, an)
    before = of(actie).check_op

    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    told = als(tom).post_late(url, {"plan": "1", "check_op": day}, follow=True)

    assert "is niet gepland" in told.text
    assert of(actie).check_op == before


def test_of_two_who_plan_one_from_the_same_page_the_first_does(tom, an, rond_af, actie):
    rond_af(besluit="borgen")
    page, day = of(actie), timezone.localdate()
    assert plan_next_check(actie=page, dag=day, door=an)

    assert not plan_next_check(actie=page, dag=day + timedelta(days=60), door=tom)
    assert of(actie).check_op == day


@pytest.mark.parametrize(("days", "empties"), [(0, False), (1, True)])
def test_a_later_day_in_the_overview_asks_for_another_check(
    als, tom, rond_af, actie, days, empties
):
    rond_af(besluit="borgen", dag=timezone.localdate().isoformat())
    Actie.objects.update(check_op=timezone.localdate() - timedelta(days=9))
    naam = f"actie-{actie.pk}-check_op"
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    als(tom).post(
        reverse("overzicht", args=[actie.dossier_id]),
        {"veld": naam, naam: day, f"{naam}_basis": "1"},
        headers={"HX-Request": "true"},
    )

    assert of(actie).besluit == ("" if empties else "borgen")


def test_who_decides_otherwise_opens_it_again(als, tom, url, rond_af, actie):
    rond_af(besluit="stoppen", vaststelling="Niets.")
    opened = als(tom).post(url, {"heropen": "1"}, follow=True)

    assert "De check staat weer open." in opened.text
    assert of(actie).besluit == ""
    rond_af(besluit="borgen")
    assert moments(actie) == [(1, "borgen", "Niets.", True)]
    assert [one.waarde for one in revisies(of(actie), "besluit")] == ["borgen", "", "stoppen"]


def test_only_the_last_check_opens_again(als, tom, url, rond_af, actie):
    rond_af(besluit="borgen")
    day = timezone.localdate() + timedelta(days=9)
    als(tom).post(url, {"plan": "1", "check_op": day.isoformat()})
    rond_af(nummer=2, besluit="borgen")
    for nummer in ("1", "3", "rommel"):
        refused = als(tom).post(url, {"heropen": nummer}, follow=True)
        assert "Deze check kan niet meer open" in refused.text
    assert [one[3] for one in moments(actie)] == [True, True]


# --- the score ------------------------------------------------------------------------------------


@pytest.fixture
def vijf(dossier, doel, tom):
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=inschaling, veld="score", waarde=5, basis=0, door=tom)
    save_veld(record=inschaling, veld="want", waarde="vroeger", basis=0, door=tom)
    return inschaling


def test_the_score_that_moves_is_told_with_what_moved_it(als, tom, url, rond_af, vijf, doel):
    assert f"‘{doel.kort}’ was een 5. En nu?" in als(tom).get(url).text
    done = rond_af(
        besluit="borgen",
        **{"inschaling-f0-1-score": "6", "inschaling-f0-1-want": "iedereen groet"},
    )

    moved = Checkscore.objects.get()
    assert (moved.van, moved.naar, moved.want) == (5, 6, "iedereen groet")
    assert "van 5 naar 6, want iedereen groet" in " ".join(done.text.split())


@pytest.mark.parametrize("score", ["5", ""])
def test_a_score_that_stays_or_goes_tells_nothing(rond_af, vijf, score):
    rond_af(besluit="borgen", **{"inschaling-f0-1-score": score})
    assert not Checkscore.objects.exists()


def test_words_of_before_are_not_what_moved_it(rond_af, vijf):
    rond_af(besluit="borgen", **{"inschaling-f0-1-score": "7"})
    assert Checkscore.objects.get().want == ""


def test_a_first_score_comes_from_nothing(rond_af, actie):
    done = rond_af(besluit="borgen", **{"inschaling-f0-1-score": "0"})

    moved = Checkscore.objects.get()
    assert (moved.van, moved.naar) == (None, 0)
    assert re.search(r"Score:</span> 0", done.text)


def test_a_score_that_saves_itself_before_anything_else_counts_too(als, tom, url, vijf, actie):
    page = als(tom).get(url).text
    pagina = "0192c0de-0000-7000-8000-000000000001"
    naam = "inschaling-f0-1-score"
    sent = {"veld": naam, naam: "8", f"{naam}_basis": "1", "pagina": pagina, f"{naam}_nummer": "1"}
    assert als(tom).post(url, sent, headers={"HX-Request": "true"}).status_code == 200

    form = whole_form(page) | {naam: "8", "pagina": pagina, "klaar": "1"}
    form[f"check-{actie.pk}-1-besluit"] = "borgen"
    als(tom).post(url, form)

    moved = Checkscore.objects.get()
    assert (moved.van, moved.naar) == (5, 8)


def test_an_action_of_no_goal_asks_for_no_score(als, tom, url, actie):
    Actie.objects.update(hoort_bij="f0")
    assert "inschaling-" not in als(tom).get(url).text


# --- who, and how often it asks the database ------------------------------------------------------


def test_a_reader_reads_the_story_and_changes_nothing(als, huis, url, rond_af, actie):
    empty = als(huis.lezer).get(url).text
    assert "Het team keek hier nog niet op terug." in empty
    rond_af(besluit="borgen", vaststelling="Goed.")

    page = als(huis.lezer).get(url).text
    assert "Goed." in page
    assert "<form" not in page[page.index('id="inhoud"') :]
    assert als(huis.lezer).post(url, {"klaar": "1"}).status_code == 403


def test_an_action_of_another_dossier_is_not_there(als, ander_huis, actie):
    elsewhere = reverse("check", args=[ander_huis.dossier.pk, actie.pk])
    assert als(ander_huis.team).get(elsewhere).status_code == 404


def test_as_many_queries_however_long_the_story(
    als, tom, url, rond_af, actie, django_assert_num_queries
):
    rond_af(besluit="bijsturen", vaststelling="Half.", **{"nieuw-vervolg-wat": "Nog eens"})
    client = als(tom)
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)
