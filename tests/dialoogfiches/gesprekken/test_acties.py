"""Actions that arise in a talk: created from a note, typed, followed up and celebrated."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.models import Gespreksactie, Notitie, Uitwerking
from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.velden.domain.striking import strike
from tests.dialoogfiches.conftest import note_name, step_url
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def sjablonen(start, laad):
    """A talk about the sjablonen: plan, follow up, celebrate."""
    return start(laad("sjablonen-plan-en-opvolging"))


@pytest.fixture
def geplande(sjablonen, dossier, tom):
    """An action that was created in the planning step."""
    return create_gespreksactie(
        onderdeel=sjablonen.versie.onderdelen.get(acties="plannen"),
        gesprek=sjablonen,
        wat="Elke maandag een welkom aan de poort",
        wie="de directie",
        wanneer="na de herfstvakantie",
        door=tom,
    )


def action(naam: str, wat: str, **more: str) -> dict[str, str]:
    """What the form of a new action sends from its place."""
    words = {"wat": wat, **more}
    sent = {f"nieuw-{naam}-{field}": text for field, text in words.items()}
    return sent | {"nieuwe_actie": naam}


def make(client, url: str, naam: str, wat: str, **more: str):
    """Make an action in its place, as htmx does."""
    return client.post(url, action(naam, wat, **more), headers={"HX-Request": "true"})


@pytest.mark.parametrize("view", ["lijst", "bespreken"])
def test_an_action_is_made_under_a_question_in_both_views(
    als, tom, an, stap_url, noteer, gesprek, view
):
    veld, elsewhere = (note_name(gesprek, f"registratie-b0{number}") for number in (2, 3))
    noteer(veld, "Niemand belt na tien uur.")
    client = als(tom)
    before = client.get(stap_url, {"weergave": view}).text
    assert before.count(f'value="{veld}"') == 1

    made = make(client, stap_url, veld, "Eén lijn afspreken", wie="Lien", wanneer="maandag")

    assert made.status_code == 200
    assert made.headers["HX-Retarget"] == f"#plaats-{veld}"
    actie = Actie.objects.get()
    assert (actie.wat, actie.wie, actie.wanneer) == ("Eén lijn afspreken", "Lien", "maandag")
    assert actie.gespreksactie.onderdeel.code == "registratie"
    assert actie.gespreksactie.notitie == Notitie.objects.get()
    html = client.get(stap_url, {"weergave": view}).text
    # What is swapped in is what a reload shows: the place, and the line in the list.
    for part in (made.text.partition("</div>")[0], f'id="actie-{actie.pk}"'):
        assert part.strip() in html
        assert part.strip() in made.text
    assert f'value="{veld}"' not in html
    assert f'value="{elsewhere}"' in html


def test_what_is_typed_under_a_note_that_has_its_action_is_not_dropped(
    als, tom, an, stap_url, noteer, gesprek
):
    veld = note_name(gesprek, "registratie-b02")
    noteer(veld, "Niemand belt na tien uur.")
    make(als(tom), stap_url, veld, "van Tom")

    make(als(an), stap_url, veld, "van An")

    assert {actie.wat: actie.gespreksactie.notitie_id for actie in Actie.objects.all()} == {
        "van Tom": Notitie.objects.get().pk,
        "van An": None,
    }


def test_an_action_under_a_note_that_nobody_saved_yet_belongs_to_the_step(
    als, tom, stap_url, gesprek
):
    make(als(tom), stap_url, note_name(gesprek, "registratie-b02"), "Eén lijn afspreken")

    assert Actie.objects.get().gespreksactie.notitie is None


def test_without_javascript_the_form_opens_under_the_question_and_quotes_the_note(
    als, tom, stap_url, gesprek
):
    veld = note_name(gesprek, "registratie-b02")
    client = als(tom)
    form = whole_form(client.get(stap_url).text)

    opened = client.post(stap_url, form | {veld: "Niemand belt.", "open_actie": veld})

    assert opened.url == f"{stap_url}?weergave=lijst&actie={veld}#nieuw-{veld}-wat"
    html = client.get(opened.url).text
    assert '<p class="actie-citaat">Niemand belt.</p>' in html
    assert '<option value="Tom"></option>' in html
    client.post(stap_url, whole_form(html) | action(veld, "Wie belt, noteert"))
    assert Actie.objects.get().gespreksactie.notitie == Notitie.objects.get()


def test_a_struck_action_leaves_room_for_another(als, tom, stap_url, noteer, gesprek):
    veld = note_name(gesprek, "registratie-b02")
    noteer(veld, "Niemand belt.")
    client = als(tom)
    make(client, stap_url, veld, "Eén lijn afspreken")
    strike(record=Actie.objects.get(), door=tom)
    assert f'value="{veld}"' in client.get(stap_url).text

    make(client, stap_url, veld, "Anders aanpakken")

    assert Actie.objects.get(geschrapt_op=None).wat == "Anders aanpakken"


def test_an_action_without_what_is_asked_for_it_there(als, tom, stap_url, noteer, gesprek):
    veld = note_name(gesprek, "registratie-b02")
    noteer(veld, "Niemand belt.")

    answer = make(als(tom), stap_url, veld, " ", wie="Lien")

    assert answer.status_code == 422
    assert "Zeg eerst wat jullie gaan doen." in answer.text
    assert "Niemand belt." in answer.text
    assert 'value="Lien"' in answer.text
    assert not Actie.objects.exists()


def test_a_place_that_is_no_note_of_this_step_is_not_found(
    als, tom, stap_url, gesprek, start, noteer
):
    other = start(gesprek.versie)
    elsewhere = note_name(other, "registratie-b01")
    noteer(elsewhere, "in een ander gesprek", url=step_url(other, "registratie"))
    client = als(tom)

    for name in ("rommel", f"stap-{gesprek.pk}-registratie-resultaat", elsewhere):
        assert make(client, stap_url, name, "iets").status_code == 404
        assert client.post(stap_url, action(name, "iets")).status_code == 404
    assert not Actie.objects.exists()


def test_the_names_of_the_team_are_asked_for_when_somebody_comes_to_wie(als, huis, stap_url):
    asked = {"headers": {"HX-Request": "true"}}

    part = als(huis.team).get(stap_url, {"team": "1"}, **asked).text

    assert part.strip().startswith("<datalist")
    assert '<option value="Tom"></option>' in part
    assert "<datalist" not in als(huis.lezer).get(stap_url, {"team": "1"}, **asked).text


def test_the_database_keeps_one_action_for_a_note(gesprek, dossier, tom, noteer):
    noteer(note_name(gesprek, "registratie-b01"), "tekst")
    notitie = Notitie.objects.get()
    onderdeel = notitie.item.rubriek.onderdeel
    fields = {"onderdeel": onderdeel, "gesprek": gesprek, "door": tom}
    first = create_gespreksactie(wat="een", notitie=notitie, **fields)
    assert create_gespreksactie(wat="twee", notitie=notitie, **fields) == first
    other = create_actie(dossier=dossier, wat="drie", door=tom)

    with pytest.raises(IntegrityError), transaction.atomic():
        Gespreksactie.objects.create(
            actie=other, onderdeel=onderdeel, gesprek=gesprek, notitie=notitie
        )


def test_a_new_action_typed_in_a_step_is_never_lost(als, tom, stap_url, gesprek):
    naam = f"nieuw-{gesprek.pk}-registratie"
    client = als(tom)

    response = client.post(
        stap_url, {f"{naam}-wat": "codes op één blad", f"{naam}-wie": "Sofie", "afronden": "1"}
    )

    assert response.url == step_url(gesprek, "data")
    actie = Actie.objects.get()
    assert (actie.wat, actie.wie) == ("codes op één blad", "Sofie")
    assert actie.gespreksactie.gesprek == gesprek
    assert "codes op één blad" in client.get(stap_url).text
    assert "codes op één blad" not in client.get(response.url).text


def test_a_new_action_that_arrives_twice_from_a_step_is_one_action(als, tom, stap_url, gesprek):
    naam = f"{gesprek.pk}-registratie"
    client = als(tom)
    form = whole_form(client.get(stap_url).text) | {
        f"nieuw-{naam}-wat": "codes op één blad",
        "nieuwe_actie": naam,
    }

    anchors = {client.post(stap_url, form).url for _ in range(2)}

    assert anchors == {f"{stap_url}#actie-{Actie.objects.get().pk}"}
    assert Gespreksactie.objects.get().gesprek == gesprek


def test_a_new_action_without_what_is_asked_for_it(als, tom, stap_url, gesprek):
    naam = f"{gesprek.pk}-registratie"

    response = als(tom).post(
        stap_url, {f"nieuw-{naam}-wie": "Sofie", "nieuwe_actie": naam, "afronden": "1"}
    )

    assert response.status_code == 422
    assert "Zeg eerst wat jullie gaan doen." in response.text
    assert "Sofie" in response.text
    assert not Actie.objects.exists()


def test_an_action_can_be_struck_and_is_put_back_in_the_overview(
    als, tom, sjablonen, geplande, dossier
):
    client, plan_url = als(tom), step_url(sjablonen, "plan-opmaken")
    client.post(plan_url, {"schrap": str(geplande.pk)})
    assert geplande.wat not in client.get(plan_url).text

    client.post(reverse("overzicht", args=[dossier.pk]), {"zet_terug": str(geplande.pk)})

    assert geplande.wat in client.get(plan_url).text


def test_the_plan_asks_what_the_sjabloon_asks(als, tom, sjablonen, geplande, noteer):
    plan_url = step_url(sjablonen, "plan-opmaken")
    veld = f"uitwerking-{geplande.pk}-bereiken"
    html = als(tom).get(plan_url).text
    for label in (
        *("Wat willen we bereiken?", "Hoe pakken we het aan?"),
        "Hoe zien we dat we bereiken wat we willen?",
    ):
        assert label in html

    assert noteer(veld, "Iedereen voelt zich welkom", url=plan_url).status_code == 200

    uitwerking = Uitwerking.objects.get()
    assert (uitwerking.actie, uitwerking.bereiken) == (geplande, "Iedereen voelt zich welkom")
    historiek = reverse("historiek", args=[sjablonen.dossier_id, veld])
    assert f'href="{plan_url}' in als(tom).get(historiek).text


def test_the_next_step_follows_the_same_actions_with_their_plan_to_read(
    als, tom, sjablonen, geplande, noteer, dossier
):
    create_actie(dossier=dossier, wat="een actie van elders", door=tom)
    noteer(f"uitwerking-{geplande.pk}-merkbaar", "Minder laatkomers op maandag")
    url, client = step_url(sjablonen, "uitvoering"), als(tom)
    form = whole_form(client.get(url).text)
    html = client.get(url).text
    assert "Minder laatkomers op maandag" in html
    assert "De andere acties van dit dossier (1)" in html
    assert f"actie-{geplande.pk}-wat" not in form

    followed = {
        f"actie-{geplande.pk}-stand": "bezig",
        f"actie-{geplande.pk}-check_op": "2027-01-15",
    }
    client.post(url, form | followed)

    geplande.refresh_from_db()
    assert (geplande.stand, geplande.check_op) == ("bezig", date(2027, 1, 15))
    assert reverse("check", args=[dossier.pk, geplande.pk]) in html
    assert geplande.wat == "Elke maandag een welkom aan de poort"


def test_the_other_actions_of_the_dossier_can_be_followed_there_too(als, tom, sjablonen, dossier):
    other = create_actie(dossier=dossier, wat="een actie van elders", door=tom)
    url, client = step_url(sjablonen, "uitvoering"), als(tom)

    client.post(url, whole_form(client.get(url).text) | {f"actie-{other.pk}-stand": "klaar"})

    other.refresh_from_db()
    assert other.stand == "klaar"
    wrong = {f"actie-{other.pk}-stand": "zoek", f"actie-{other.pk}-stand_basis": "1"}
    assert '<details class="andere-acties" open>' in client.post(url, wrong).text


def test_the_last_step_picks_what_to_celebrate_share_and_keep(als, tom, sjablonen, geplande):
    url, client = step_url(sjablonen, "vieren"), als(tom)
    form = whole_form(client.get(url).text)
    naam = f"uitwerking-{geplande.pk}"

    typed = {f"{naam}-vieren": "taart", f"{naam}-delen": "op de website"}
    client.post(url, form | typed | {f"{naam}-houden": "in de jaarplanning"})

    found = Uitwerking.objects.get()
    assert (found.vieren, found.delen, found.houden) == (
        *("taart", "op de website"),
        "in de jaarplanning",
    )


@pytest.mark.parametrize("code", ["uitvoering", "vieren"])
def test_without_actions_a_step_says_where_to_make_them(als, tom, sjablonen, code):
    html = als(tom).get(step_url(sjablonen, code)).text

    assert "Dit gesprek heeft nog geen acties" in html
    assert f'href="{step_url(sjablonen, "plan-opmaken")}"' in html


def test_an_action_made_while_following_up_has_its_plan_fields_there(als, tom, sjablonen, dossier):
    url, client = step_url(sjablonen, "uitvoering"), als(tom)
    client.post(url, {f"nieuw-{sjablonen.pk}-uitvoering-wat": "nog iets"})

    form = whole_form(client.get(url).text)

    actie = Actie.objects.get()
    assert form[f"actie-{actie.pk}-wat"] == "nog iets"
    assert form[f"actie-{actie.pk}-stand"] == "gepland"


def test_what_is_typed_about_an_action_that_was_just_struck_is_kept(
    als, tom, an, sjablonen, geplande
):
    url, client = step_url(sjablonen, "plan-opmaken"), als(tom)
    form = whole_form(client.get(url).text)
    strike(record=geplande, door=an)

    typed = {f"uitwerking-{geplande.pk}-aanpak": "stap voor stap", f"actie-{geplande.pk}-wie": "An"}
    response = client.post(url, form | typed, follow=True)

    assert "Iemand schrapte intussen een actie" in response.text
    assert Uitwerking.objects.get().aanpak == "stap voor stap"
    geplande.refresh_from_db()
    assert geplande.wie == "An"


def test_an_action_from_elsewhere_has_no_uitwerking_field(noteer, sjablonen, dossier, tom):
    other = create_actie(dossier=dossier, wat="van elders", door=tom)

    assert noteer(f"uitwerking-{other.pk}-bereiken", "x").status_code == 404
    assert not Uitwerking.objects.exists()


def test_the_steps_with_actions_take_as_many_queries_however_many_there_are(
    als, tom, sjablonen, dossier, noteer, django_assert_num_queries
):
    client = als(tom)
    # One of them looks for the focus in the other talks, and one for what was said in them.
    counts = {"plan-opmaken": 10, "uitvoering": 11, "vieren": 10}
    client.get(step_url(sjablonen, "vieren"))
    for code, number in counts.items():
        with django_assert_num_queries(number):
            client.get(step_url(sjablonen, code))
    for nummer in range(5):
        actie = create_gespreksactie(
            onderdeel=sjablonen.versie.onderdelen.get(acties="plannen"),
            gesprek=sjablonen,
            wat=f"actie {nummer}",
            door=tom,
        )
        noteer(f"uitwerking-{actie.pk}-aanpak", "zo")
        create_actie(dossier=dossier, wat="elders", door=tom)

    # The goals that an action can belong to are kept per process.
    client.get(step_url(sjablonen, "vieren"))
    client.get(step_url(sjablonen, "plan-opmaken"))
    for code, number in counts.items():
        with django_assert_num_queries(number):
            client.get(step_url(sjablonen, code))
