"""The talks of Sint-Jozef: started, listed, struck and restored."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import finish_stap, start_gesprek
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.gesprekken.queries.gesprekken import TalkLine, recent_gesprekken
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.materialen.domain.loading import follow_newest
from dossiers.materialen.models import Materiaalversie
from dossiers.velden.domain.saving import revisies
from dossiers.velden.domain.striking import strike
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def lijst_url(dossier):
    return reverse("gesprekken", args=[dossier.pk])


@pytest.fixture
def nieuw_url(dossier, dialoogdocument):
    return reverse("gesprek-nieuw", args=[dossier.pk, "dialoogdocument"])


def test_the_empty_list_shows_what_one_can_talk_about(als, tom, lijst_url, nieuw_url):
    html = als(tom).get(lijst_url).text

    assert "Er is nog geen gesprek in dit dossier" in html
    assert nieuw_url in html
    assert reverse("toolbox") in html


def test_a_closed_dossier_without_a_talk_does_not_speak_of_a_first_one(
    als, tom, an, lijst_url, dossier
):
    close_dossier(dossier=dossier, door=an)
    html = als(tom).get(lijst_url).text

    assert "Dit schooljaar was er geen gesprek." in html
    assert "nog geen gesprek" not in html


def test_a_talk_starts_with_the_title_and_the_day_filled_in(als, tom, nieuw_url, dossier):
    client = als(tom)
    form = whole_form(client.get(nieuw_url).text)
    month = date_format(timezone.localdate(), "F Y")
    assert form["titel"] == f"Dialoogdocument, {month}"
    assert date.fromisoformat(form["datum"])

    response = client.post(nieuw_url, form | {"deelnemers": "directie en CLB", "datum": ""})

    gesprek = Gesprek.objects.get(dossier=dossier)
    assert response.url == reverse("gesprek", args=[dossier.pk, gesprek.pk])
    assert (gesprek.titel, gesprek.deelnemers) == (form["titel"], "directie en CLB")
    assert gesprek.datum is None
    assert gesprek.versie.materiaal.slug == "dialoogdocument"
    assert [row.waarde for row in revisies(gesprek, "deelnemers")] == ["directie en CLB"]


def test_a_second_click_on_start_makes_no_second_talk(als, tom, nieuw_url):
    client = als(tom)
    form = whole_form(client.get(nieuw_url).text)

    urls = {client.post(nieuw_url, form).url for _ in range(2)}

    assert len(urls) == 1
    assert Gesprek.objects.count() == 1
    # Back, and another title: that is another talk, and what was typed is not lost.
    more = client.post(nieuw_url, form | {"titel": "Nog een gesprek"}).url
    assert more not in urls
    assert "Nog een gesprek" in client.get(more).text


def test_there_can_be_many_talks_about_the_same_material(als, tom, nieuw_url):
    client = als(tom)
    for _ in range(3):
        client.post(nieuw_url, whole_form(client.get(nieuw_url).text))

    assert Gesprek.objects.count() == 3


def test_a_wrong_title_is_told_once(als, tom, nieuw_url):
    client = als(tom)
    form = whole_form(client.get(nieuw_url).text) | {"titel": "\0"}

    html = client.post(nieuw_url, form).text

    assert html.count("Geef het gesprek een titel, dan vind je het terug.") == 1
    assert "Null" not in html


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"titel": "  "}, "Geef het gesprek een titel"),
        ({"titel": "x" * 151}, "151 tekens"),
        ({"titel": "\u200b\n"}, "Geef het gesprek een titel"),
        ({"datum": "morgen"}, "Geef een datum zoals"),
        ({"deelnemers": "x" * 20_001}, "er passen er 20000"),
    ],
)
def test_a_wrong_start_says_what_to_do(als, tom, nieuw_url, wrong, says):
    client = als(tom)
    form = whole_form(client.get(nieuw_url).text) | {"titel": "Gesprek", **wrong}

    response = client.post(nieuw_url, form)

    assert response.status_code == 422
    assert says in response.text
    assert not Gesprek.objects.exists()


def test_no_key_of_a_form_reaches_a_talk_elsewhere(als, tom, nieuw_url, dossier, ander_huis):
    versie = Materiaalversie.objects.get(materiaal__slug="dialoogdocument")
    sleutel = uuid4()
    theirs = start_gesprek(
        dossier=ander_huis.dossier,
        versie=versie,
        sleutel=sleutel,
        titel="Samen",
        door=ander_huis.team,
    )

    for form in ({"sleutel": str(sleutel)}, {"sleutel": str(theirs.pk)}, {"sleutel": "rommel"}):
        url = als(tom).post(nieuw_url, {**form, "titel": "Samen"}).url
        assert str(theirs.pk) not in url
    assert Gesprek.objects.filter(dossier=dossier).count() == 3


@pytest.mark.parametrize("slug", ["preventieplan", "leidraad-dialoogdocument", "bestaat-niet"])
def test_only_a_material_for_talks_can_be_started(als, tom, dossier, laad, slug):
    laad("leidraad-dialoogdocument")

    url = reverse("gesprek-nieuw", args=[dossier.pk, slug])

    assert als(tom).get(url).status_code == 404
    assert als(tom).post(url, {"sleutel": str(uuid4()), "titel": "x"}).status_code == 404


def test_a_concept_cannot_be_started_and_a_talk_takes_the_newest(
    als, tom, nieuw_url, dialoogdocument
):
    client = als(tom)
    form = whole_form(client.get(nieuw_url).text)
    newer = Materiaalversie.objects.create(
        materiaal=dialoogdocument.materiaal,
        versie="2026.10",
        datum=dialoogdocument.datum,
        status=Materiaalversie.Status.CONCEPT,
        vorm=dialoogdocument.vorm,
        kop=dialoogdocument.kop,
        teksten=dialoogdocument.teksten,
    )
    client.post(nieuw_url, form)
    assert Gesprek.objects.get().versie == dialoogdocument

    Materiaalversie.objects.filter(pk=newer.pk).update(status="gepubliceerd")
    follow_newest(newer.materiaal)
    client.post(nieuw_url, form | {"sleutel": str(uuid4())})

    assert Gesprek.objects.filter(versie=newer).count() == 1


def test_the_list_says_who_when_what_and_how_far(als, tom, lijst_url, gesprek):
    Gesprek.objects.update(datum=date(2026, 11, 3), deelnemers="directie, zorgteam")
    onderdeel = gesprek.versie.onderdelen.get(code="registratie")
    finish_stap(gesprek=gesprek, onderdeel=onderdeel, door=tom)

    html = als(tom).get(lijst_url).text

    assert "Ons gesprek" in html
    assert "3 november 2026" in html
    assert "directie, zorgteam" in html
    assert "<strong>1</strong> van 4 stappen afgerond" in html


def test_recent_talks_come_newest_first_in_one_query(
    start, dialoogdocument, dossier, django_assert_num_queries
):
    for titel, dag in (("eerst", 1), ("laatst", 20), ("midden", 10)):
        start(dialoogdocument, titel, datum=date(2026, 11, dag))
    with django_assert_num_queries(1):
        found = [
            (one.gesprek.titel, one.materiaal.titel, one.afgerond, one.stappen)
            for one in recent_gesprekken(dossier)
        ]

    assert found == [(titel, "Dialoogdocument", 0, 4) for titel in ("laatst", "midden", "eerst")]


def test_a_struck_talk_leaves_the_list_and_comes_back_with_its_actions(
    als, tom, lijst_url, gesprek, dossier
):
    onderdeel = gesprek.versie.onderdelen.get(code="data")
    create_gespreksactie(onderdeel=onderdeel, gesprek=gesprek, wat="cijfers halen", door=tom)
    client = als(tom)
    cover = reverse("gesprek", args=[dossier.pk, gesprek.pk])

    response = client.post(cover, {"schrap_gesprek": "1"})

    assert response.url == lijst_url
    assert recent_gesprekken(dossier) == ()
    assert "Geschrapte gesprekken (1)" in client.get(lijst_url).text
    assert dossier.acties.filter(geschrapt_op__isnull=True).count() == 1
    page = client.get(cover).text
    assert "Dit gesprek is geschrapt" in page
    assert "<textarea" not in page

    client.post(lijst_url, {"zet_terug": str(gesprek.pk)})

    assert [one.gesprek for one in recent_gesprekken(dossier)] == [gesprek]
    logged = Logregel.objects.filter(record_id=str(gesprek.pk)).values_list("handeling", flat=True)
    assert sorted(logged) == ["gesprek-geschrapt", "gesprek-teruggezet"]


def test_striking_twice_is_logged_once(gesprek, tom):
    for _ in range(2):
        strike(record=gesprek, door=tom)

    assert Logregel.objects.filter(handeling="gesprek-geschrapt").count() == 1


@pytest.mark.parametrize("key", ["", "rommel", "00000000-0000-4000-8000-000000000000"])
def test_what_is_not_there_cannot_be_put_back(als, tom, lijst_url, key):
    assert als(tom).post(lijst_url, {"zet_terug": key}).status_code == 404


def test_a_talk_of_another_school_is_not_there(als, tom, dossier, start, ander_huis, laad):
    theirs = start(laad("dialoogdocument"), dossier=ander_huis.dossier, door=ander_huis.team)
    client = als(tom)

    for name, more in (("gesprek", []), ("gesprekstap", ["registratie"]), ("gesprek-pdf", [])):
        here, there = (
            reverse(name, args=[home.pk, theirs.pk, *more])
            for home in (dossier, ander_huis.dossier)
        )
        assert client.get(here).status_code == 404
        assert client.get(there).status_code == 404
        # For who may see it, it is there.
        assert als(ander_huis.team).get(there).status_code == 200


def test_the_cover_saves_its_fields_and_asks_for_a_title(noteer, gesprek):
    cover = reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])
    titel, datum = f"gesprek-{gesprek.pk}-titel", f"gesprek-{gesprek.pk}-datum"

    assert noteer(datum, "2026-12-01", url=cover).status_code == 200
    assert noteer(titel, "Over te laat komen", basis=1, url=cover).status_code == 200
    refused = noteer(titel, "  ", basis=2, url=cover)

    assert refused.status_code == 422
    assert "Geef het gesprek een titel" in refused.text
    assert noteer(titel, "x" * 151, basis=2, url=cover).status_code == 422
    gesprek.refresh_from_db()
    assert (gesprek.titel, gesprek.datum) == ("Over te laat komen", date(2026, 12, 1))
    for basis, letters in ((2, 149), (3, 150)):
        assert noteer(titel, "x" * letters, basis=basis, url=cover).status_code == 200
    gesprek.refresh_from_db()
    assert gesprek.titel == "x" * 150


@pytest.mark.parametrize("letters", [149, 150])
def test_a_title_of_two_lines_fits(als, tom, nieuw_url, letters):
    form = whole_form(als(tom).get(nieuw_url).text) | {"titel": "x" * letters}

    assert als(tom).post(nieuw_url, form).status_code == 302
    assert Gesprek.objects.get().titel == "x" * letters


@pytest.mark.parametrize(
    ("stappen", "afgerond", "klaar"),
    [(0, 0, False), (3, 0, False), (3, 2, False), (3, 3, True)],
)
def test_a_talk_is_done_when_every_step_is(gesprek, stappen, afgerond, klaar):
    assert TalkLine(gesprek, stappen, afgerond).is_klaar == klaar


def test_the_cover_shows_the_steps_their_result_and_what_to_read_first(als, tom, laad, start):
    gesprek = start(laad("aanwezig-op-school"))
    onderdeel = gesprek.versie.onderdelen.get(code="breed-kijken")
    finish_stap(gesprek=gesprek, onderdeel=onderdeel, door=tom)
    gesprek.stappen.update(resultaat="We zien waar het schoentje wringt.")

    html = als(tom).get(reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])).text

    assert "We werken constructief samen met de school" in html
    assert "<strong>1</strong> van 5 stappen afgerond" in html
    assert "We zien waar het schoentje wringt." in html
    assert "Verder met ‘Focus bepalen’" in html


def test_the_cover_of_an_older_version_keeps_what_lost_its_place(als, tom, gesprek, noteer, laad):
    name = f"notitie-{gesprek.pk}-registratie-b01-tekst"
    noteer(name, "Met een app, elk lesuur.")
    Gesprek.objects.update(versie=laad("actieplan-aanwezigheidsbeleid"))

    html = als(tom).get(reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])).text

    assert "Uit een eerdere versie" in html
    assert "Met een app, elk lesuur." in html


def test_a_closed_dossier_shows_its_talks_and_starts_none(
    als, tom, an, dossier, gesprek, lijst_url, nieuw_url
):
    close_dossier(dossier=dossier, door=an)
    client = als(tom)

    html = client.get(lijst_url).text

    assert "Ons gesprek" in html
    assert nieuw_url not in html
    assert client.get(nieuw_url).status_code == 403
    assert client.post(lijst_url, {"zet_terug": str(gesprek.pk)}).status_code == 403
    cover = reverse("gesprek", args=[dossier.pk, gesprek.pk])
    assert "<textarea" not in client.get(cover).text
    assert client.post(cover, {"schrap_gesprek": "1"}).status_code == 403
    assert Gesprek.objects.get().geschrapt_op is None


def test_the_list_and_the_cover_take_as_many_queries_however_many_there_are(
    als, tom, lijst_url, start, dialoogdocument, gesprek, noteer, django_assert_num_queries
):
    client = als(tom)
    cover = reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])
    client.get(cover)
    with django_assert_num_queries(6):
        client.get(lijst_url)
    with django_assert_num_queries(9):
        client.get(cover)
    for number in range(5):
        start(dialoogdocument, f"gesprek {number}")
        noteer(f"notitie-{gesprek.pk}-registratie-b0{number + 1}-tekst", "gezegd")
    strike(record=start(dialoogdocument), door=tom)

    with django_assert_num_queries(6):
        client.get(lijst_url)
    with django_assert_num_queries(9):
        client.get(cover)
