"""When a talk is and who prepares it: two at once, a newer version, the invitation, paper."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse
from icalendar import Calendar

from dialoogfiches.gesprekken.domain.preparing import (
    GesprekGeschrapt,
    IntussenVoorbereid,
)
from dialoogfiches.gesprekken.domain.versions import adopt_gespreksversie
from dialoogfiches.gesprekken.models import Gesprek, VoorbereideVraag, Voorbereiding
from dialoogfiches.gesprekken.pdf import gesprek_pdf, vragenblad_pdf
from dialoogfiches.gesprekken.queries.gesprekken import find_gesprek
from dossiers.domain import close_dossier
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.registry import has_answers
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.striking import restore, strike
from tests.dialoogfiches.gesprekken.voorbereiden.preparing import (
    DATA,
    EERSTE,
    TWEEDE,
    event_of,
    mark,
    prepare,
)
from tests.dossiers.materialen.nieuweversie import next_version
from tests.pages import whole_form
from tests.paper import lay_out_by

pytestmark = pytest.mark.django_db


# --- who, and when -------------------------------------------------------------------------------


def test_who_is_second_sees_what_the_first_saved_and_keeps_her_own(
    als, tom, an, pagina, bereid_voor
):
    stale = als(an).get(pagina).context["page"].form["seen"].value()
    bereid_voor([EERSTE], plaats="refter")

    response = bereid_voor([DATA], user=an, seen=stale, plaats="leraarskamer")

    assert response.status_code == 409
    html = response.text
    assert "Intussen bewaarde iemand anders" in html
    assert "om 15:45, 50 minuten, refter" in html
    assert 'value="leraarskamer"' in html
    assert Voorbereiding.objects.get().plaats == "refter"
    again = response.context["nu"].form["seen"].value()
    assert bereid_voor([DATA], user=an, seen=again, plaats="leraarskamer").status_code == 302
    assert Voorbereiding.objects.get().plaats == "leraarskamer"


def test_a_day_that_was_moved_on_the_cover_is_not_put_back(
    als, tom, pagina, omslag, gesprek, noteer, bereid_voor
):
    stale = als(tom).get(pagina).context["page"].form["seen"].value()
    noteer(f"gesprek-{gesprek.pk}-datum", "2026-12-08", url=omslag)

    assert bereid_voor(seen=stale).status_code == 409

    gesprek.refresh_from_db()
    assert gesprek.datum == date(2026, 12, 8)


def test_a_reader_reads_it_and_a_stranger_sees_nothing(als, huis, ander_huis, bereid_voor, pagina):
    assert "nog niet voorbereid" in als(huis.lezer).get(pagina).text
    bereid_voor([EERSTE], plaats="refter")

    html = als(huis.lezer).get(pagina).text

    assert "dinsdag 1 december 2026 om 15:45, 50 minuten, refter" in html
    assert html.count("<li>") == 1
    assert "<input" not in html.partition("<main")[2]
    assert "Bewaar de voorbereiding" not in html
    assert "Bewaar de voorbereiding" in als(huis.team).get(pagina).text
    assert als(huis.lezer).post(pagina, {"minuten": "60"}).status_code == 403
    assert als(ander_huis.team).get(pagina).status_code == 404


def test_a_closed_dossier_keeps_its_preparation(als, tom, an, bereid_voor, gesprek, pagina):
    bereid_voor([EERSTE])
    before = mark(gesprek)
    close_dossier(dossier=gesprek.dossier, door=an)

    assert als(tom).get(pagina).status_code == 200
    assert als(tom).post(pagina, {"minuten": "60"}).status_code == 403
    with pytest.raises(DossierAfgesloten):
        prepare(gesprek, tom)
    assert mark(gesprek) == before


def test_a_struck_talk_is_not_prepared(als, tom, bereid_voor, gesprek, pagina, omslag):
    bereid_voor([EERSTE])
    strike(record=gesprek, door=tom)
    client = als(tom)

    assert client.get(pagina).status_code == 404
    with pytest.raises(GesprekGeschrapt):
        prepare(gesprek, tom)
    assert (
        client.get(
            reverse("gesprek-uitnodiging", args=[gesprek.dossier_id, gesprek.pk])
        ).status_code
        == 404
    )
    assert pagina not in client.get(omslag).text


def test_what_was_typed_for_a_talk_that_a_colleague_struck_is_not_lost(
    als, tom, gesprek, pagina, omslag
):
    client = als(tom)
    typed = whole_form(client.get(pagina).text) | {"plaats": "refter"}
    strike(record=gesprek, door=tom)

    for wrong, status in (({"minuten": "veel"}, 422), ({}, 409)):
        page = client.post(pagina, typed | wrong)
        assert page.status_code == status
        assert "Intussen schrapte iemand dit gesprek" in page.text
        assert 'value="refter"' in page.text
        assert 'data-onbewaard="nog"' in page.text

    restore(record=gesprek, door=tom)
    client.post(pagina, typed)
    assert "refter" in client.get(omslag).text


@pytest.mark.django_db(transaction=True)
def test_of_two_who_prepare_at_once_one_is_told(gesprek, tom, an):
    seen, told = mark(gesprek), []

    def act(user, plaats):
        try:
            prepare(gesprek, user, seen=seen, plaats=plaats)
        except IntussenVoorbereid:
            told.append(plaats)
        finally:
            connection.close()

    threads = [Thread(target=act, args=one) for one in ((tom, "van Tom"), (an, "van An"))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(told) == 1
    assert {Voorbereiding.objects.get().plaats, *told} == {"van Tom", "van An"}


# --- a newer version -----------------------------------------------------------------------------


def reworded(concept: Materiaalversie) -> None:
    concept.items.filter(code=EERSTE).update(tekst="Hoe registreren jullie nu?")
    concept.items.filter(code=TWEEDE).delete()


def test_chosen_questions_move_along_and_what_is_gone_comes_back(
    als, tom, an, gesprek, dialoogdocument, bereid_voor, stap_url, omslag
):
    bereid_voor([EERSTE, TWEEDE], **{f"minuten-{EERSTE}": "20"})
    nieuw = next_version(dialoogdocument, an, reworded)

    assert adopt_gespreksversie(gesprek=gesprek, nieuw=nieuw, door=tom)

    moved = VoorbereideVraag.objects.get(item__code=EERSTE)
    assert (moved.item.versie, moved.minuten) == (nieuw, 20)
    assert VoorbereideVraag.objects.get(item__code=TWEEDE).item.versie == dialoogdocument
    html = als(tom).get(omslag).text
    assert "Hoe registreren jullie nu?" in html
    assert "1 vraag voor deze keer" in html
    assert als(tom).get(stap_url).status_code == 200


def test_a_version_with_chosen_questions_is_not_replaced(bereid_voor, gesprek, dialoogdocument):
    assert has_answers(dialoogdocument)
    bereid_voor([EERSTE])
    Gesprek.objects.update(versie=Materiaalversie.objects.exclude(pk=dialoogdocument.pk).first())

    assert has_answers(dialoogdocument)
    VoorbereideVraag.objects.all().delete()
    assert not has_answers(dialoogdocument)


# --- the invitation ------------------------------------------------------------------------------


@pytest.fixture
def uitnodiging(als, tom, gesprek):
    url = reverse("gesprek-uitnodiging", args=[gesprek.dossier_id, gesprek.pk])
    return lambda: als(tom).get(url)


def test_the_invitation_is_an_event_in_the_calendar(
    bereid_voor, uitnodiging, gesprek, omslag, settings
):
    settings.SITE_URL = "https://sts.example"
    bereid_voor([EERSTE], plaats="refter, blok B; boven")

    response = uitnodiging()

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="gesprek-sint-jozefschool.ics"'
    )
    calendar = Calendar.from_ical(response.content)
    assert (calendar["version"], "METHOD" in calendar) == ("2.0", False)
    assert "STS-Dialoog" in str(calendar["prodid"])
    event = event_of(response)
    # A quarter to four in a winter in Brussels.
    assert event.decoded("dtstart") == datetime(2026, 12, 1, 14, 45, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 12, 1, 15, 35, tzinfo=UTC)
    assert event["location"] == "refter, blok B; boven"
    assert event["url"] == f"https://sts.example{omslag}"
    assert event["uid"] == f"gesprek-{gesprek.pk}@sts-dialoog"
    assert event["dtstamp"].dt.tzinfo is not None
    # The title can name anybody, the material can't.
    assert event["summary"] == "Gesprek: Dialoogdocument, Sint-Jozefschool"
    assert "Ons gesprek" not in response.text


def test_lines_are_folded_and_signs_escaped(bereid_voor, uitnodiging):
    bereid_voor([EERSTE], plaats="refter, blok B; " + "é" * 100)

    raw = uitnodiging().content

    assert raw.count(b"\n") == raw.count(b"\r\n") > 10
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert b"LOCATION:refter\\, blok B\\; " in raw


@pytest.mark.parametrize(("day", "begins"), [("2027-03-27", 14), ("2027-03-28", 13)])
def test_summer_begins_in_march(bereid_voor, uitnodiging, day, begins):
    bereid_voor([EERSTE], datum=day)

    assert event_of(uitnodiging()).decoded("dtstart").hour == begins


def test_each_change_has_a_higher_number_and_the_same_name(
    bereid_voor, uitnodiging, gesprek, noteer, omslag
):
    seen = []
    for change in (
        lambda: bereid_voor([EERSTE]),
        lambda: bereid_voor([EERSTE], uur="16:00"),
        lambda: bereid_voor([EERSTE], datum="2026-12-02"),
        lambda: noteer(f"gesprek-{gesprek.pk}-datum", "2026-12-03", basis=2, url=omslag),
    ):
        assert change().status_code in (200, 302)
        seen.append(event_of(uitnodiging()))

    numbers = [one["sequence"] for one in seen]
    assert numbers == sorted(set(numbers))
    assert len({one["uid"] for one in seen}) == 1
    stamps = [one.decoded("dtstamp") for one in seen]
    assert stamps == sorted(stamps)


@pytest.mark.parametrize("missing", [{"uur": ""}, {"datum": ""}])
def test_there_is_no_invitation_without_a_day_and_an_hour(
    als, tom, bereid_voor, uitnodiging, omslag, missing
):
    assert uitnodiging().status_code == 404
    bereid_voor([EERSTE], **missing)

    assert uitnodiging().status_code == 404
    html = als(tom).get(omslag).text
    assert ".ics" not in html
    assert "Met een dag en een uur erbij" in html


@pytest.mark.parametrize(
    ("datum", "status"),
    [("0001-01-01", 404), ("0001-01-02", 200), ("9999-12-30", 200), ("9999-12-31", 404)],
)
def test_no_day_is_too_far_away_for_a_page(
    als, tom, gesprek, bereid_voor, uitnodiging, omslag, datum, status
):
    bereid_voor([EERSTE], uur="23:59" if datum > "2" else "00:00", minuten="480")
    # Written before a form asked whether the year can be right.
    type(gesprek).objects.filter(pk=gesprek.pk).update(datum=datum)

    assert uitnodiging().status_code == status
    assert (".ics" in als(tom).get(omslag).text) == (status == 200)


# --- paper, and what it costs --------------------------------------------------------------------


def loaded(dossier, gesprek):
    fresh = Dossier.objects.select_related("school__clb").get(pk=dossier.pk)
    return fresh, find_gesprek(fresh, gesprek.pk)


def test_paper_says_when_where_and_which_questions(bereid_voor, dossier, gesprek, dialoogdocument):
    assert "Vooraf gekozen vragen" not in gesprek_pdf(*loaded(dossier, gesprek)).html
    bereid_voor([EERSTE, DATA], plaats="refter", **{f"minuten-{EERSTE}": "20"})

    sheet, report = (make(*loaded(dossier, gesprek)).html for make in (vragenblad_pdf, gesprek_pdf))

    for html in (sheet, report):
        assert "15:45" in html
        assert "refter" in html
        assert "20 min" in html
    for code in (EERSTE, DATA):
        assert dialoogdocument.items.get(code=code).tekst in sheet
    assert dialoogdocument.items.get(code=TWEEDE).tekst not in sheet
    assert sheet.count('class="invul"') == 6


def test_there_is_no_sheet_of_a_talk_that_was_not_prepared(
    als, tom, gesprek, bereid_voor, monkeypatch
):
    lay_out_by(lambda _: b"%PDF-", monkeypatch)
    url = reverse("vragenblad-pdf", args=[gesprek.dossier_id, gesprek.pk])

    assert als(tom).get(url).status_code == 404
    bereid_voor([])
    assert als(tom).get(url).status_code == 200


def test_preparing_costs_one_query_a_page_however_much_was_chosen(
    als, tom, bereid_voor, pagina, omslag, stap_url, django_assert_num_queries
):
    client = als(tom)
    client.get(stap_url)
    for url, queries in ((pagina, 4), (omslag, 9), (stap_url, 9)):
        with django_assert_num_queries(queries):
            client.get(url)
    for vragen in ([EERSTE], [EERSTE, TWEEDE, DATA]):
        bereid_voor(vragen)
        client.get(omslag)  # says that it was saved
        for url, queries in ((pagina, 5), (omslag, 10), (stap_url, 10)):
            with django_assert_num_queries(queries):
                client.get(url)
