"""The school's side of a survey: open it, share it, close it, read it, act on it."""

import re
from threading import Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoogfiches.bevragingen.domain.bevragingen import (
    MIN_ANSWERS,
    MIN_ANSWERS_PER_BRANCH,
    ErLooptEenBevraging,
    ResultaatStaatVast,
    close_bevraging,
    open_bevraging,
    set_last_day,
)
from dialoogfiches.bevragingen.domain.inzendingen import make_actie
from dialoogfiches.bevragingen.models import Bevraging, Inzending, Openantwoord
from dialoogfiches.bevragingen.queries import bevragingen_of, find_bevraging, locked_result
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier, reopen_dossier, still_open
from dossiers.logboek.models import Logregel
from dossiers.models import DossierAfgesloten
from dossiers.velden.domain.striking import strike
from tests.concurrency import WAIT, at_once
from tests.dialoogfiches.bevragingen.bevraging import answer, day, let_it_pass
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.dossiers.materialen.kleinplan import Materialen
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def mini(laad):
    return laad("mini-bevraging")


@pytest.fixture
def bevraging(dossier, mini, tom) -> Bevraging:
    return open_bevraging(dossier=dossier, versie=mini, titel="Leerkrachten", tot=day(14), door=tom)


@pytest.fixture
def url(bevraging):
    return reverse("bevraging", args=[bevraging.dossier_id, bevraging.pk])


def five_answers(bevraging):
    for number in range(5):
        answer(bevraging, "ja", ja1=f"Tekst {number}")


def settled(bevraging, tom):
    five_answers(bevraging)
    close_bevraging(bevraging=bevraging, door=tom)
    bevraging.refresh_from_db()
    return bevraging


# --- Opening -------------------------------------------------------------------------------------


def test_tom_opens_a_survey_and_gets_a_link_and_a_code(als, tom, dossier, mini, settings):
    settings.SITE_URL = "https://sts.example.be"
    new = reverse("bevraging-nieuw", args=[dossier.pk])
    page = als(tom).get(new).text
    assert 'value="Mini-bevraging' in page
    assert f'value="{day(14).isoformat()}"' in page
    assert "Welke bevraging?" not in page

    response = als(tom).post(new, {"titel": "Onze leerkrachten", "tot": day(7).isoformat()})

    made = Bevraging.objects.get()
    assert response.url == reverse("bevraging", args=[dossier.pk, made.pk])
    page = als(tom).get(response.url).text
    assert f"https://sts.example.be/b/{made.sleutel}/" in page
    assert "<svg" in page.split('class="qr"')[1]
    assert (made.tot, made.versie, made.geopend_door) == (day(7), mini, tom)
    assert "Tot en met gisteren nog geen antwoorden." in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"titel": "", "tot": 7}, "Geef de bevraging een titel."),
        ({"titel": "x" * 121, "tot": 7}, "telt 121 tekens en er passen er 120"),
        ({"titel": "\u200b", "tot": 7}, "Geef de bevraging een titel"),
        ({"titel": "Vraag", "tot": -1}, "Die dag is voorbij"),
        ({"titel": "Vraag", "tot": 61}, "Dat is te ver weg"),
        ({"titel": "Vraag", "tot": "morgen"}, "Geef een datum zoals"),
        ({"titel": "Vraag", "tot": ""}, "Kies de laatste dag."),
    ],
)
def test_what_is_wrong_with_a_new_survey_stands_beside_the_field(
    als, tom, dossier, mini, typed, message
):
    tot = typed["tot"]
    data = typed | {"tot": day(tot).isoformat() if isinstance(tot, int) else tot}

    response = als(tom).post(reverse("bevraging-nieuw", args=[dossier.pk]), data)

    assert response.status_code == 422
    assert message in response.text
    assert response.text.count("invalid-feedback") == 1
    assert not Bevraging.objects.exists()


def test_today_and_the_sixtieth_day_are_both_fine(als, tom, dossier, mini):
    new = reverse("bevraging-nieuw", args=[dossier.pk])
    als(tom).post(new, {"titel": "Vandaag", "tot": day(0).isoformat()})
    close_bevraging(bevraging=Bevraging.objects.get(), door=tom)
    longest = "x" * 120
    als(tom).post(new, {"titel": longest, "tot": day(60).isoformat()})

    assert {one.titel for one in Bevraging.objects.all()} == {"Vandaag", longest}


def test_who_comes_for_one_of_two_surveys_finds_it_chosen(als, tom, dossier, mini, tmp_path):
    materialen = Materialen(tmp_path)
    for slug in ("aa", "bb"):
        fiche = small_fiche(slug, vorm="bevraging", titel=f"Bevraging {slug}")
        materialen.write(fiche, f"{slug}/2026.1.yaml")
    materialen.load()
    new = reverse("bevraging-nieuw", args=[dossier.pk])

    page = als(tom).get(f"{new}?materiaal=bb").text
    typed = whole_form(page)

    assert typed["materiaal"] == "bb"
    assert typed["titel"].startswith("Bevraging bb ")
    als(tom).post(new, typed)
    assert Bevraging.objects.get().versie.materiaal.slug == "bb"
    for rubbish in ("", "?materiaal=rommel", "?materiaal=%00"):
        assert whole_form(als(tom).get(new + rubbish).text)["materiaal"] in ("aa", "mini-bevraging")


def test_without_a_published_survey_the_page_says_so(als, tom, dossier, laad):
    laad("mini-bevraging").materiaal.versies.update(status="concept")

    response = als(tom).get(reverse("bevraging-nieuw", args=[dossier.pk]), follow=True)

    assert "Er is nog geen bevraging gepubliceerd" in response.text


def test_a_second_survey_waits_until_the_first_is_over(als, tom, dossier, mini, bevraging):
    with pytest.raises(ErLooptEenBevraging):
        open_bevraging(dossier=dossier, versie=mini, titel="Twee", tot=day(3), door=tom)
    new = reverse("bevraging-nieuw", args=[dossier.pk])
    response = als(tom).post(new, {"titel": "Twee", "tot": day(3).isoformat()}, follow=True)
    assert "Er loopt al een bevraging" in response.text
    assert "Start een bevraging" not in response.text

    let_it_pass(bevraging)
    als(tom).post(new, {"titel": "Twee", "tot": day(3).isoformat()})
    assert bevragingen_of(dossier)[0].bevraging.titel == "Twee"
    # Nor can the first be reopened while the second runs.
    with pytest.raises(ErLooptEenBevraging):
        set_last_day(bevraging=bevraging, tot=day(5), door=tom)


@pytest.mark.parametrize(("last_day", "waits"), [(1, True), (0, True), (-1, False)])
def test_a_survey_runs_up_to_and_on_its_last_day(dossier, mini, tom, bevraging, last_day, waits):
    Bevraging.objects.update(tot=day(last_day))

    assert find_bevraging(dossier=dossier, pk=bevraging.pk).is_open == waits
    if waits:
        with pytest.raises(ErLooptEenBevraging):
            open_bevraging(dossier=dossier, versie=mini, titel="Twee", tot=day(3), door=tom)
    else:
        open_bevraging(dossier=dossier, versie=mini, titel="Twee", tot=day(3), door=tom)
    assert Bevraging.objects.count() == (1 if waits else 2)


# --- While it runs -------------------------------------------------------------------------------


def test_while_it_runs_one_sees_how_many_and_nothing_else(als, tom, bevraging, url):
    five_answers(bevraging)
    answer(bevraging, "nee", nee1="Een geheim woord")
    Inzending.objects.update(dag=day(-1))

    page = als(tom).get(url).text

    assert "Tot en met gisteren antwoordden 6 collega's." in page.replace("&#x27;", "'")
    assert "geheim" not in page
    assert "Tekst 1" not in page
    assert locked_result(bevraging) is None
    pdf = reverse("bevraging-pdf", args=[bevraging.dossier_id, bevraging.pk])
    assert als(tom).get(pdf).status_code == 404


def test_the_last_day_moves_both_ways_while_it_runs(als, tom, bevraging, url):
    for days in (30, 0, 60):
        assert als(tom).post(url, {"tot": day(days).isoformat()}).status_code == 302
        bevraging.refresh_from_db()
        assert bevraging.tot == day(days)
    for days in (-1, 61):
        response = als(tom).post(url, {"tot": day(days).isoformat()})
        assert response.status_code == 422
        bevraging.refresh_from_db()
        assert bevraging.tot == day(60)


def test_the_acts_are_logged_without_what_they_are_about(als, tom, bevraging, url):
    als(tom).post(url, {"tot": day(3).isoformat()})
    als(tom).post(url, {"sluit": "1"})
    als(tom).post(url, {"sluit": "1"})
    als(tom).post(url, {"tot": day(5).isoformat()})

    regels = Logregel.objects.filter(soort="bevraging").order_by("pk")
    assert [regel.handeling for regel in regels] == [
        "bevraging-geopend",
        "bevraging-gewijzigd",
        "bevraging-gesloten",
        "bevraging-heropend",
    ]
    assert {regel.record_id for regel in regels} == {str(bevraging.pk)}


# --- Closing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["by hand", "by itself"])
def test_fewer_than_five_shows_only_how_many(als, tom, bevraging, url, end):
    for _ in range(4):
        answer(bevraging, "nee", nee1="Een geheim woord", h1="Latijn")
    if end == "by hand":
        als(tom).post(url, {"sluit": "1"})
    else:
        let_it_pass(bevraging)
        Inzending.objects.update(dag=day(-1))

    page = als(tom).get(url).text

    # Closed by hand: those of today are not counted out either.
    assert ("4 collega" in page) == (end == "by itself")
    assert "Er zijn minder dan 5 antwoorden." in page
    assert "geheim" not in page
    assert "Latijn" not in page
    assert 'class="telling"' not in page
    assert als(tom).get(url.rstrip("/") + ".pdf").status_code == 404


def test_what_ended_with_four_goes_on_and_shows_all_five(als, tom, bevraging, url):
    for _ in range(4):
        answer(bevraging, "ja", ja1="Vroeg")
    als(tom).post(url, {"sluit": "1"})
    assert "Zet de bevraging weer open" in als(tom).get(url).text
    als(tom).post(url, {"tot": day(5).isoformat()})
    bevraging.refresh_from_db()
    answer(bevraging, "ja", ja1="Laat")
    let_it_pass(bevraging)

    assert locked_result(bevraging).aantal == 5
    assert als(tom).get(url).text.count("Vroeg") >= 4


@pytest.mark.parametrize("end", ["by hand", "by itself"])
def test_results_are_final(als, tom, bevraging, url, end):
    five_answers(bevraging)
    if end == "by hand":
        close_bevraging(bevraging=bevraging, door=tom)
    else:
        let_it_pass(bevraging)
    before = als(tom).get(url).text

    response = als(tom).post(url, {"tot": day(5).isoformat()}, follow=True)

    assert "staan vast" in response.text
    assert "Zet de bevraging weer open" not in before
    assert not find_bevraging(dossier=bevraging.dossier, pk=bevraging.pk).is_open
    with pytest.raises(ResultaatStaatVast):
        set_last_day(bevraging=bevraging, tot=day(5), door=tom)


def test_reopening_the_dossier_does_not_reopen_the_survey(dossier, bevraging, tom, an):
    five_answers(bevraging)
    close_dossier(dossier=dossier, door=an)
    assert locked_result(bevraging) is None, "its last day is not over"
    let_it_pass(bevraging)
    assert locked_result(bevraging).aantal == 5
    reopen_dossier(dossier=dossier, door=an)

    with pytest.raises(ResultaatStaatVast):
        set_last_day(bevraging=bevraging, tot=day(5), door=tom)


def test_in_a_closed_dossier_one_reads_on_and_changes_nothing(
    als, tom, an, dossier, bevraging, url
):
    settled(bevraging, tom)
    close_dossier(dossier=dossier, door=an)
    antwoord = bevraging.openantwoorden.first()

    page = als(tom).get(url).text

    assert "Tekst 1" in page
    assert "Wat gaan jullie doen?" not in page
    assert als(tom).get(url.rstrip("/") + ".pdf").status_code == 200
    assert als(tom).get(reverse("bevragingen", args=[dossier.pk])).status_code == 200
    for data in ({"sluit": "1"}, {"tot": day(3).isoformat()}, at_answer(antwoord, "Bellen")):
        assert als(tom).post(url, data).status_code == 403
    assert als(tom).get(reverse("bevraging-nieuw", args=[dossier.pk])).status_code == 403
    with pytest.raises(DossierAfgesloten):
        close_bevraging(bevraging=bevraging, door=tom)


def test_a_survey_of_another_school_is_not_found_here(als, huis, ander_huis, bevraging):
    elsewhere = reverse("bevraging", args=[ander_huis.dossier.pk, bevraging.pk])

    assert als(ander_huis.team).get(elsewhere).status_code == 404
    assert als(ander_huis.team).post(elsewhere, {"sluit": "1"}).status_code == 404
    assert find_bevraging(dossier=ander_huis.dossier, pk=bevraging.pk) is None


# --- What the school turns answers into ----------------------------------------------------------


def at_answer(antwoord, wat, **typed) -> dict[str, str]:
    """What the form of an action at an answer sends."""
    naam = f"antwoord-{antwoord.pk}"
    fields = {"wat": wat, **typed}
    return {f"nieuw-{naam}-{part}": text for part, text in fields.items()} | {"nieuwe_actie": naam}


def place_of(antwoord, html: str) -> str:
    return html.split(f'id="plaats-antwoord-{antwoord.pk}"')[1].split("</li>", maxsplit=1)[0]


def test_without_javascript_an_answer_becomes_an_action_in_the_words_of_the_team(
    als, tom, bevraging, url
):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")
    naam = f"antwoord-{antwoord.pk}"
    client = als(tom)

    opened = client.post(url, whole_form(client.get(url).text) | {"open_actie": naam})

    assert opened.url == f"{url}?actie={naam}#nieuw-{naam}-wat"
    page = client.get(opened.url).text
    place = place_of(antwoord, page)
    assert '<p class="actie-citaat">Tekst 3</p>' in place
    assert "Wie dit schreef, deed dat zonder naam." in place
    assert whole_form(page)[f"nieuw-{naam}-wat"] == ""
    assert '<option value="Tom">' in page

    sent = whole_form(page) | at_answer(antwoord, "Elke week een kringgesprek", wie="Tom")
    first, second = (client.post(url, sent) for _ in range(2))

    actie = Actie.objects.get()
    assert first.url == second.url == f"{url}#antwoord-{antwoord.pk}"
    assert (actie.wat, actie.wie) == ("Elke week een kringgesprek", "Tom")
    assert actie.dossier == bevraging.dossier
    assert actie.openantwoord == antwoord
    page = client.get(url).text
    assert "De actie staat bij jullie acties." in page
    overview = reverse("overzicht", args=[bevraging.dossier_id])
    assert f'href="{overview}#actie-{actie.pk}"' in place_of(antwoord, page)
    assert "open_actie" not in place_of(antwoord, page)


@pytest.mark.parametrize("wat", ["Tekst 3", "  tékst 3.", "TEKST\n–3"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_words_of_a_colleague_are_not_yet_an_action(als, tom, bevraging, url, wat, headers):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")

    response = als(tom).post(url, at_answer(antwoord, wat, wie="Tom"), headers=headers)

    assert response.status_code == 422
    place = place_of(antwoord, response.text)
    assert "Zeg in jullie eigen woorden wat jullie gaan doen." in place
    assert whole_form(place)[f"nieuw-antwoord-{antwoord.pk}-wie"] == "Tom"
    assert not Actie.objects.exists()


def test_what_htmx_puts_in_the_place_of_an_answer_is_what_a_reload_shows(als, tom, bevraging, url):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")
    sent = at_answer(antwoord, "Elke week een kringgesprek")
    sent[f"nieuw-antwoord-{antwoord.pk}-sleutel"] = "0" * 32
    client = als(tom)

    first, second = (client.post(url, sent, headers={"HX-Request": "true"}) for _ in range(2))

    page = " ".join(client.get(url).text.split())
    for response in (first, second):
        assert response.headers["HX-Retarget"] == f"#plaats-antwoord-{antwoord.pk}"
        assert " ".join(response.text.split()) in page
    assert Actie.objects.count() == 1


def test_two_people_who_make_an_action_of_one_answer_both_keep_their_words(
    als, tom, an, bevraging, url
):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")
    seen = []
    for user, wat in ((tom, "Van Tom"), (an, "Van An")):
        sent = at_answer(antwoord, wat)
        seen.append(als(user).post(url, sent, headers={"HX-Request": "true"}).text)

    # An answer shows one; An sees hers too where she made it.
    assert [wat in seen[1] for wat in ("Van Tom", "Van An")] == [True, True]
    assert sorted(actie.wat for actie in Actie.objects.all()) == ["Van An", "Van Tom"]
    assert Actie.objects.get(wat="Van Tom").openantwoord == antwoord


def test_another_action_can_grow_where_the_first_was_struck(als, tom, bevraging, url):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")
    als(tom).post(url, at_answer(antwoord, "Kringgesprek"))
    strike(record=Actie.objects.get(), door=tom)
    assert "open_actie" in place_of(antwoord, als(tom).get(url).text)

    als(tom).post(url, at_answer(antwoord, "Een buddy"))

    assert Actie.objects.get(geschrapt_op=None).openantwoord == antwoord
    assert "Een buddy" in place_of(antwoord, als(tom).get(url).text)


def test_what_was_typed_at_one_answer_is_made_when_another_is_opened(als, tom, bevraging, url):
    settled(bevraging, tom)
    one, other = bevraging.openantwoorden.all()[:2]
    sent = at_answer(one, "Kringgesprek") | {"open_actie": f"antwoord-{other.pk}"}
    sent.pop("nieuwe_actie")

    response = als(tom).post(url, sent)

    assert f"?actie=antwoord-{other.pk}#" in response.url
    assert Actie.objects.get().openantwoord == one


def test_who_comes_to_wie_gets_the_names_of_the_team(als, tom, bevraging, url):
    settled(bevraging, tom)

    names = als(tom).get(url, {"team": "1"}, headers={"HX-Request": "true"}).text

    assert '<option value="Tom">' in names
    assert "Tekst 3" not in names


@pytest.mark.django_db(transaction=True)
def test_who_makes_an_action_never_waits_in_a_circle(bevraging, tom):
    """Locks in the same order as every save: first the dossier, then its contents."""
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.first()
    inside, waits = Event(), Event()

    def other():
        with transaction.atomic():
            assert still_open(bevraging.dossier_id).exists()
            inside.set()
            waits.wait(WAIT)
            return Openantwoord.objects.select_for_update(no_key=True).get(pk=antwoord.pk)

    def make():
        inside.wait(10)
        return make_actie(
            antwoord=antwoord, dossier=bevraging.dossier, wat="Kringgesprek", door=tom
        )

    held, actie = at_once(other, make)

    assert held == antwoord
    assert actie == Actie.objects.get()


@pytest.mark.parametrize("hidden", ["running", "head", "small branch", "rubbish"])
def test_only_what_is_shown_becomes_an_action(als, tom, bevraging, url, hidden):
    for _ in range(5):
        answer(bevraging, "ja", ja1="Zichtbaar", h1="Latijn")
    answer(bevraging, "nee", nee1="Verborgen")
    if hidden != "running":
        close_bevraging(bevraging=bevraging, door=tom)
    tekst = {"running": "Zichtbaar", "head": "Latijn", "small branch": "Verborgen"}.get(hidden)
    antwoord = Openantwoord.objects.filter(tekst=tekst).first()

    naam = f"antwoord-{antwoord.pk if antwoord else 'rommel'}"
    sent = {f"nieuw-{naam}-wat": "Bellen"}

    for button in ("nieuwe_actie", "open_actie"):
        assert als(tom).post(url, sent | {button: naam}).status_code == 404
    als(tom).post(url, sent | {"acties": ""})
    assert not Actie.objects.exists()


# --- The number of queries does not depend on the content ----------------------------------------


def queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_a_constant_number_of_queries(als, tom, dossier, mini, bevraging, url, settings):
    client = als(tom)
    the_list = reverse("bevragingen", args=[dossier.pk])
    one, running = queries(client, the_list), queries(client, url)
    settled(bevraging, tom)
    few = queries(client, url)
    for _ in range(3):
        more = open_bevraging(dossier=dossier, versie=mini, titel="x", tot=day(1), door=tom)
        for _ in range(8):
            answer(more, "ja", ja1="a", ja2="b", ja3="c", h1="d")
            answer(more, "nee", nee1="a", nee2="b")
        close_bevraging(bevraging=more, door=tom)
        for antwoord in more.openantwoorden.filter(tekst="b"):
            make_actie(antwoord=antwoord, dossier=dossier, wat="Kringgesprek", door=tom)

    newest = reverse("bevraging", args=[dossier.pk, bevragingen_of(dossier)[0].bevraging.pk])
    assert queries(client, the_list) == one <= 5
    assert queries(client, newest) == few <= 12
    assert running <= 7


def test_who_looks_at_a_running_survey_holds_nothing(als, tom, bevraging, url):
    """Each incoming answer locks its row, so merely viewing it must not."""
    five_answers(bevraging)
    client = als(tom)
    for path in (url, url.rstrip("/") + ".pdf"):
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        looks = [one["sql"] for one in found if 'FROM "bevragingen_bevraging"' in one["sql"]]
        assert len(looks) == 1
        assert "FOR " not in looks[0]


def test_before_the_first_question_two_lines_say_that_it_is_anonymous(client, mini, bevraging):
    page = client.get(reverse("bevraging-invullen", args=[bevraging.sleutel])).text
    before, _, _ = page.partition("<form")
    seen, _, folded = before.partition("<details>")
    privacy = mini.teksten["woorden"]["privacy"]["tekst"]

    assert "Je vult dit anoniem in. We bewaren geen naam" in seen
    assert "Wat je bij elke vraag schrijft" not in seen
    assert "Lees meer" in folded
    for part in privacy.strip().split("\n\n")[1:]:
        assert part.split(".")[0].replace("'", "&#x27;") in folded


def test_the_words_say_the_numbers_that_the_code_keeps_to(mini):
    privacy = mini.teksten["woorden"]["privacy"]["tekst"]
    words = {3: "drie", 5: "vijf"}

    assert f"minstens {words[MIN_ANSWERS]} collega's antwoordden" in privacy
    assert f"minstens {words[MIN_ANSWERS_PER_BRANCH]} collega's hetzelfde kozen" in privacy
    assert f"minstens {words[MIN_ANSWERS]} collega's ze invulden" in privacy


def test_a_reader_of_the_board_sees_no_survey(als, huis, bevraging, url):
    for path in (url, reverse("bevragingen", args=[huis.dossier.pk]), url + "poster.pdf"):
        assert als(huis.lezer).get(path).status_code == 403


def test_the_pages_have_no_number_that_counts(als, tom, bevraging, url):
    settled(bevraging, tom)

    assert re.findall(r'value="\d+"', als(tom).get(url).text.split("<main")[1]) == []


def test_a_closed_dossier_without_a_survey_does_not_say_how_to_open_one(als, tom, an, dossier):
    close_dossier(dossier=dossier, door=an)
    page = als(tom).get(reverse("bevragingen", args=[dossier.pk])).text

    assert "Dit schooljaar was er geen bevraging." in page
    assert "Nog geen bevraging" not in page
