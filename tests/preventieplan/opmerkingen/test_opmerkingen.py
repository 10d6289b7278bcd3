"""Remarks beside the plan: Tom asks something, An answers, and it is dealt with."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.domain import close_dossier
from dossiers.velden.domain.striking import strike
from preventieplan.opmerkingen.domain import (
    OpmerkingWeg,
    answer_opmerking,
    reopen,
    settle,
    take_away,
    write_opmerking,
)
from preventieplan.opmerkingen.models import Opmerking
from preventieplan.opmerkingen.queries import news
from preventieplan.opmerkingen.queries.plekken import counts_of
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

DOEL, VRAAG = "f0-1", "f0-1-v01"
VRAAGT = "Hebben we dit vorig jaar niet al beslist?"
ZEGT = "Ja, op de personeelsvergadering van mei."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(huis):
    return reverse("opmerkingen-bij", args=[huis.dossier.pk, VRAAG])


@pytest.fixture
def schrijf(huis):
    def schrijf(tekst=VRAAGT, door=huis.team, bij=None):
        return write_opmerking(
            dossier=huis.dossier,
            bij=bij or {"vraag": VRAAG},
            tekst=tekst,
            sleutel=uuid4(),
            door=door,
        )

    return schrijf


def antwoord(eerste, door, tekst=ZEGT):
    return answer_opmerking(eerste=eerste, tekst=tekst, sleutel=uuid4(), door=door)


def lijst(client, huis, code=DOEL):
    page = reverse("doelstelling", args=[huis.dossier.pk, code])
    return client.get(f"{page}?weergave=lijst").text


def test_tom_asks_an_answers_and_it_is_dealt_with(als, huis, url):
    tom, an = als(huis.team), als(huis.ankerfiguur)
    assert tom.post(url, whole_form(tom.get(url).text) | {"tekst": VRAAGT}).status_code == 302
    eerste = Opmerking.objects.get()

    assert VRAAGT in an.get(url).text
    an.post(url, {"op": str(eerste.pk), "tekst": ZEGT, "sleutel": str(uuid4())})
    page = tom.get(url).text
    assert page.index(VRAAGT) < page.index(ZEGT)
    assert "2 opmerkingen" in lijst(tom, huis)

    tom.post(url, {"opmerking": str(eerste.pk), "knop": "afgehandeld"})
    page = tom.get(url).text
    assert "1 afgehandeld" in page
    assert "Afgehandeld door Tom" in page
    assert "2 opmerkingen" not in lijst(tom, huis)
    an.post(url, {"opmerking": str(eerste.pk), "knop": "heropen"})
    assert "2 opmerkingen" in lijst(tom, huis)


def test_beside_an_action_too(als, huis):
    actie = create_actie(dossier=huis.dossier, wat="Bel de ouders", door=huis.team)
    url = reverse("opmerkingen-actie", args=[huis.dossier.pk, actie.pk])
    tom, overzicht = als(huis.team), reverse("overzicht", args=[huis.dossier.pk])
    opened = f"{overzicht}?open={actie.pk}"
    assert "naar-opmerkingen" not in tom.get(overzicht).text
    assert url in tom.get(opened).text

    tom.post(url, whole_form(tom.get(url).text) | {"tekst": VRAAGT})

    assert "1 opmerking<" in tom.get(overzicht).text
    assert "1 opmerking<" in tom.get(f"{opened}&rij={actie.pk}", headers=HTMX).text
    everything = tom.get(reverse("opmerkingen", args=[huis.dossier.pk])).text
    assert "Actie: Bel de ouders" in everything
    assert "Terug naar de actie" in tom.get(url).text


def test_the_list_of_a_dossier_has_what_waits_with_the_newest_first(als, huis, schrijf):
    tom, page = als(huis.team), reverse("opmerkingen", args=[huis.dossier.pk])
    assert "Er wacht geen enkele opmerking." in tom.get(page).text
    schrijf()
    schrijf(bij={"vraag": "f0-2-v01"})
    text = tom.get(page).text

    later, first = (
        reverse("opmerkingen-bij", args=[huis.dossier.pk, code])
        for code in (
            "f0-2-v01",
            VRAAG,
        )
    )
    assert text.index(later) < text.index(first)
    for one in Opmerking.objects.all():
        settle(eerste=one, door=huis.team)
    assert "Er wacht geen enkele opmerking." in tom.get(page).text


def test_without_a_script_the_page_of_a_goal_leads_to_each_question(als, huis, schrijf, url):
    schrijf()
    page = reverse("opmerkingen-bij", args=[huis.dossier.pk, DOEL])
    tom = als(huis.team)
    assert page in lijst(tom, huis)

    text = tom.get(page).text
    assert url in text
    assert "1 opmerking<" in text


def test_a_panel_gets_the_part_alone(als, huis, url):
    tom = als(huis.team)
    part = tom.get(url, headers=HTMX).text
    assert "<html" not in part
    assert 'data-aantal="0"' in part

    sent = tom.post(url, whole_form(part) | {"tekst": VRAAGT}, headers=HTMX)

    assert sent.status_code == 200
    assert "<html" not in sent.text
    assert 'data-aantal="1"' in sent.text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("tekst", ["", "  \n ", "\u200b"])
def test_an_empty_remark_is_none(als, huis, url, tekst, headers):
    tom = als(huis.team)
    data = whole_form(tom.get(url).text) | {"tekst": tekst}

    response = tom.post(url, data, headers=headers)

    assert response.status_code == 422
    assert "Schrijf eerst iets." in response.text
    assert not Opmerking.objects.exists()


@pytest.mark.parametrize(("letters", "right"), [(999, True), (1000, True), (1001, False)])
def test_a_remark_fits_in_a_thousand_letters(als, huis, url, letters, right):
    tom = als(huis.team)
    response = tom.post(url, whole_form(tom.get(url).text) | {"tekst": "a" * letters})

    assert response.status_code == (302 if right else 422)
    if not right:
        assert "a" * letters in response.text


def test_an_answer_that_is_not_right_comes_back_where_it_was_typed(als, huis, url, schrijf):
    eerste = schrijf()
    tom = als(huis.team)
    data = {"op": str(eerste.pk), "tekst": "b" * 1001, "sleutel": str(uuid4())}

    response = tom.post(url, data)

    assert response.status_code == 422
    assert response.text.count("b" * 1001) == 1
    assert f'id="tekst-{eerste.pk}"' in response.text


def test_a_second_click_writes_no_second_remark(als, huis, url):
    tom = als(huis.team)
    data = whole_form(tom.get(url).text) | {"tekst": VRAAGT}
    for _ in range(2):
        tom.post(url, data)
    eerste = Opmerking.objects.get()
    data = {"op": str(eerste.pk), "tekst": ZEGT, "sleutel": str(uuid4())}
    for _ in range(2):
        tom.post(url, data)

    assert Opmerking.objects.count() == 2


def test_an_answer_opens_what_was_dealt_with(huis, schrijf):
    eerste = schrijf()
    settle(eerste=eerste, door=huis.team)
    assert counts_of(huis.dossier).vragen == {}

    antwoord(eerste, huis.ankerfiguur)

    assert counts_of(huis.dossier).vragen == {VRAAG: 2}


def test_whoever_wrote_it_takes_it_away_and_nobody_else_does(als, huis, url, schrijf):
    eerste = schrijf()
    an, tom = als(huis.ankerfiguur), als(huis.team)
    assert "Haal weg" not in an.get(url).text
    assert "Haal weg" in tom.get(url).text
    weg = {"opmerking": str(eerste.pk), "knop": "weg"}

    an.post(url, weg)
    assert Opmerking.objects.get().tekst == VRAAGT
    tom.post(url, weg)
    assert not Opmerking.objects.exists()


def test_what_a_colleague_answered_stays_when_the_first_is_taken_away(als, huis, url, schrijf):
    eerste = schrijf()
    antwoord(eerste, huis.ankerfiguur)

    take_away(opmerking=eerste, door=huis.team)

    page = als(huis.team).get(url).text
    assert VRAAGT not in page
    assert "Deze opmerking is weggehaald." in page
    assert ZEGT in page
    assert 'data-aantal="1"' in page
    assert counts_of(huis.dossier).vragen == {VRAAG: 1}


def test_when_the_last_answer_is_taken_away_too_no_empty_place_stays(als, huis, url, schrijf):
    eerste = schrijf()
    answers = [
        antwoord(eerste, huis.ankerfiguur),
        antwoord(eerste, huis.ankerfiguur, "Of in juni."),
    ]
    other = antwoord(schrijf("Iets anders"), huis.ankerfiguur)
    take_away(opmerking=eerste, door=huis.team)
    take_away(opmerking=answers[0], door=huis.ankerfiguur)
    assert "Deze opmerking is weggehaald." in als(huis.team).get(url).text

    take_away(opmerking=answers[1], door=huis.ankerfiguur)
    take_away(opmerking=other, door=huis.ankerfiguur)

    page = als(huis.team).get(url).text
    assert "Deze opmerking is weggehaald." not in page
    assert "Iets anders" in page
    assert Opmerking.objects.count() == 1


@pytest.mark.parametrize("act", ["answer", "settle", "reopen", "take away"])
def test_what_was_taken_away_meanwhile_is_not_answered_or_settled(huis, schrijf, act):
    eerste = schrijf()
    take_away(opmerking=eerste, door=huis.team)
    with pytest.raises(OpmerkingWeg):
        {
            "answer": lambda: antwoord(eerste, huis.team),
            "settle": lambda: settle(eerste=eerste, door=huis.team),
            "reopen": lambda: reopen(eerste=eerste),
            "take away": lambda: take_away(opmerking=eerste, door=huis.team),
        }[act]()


def test_what_two_deal_with_was_dealt_with_by_the_first(huis, schrijf):
    eerste = schrijf()
    settle(eerste=eerste, door=huis.team)
    eerste.refresh_from_db()
    before = eerste.afgehandeld_op
    settle(eerste=eerste, door=huis.ankerfiguur)
    eerste.refresh_from_db()
    assert (eerste.afgehandeld_door, eerste.afgehandeld_op) == (huis.team, before)


def test_the_form_of_one_place_writes_at_another_too(huis, schrijf):
    """After Back somebody says the same elsewhere: that is another remark, not the first one."""
    sleutel, actie = uuid4(), create_actie(dossier=huis.dossier, wat="Bellen", door=huis.team)
    for bij in ({"vraag": VRAAG}, {"vraag": "f0-1-v02"}, {"actie": actie}, {"vraag": VRAAG}):
        write_opmerking(
            dossier=huis.dossier, bij=bij, tekst=VRAAGT, sleutel=sleutel, door=huis.team
        )
    assert Opmerking.objects.count() == 3
    eersten = list(Opmerking.objects.all())
    for eerste in (*eersten, eersten[0]):
        answer_opmerking(eerste=eerste, tekst=ZEGT, sleutel=sleutel, door=huis.ankerfiguur)
    assert Opmerking.objects.exclude(antwoord_op=None).count() == 3


def test_an_answer_cannot_be_dealt_with_or_answered(huis, schrijf):
    second = antwoord(schrijf(), huis.ankerfiguur)
    for act in (lambda: settle(eerste=second, door=huis.team), lambda: antwoord(second, huis.team)):
        with pytest.raises(OpmerkingWeg):
            act()


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("knop", ["afgehandeld", "heropen", "weg"])
def test_a_key_that_is_none_does_nothing(als, huis, url, schrijf, key, knop):
    schrijf()
    tom = als(huis.team)

    assert tom.post(url, {"opmerking": key, "knop": knop}).status_code == 302
    assert Opmerking.objects.get().afgehandeld_op is None


def test_a_remark_of_another_place_is_not_there(als, huis, url, schrijf):
    elsewhere = schrijf(bij={"vraag": "f0-2-v01"})
    actie = create_actie(dossier=huis.dossier, wat="Bel", door=huis.team)
    at_action = schrijf(bij={"actie": actie})
    tom = als(huis.team)

    for one in (elsewhere, at_action):
        tom.post(url, {"opmerking": str(one.pk), "knop": "weg"})
        tom.post(url, {"op": str(one.pk), "tekst": ZEGT, "sleutel": str(uuid4())})
    assert Opmerking.objects.count() == 2


def test_an_unknown_question_or_a_struck_action_has_no_place(als, huis, schrijf):
    tom = als(huis.team)
    actie = create_actie(dossier=huis.dossier, wat="Bel", door=huis.team)
    schrijf(bij={"actie": actie})
    strike(record=actie, door=huis.team)
    for name, key in (("opmerkingen-bij", "f9-9-v01"), ("opmerkingen-actie", actie.pk)):
        assert tom.get(reverse(name, args=[huis.dossier.pk, key])).status_code == 404
    assert counts_of(huis.dossier).acties == {}
    assert "Er wacht geen" in tom.get(reverse("opmerkingen", args=[huis.dossier.pk])).text


def test_a_closed_dossier_is_read_and_not_written(als, huis, url, schrijf):
    eerste = schrijf()
    tom = als(huis.team)
    data = whole_form(tom.get(url).text) | {"tekst": ZEGT}
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    page = tom.get(url).text
    assert VRAAGT in page
    assert "Plaats</button>" not in page
    assert "Haal weg" not in page
    tom.post(url, data)
    tom.post(url, {"opmerking": str(eerste.pk), "knop": "weg"})
    assert Opmerking.objects.get().tekst == VRAAGT


def test_who_typed_a_name_of_a_pupil_is_told_and_nobody_else(als, huis, url, schrijf):
    schrijf("Jef Peeters uit 3B is al drie weken ziek.")
    hint = "dit dossier gaat over de school, niet over één leerling"

    assert hint in als(huis.team).get(url).text
    assert hint not in als(huis.ankerfiguur).get(url).text


def test_the_database_wants_one_place(huis, schrijf):
    eerste = schrijf()
    actie = create_actie(dossier=huis.dossier, wat="Bel", door=huis.team)
    here = {"dossier": huis.dossier, "tekst": VRAAGT, "door": huis.team}
    for wrong in (
        {},
        {"vraag": VRAAG, "actie": actie},
        {"vraag": VRAAG, "antwoord_op": eerste},
        {"actie": actie, "antwoord_op": eerste},
        {"antwoord_op": eerste, "afgehandeld_op": timezone.now(), "afgehandeld_door": huis.team},
        {"vraag": VRAAG, "afgehandeld_op": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opmerking.objects.create(**here, **wrong)


def told(user, today=None):
    today = today or timezone.localdate()
    return [one.sleutel for one in news.new({user.pk: today}, today)]


def lines(user, keys, today=None):
    return news.lines(user.pk, keys, today or timezone.localdate())


def test_the_mail_counts_what_colleagues_wrote(huis, schrijf):
    eerste = schrijf()
    antwoord(eerste, huis.ankerfiguur)
    keys = told(huis.medewerker)

    (line,) = lines(huis.medewerker, keys)
    assert line.zin == "2 nieuwe opmerkingen, naast vragen of acties."
    assert line.link.endswith(reverse("opmerkingen", args=[huis.dossier.pk]))
    assert huis.school.naam in line.school
    (mine,) = lines(huis.team, told(huis.team))
    assert mine.zin == "Eén nieuwe opmerking, naast een vraag of actie."


def test_what_was_dealt_with_or_taken_away_is_no_news(huis, schrijf):
    eerste, weg = schrijf(), schrijf(ZEGT)
    antwoord(weg, huis.ankerfiguur)
    keys = told(huis.medewerker)
    assert len(keys) == 3
    settle(eerste=eerste, door=huis.team)
    take_away(opmerking=weg, door=huis.team)

    assert len(told(huis.medewerker)) == 1
    (line,) = lines(huis.medewerker, keys)
    assert line.aantal == 1


def test_what_stands_beside_an_action_that_was_struck_is_no_news(huis, schrijf):
    actie = create_actie(dossier=huis.dossier, wat="Bel", door=huis.team)
    antwoord(schrijf(bij={"actie": actie}), huis.ankerfiguur)
    assert len(told(huis.medewerker)) == 2
    strike(record=actie, door=huis.team)

    assert told(huis.medewerker) == []


@pytest.mark.parametrize(("days", "is_news"), [(13, True), (14, True), (15, False)])
def test_what_is_two_weeks_old_is_no_news_any_more(huis, schrijf, days, is_news):
    schrijf()
    later = timezone.localdate() + timedelta(days=days)

    assert bool(told(huis.medewerker, later)) is is_news


def test_the_mail_of_nobody_asks_nothing(huis):
    assert list(news.new({}, date(2026, 12, 1))) == []
    assert lines(huis.lezer, []) == []


def test_it_asks_as_much_of_the_database_however_many_there_are(
    als, huis, schrijf, django_assert_num_queries
):
    tom, page = als(huis.team), reverse("opmerkingen", args=[huis.dossier.pk])
    actie = create_actie(dossier=huis.dossier, wat="Bel", door=huis.team)
    for bij in ({"vraag": VRAAG}, {"actie": actie}):
        schrijf(bij=bij)
    tom.get(page)
    with django_assert_num_queries(5):
        tom.get(page)
    for code in ("f0-2-v01", "f0-2-v02", VRAAG):
        antwoord(schrijf(bij={"vraag": code}), huis.ankerfiguur)
    with django_assert_num_queries(5):
        tom.get(page)
