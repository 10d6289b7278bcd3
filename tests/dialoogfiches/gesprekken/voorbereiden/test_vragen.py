"""Tom prepares a talk: which questions, how long, and what comes of it."""

import re
from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialoogfiches.gesprekken.models import Gesprek, VoorbereideVraag, Voorbereiding
from dossiers.velden.domain.saving import revisies
from tests.dialoogfiches.conftest import note_name, step_url
from tests.dialoogfiches.gesprekken.voorbereiden.preparing import (
    DATA,
    EERSTE,
    TWEEDE,
)

pytestmark = pytest.mark.django_db


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
