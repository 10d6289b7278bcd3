"""A key opens something in its own dossier, and nothing in any other.

Marie may write in both dossiers, so only the finder can keep them apart. The other one has each
record, and shows it to her: what is not found here is really there.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from dialoogfiches.bevragingen.queries import bevragingen_of, find_bevraging, shown_answer
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.gesprekken.queries.gesprekken import (
    find_gesprek,
    other_acties,
    recent_gesprekken,
    struck_gesprekken,
)
from dialoogfiches.lezen.queries import leesacties_of, leesmaterialen
from dialoogfiches.oudergesprekken import finders as ouderfinders
from dialoogfiches.oudergesprekken.access import oudergesprekken_for
from dialoogfiches.oudergesprekken.domain.retention import left_behind_in
from dialoogfiches.oudergesprekken.finders import finder_in
from dialoogfiches.oudergesprekken.queries import vrijgaven_of
from dossiers.acties.domain import create_actie
from dossiers.acties.finders import find_actie
from dossiers.acties.forms import struck_meanwhile
from dossiers.acties.models import Actie
from dossiers.domain import open_dossier
from dossiers.mensen.models import Lidmaatschap, Rol, User
from dossiers.models import Dossier
from dossiers.velden import registry
from dossiers.velden.domain.striking import strike
from dossiers.velden.registry import GeenVeld, find_veld
from preventieplan.models import Antwoord, Checklistvraag
from preventieplan.queries.earlier import filled_codes
from preventieplan.queries.plan import answers_of, inschaling_of, placed_acties, whole_plan
from tests.client import Browser
from tests.conftest import SCHOOLJAAR, Huis, load_material
from tests.dossiers.sociale_kaart.kaart import PLEK, place
from tests.elders import (
    BASISVRAAG,
    BLAD,
    BLADEN,
    DOEL,
    OUDERVRAAG,
    STAP,
    THEMA,
    TIPS,
    VRAAG,
    WOORDEN,
    Vol,
)
from tests.paper import lay_out_by
from tests.undone import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def marie(huis, ander_huis) -> User:
    """She follows both schools."""
    Lidmaatschap.objects.create(
        user=huis.medewerker, school=ander_huis.school, rol=Rol.CLB_MEDEWERKER
    )
    return huis.medewerker


@pytest.fixture
def hier(huis, marie) -> Vol:
    return Vol(huis.dossier, marie)


@pytest.fixture(params=["another school", "another schooljaar"])
def elders(request, huis: Huis, ander_huis: Huis, marie) -> Vol:
    if request.param == "another school":
        return Vol(ander_huis.dossier, marie)
    later = open_dossier(school=huis.school, schooljaar=SCHOOLJAAR + 1, door=huis.ankerfiguur)
    return Vol(later, marie)


@pytest.fixture(autouse=True)
def _no_pdf_is_laid_out(monkeypatch):
    """Its words are looked for in the page that it is made of."""
    lay_out_by(lambda document: document.html.encode(), monkeypatch)


# --- The fields of a dossier ---------------------------------------------------------------------


class Field(NamedTuple):
    """The record of a kind, and the name of a field that holds words.

    is_code: its key is that of the content, so here it names a field of one's own.
    """

    record: Callable[[Vol], Any]
    naam: Callable[[Vol], str]
    is_code: bool = False


FIELDS = {
    "antwoord": Field(lambda vol: vol.antwoord, lambda _: f"antwoord-{VRAAG}-groeikans", True),
    "inschaling": Field(lambda vol: vol.inschaling, lambda _: f"inschaling-{DOEL}-focus", True),
    "routekaart": Field(
        lambda vol: vol.routezinnen, lambda _: "routekaart-zinnen-wat_vragen_we", True
    ),
    "actie": Field(lambda vol: vol.actie, lambda vol: f"actie-{vol.actie.pk}-wat"),
    "gesprek": Field(lambda vol: vol.gesprek, lambda vol: f"gesprek-{vol.gesprek.pk}-titel"),
    "notitie": Field(
        lambda vol: vol.notitie, lambda vol: f"notitie-{vol.gesprek.pk}-{BASISVRAAG}-tekst"
    ),
    "stap": Field(lambda vol: vol.stap, lambda vol: f"stap-{vol.gesprek.pk}-{STAP}-resultaat"),
    "uitwerking": Field(
        lambda vol: vol.uitwerking, lambda vol: f"uitwerking-{vol.uitwerking.actie_id}-bereiken"
    ),
}


def test_every_registered_kind_of_field_has_a_case():
    assert set(FIELDS) == set(registry._finders)


@pytest.mark.parametrize("soort", FIELDS)
def test_a_field_of_another_dossier_is_not_found(soort, hier, elders):
    case = FIELDS[soort]
    record, naam = case.record(elders), case.naam(elders)
    theirs = find_veld(dossier=elders.dossier, naam=naam)
    assert theirs.record == record
    assert getattr(theirs.record, theirs.veld) == WOORDEN

    if not case.is_code:
        with pytest.raises(GeenVeld):
            find_veld(dossier=hier.dossier, naam=naam)
        return
    mine = find_veld(dossier=hier.dossier, naam=naam).record
    assert mine._state.adding
    assert mine.dossier == hier.dossier


@pytest.mark.parametrize("soort", FIELDS)
def test_a_field_of_another_dossier_is_not_saved_and_has_no_history_here(soort, als, hier, elders):
    case = FIELDS[soort]
    record, naam = case.record(elders), case.naam(elders)
    found = find_veld(dossier=elders.dossier, naam=naam)
    client = als(hier.door)
    data = {"veld": naam, naam: "Van hier", f"{naam}_basis": "1"}
    theirs = reverse("historiek", args=[elders.dossier.pk, naam])
    assert WOORDEN in client.get(theirs).text

    history = client.get(reverse("historiek", args=[hier.dossier.pk, naam]))
    saved = client.post(
        reverse("overzicht", args=[hier.dossier.pk]), data, headers={"HX-Request": "true"}
    )

    assert (history.status_code == 404) != case.is_code
    assert WOORDEN not in history.text
    # A first answer of one's own, on a page that says it started from another: no conflict.
    assert (saved.status_code == 404) != case.is_code
    assert WOORDEN not in saved.text
    record.refresh_from_db()
    assert getattr(record, found.veld) == WOORDEN
    assert record.revisie(found.veld) == 1


# --- The fields of a talk with parents -----------------------------------------------------------

PARENT_FIELDS = {
    "oudergesprek": (lambda vol: vol.oudergesprek, "oudergesprek-dit-pseudoniem"),
    "ouderthema": (lambda vol: vol.ouderthema, f"ouderthema-{THEMA}-groter"),
    "oudernotitie": (lambda vol: vol.oudernotitie, f"oudernotitie-{OUDERVRAAG}-tekst"),
}


def test_every_kind_of_field_of_a_talk_with_parents_has_a_case(hier):
    assert set(PARENT_FIELDS) == set(ouderfinders._finders(hier.oudergesprek))
    assert not set(PARENT_FIELDS) & set(registry._finders), "never in reach of the school"


@pytest.mark.parametrize("soort", PARENT_FIELDS)
@pytest.mark.parametrize("place", ["elsewhere", "in the same dossier"])
def test_a_field_of_another_talk_with_parents_is_not_found(soort, place, als, hier, elders):
    make, naam = PARENT_FIELDS[soort]
    other = elders if place == "elsewhere" else Vol(hier.dossier, hier.door)
    record = make(other)
    found = finder_in(other.oudergesprek)(dossier=other.dossier, naam=naam)
    assert found.record == record
    assert getattr(found.record, found.veld) == WOORDEN
    history = reverse("oudergesprek-historiek", args=[other.oudergesprek.pk, naam])
    assert WOORDEN in als(hier.door).get(history).text
    talk = hier.oudergesprek
    talk.pseudoniem = "Kolibrie"
    talk.save()

    mine = finder_in(talk)(dossier=hier.dossier, naam=naam)

    assert mine.record.pk != record.pk
    assert getattr(mine.record, mine.veld) != WOORDEN


# --- Finders and lists ---------------------------------------------------------------------------

# What is asked with a dossier and a key.
FINDERS: dict[str, Callable[[Dossier, Vol], object]] = {
    "find_actie": lambda dossier, vol: find_actie(dossier, str(vol.actie.pk)),
    "find_gesprek": lambda dossier, vol: find_gesprek(dossier, vol.gesprek.pk),
    "find_bevraging": lambda dossier, vol: find_bevraging(dossier=dossier, pk=vol.bevraging.pk),
    "shown_answer": lambda dossier, vol: shown_answer(
        dossier=dossier, bevraging_pk=vol.bevraging.pk, pk=vol.openantwoord.pk
    ),
}


@pytest.mark.parametrize("name", FINDERS)
def test_a_record_of_another_dossier_is_not_found(name, hier, elders):
    find = FINDERS[name]
    assert find(elders.dossier, elders) is not None

    try:
        found = find(hier.dossier, elders)
    except GeenVeld:
        found = None
    assert found is None


def test_an_answer_is_found_under_its_own_survey_only(hier, elders):
    asked = {"dossier": hier.dossier, "bevraging_pk": hier.bevraging.pk}
    assert shown_answer(**asked, pk=hier.openantwoord.pk) == hier.openantwoord

    assert shown_answer(**asked, pk=elders.openantwoord.pk) is None


def struck(vol: Vol) -> Vol:
    for record in (vol.actie, vol.gesprek):
        strike(record=record, door=vol.door)
    return vol


def left_behind(vol: Vol) -> Vol:
    """Its author went away and shared it with nobody."""
    vol.oudergesprek.auteur = User.objects.create_user("weg@test.be", naam="Weg")
    vol.oudergesprek.save()
    return vol


# What a dossier has of something: made there, and read of a dossier.
LISTS: dict[str, tuple[Callable[[Vol], object], Callable[[Dossier, Vol], Iterable]]] = {
    "placed_acties": (lambda vol: vol.actie, lambda dossier, _: placed_acties(dossier).everything),
    "struck_meanwhile": (
        struck,
        lambda dossier, vol: struck_meanwhile(dossier, {f"actie-{vol.actie.pk}-wat": "x"}),
    ),
    "answers_of": (
        lambda vol: vol.antwoord,
        lambda dossier, vol: kept(answers_of(dossier, vol.doel).vragen),
    ),
    "inschaling_of": (
        lambda vol: vol.inschaling,
        lambda dossier, vol: [
            one for one in [inschaling_of(dossier, vol.doel)] if not one._state.adding
        ],
    ),
    "whole_plan": (
        lambda vol: vol.antwoord,
        lambda dossier, _: kept(
            pair for fase in whole_plan(dossier) for doel in fase.doelen for pair in doel.antwoorden
        ),
    ),
    "filled_codes": (lambda vol: vol.antwoord, lambda dossier, _: filled_codes(dossier)),
    "other_acties": (lambda vol: vol.actie, lambda dossier, _: other_acties(dossier, ())),
    "recent_gesprekken": (lambda vol: vol.gesprek, lambda dossier, _: recent_gesprekken(dossier)),
    "struck_gesprekken": (struck, lambda dossier, _: struck_gesprekken(dossier)),
    "bevragingen_of": (lambda vol: vol.bevraging, lambda dossier, _: bevragingen_of(dossier)),
    "leesacties_of": (
        lambda vol: vol.leesactie,
        lambda dossier, vol: leesacties_of(
            dossier=dossier, materiaal=vol.leesactie.leesactie.onderdeel.versie.materiaal
        ),
    ),
    "leesmaterialen": (
        lambda vol: vol.leesactie,
        lambda dossier, _: [one for one in leesmaterialen(dossier=dossier, clb=True) if one.acties],
    ),
    "oudergesprekken_for": (
        lambda vol: vol.oudergesprek,
        lambda dossier, vol: oudergesprekken_for(user=vol.door, dossier=dossier),
    ),
    "left_behind_in": (left_behind, lambda dossier, _: left_behind_in(dossier)),
    "vrijgaven_of": (lambda vol: vol.vrijgave, lambda dossier, _: vrijgaven_of(dossier)),
}


def kept(pairs: Iterable[tuple[Checklistvraag, Antwoord]]) -> list[Antwoord]:
    """The answers that somebody gave; every other question has one that is new."""
    return [antwoord for _, antwoord in pairs if not antwoord._state.adding]


@pytest.mark.parametrize("name", LISTS)
def test_what_another_dossier_has_stands_in_no_list_here(name, hier, elders):
    make, read = LISTS[name]
    make(elders)

    assert len(list(read(elders.dossier, elders))) == 1
    assert not list(read(hier.dossier, elders))


def test_a_form_that_is_sent_in_two_dossiers_makes_an_action_in_each(hier, elders):
    """The key of a form comes from the page, so anybody can send that of another."""
    sleutel = uuid4()
    made = [
        create_actie(dossier=vol.dossier, wat=WOORDEN, sleutel=sleutel, door=vol.door)
        for vol in (elders, hier, hier)
    ]

    assert [actie.dossier for actie in made] == [elders.dossier, hier.dossier, hier.dossier]
    assert made[1] == made[2] != made[0]


# --- The addresses -------------------------------------------------------------------------------


class Ask(NamedTuple):
    """An address with something of another dossier in it.

    keys: what comes after the key of the dossier.
    is_code: these are codes of content, or the name of a material; the page is there, without the
        words of the other dossier.
    data: what is sent to it; None for a page that only reads.
    """

    keys: Callable[[Vol], list]
    is_code: bool = False
    data: Callable[[Vol], dict[str, str]] | None = None


def whole(vol: Vol) -> Vol:
    for make in ("actie", "antwoord", "inschaling"):
        getattr(vol, make)
    return vol


ADDRESSES = {
    "doelstelling": Ask(lambda vol: [whole(vol).doel.code], is_code=True),
    "fase-rond": Ask(lambda vol: [whole(vol).doel.fase], is_code=True),
    "lezen": Ask(lambda vol: [vol.leesactie and TIPS], is_code=True),
    "lezen-deel": Ask(lambda vol: [vol.bladactie and BLADEN, BLAD], is_code=True),
    "gesprek-nieuw": Ask(lambda vol: [vol.gesprek.versie.materiaal.slug], is_code=True),
    "historiek": Ask(
        lambda vol: [f"actie-{vol.actie.pk}-wat"], data=lambda _: {"revisie": "1", "basis": "1"}
    ),
    "gesprek": Ask(
        lambda vol: [vol.gesprek.pk],
        data=lambda vol: {f"gesprek-{vol.gesprek.pk}-deelnemers": "Wij", "schrap_gesprek": "1"},
    ),
    "gesprek-pdf": Ask(lambda vol: [vol.gesprek.pk]),
    "gesprek-voorbereiden": Ask(
        lambda vol: [vol.voorbereid.pk], data=lambda _: {"seen": "1.1", "minuten": "50"}
    ),
    "gesprek-uitnodiging": Ask(lambda vol: [vol.voorbereid.pk]),
    "vragenblad-pdf": Ask(lambda vol: [vol.voorbereid.pk]),
    "gespreksversie": Ask(lambda vol: [vol.gesprek.pk], data=lambda _: {"versie": "2027.1"}),
    "gesprekstap": Ask(
        lambda vol: [vol.notitie.gesprek_id, STAP], data=lambda _: {"afronden": "1"}
    ),
    "bevraging": Ask(lambda vol: [vol.loopt.pk], data=lambda _: {"sluit": "1"}),
    "bevraging-pdf": Ask(lambda vol: [vol.bevraging.pk]),
    "bevraging-poster-pdf": Ask(lambda vol: [vol.loopt.pk]),
    "bevraging-groeikans": Ask(
        lambda vol: [vol.bevraging.pk, vol.openantwoord.pk], data=lambda _: {"vraag": VRAAG}
    ),
}
# With a story of their own: their first key is not that of a dossier.
OTHER_ADDRESSES = {
    "oudergesprek-historiek": "test_a_field_of_another_talk_with_parents_is_not_found",
    "account_reset_password_from_key": "test_the_key_of_one_account_opens_no_other",
    "voorziening-wijzigen": "test_a_place_on_the_map_of_another_clb_is_not_there",
    "voorziening-weghalen": "test_a_place_on_the_map_of_another_clb_is_not_there",
    # These are of no dossier.
    "materiaal-deel": "test_a_part_of_another_material_is_not_there",
    "invulbladen-pdf": "test_a_part_of_another_material_is_not_there",
}


def with_several_keys(patterns=None, before="", namespace="") -> Iterator[str]:
    """The addresses that take more than one key; the admin has a door of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            name = pattern.namespace or namespace
            yield from with_several_keys(pattern.url_patterns, route, name)
        elif isinstance(pattern, URLPattern) and namespace != "admin" and route.count("<") > 1:
            yield str(pattern.name)


def test_every_address_with_several_keys_has_a_case():
    assert set(with_several_keys()) == {*ADDRESSES, *OTHER_ADDRESSES}
    assert {globals()[story].__name__ for story in OTHER_ADDRESSES.values()}


def ask(client: Browser, method: str, url: str, data: dict[str, str] | None = None) -> Any:
    """Ask for a page; what the request did is undone."""
    with undone():
        # A form of another page: what is asked here is whose it is.
        send = client.post_late if method == "post" else client.get
        return send(url, data or {})


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_with_the_key_of_another_dossier_is_not_there(name, als, hier, elders):
    case = ADDRESSES[name]
    keys = case.keys(elders)
    here, there = (reverse(name, args=[vol.dossier.pk, *keys]) for vol in (hier, elders))
    client = als(hier.door)
    assert ask(client, "get", there).status_code in (200, 302)

    response = ask(client, "get", here)

    assert WOORDEN not in response.text
    assert response.status_code == (200 if case.is_code else 404)
    if name not in ("gesprek-nieuw", "gespreksversie", "bevraging-poster-pdf"):
        assert WOORDEN in ask(client, "get", there).text
    if case.data:
        data = case.data(elders)
        assert ask(client, "post", there, data).status_code == 302
        assert ask(client, "post", here, data).status_code == 404


def test_an_answer_of_another_dossier_under_a_survey_of_here_is_not_there(als, hier, elders):
    client, name = als(hier.door), "bevraging-groeikans"
    own = [hier.dossier.pk, hier.bevraging.pk]
    assert client.get(reverse(name, args=[*own, hier.openantwoord.pk])).status_code == 200
    here = reverse(name, args=[*own, elders.openantwoord.pk])

    assert client.get(here).status_code == 404
    assert client.post(here, {"vraag": VRAAG}).status_code == 404


@pytest.mark.parametrize("name", ["voorziening-wijzigen", "voorziening-weghalen"])
def test_a_place_on_the_map_of_another_clb_is_not_there(name, als, huis, ander_huis):
    """Anna keeps the maps of both."""
    anna = ander_huis.ankerfiguur
    Lidmaatschap.objects.create(user=anna, clb=huis.clb, rol=Rol.ANKERFIGUUR)
    theirs = place(ander_huis.clb, naam=WOORDEN)
    client = als(anna)
    there, here = (reverse(name, args=[one.clb.pk, theirs.pk]) for one in (ander_huis, huis))
    data = {**PLEK, "naam": "De onze"}
    assert WOORDEN in client.get(there).text
    assert ask(client, "post", there, data).status_code == 302

    assert client.get(here).status_code == 404
    assert client.post_late(here, data).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.clb, theirs.naam) == (ander_huis.clb, WOORDEN)


@pytest.mark.parametrize("name", ["materiaal-deel", "invulbladen-pdf"])
def test_a_part_of_another_material_is_not_there(name, als, oscar):
    for slug in (BLADEN, TIPS):
        load_material(slug)
    client = als(oscar)
    assert client.get(reverse(name, args=[BLADEN, BLAD])).status_code == 200

    assert client.get(reverse(name, args=[TIPS, BLAD])).status_code == 404
    assert client.get(reverse(name, args=[BLADEN, "preventief"])).status_code == 404


# What a button sends along: the address it stands on, and the key of something in it.
def new_action(naam: str) -> dict[str, str]:
    """What the form of a new action sends from its place."""
    return {f"nieuw-{naam}-wat": "iets", "nieuwe_actie": naam}


BUTTONS: dict[str, tuple[Callable[[Vol], str], Callable[[Vol], dict[str, str]]]] = {
    "strike, on the overview": (
        lambda vol: reverse("overzicht", args=[vol.dossier.pk]),
        lambda vol: {"schrap": str(vol.actie.pk)},
    ),
    "put back, on the overview": (
        lambda vol: reverse("overzicht", args=[vol.dossier.pk]),
        lambda vol: {"zet_terug": str(struck(vol).actie.pk)},
    ),
    "strike, on a goal": (
        lambda vol: reverse("doelstelling", args=[vol.dossier.pk, DOEL]),
        lambda vol: {"schrap": str(vol.actie.pk)},
    ),
    "strike, while reading": (
        lambda vol: reverse("lezen", args=[vol.dossier.pk, TIPS]),
        lambda vol: {"schrap": str(vol.leesactie.pk)},
    ),
    "strike, in a step": (
        lambda vol: reverse("gesprekstap", args=[vol.dossier.pk, vol.gesprek.pk, STAP]),
        lambda vol: {"schrap": str(vol.actie.pk)},
    ),
    "put back a talk": (
        lambda vol: reverse("gesprekken", args=[vol.dossier.pk]),
        lambda vol: {"zet_terug": str(struck(vol).gesprek.pk)},
    ),
    "an action of a note": (
        lambda vol: reverse("gesprekstap", args=[vol.dossier.pk, vol.gesprek.pk, STAP]),
        lambda vol: new_action(f"notitie-{vol.notitie.gesprek_id}-{BASISVRAAG}-tekst"),
    ),
    "an action of an answer": (
        lambda vol: reverse("bevraging", args=[vol.dossier.pk, vol.bevraging.pk]),
        lambda vol: {
            "nieuwe_actie": f"antwoord-{vol.openantwoord.pk}",
            f"nieuw-antwoord-{vol.openantwoord.pk}-wat": "Elke week een kringgesprek",
        },
    ),
    "a place for an action of an answer": (
        lambda vol: reverse("bevraging", args=[vol.dossier.pk, vol.bevraging.pk]),
        lambda vol: {"open_actie": f"antwoord-{vol.openantwoord.pk}"},
    ),
    "start a talk with the key of another": (
        lambda vol: reverse("gesprek-nieuw", args=[vol.dossier.pk, "dialoogdocument"]),
        lambda vol: {"sleutel": str(vol.gesprek.pk), "titel": "Gesprek"},
    ),
}


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_with_the_key_of_another_dossier_does_nothing(name, als, hier, elders):
    page, key = BUTTONS[name]
    data = key(elders)
    there, here = page(elders), page(hier)
    before = state()
    client = als(hier.door)
    assert ask(client, "post", there, data).status_code == 302

    assert client.post(here, data).status_code == 404

    assert state() == before


def state() -> list[list]:
    """The actions and talks of both dossiers, as a button could change them."""
    fields = ("pk", "dossier", "geschrapt_op")
    return [sorted(model.objects.values_list(*fields), key=str) for model in (Actie, Gesprek)]


def test_a_note_of_another_talk_of_the_same_dossier_makes_no_action_here(als, hier):
    other = Vol(hier.dossier, hier.door)
    naam = f"notitie-{other.notitie.gesprek_id}-{BASISVRAAG}-tekst"
    client = als(hier.door)
    there, here = (
        reverse("gesprekstap", args=[hier.dossier.pk, vol.gesprek.pk, STAP])
        for vol in (other, hier)
    )
    assert ask(client, "post", there, new_action(naam)).status_code == 302

    assert client.post(here, new_action(naam)).status_code == 404
    assert not Actie.objects.exists()


def test_the_key_of_one_account_opens_no_other(client, huis, mailoutbox):
    """A mail to choose a new password, with somebody else's account in its link."""
    for user in (huis.team, huis.lezer):
        client.post(reverse("account_reset_password"), {"email": user.email})
    links = [re.search(r"//[^/]+(/wachtwoord/kiezen/\S+)", str(one.body))[1] for one in mailoutbox]
    (tom, key), (lies, _) = (resolve(link).kwargs.values() for link in links)
    name = "account_reset_password_from_key"

    assert client.get(reverse(name, args=[tom, key])).status_code == 302
    assert Browser().get(reverse(name, args=[lies, key])).status_code == 200
