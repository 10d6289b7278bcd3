"""Reading within a dossier: what can be read there, and the actions that arise from it."""

import shutil

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from dialoogfiches.lezen.domain import create_leesactie
from dialoogfiches.lezen.models import Leesactie
from dialoogfiches.lezen.queries import leesmaterialen
from dialoogfiches.models import Item
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.materialen.domain.loading import OngeldigeMaterialen, load_materialen
from dossiers.models import DossierAfgesloten
from dossiers.sociale_kaart.models import Voorziening
from dossiers.velden.domain.striking import restore, strike
from tests.dossiers.materialen.nieuweversie import next_version
from tests.dossiers.sociale_kaart.kaart import place
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

TIPS = "leerkracht-als-schakel"
PSYCHISCH = "psychisch-kwetsbare-jongeren"
TIP = "tijdens-afwezigheid-t01"
NIEUW = "nieuw-lezen"
AT_TIP = f"tip-{TIP}"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def at(dossier):
    """Returns the URL of a material within the dossier."""
    return lambda slug: reverse("lezen", args=[dossier.pk, slug])


@pytest.fixture
def tips(laad, at) -> str:
    laad(TIPS)
    return at(TIPS)


@pytest.fixture
def tip(tips) -> Item:
    return Item.objects.get(code=TIP)


@pytest.fixture
def leidraad(laad, at) -> str:
    laad("leidraad-dialoogdocument")
    return at("leidraad-dialoogdocument")


def acties(dossier) -> list[str]:
    return [actie.wat for actie in Actie.objects.filter(dossier=dossier, geschrapt_op=None)]


def typed(client, url, **fields) -> dict[str, str]:
    """What the page submits with a new action typed in it and its button pressed."""
    form = whole_form(client.get(url).text)
    form.pop("tip", None)
    return (
        form
        | {f"{NIEUW}-{name}": text for name, text in fields.items()}
        | {"nieuwe_actie": "lezen"}
    )


def at_tip(wat: str, **typed) -> dict[str, str]:
    """What the form of an action at a tip sends."""
    fields = {"wat": wat, **typed}
    return {f"nieuw-{AT_TIP}-{part}": text for part, text in fields.items()} | {
        "nieuwe_actie": AT_TIP
    }


def grow(tip: Item, dossier, door, wat: str = "Een kaartje namens de klas") -> Actie:
    return create_leesactie(
        dossier=dossier, onderdeel=tip.rubriek.onderdeel, tip=tip, wat=wat, door=door
    )


def place_of_tip(html: str) -> str:
    """The part of a page where an action of the tip is made."""
    return html.split(f'id="plaats-{AT_TIP}"')[1].split('<div class="tip"', maxsplit=1)[0]


# --- reading ---------------------------------------------------------------------------------
@pytest.mark.parametrize("slug", ["leidraad-dialoogdocument", "visuele-flow", TIPS])
def test_everything_of_a_material_can_be_read(als, huis, laad, at, slug):
    versie = laad(slug)

    html = als(huis.lezer).get(at(slug)).content.decode()

    for onderdeel in versie.onderdelen.all():
        assert f'href="#{onderdeel.code}"' in html
        assert f'id="{onderdeel.code}"' in html
    for item in versie.items.all():
        assert escape(item.tekst) in html


def test_the_visual_flow_is_drawn(als, tom, laad, at):
    laad("visuele-flow")

    html = als(tom).get(at("visuele-flow")).text

    assert "<title>De weg in 7 stappen</title>" in html


def test_a_phase_of_the_zorgcontinuum_has_its_number_and_colour(als, huis, laad, at):
    laad(PSYCHISCH)

    html = als(huis.medewerker).get(at(PSYCHISCH)).text

    contents = html[html.index("lees-inhoud") : html.index("lees-tekst")]
    assert 'class="fase-3"' in contents
    assert '<span class="visually-hidden">Fase </span>3</span>' in contents


def test_only_what_one_reads_has_a_page_here(als, tom, laad, at):
    for slug in ("dialoogdocument", "mini-bevraging", "dialoogdocument-ouders"):
        laad(slug)
    client = als(tom)

    for slug in ("dialoogdocument", "mini-bevraging", "dialoogdocument-ouders", "preventieplan"):
        assert client.get(at(slug)).status_code == 404
    assert client.get(at("bestaat-niet")).status_code == 404


def test_who_may_not_write_gets_no_buttons(als, huis, tips):
    html, writes = (als(user).get(tips).text for user in (huis.lezer, huis.team))

    assert "Wat gaan jullie doen?" not in html
    assert "Wat gaan jullie doen?" in writes
    # She can still make a personal card.
    assert "Maak mijn kaart" in html


# --- CLB-only materials ----------------------------------------------------------------------
def test_what_is_for_the_clb_is_for_the_clb(als, huis, laad, at):
    laad(PSYCHISCH)

    for user in (huis.team, huis.lezer):
        refused = als(user).get(at(PSYCHISCH))
        assert refused.status_code == 403
        assert "In de toolbox kan je" in refused.text
        assert als(user).post(at(PSYCHISCH), {}).status_code == 403
        assert als(user).get(reverse("materiaal", args=[PSYCHISCH])).status_code == 200
    for user in (huis.medewerker, huis.ankerfiguur):
        assert als(user).get(at(PSYCHISCH)).status_code == 200


def test_the_clb_is_told_that_the_school_reads_its_actions(als, huis, laad, at, leidraad):
    laad(PSYCHISCH)
    warning = "ook de school leest ze"

    assert warning in als(huis.medewerker).get(at(PSYCHISCH)).text
    assert warning not in als(huis.medewerker).get(leidraad).text


def test_a_stranger_finds_nothing(als, ander_huis, oscar, tips):
    for user in (oscar, ander_huis.ankerfiguur, ander_huis.team):
        assert als(user).get(tips).status_code == 404
        assert als(user).post(tips, at_tip("Bellen")).status_code == 404
    assert not Actie.objects.exists()


# --- a new action ----------------------------------------------------------------------------
def test_an_idea_while_reading_goes_straight_into_the_plan(als, tom, dossier, leidraad):
    client = als(tom)
    data = typed(client, leidraad, wat="Codes oplijsten", wie="Secretariaat", onderdeel="data")

    response = client.post(leidraad, data)

    made = Leesactie.objects.get(actie__dossier=dossier)
    assert response.url == f"{leidraad}#actie-{made.actie_id}"
    assert (made.actie.wat, made.actie.wie) == ("Codes oplijsten", "Secretariaat")
    assert (made.onderdeel.code, made.tip) == ("data", None)
    html = client.get(leidraad).text
    assert "De actie staat bij jullie acties." in html
    assert "Codes oplijsten" in html
    assert "Codes oplijsten" in client.get(reverse("overzicht", args=[dossier.pk])).text


def test_an_action_that_arrives_twice_is_one_action(als, tom, dossier, leidraad):
    client = als(tom)
    data = typed(client, leidraad, wat="Codes oplijsten", onderdeel="data")

    anchors = {client.post(leidraad, data).url for _ in range(2)}

    made = Leesactie.objects.get(actie__dossier=dossier)
    assert anchors == {f"{leidraad}#actie-{made.actie_id}"}


def test_an_action_without_words_is_no_action(als, tom, dossier, leidraad):
    client = als(tom)

    response = client.post(leidraad, typed(client, leidraad, wat=" ", wie="Directie"))

    assert response.status_code == 422
    assert "Zeg eerst wat jullie gaan doen." in response.text
    assert "Directie" in response.text
    assert acties(dossier) == []


def test_a_part_that_does_not_exist_is_refused(als, tom, dossier, leidraad):
    client = als(tom)

    response = client.post(leidraad, typed(client, leidraad, wat="Iets", onderdeel="nergens"))

    assert response.status_code == 422
    assert "Kies een deel uit de lijst." in response.text
    assert acties(dossier) == []


def test_choosing_another_part_is_not_yet_a_new_action(als, tom, dossier, leidraad):
    client = als(tom)
    data = typed(client, leidraad, onderdeel="beleid")
    data.pop("nieuwe_actie")

    assert client.post(leidraad, data).status_code == 302
    assert acties(dossier) == []


def test_an_action_is_filled_in_further_where_it_stands(als, tom, dossier, tip, tips):
    actie = grow(tip, dossier, tom)
    veld = f"actie-{actie.pk}-wie"

    saved = als(tom).post(
        tips,
        {"veld": veld, veld: "Klastitularis", f"{veld}_basis": "0"},
        headers=HTMX,
    )

    assert saved.status_code == 200
    actie.refresh_from_db()
    assert actie.wie == "Klastitularis"


# --- a tip becomes an action -----------------------------------------------------------------
def test_without_javascript_a_tip_becomes_an_action_in_ones_own_words(als, tom, dossier, tips):
    client = als(tom)
    opened = client.post(tips, {"open_actie": AT_TIP})
    assert opened.url == f"{tips}?actie={AT_TIP}#nieuw-{AT_TIP}-wat"
    page = client.get(opened.url).text
    assert '<p class="actie-citaat">Een kaartje sturen</p>' in place_of_tip(page)
    assert "Hoe doen jullie dat op jullie school?" in place_of_tip(page)
    assert whole_form(page)[f"nieuw-{AT_TIP}-wat"] == ""
    assert '<option value="Tom">' in page

    form = whole_form(page) | at_tip(
        "Elke klas schrijft een kaart", wie="Tom", wanneer="eens in mei"
    )
    response = client.post(tips, form)

    made = Leesactie.objects.get(actie__dossier=dossier)
    assert response.url == f"{tips}#actie-{made.actie_id}"
    assert (made.actie.wat, made.actie.wie) == ("Elke klas schrijft een kaart", "Tom")
    assert (made.onderdeel.code, made.tip.code) == ("tijdens-afwezigheid", TIP)
    place = place_of_tip(client.get(tips).text)
    assert "Elke klas schrijft een kaart</a> · Tom, eens in mei" in place
    assert "open_actie" not in place


@pytest.mark.parametrize(
    "wat", ["Een kaartje sturen", " een KAARTJE\nsturen!", "Een kàartje-sturen"]
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_tip_as_it_stands_is_not_yet_an_action(als, tom, dossier, tips, wat, headers):
    response = als(tom).post(tips, at_tip(wat, wie="Tom"), headers=headers)

    assert response.status_code == 422
    place = place_of_tip(response.text)
    assert "Zeg in jullie eigen woorden wat jullie gaan doen." in place
    assert whole_form(place)[f"nieuw-{AT_TIP}-wat"] == wat.lstrip("\n")
    assert whole_form(place)[f"nieuw-{AT_TIP}-wie"] == "Tom"
    assert acties(dossier) == []


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_button_without_its_field_asks_for_words(als, tom, dossier, tips, headers):
    response = als(tom).post(tips, {"nieuwe_actie": AT_TIP}, headers=headers)

    assert response.status_code == 422
    assert "Zeg eerst wat jullie gaan doen." in place_of_tip(response.text)
    assert acties(dossier) == []


def test_what_htmx_puts_in_the_place_of_a_tip_is_what_a_reload_shows(als, tom, dossier, tips):
    client = als(tom)
    sent = at_tip("Elke klas schrijft een kaart") | {f"nieuw-{AT_TIP}-sleutel": "0" * 32}

    first = client.post(tips, sent, headers=HTMX)
    second = client.post(tips, sent, headers=HTMX)

    actie = Actie.objects.get(dossier=dossier)
    page = " ".join(client.get(tips).text.split())
    for response in (first, second):
        assert response.headers["HX-Retarget"] == f"#plaats-{AT_TIP}"
        place, _, listed = response.text.partition('<div hx-swap-oob="beforeend:#acties-lijst">')
        assert " ".join(place.split()) in page
        assert f'id="actie-{actie.pk}"' in listed
        assert " ".join(listed.split())[:200] in page


def test_two_people_who_make_an_action_of_one_tip_both_keep_their_words(
    als, tom, an, dossier, tips
):
    for user, wat in ((tom, "Tom schrijft"), (an, "An belt")):
        als(user).post(tips, at_tip(wat), headers=HTMX)

    assert acties(dossier) == ["Tom schrijft", "An belt"]
    place = place_of_tip(als(tom).get(tips).text)
    assert "Tom schrijft" in place
    assert "An belt" in place


def test_a_struck_action_leaves_its_tip_until_it_comes_back(als, tom, dossier, tip, tips):
    actie = grow(tip, dossier, tom)
    strike(record=actie, door=tom)
    assert "open_actie" in place_of_tip(als(tom).get(tips).text)

    restore(record=actie, door=tom)

    assert actie.wat in place_of_tip(als(tom).get(tips).text)


def test_the_same_tip_grows_in_another_dossier_too(als, tom, dossier, ander_huis, tip, tips):
    grow(tip, ander_huis.dossier, ander_huis.team)
    assert "open_actie" in place_of_tip(als(tom).get(tips).text)

    als(tom).post(tips, at_tip("Bellen"))

    assert acties(dossier) == ["Bellen"]


def test_a_tip_keeps_its_action_in_a_newer_version(als, tom, an, dossier, tip, tips):
    grow(tip, dossier, tom)
    next_version(tip.versie, an)

    html = als(tom).get(tips).text

    assert "Versie 2027.1" in html
    assert "Een kaartje namens de klas" in place_of_tip(html)


def test_a_version_from_which_an_action_grew_never_changes(tom, dossier, tip, tmp_path):
    grow(tip, dossier, tom)
    shutil.copytree(settings.MATERIALEN_DIR / TIPS, tmp_path / TIPS)
    path = tmp_path / TIPS / f"{tip.versie.versie}.yaml"
    path.write_text(path.read_text().replace("Humor gebruiken", "Lachen"))

    with pytest.raises(OngeldigeMaterialen, match="verandert niet meer"):
        load_materialen(tmp_path)


@pytest.mark.parametrize("naam", ["tip-preventief-t99", "rommel"])
def test_what_is_no_tip_becomes_no_action(als, tom, dossier, tips, naam):
    client = als(tom)
    sent = {f"nieuw-{naam}-wat": "Iets", "nieuwe_actie": naam}

    assert client.post(tips, sent, headers=HTMX).status_code == 404
    client.post(tips, sent)
    assert client.get(tips, {"actie": naam}).status_code == 200
    assert acties(dossier) == []


def test_a_text_that_is_only_read_has_no_place_for_an_action(als, tom, dossier, leidraad):
    item = Item.objects.filter(versie__materiaal__slug="leidraad-dialoogdocument")[0]
    sent = {f"nieuw-tip-{item.code}-wat": "Iets", "nieuwe_actie": f"tip-{item.code}"}

    assert als(tom).post(leidraad, sent, headers=HTMX).status_code == 404
    assert acties(dossier) == []


def test_what_was_typed_beside_the_tip_is_not_lost(als, tom, dossier, tips):
    client = als(tom)
    data = typed(client, tips, wat="Iets anders") | {"open_actie": AT_TIP}
    data.pop("nieuwe_actie")

    assert client.post(tips, data).url == f"{tips}?actie={AT_TIP}#nieuw-{AT_TIP}-wat"

    assert acties(dossier) == ["Iets anders"]


def test_who_comes_to_wie_gets_the_names_of_the_team(als, huis, tips):
    names = als(huis.team).get(tips, {"team": "1"}, headers=HTMX).text

    assert '<option value="Tom">' in names
    assert "<h1" not in names


def test_a_closed_dossier_is_only_read(als, tom, an, dossier, tip, tips):
    assert "Wat gaan jullie doen?" in als(tom).get(tips).text
    close_dossier(dossier=dossier, door=an)

    html = als(tom).get(f"{tips}?actie={AT_TIP}").text

    assert "Dit dossier is afgesloten" in html
    assert "Wat gaan jullie doen?" not in html
    assert als(tom).post(tips, at_tip("Bellen")).status_code == 403
    with pytest.raises(DossierAfgesloten):
        grow(tip, dossier, tom)


# --- the list for the page of the dossier ----------------------------------------------------
def test_the_dossier_knows_what_one_can_read_beside_it(dossier, tom, tip):
    grow(tip, dossier, tom)

    def slugs(clb):
        return {one.materiaal.slug: one.acties for one in leesmaterialen(dossier=dossier, clb=clb)}

    for_all = {"visuele-flow": 0, "leidraad-dialoogdocument": 0, "gedachtegoed": 0, TIPS: 1}
    assert slugs(clb=False) == for_all
    assert slugs(clb=True) == {**for_all, PSYCHISCH: 0}


def test_a_material_without_a_published_version_is_not_there(laad, dossier, at, als, tom):
    flow = laad("visuele-flow").materiaal
    flow.versies.update(status="concept")

    shown = leesmaterialen(dossier=dossier, clb=True)
    assert flow not in [one.materiaal for one in shown]
    assert als(tom).get(at("visuele-flow")).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_actions(
    als, tom, dossier, tips, django_assert_num_queries
):
    client = als(tom)
    client.get(tips)

    with django_assert_num_queries(6):
        client.get(tips)
    for item in Item.objects.filter(code__startswith="bij-terugkeer"):
        grow(item, dossier, tom)
    client.get(tips)  # which also asks, once a process, whether a backup was put back
    with django_assert_num_queries(6):
        client.get(tips)
    with django_assert_num_queries(2):
        leesmaterialen(dossier=dossier, clb=True)


# --- the sociale kaart -----------------------------------------------------------------------
def test_the_sociale_kaart_stands_in_the_part_that_asks_for_it(als, huis, laad, at, leidraad):
    versie, table = laad(PSYCHISCH), Voorziening._meta.db_table
    place(huis.clb)
    marie = als(huis.medewerker)

    def asked(url: str) -> tuple[str, int]:
        with CaptureQueriesContext(connection) as queries:
            page = marie.get(url).text
        return page, sum(table in one["sql"] for one in queries)

    page, times = asked(reverse("lezen-deel", args=[huis.dossier.pk, PSYCHISCH, "draaischijf"]))
    assert "De Schakelplek" in page[page.index('id="draaischijf-kop"') :]
    assert (page.count("De Schakelplek"), times) == (1, 1)
    page, times = asked(reverse("lezen-deel", args=[huis.dossier.pk, PSYCHISCH, "fase-3"]))
    assert ("De Schakelplek" in page, times) == (False, 0)
    page, times = asked(leidraad)
    assert ("De Schakelplek" in page, times) == (False, 0)
    # Beside a dossier alone: elsewhere it is nobody's.
    assert "De Schakelplek" not in marie.get(reverse("materiaal", args=[PSYCHISCH])).text
    assert versie.versie == "2026.5"
