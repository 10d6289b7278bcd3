"""One step of a talk, as Tom of the schoolteam experiences it."""

import re

import pytest
from django.urls import reverse

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.velden.domain.saving import revisies
from dossiers.velden.domain.striking import strike
from tests.dialoogfiches.conftest import note_name, step_url
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def notitie_veld(gesprek):
    return note_name(gesprek, "registratie-b01")


@pytest.fixture
def resultaat_veld(gesprek):
    return f"stap-{gesprek.pk}-registratie-resultaat"


def test_the_page_shows_the_goal_the_questions_and_the_role_of_the_clb(als, tom, stap_url):
    html = als(tom).get(stap_url).text

    assert "Stap 1 van 4" in html
    assert "We krijgen samen zicht op de weg die een afwezigheid aflegt" in html
    assert html.count('<li class="vraag"') == 11
    assert "Rol van het CLB" in html
    assert "We luisteren eerst naar hoe het echt loopt" in html
    assert "Duidelijkheid over wie noteert, nakijkt en aanpast." in html
    assert "<strong>0</strong> van 11 vragen besproken" in html


def test_step_one_of_limburg_stands_there_in_the_words_of_the_source(als, tom, laad, start):
    html = als(tom).get(step_url(start(laad("aanwezig-op-school")), "breed-kijken")).text

    assert "Stap 1 van 5" in html
    assert "Fase 1 van 5" not in html
    assert "Registratie en analyse van afwezigheden" in html
    assert "Hoe worden afwezigheden en te laat komen geregistreerd?" in html
    assert "begeleiden &amp; ondersteunen" in html
    assert "Een gedeeld en rijk beeld van het huidige aanwezigheidsbeleid." in html


@pytest.mark.parametrize(
    "slug",
    [
        *("dialoogdocument", "aanwezig-op-school", "aanwezig-in-de-klas"),
        *("sjablonen-plan-en-opvolging", "actieplan-aanwezigheidsbeleid"),
    ],
)
def test_every_step_of_every_material_opens_and_leads_to_the_next(als, tom, laad, start, slug):
    gesprek, client = start(laad(slug)), als(tom)
    steps = list(gesprek.versie.onderdelen.filter(stap=True))
    seen, code = [], steps[0].code
    while code:
        content = client.get(step_url(gesprek, code)).context["page"].content
        seen.append(code)
        code = content.volgende.code if content.volgende else None

    assert seen == [step.code for step in steps]
    assert client.get(reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])).status_code == 200


@pytest.mark.parametrize("code", ["bestaat-niet", "vooraf", "REGISTRATIE"])
def test_a_step_that_does_not_exist_is_not_found(als, tom, laad, start, code):
    gesprek = start(laad("aanwezig-op-school"))

    assert als(tom).get(step_url(gesprek, code)).status_code == 404
    assert als(tom).post(step_url(gesprek, code), {"afronden": "1"}).status_code == 404
    assert not Gesprekstap.objects.exists()


def test_a_note_saves_itself_and_moves_the_counter(noteer, notitie_veld, als, tom, stap_url):
    part = noteer(notitie_veld, "Elk lesuur, in Smartschool.")

    assert part.status_code == 200
    assert "<strong>1</strong> van 11 vragen besproken" in part.text
    page = als(tom).get(stap_url).text
    assert "<strong>1</strong> van 11 vragen besproken" in page
    assert whole_form(page)[notitie_veld] == "Elk lesuur, in Smartschool."
    assert whole_form(page)[f"{notitie_veld}_basis"] == "1"
    assert "<strong>0</strong> van 11" in noteer(notitie_veld, "", basis=1).text


def test_what_htmx_swaps_is_what_a_reload_shows(noteer, notitie_veld, als, tom, stap_url):
    part = noteer(notitie_veld, "Elke maandag.").text

    page = _flat(als(tom).get(stap_url).text)

    # That it was saved is said once, by the answer.
    assert "Bewaard" in part.partition("<input")[0]
    assert ">Bewaard<" not in page
    for outside in re.findall(r"<p class=\"voortgang\".*?</p>", part, re.S):
        assert _flat(outside.replace(' hx-swap-oob="true"', "")) in page


def test_two_people_in_one_note_see_both_texts(noteer, notitie_veld, an, tom):
    noteer(notitie_veld, "van Tom")

    conflict = noteer(notitie_veld, "van An", user=an)

    assert conflict.status_code == 409
    assert "van Tom" in conflict.text
    assert Notitie.objects.get().tekst == "van Tom"

    both = {f"{notitie_veld}_keuze": "samen", f"{notitie_veld}_andere": "1"}
    assert noteer(notitie_veld, "van An", user=an, **both).status_code == 200
    assert Notitie.objects.get().tekst == "van Tom\n\nvan An"


def test_a_conflict_in_an_emptied_deeper_question_unfolds_it(als, tom, an, noteer, gesprek):
    deeper = note_name(gesprek, "registratie-v01")
    noteer(deeper, "eerst")
    noteer(deeper, "van An", basis=1, user=an)

    response = als(tom).post(step_url(gesprek, "registratie"), {deeper: "", f"{deeper}_basis": "1"})

    assert response.status_code == 409
    assert '<details class="vraaggroep verdiepend" open>' in response.text


def test_deeper_questions_are_folded_until_they_have_a_note(als, tom, stap_url, noteer, gesprek):
    client = als(tom)
    assert '<details class="vraaggroep verdiepend">' in client.get(stap_url).text

    noteer(note_name(gesprek, "registratie-v02"), "bij een uitstap")

    assert '<details class="vraaggroep verdiepend" open>' in client.get(stap_url).text


def test_an_earlier_note_can_be_brought_back(als, tom, noteer, notitie_veld, gesprek, stap_url):
    noteer(notitie_veld, "eerste tekst")
    noteer(notitie_veld, "tweede tekst", basis=1)
    url = reverse("historiek", args=[gesprek.dossier_id, notitie_veld])
    client = als(tom)

    html = client.get(url).text
    assert "eerste tekst" in html
    assert "Hoe worden afwezigheden bij jullie geregistreerd" in html
    response = client.post(url, {"revisie": "1", "basis": "2"})

    assert response.url == f"{stap_url}#{notitie_veld}"
    assert Notitie.objects.get().tekst == "eerste tekst"
    assert revisies(Notitie.objects.get(), "tekst").count() == 3


def test_the_whole_page_saves_without_javascript(als, tom, stap_url, notitie_veld, resultaat_veld):
    client = als(tom)
    form = whole_form(client.get(stap_url).text)

    typed = {notitie_veld: "genoteerd", resultaat_veld: "één lijn"}
    response = client.post(stap_url, form | typed, follow=True)

    assert "Alles is bewaard." in response.text
    assert Notitie.objects.get().tekst == "genoteerd"
    assert Gesprekstap.objects.get().resultaat == "één lijn"
    assert Gesprekstap.objects.get().afgerond_op is None


def test_rounding_off_saves_everything_and_goes_to_the_next_step(
    als, tom, stap_url, gesprek, notitie_veld, resultaat_veld
):
    client = als(tom)
    form = whole_form(client.get(stap_url).text)
    typed = {notitie_veld: "genoteerd", resultaat_veld: "één lijn", "afronden": "1"}

    response = client.post(stap_url, form | typed)

    assert response.url == step_url(gesprek, "data")
    stap = Gesprekstap.objects.get()
    assert (stap.resultaat, stap.afgerond_door) == ("één lijn", tom)
    assert Notitie.objects.get().tekst == "genoteerd"
    assert "‘Registratie’ is afgerond. Verder met ‘Data’." in client.get(response.url).text
    assert "Heropen deze stap" in client.get(stap_url).text


def test_a_double_click_rounds_off_once_and_keeps_who_was_first(als, tom, an, stap_url):
    als(tom).post(stap_url, {"afronden": "1"})
    first = Gesprekstap.objects.get()

    als(an).post(stap_url, {"afronden": "1"})

    again = Gesprekstap.objects.get()
    assert (again.afgerond_op, again.afgerond_door) == (first.afgerond_op, tom)


def test_a_step_can_be_opened_again(als, tom, stap_url):
    client = als(tom)
    client.post(stap_url, {"afronden": "1"})

    for _ in range(2):
        assert client.post(stap_url, {"heropen": "1"}).url.startswith(stap_url)

    stap = Gesprekstap.objects.get()
    assert (stap.afgerond_op, stap.afgerond_door) == (None, None)
    assert "Rond deze stap af" in client.get(stap_url).text


def test_a_step_with_a_conflict_is_not_rounded_off(als, tom, an, stap_url, noteer, notitie_veld):
    noteer(notitie_veld, "van An", user=an)

    response = als(tom).post(
        stap_url, {notitie_veld: "van Tom", f"{notitie_veld}_basis": "0", "afronden": "1"}
    )

    assert response.status_code == 409
    assert "van Tom" in response.text
    assert not Gesprekstap.objects.exists()


def test_the_last_step_leads_back_to_the_cover(als, tom, gesprek):
    response = als(tom).post(step_url(gesprek, "samenwerking"), {"afronden": "1"})

    assert response.url == reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])


@pytest.mark.parametrize(
    "veld",
    [
        "notitie-{pk}-registratie-b99-tekst",
        "notitie-{pk}-registratie-c01-tekst",  # the role of the CLB is no question
        "notitie-{pk}-registratie-b01-item",
        "notitie-{pk}registratie-b01-tekst",
        "notitie-{hex}-registratie-b01-tekst",
        "notitie-registratie-b01-tekst",
        "notitie-{pk}-tekst",
        "notitie--tekst",
        "stap-{pk}-vooraf-resultaat",
        "stap-{pk}-registratie-afgerond_op",
        "gesprek-{pk}-versie",
        "gesprek-rommel-titel",
        "uitwerking-00000000-0000-4000-8000-000000000000-bereiken",
        "notitie-00000000-0000-4000-8000-000000000000-registratie-b01-tekst",
    ],
)
def test_an_unknown_field_is_not_found(noteer, gesprek, veld):
    name = veld.format(pk=gesprek.pk, hex=gesprek.pk.hex)

    assert noteer(name, "x").status_code == 404
    assert not Notitie.objects.exists()


def test_a_note_in_a_talk_of_another_school_is_not_found(noteer, start, ander_huis, gesprek):
    theirs = start(gesprek.versie, dossier=ander_huis.dossier, door=ander_huis.team)

    assert noteer(note_name(theirs, "registratie-b01"), "van ons").status_code == 404
    assert not Notitie.objects.exists()


def test_two_talks_about_one_material_keep_their_notes_apart(
    als, tom, start, gesprek, noteer, notitie_veld
):
    other = start(gesprek.versie)
    noteer(notitie_veld, "in het eerste gesprek")
    noteer(note_name(other, "registratie-b01"), "in het tweede", url=step_url(other, "registratie"))

    html = als(tom).get(step_url(other, "registratie")).text

    assert "in het tweede" in html
    assert "in het eerste gesprek" not in html


def test_who_only_reads_sees_texts_and_no_fields(als, huis, noteer, notitie_veld, stap_url):
    noteer(notitie_veld, "Elk lesuur <b>in</b> Smartschool.")

    html = als(huis.lezer).get(stap_url).text

    assert "Elk lesuur &lt;b&gt;in&lt;/b&gt; Smartschool." in html
    writes = als(huis.team).get(stap_url).text
    for button in ("<textarea", "Rond deze stap af", "Afronden zet", "Wat gaan jullie doen?"):
        assert button in writes
        assert button not in html
    assert als(huis.lezer).post(stap_url, {"afronden": "1"}).status_code == 403


def test_a_closed_dossier_is_read_only(als, tom, an, dossier, stap_url, noteer, notitie_veld):
    noteer(notitie_veld, "voor het afsluiten")
    close_dossier(dossier=dossier, door=an)
    client = als(tom)

    html = client.get(stap_url).text

    assert "Dit dossier is afgesloten" in html
    assert "voor het afsluiten" in html
    assert "<textarea" not in html
    assert client.post(stap_url, {"afronden": "1"}).status_code == 403
    assert noteer(notitie_veld, "toch nog", basis=1).status_code == 403
    assert Notitie.objects.get().tekst == "voor het afsluiten"


def test_who_was_typing_while_the_talk_was_struck_loses_nothing(
    als, tom, an, stap_url, gesprek, noteer, notitie_veld, resultaat_veld
):
    client = als(tom)
    form = whole_form(client.get(stap_url).text)
    strike(record=gesprek, door=an)

    assert noteer(notitie_veld, "nog net").status_code == 200
    response = client.post(stap_url, form | {resultaat_veld: "en dit"}, follow=True)

    assert "Dit gesprek is geschrapt" in response.text
    assert "Zet het gesprek terug" in response.text
    assert Notitie.objects.get().tekst == "nog net"
    assert Gesprekstap.objects.get().resultaat == "en dit"
    assert Gesprek.objects.get().geschrapt_op is not None


def test_the_leidraad_and_the_flow_stand_beside_the_step(als, tom, laad, stap_url):
    client = als(tom)
    html = client.get(stap_url).text
    for slug in ("leidraad-dialoogdocument", "visuele-flow"):
        laad(slug).materiaal.versies.update(status="concept")
    alone = client.get(stap_url).text

    # Without an accompanying flow, the road is that of the steps.
    assert "De weg in 4 stappen; jullie zijn bij stap 1" in alone
    assert "De aanleiding" not in alone
    assert "Leidraad bij dialoogdocument" not in alone
    assert "<summary>Leidraad bij dialoogdocument</summary>" in html
    assert "De aanleiding" in html
    # The number of the step is the same above the page and on the road beside it.
    assert "Stap 1 van 4" in html
    assert "De weg in 4 stappen; jullie zijn bij stap 1" in html


def test_the_role_of_the_clb_is_folded_and_comes_last(als, tom, stap_url):
    beside = als(tom).get(stap_url).text.partition("<aside")[2].partition("</aside>")[0]
    folded = [one.partition("</summary>")[0] for one in beside.split("<details")[1:]]

    assert "Rol van het CLB" in beside
    assert "Rol van het CLB" not in beside.partition("<details")[0]
    assert "Rol van het CLB" in folded[-1]
    assert " open" not in folded[-1].partition(">")[0]


def test_rounding_off_is_in_reach_once_and_says_what_it_does(als, tom, stap_url, gesprek):
    client = als(tom)
    html = client.get(stap_url).text
    bar = html.partition('class="stapvoet"')[2].partition("</form>")[0]

    assert html.count('name="afronden"') == bar.count('name="afronden"') == 1
    assert "Afronden zet een vinkje en brengt je naar ‘Data’." in bar
    assert "Je kan de stap altijd weer openen." in bar
    last = client.get(step_url(gesprek, "samenwerking")).text
    assert "brengt je naar het overzicht." in last


def test_the_focus_stays_in_sight_on_the_steps_after_it(als, tom, laad, start, noteer):
    gesprek, client = start(laad("aanwezig-op-school")), als(tom)
    pages = ("breed-kijken", "focus-bepalen", "plan-opmaken", "uitvoering", "vieren")
    assert "Onze focus" not in client.get(step_url(gesprek, "plan-opmaken")).text
    url = step_url(gesprek, "focus-bepalen")
    noteer(f"stap-{gesprek.pk}-focus-bepalen-resultaat", "Wie <b>te laat</b> komt.", url=url)

    shown = {code: client.get(step_url(gesprek, code)).text for code in pages}

    with_focus = [code for code, html in shown.items() if "Onze focus:" in html]
    assert with_focus == ["plan-opmaken", "uitvoering", "vieren"]
    assert "Wie &lt;b&gt;te laat&lt;/b&gt; komt." in shown["vieren"]
    assert f"{url}?stop=resultaat#resultaat" in shown["vieren"]


def test_the_templates_show_the_focus_of_a_talk_of_this_dossier(
    als, tom, laad, start, noteer, ander_huis
):
    sjablonen, actieplan = (
        start(laad("sjablonen-plan-en-opvolging")),
        start(laad("actieplan-aanwezigheidsbeleid")),
    )
    fiche = laad("aanwezig-op-school")
    earlier, theirs = (
        start(fiche, "Vorig gesprek"),
        start(fiche, dossier=ander_huis.dossier, door=ander_huis.team),
    )
    client = als(tom)
    naam = "stap-{}-focus-bepalen-resultaat".format
    url = step_url(theirs, "focus-bepalen")
    assert noteer(naam(theirs.pk), "van hen", url=url, user=ander_huis.team).status_code == 200
    assert "Onze focus" not in client.get(step_url(sjablonen, "plan-opmaken")).text
    noteer(naam(earlier.pk), "op tijd komen", url=step_url(earlier, "focus-bepalen"))

    html = client.get(step_url(sjablonen, "plan-opmaken")).text

    assert "op tijd komen" in html
    assert "uit ‘Vorig gesprek’" in html
    assert not Notitie.objects.exists()
    assert "Onze focus" not in client.get(step_url(actieplan, "fase-0")).text
    strike(record=earlier, door=tom)
    assert "Onze focus" not in client.get(step_url(sjablonen, "plan-opmaken")).text


def test_the_info_behind_a_point_unfolds(als, tom, laad, start):
    gesprek = start(laad("actieplan-aanwezigheidsbeleid"))

    html = als(tom).get(step_url(gesprek, "fase-0")).text

    assert "Meer hierover" in html
    assert "vraag het ook aan enkele leerlingen" in html


def test_a_step_takes_as_many_queries_however_much_is_in_it(
    als, tom, stap_url, gesprek, noteer, django_assert_num_queries
):
    client = als(tom)
    client.get(stap_url)
    # One of them looks for what the plan says, for a question without a note.
    with django_assert_num_queries(9):
        client.get(stap_url)
    onderdeel = gesprek.versie.onderdelen.get(code="registratie")
    for number in range(1, 7):
        noteer(note_name(gesprek, f"registratie-b0{number}"), "gezegd")
        create_gespreksactie(onderdeel=onderdeel, gesprek=gesprek, wat="doen", door=tom)
    client.post(stap_url, {"afronden": "1"})
    client.get(stap_url)

    with django_assert_num_queries(8):
        client.get(stap_url)
    assert Actie.objects.count() == 6


def test_a_save_takes_nine_queries(als, tom, stap_url, notitie_veld, django_assert_num_queries):
    client = als(tom)
    data = {"veld": notitie_veld, notitie_veld: "dan", f"{notitie_veld}_basis": "0"}
    client.get(stap_url)  # which also asks, once a process, whether a backup was put back
    with django_assert_num_queries(9):
        client.post(stap_url, data, headers={"HX-Request": "true"})


def _flat(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()
