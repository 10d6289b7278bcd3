"""Tom prepares a talk: which questions, how long, when and where; and what comes of it."""

import re
from datetime import UTC, date, datetime, time
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from dialoogfiches.gesprekken.domain.preparing import (
    IntussenVoorbereid,
    preparation_mark,
    prepare_gesprek,
)
from dialoogfiches.gesprekken.domain.versions import adopt_gespreksversie
from dialoogfiches.gesprekken.models import Gesprek, VoorbereideVraag, Voorbereiding
from dialoogfiches.gesprekken.pdf import gesprek_pdf, vragenblad_pdf
from dialoogfiches.gesprekken.queries.gesprekken import find_gesprek
from dossiers.domain import close_dossier
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.registry import has_answers
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.saving import revisies
from dossiers.velden.domain.striking import strike
from tests.dialoogfiches.conftest import note_name, step_url
from tests.dossiers.materialen.nieuweversie import next_version
from tests.paper import lay_out_by

pytestmark = pytest.mark.django_db

EERSTE, TWEEDE, DATA = "registratie-b01", "registratie-b02", "data-b01"


@pytest.fixture
def pagina(gesprek) -> str:
    return reverse("gesprek-voorbereiden", args=[gesprek.dossier_id, gesprek.pk])


@pytest.fixture
def omslag(gesprek) -> str:
    return reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])


@pytest.fixture
def bereid_voor(als, tom, gesprek, pagina):
    """Tom fills in the page and sends it: `bereid_voor([EERSTE], plaats="refter")`."""

    def send(vragen=(EERSTE,), *, user=tom, **more):
        client = als(user)
        seen = client.get(pagina).context["page"].form["seen"].value()
        data = {"seen": seen, "datum": "2026-12-01", "uur": "15:45", "minuten": "50"}
        return client.post(pagina, {**data, "plaats": "", "vragen": list(vragen), **more})

    return send


def mark(gesprek: Gesprek) -> str:
    return preparation_mark(Gesprek.objects.select_related("voorbereiding").get(pk=gesprek.pk))


def prepare(gesprek: Gesprek, door, **more) -> None:
    agreed: dict[str, Any] = {"datum": None, "uur": None, "minuten": 60, "plaats": "", "vragen": {}}
    prepare_gesprek(gesprek=gesprek, door=door, **{"seen": mark(gesprek), **agreed, **more})


def event_of(response) -> dict:
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    return event


def test_preparing_is_offered_and_not_asked(als, tom, omslag, pagina, stap_url):
    html = als(tom).get(omslag).text

    assert pagina in html
    assert "Het hoeft niet." in html
    assert "deze keer" not in html
    assert "data-klok" not in als(tom).get(stap_url).text


def test_the_page_has_every_question_and_proposes_an_hour(als, tom, pagina, gesprek):
    html = als(tom).get(pagina).text

    asked = html.count('name="vragen"')
    assert asked == html.count('name="minuten-') > 30
    assert "Stap 1. " in html
    assert "Stap 4. " in html
    assert 'value="60"' in html
    assert " checked" not in html


def test_what_was_agreed_stands_on_the_cover(als, tom, bereid_voor, gesprek, omslag, pagina):
    response = bereid_voor([DATA, EERSTE], plaats="refter", **{f"minuten-{EERSTE}": "20"})

    assert response.url == omslag
    gesprek.refresh_from_db()
    assert gesprek.datum == date(2026, 12, 1)
    assert [row.waarde for row in revisies(gesprek, "datum")] == ["2026-12-01"]
    html = als(tom).get(omslag).text
    assert "dinsdag 1 december 2026 om 15:45, 50 minuten, refter" in html
    assert "1 vraag voor deze keer" in html
    first, second = (
        f"{step_url(gesprek, code.partition('-')[0])}?stop={code}#vraag-{code}"
        for code in (EERSTE, DATA)
    )
    assert html.index(first) < html.index(second)
    assert "20 min" in html
    again = als(tom).get(pagina).text
    assert again.count(" checked") == 2
    assert 'value="refter"' in again
    assert "2 vragen gekozen, samen 20 minuten" in again


def test_chosen_questions_come_first_and_the_others_are_one_click_away(
    als, tom, bereid_voor, gesprek, stap_url
):
    bereid_voor([TWEEDE])

    html = als(tom).get(stap_url).text

    first, rest = html.split('<details class="andere-vragen">')
    assert "Voor deze keer" in first
    assert f'id="vraag-{TWEEDE}"' in first
    assert f'id="vraag-{EERSTE}"' not in first
    assert "Toon ook de andere vragen" in rest
    assert f'id="vraag-{EERSTE}"' in rest
    # Every question is there once, with its own field and its own number.
    numbers = [int(nr) for nr in re.findall(r'data-nr="(\d+)"', html)]
    assert numbers == list(range(1, 12))
    assert html.count(f'name="{note_name(gesprek, TWEEDE)}"') == 1
    assert "<strong>0</strong> van 11 vragen besproken" in html


def test_a_question_with_text_is_never_hidden(als, tom, bereid_voor, gesprek, stap_url, noteer):
    bereid_voor([TWEEDE])
    noteer(note_name(gesprek, EERSTE), "Elk lesuur.")

    html = als(tom).get(stap_url).text

    assert '<details class="andere-vragen" open>' in html
    deeper = note_name(gesprek, "registratie-v01")
    noteer(note_name(gesprek, EERSTE), "", basis=1)
    assert '<details class="andere-vragen">' in als(tom).get(stap_url).text
    noteer(deeper, "bij een uitstap")
    html = als(tom).get(stap_url).text
    assert '<details class="andere-vragen" open>' in html
    assert '<details class="vraaggroep verdiepend" open>' in html


def test_a_conflict_in_another_question_unfolds_them(
    als, tom, an, bereid_voor, gesprek, stap_url, noteer
):
    bereid_voor([TWEEDE])
    other = note_name(gesprek, EERSTE)
    noteer(other, "van An", user=an)
    noteer(other, "", basis=1, user=an)

    response = als(tom).post(stap_url, {other: "van Tom", f"{other}_basis": "0"})

    assert response.status_code == 409
    assert '<details class="andere-vragen" open>' in response.text


def test_a_step_without_a_chosen_question_says_so_and_hides_nothing(als, tom, bereid_voor, gesprek):
    bereid_voor([EERSTE])

    html = als(tom).get(step_url(gesprek, "data")).text

    assert "Bij deze stap zijn geen vragen gekozen voor deze keer." in html
    assert "andere-vragen" not in html


def test_the_talk_goes_on_with_the_step_that_has_chosen_questions(
    als, tom, bereid_voor, omslag, gesprek
):
    bereid_voor([DATA])
    client = als(tom)
    assert client.get(omslag).context["page"].volgende.deel.onderdeel.code == "data"

    client.post(step_url(gesprek, "data"), {"afronden": "1"})

    assert client.get(omslag).context["page"].volgende.deel.onderdeel.code == "registratie"


def test_a_clock_is_offered_for_the_talk_and_for_what_has_minutes(als, tom, bereid_voor, stap_url):
    bereid_voor([EERSTE, TWEEDE], **{f"minuten-{EERSTE}": "20"})

    html = als(tom).get(stap_url).text

    assert html.count("data-klok") == 2
    assert 'data-klok="50"' in html
    assert 'data-klok="20"' in html
    # Without JavaScript the minutes are just words.
    assert "20 minuten" in html
    assert "Start de klok" not in html


@pytest.mark.parametrize(
    ("day", "uur", "keer"),
    [
        (0, time(16, 59), "deze keer"),
        (0, time(17), "vanavond"),
        (0, time(17, 1), "vanavond"),
        (0, None, "deze keer"),
        (-1, time(20), "deze keer"),
        (1, time(20), "deze keer"),
    ],
)
def test_tonight_is_an_evening_of_today(day, uur, keer):
    datum = timezone.localdate() + timezone.timedelta(days=day)

    assert Voorbereiding(gesprek=Gesprek(datum=datum), uur=uur, minuten=60).keer == keer


def test_a_second_time_replaces_the_first(als, tom, bereid_voor, gesprek):
    bereid_voor([EERSTE, TWEEDE], plaats="refter")
    bereid_voor([TWEEDE, DATA], uur="", minuten="30")

    chosen = VoorbereideVraag.objects.filter(gesprek=gesprek)
    assert set(chosen.values_list("item__code", flat=True)) == {TWEEDE, DATA}
    found = Voorbereiding.objects.get()
    assert (found.uur, found.minuten, found.plaats, found.volgnummer) == (None, 30, "", 2)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"minuten": ""}, "Geef aan hoeveel minuten"),
        ({"minuten": "4"}, "minstens 5 minuten"),
        ({"minuten": "481"}, "hoogstens 480 minuten"),
        ({"minuten": "een uur"}, "Geef een aantal minuten"),
        ({"uur": "straks"}, "Geef een uur zoals 15:45."),
        ({"datum": "morgen"}, "Geef een datum zoals"),
        ({"plaats": "x" * 151}, "151 tekens"),
        ({f"minuten-{EERSTE}": "0"}, "minstens 1 minuut"),
        ({f"minuten-{EERSTE}": "241"}, "hoogstens 240 minuten"),
        ({"vragen": ["registratie-c01"]}, "bestaat niet meer"),
    ],
)
def test_what_is_wrong_says_what_to_do_and_keeps_what_was_typed(bereid_voor, wrong, says):
    response = bereid_voor(**{"plaats": "refter"} | wrong)

    assert response.status_code == 422
    assert says in response.text
    if "plaats" not in wrong:
        assert 'value="refter"' in response.text
    assert not Voorbereiding.objects.exists()
    assert not VoorbereideVraag.objects.exists()


@pytest.mark.parametrize(
    "right",
    [
        {"minuten": "5"},
        {"minuten": "6"},
        {"minuten": "479"},
        {"minuten": "480"},
        {"plaats": "x" * 149},
        {"plaats": "x" * 150},
        {f"minuten-{EERSTE}": "1"},
        {f"minuten-{EERSTE}": "239"},
        {f"minuten-{EERSTE}": "240"},
        {"uur": "15u45"},
        {"uur": "15.45"},
    ],
)
def test_what_just_fits_is_saved(bereid_voor, right):
    assert bereid_voor(**right).status_code == 302
    assert Voorbereiding.objects.get().uur == time(15, 45)


@pytest.mark.parametrize("minuten", [4, 481])
def test_the_database_refuses_a_talk_of_no_length(gesprek, tom, minuten):
    with pytest.raises(IntegrityError), transaction.atomic():
        Voorbereiding.objects.create(gesprek=gesprek, minuten=minuten, gewijzigd_door=tom)


@pytest.mark.parametrize("minuten", [0, 241])
def test_the_database_refuses_minutes_that_no_question_has(gesprek, dialoogdocument, minuten):
    item = dialoogdocument.items.get(code=EERSTE)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoorbereideVraag.objects.create(gesprek=gesprek, item=item, minuten=minuten)


def test_the_database_has_a_question_once(gesprek, dialoogdocument):
    item = dialoogdocument.items.get(code=EERSTE)
    VoorbereideVraag.objects.create(gesprek=gesprek, item=item)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoorbereideVraag.objects.create(gesprek=gesprek, item=item)


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
    assert client.post(pagina, {"minuten": "60"}).status_code == 404
    assert (
        client.get(
            reverse("gesprek-uitnodiging", args=[gesprek.dossier_id, gesprek.pk])
        ).status_code
        == 404
    )
    assert pagina not in client.get(omslag).text


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
    als, tom, bereid_voor, uitnodiging, omslag, datum, status
):
    bereid_voor([EERSTE], datum=datum, uur="23:59" if datum > "2" else "00:00", minuten="480")

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
    for url, queries in ((pagina, 4), (omslag, 8), (stap_url, 8)):
        with django_assert_num_queries(queries):
            client.get(url)
    for vragen in ([EERSTE], [EERSTE, TWEEDE, DATA]):
        bereid_voor(vragen)
        client.get(omslag)  # says that it was saved
        for url, queries in ((pagina, 5), (omslag, 9), (stap_url, 9)):
            with django_assert_num_queries(queries):
                client.get(url)
