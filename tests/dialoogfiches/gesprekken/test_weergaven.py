"""A step in two views: the road through it, what a room does not see, and where one comes back."""

import pytest
from django.urls import reverse

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.preparing import prepare_gesprek
from tests.dialoogfiches.conftest import note_name, step_url
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

EERSTE, TWEEDE, VIERDE = (f"registratie-b0{number}" for number in (1, 2, 4))
LATER = ["acties", "resultaat", "afronden"]


@pytest.fixture
def bespreken(als, tom, stap_url):
    """The page of a stop as Tom gets it: `bespreken("resultaat")`."""

    def get(stop: str = "", *, user=tom, url: str = stap_url) -> str:
        return als(user).get(url, {"weergave": "bespreken", "stop": stop}).text

    return get


@pytest.fixture
def gekozen(gesprek, tom):
    prepare_gesprek(
        gesprek=gesprek,
        seen="0.0",
        datum=None,
        uur=None,
        minuten=50,
        plaats="",
        vragen={VIERDE: 10, TWEEDE: None},
        door=tom,
    )


def flat(html: str) -> str:
    return " ".join(html.split())


def dots(html: str) -> dict[str, str]:
    """The markup of each dot of the road, by the code of its stop."""
    road = flat(html).partition('class="stippen"')[2].partition("</nav>")[0]
    return {part.partition('data-stip="')[2].split('"')[0]: part for part in road.split("<li>")[1:]}


def stop_of(html: str) -> str:
    return whole_form(html)["stop"]


def shown(html: str) -> list[str]:
    """The stops that are not hidden."""
    stops = [part.split(">")[0] for part in flat(html).split('<section class="stop')[1:]]
    return [tag.partition('data-stop="')[2].split('"')[0] for tag in stops if " hidden" not in tag]


def open_in_list(html: str) -> list[str]:
    """The questions that are unfolded in the view lijst."""
    questions = [part for part in flat(html).split('id="vraag-')[1:] if "<details" in part]
    first_tags = ((part, part.partition("<details")[2].split(">")[0]) for part in questions)
    return [part.split('"')[0] for part, tag in first_tags if tag.endswith(" open")]


def test_a_step_has_the_views_of_a_goal_and_the_choice_is_the_same(als, tom, stap_url, dossier):
    client = als(tom)
    assert whole_form(client.get(stap_url).text)["weergave"] == "lijst"

    client.get(reverse("doelstelling", args=[dossier.pk, "f0-1"]), {"weergave": "bespreken"})

    assert whole_form(client.get(stap_url).text)["weergave"] == "bespreken"


def test_each_view_leads_to_the_other_whatever_was_asked_for(als, tom, stap_url):
    client = als(tom)
    for here, other in (("bespreken", "lijst"), ("lijst", "bespreken")):
        html = client.get(stap_url, {"weergave": here, "stop": TWEEDE}).text
        assert f'href="{stap_url}?weergave={other}"' in html
        assert f'action="{stap_url}"' in html
    card = client.get(stap_url, {"weergave": "bespreken", "stop": "afronden"}).text
    assert f'hx-get="{stap_url}?weergave=bespreken&amp;stop=afronden"' in card


def test_the_list_of_a_step_opens_where_one_begins_until_something_is_written(
    als, tom, stap_url, noteer, gesprek
):
    client = als(tom)
    assert open_in_list(client.get(stap_url).text) == [EERSTE]
    assert open_in_list(client.get(stap_url, {"stop": TWEEDE}).text) == [TWEEDE]

    noteer(note_name(gesprek, VIERDE), "Aan het onthaal.")

    assert open_in_list(client.get(stap_url).text) == []


def test_the_road_goes_by_every_question_and_ends_with_rounding_off(bespreken, noteer, gesprek):
    noteer(note_name(gesprek, TWEEDE), "Elk lesuur.")
    html = bespreken()

    road = dots(html)
    assert [*road][:2] == [EERSTE, TWEEDE]
    assert [*road][11:] == LATER
    assert 'data-waarde="vol"' in road[TWEEDE]
    assert "Vraag 2:" in road[TWEEDE]
    assert "ingevuld" in road[TWEEDE]
    assert 'data-waarde=""' in road[EERSTE]
    # Where other questions begin, and after the last one, the road leaves some room.
    begins = [code for code, dot in road.items() if "stip-begint" in dot]
    assert begins == [EERSTE, "registratie-v01", "acties"]
    assert shown(html) == [EERSTE]
    assert "Vraag 1 van 11 · Basisvragen" in flat(html)
    assert "Stap 1 van 4" in html


@pytest.mark.parametrize("stop", [TWEEDE, "registratie-v01", *LATER])
def test_each_stop_has_its_own_address(bespreken, stop):
    html = bespreken(stop)

    assert stop_of(html) == stop
    assert shown(html) == [stop]
    assert stop_of(bespreken("rommel")) == EERSTE


def test_what_was_chosen_beforehand_comes_first_on_the_road(bespreken, gekozen, als, tom, stap_url):
    html = bespreken()

    road = dots(html)
    assert [*road][:3] == [TWEEDE, VIERDE, EERSTE]
    assert [code for code, dot in road.items() if "stip-begint" in dot] == [
        *(TWEEDE, EERSTE),
        *("registratie-v01", "acties"),
    ]
    assert "Vraag 1 van 11 · voor deze keer" in flat(html)
    assert "Vraag 3 van 11 · Basisvragen" in flat(html)
    # The clock of the talk and that of the one question with minutes.
    assert html.count("data-klok") == 2
    assert "vragen voor deze keer nog open: <a" in flat(bespreken("afronden"))
    # And the list counts along the same road.
    listed = flat(als(tom).get(stap_url, {"weergave": "lijst"}).text)
    assert f'id="vraag-{TWEEDE}" data-nr="1"' in listed
    assert f'id="vraag-{EERSTE}" data-nr="3"' in listed


def test_the_role_of_the_clb_and_what_is_read_along_are_closed(bespreken, laad):
    laad("leidraad-dialoogdocument")
    html = bespreken()

    before, _, folded = html.partition('<details class="inleiding">')
    folded = folded.partition("</header>")[0]
    for words in ("Rol van het CLB", "Leidraad bij dialoogdocument"):
        assert words in folded
        assert words not in before
        assert words not in html.partition('<div class="stops">')[2]


def test_the_focus_stays_in_sight_on_every_stop(bespreken, laad, start, noteer):
    gesprek = start(laad("aanwezig-op-school"))
    focus = step_url(gesprek, "focus-bepalen")
    noteer(f"stap-{gesprek.pk}-focus-bepalen-resultaat", "Wie <b>te laat</b> komt.", url=focus)

    html = bespreken(url=step_url(gesprek, "plan-opmaken"))

    assert "Stap 3 van 5" in html
    before, _, stops = html.partition('<div class="stops">')
    assert "Wie &lt;b&gt;te laat&lt;/b&gt; komt." in before
    assert "Onze focus" not in stops


def test_on_and_back_save_and_a_stop_that_was_not_saved_is_shown(
    als, tom, an, stap_url, bespreken, noteer, gesprek
):
    veld = note_name(gesprek, EERSTE)
    client = als(tom)
    form = whole_form(bespreken())

    onward = client.post(stap_url, form | {veld: "Elk lesuur.", "naar": TWEEDE})

    assert onward.url == f"{stap_url}?weergave=bespreken&stop={TWEEDE}"
    assert 'data-waarde="vol"' in dots(client.get(onward.url).text)[EERSTE]
    noteer(veld, "van An", basis=1, user=an)
    late = client.post(stap_url, form | {veld: "te laat", "stop": TWEEDE, "naar": VIERDE})
    assert late.status_code == 409
    assert stop_of(late.text) == EERSTE
    assert "let-op" in dots(late.text)[EERSTE]


def test_rounding_off_is_one_stop_away_and_goes_on_in_the_same_view(
    als, tom, stap_url, bespreken, gesprek
):
    page = bespreken("afronden")
    html = flat(page)
    assert html.count('name="afronden"') == 1
    assert "brengt je naar ‘Data’" in html
    for words in ("Nog geen acties.", "is nog niet genoteerd.", "<strong>0</strong> van 11 vragen"):
        assert words in html
    client = als(tom)

    response = client.post(stap_url, whole_form(page) | {"afronden": "1"})

    following = step_url(gesprek, "data")
    assert response.url == f"{following}?weergave=bespreken"
    html = bespreken("afronden")
    assert "Heropen deze stap" in html
    assert f'href="{following}"' in html
    assert 'data-waarde="vol"' in dots(html)["afronden"]
    back = client.post(stap_url, whole_form(html) | {"heropen": "1"})
    assert back.url == f"{stap_url}?weergave=bespreken&stop=afronden#afronden"


def test_the_end_says_which_actions_have_nobody_yet(bespreken, gesprek, tom, noteer):
    onderdeel = gesprek.versie.onderdelen.get(code="registratie")
    for wie in ("Lien", ""):
        create_gespreksactie(
            onderdeel=onderdeel, gesprek=gesprek, wat="bellen", wie=wie, wanneer="nu", door=tom
        )
    noteer(f"stap-{gesprek.pk}-registratie-resultaat", "Eén lijn.")

    html = flat(bespreken("afronden"))

    assert "1 van de 2 acties heeft nog geen wie of wanneer." in html
    assert "Wat jullie meenemen, is genoteerd." in html


def test_who_only_reads_walks_the_road_without_fields(huis, bespreken, noteer, gesprek):
    noteer(note_name(gesprek, EERSTE), "Elk lesuur.")

    html = bespreken(user=huis.lezer)

    assert "Elk lesuur." in html
    assert f"?weergave=bespreken&amp;stop={TWEEDE}" in html
    for button in ("<textarea", "Wat gaan jullie doen?", 'name="afronden"', 'name="naar"'):
        assert button not in html


def test_a_question_that_is_asked_for_is_open_in_the_list(als, tom, stap_url):
    html = als(tom).get(stap_url, {"weergave": "lijst", "stop": TWEEDE}).text

    opened = [part for part in html.split('<li class="vraag"')[1:] if " open>" in part[:250]]
    assert [part.split('"')[1] for part in opened] == [f"vraag-{TWEEDE}"]
    result = als(tom).get(stap_url, {"weergave": "lijst", "stop": "resultaat"}).text
    assert '<details class="open-vraag" open>' in flat(result.partition('id="resultaat"')[2])
