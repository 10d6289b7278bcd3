"""An address or a button with the key of another dossier opens and changes nothing here."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from dialoogfiches.gesprekken.models import Gesprek
from dossiers.acties.models import Actie
from dossiers.domain import open_dossier
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.models import Voortzetting
from preventieplan.uitzoeken.domain import seen_mark
from stsdialoog.seen import mark_of
from tests.ander_dossier import test_velden
from tests.ander_dossier.conftest import struck
from tests.client import Browser
from tests.conftest import SCHOOLJAAR, load_material
from tests.dossiers.praktijken.praktijken import GETYPT
from tests.dossiers.sociale_kaart.kaart import PLEK, place
from tests.elders import (
    BASISVRAAG,
    BLAD,
    BLADEN,
    DOEL,
    STAP,
    TIP,
    TIPS,
    VRAAG,
    WOORDEN,
    Vol,
)
from tests.pages import whole_form
from tests.undone import undone

pytestmark = pytest.mark.django_db


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
    "check": Ask(
        lambda vol: [vol.check.actie_id],
        data=lambda vol: {f"check-{vol.actie.pk}-1-besluit": "borgen", "klaar": "1"},
    ),
    "trekkers": Ask(
        lambda vol: [vol.actie.pk],
        data=lambda vol: {f"trekkers-{vol.actie.pk}-gekozen": str(vol.door.pk)},
    ),
    "opmerkingen-bij": Ask(lambda vol: [vol.opmerking.vraag], is_code=True),
    "opmerkingen-actie": Ask(
        lambda vol: [vol.actie_met_opmerking.pk], data=lambda _: {"tekst": "Vraag het aan An."}
    ),
    "uitzoeken": Ask(
        lambda vol: [vol.uitzoek.antwoord.vraag.code],
        data=lambda vol: {"wie": "Tom", "seen": seen_mark(vol.uitzoek)},
    ),
    "reactie-dossier": Ask(lambda vol: ["preventieplan", vol.opmerking.vraag], is_code=True),
    "praktijken-bij": Ask(lambda vol: [vol.praktijk.hoort_bij], is_code=True),
    "praktijk-wijzigen": Ask(
        lambda vol: [vol.praktijk.pk], data=lambda vol: {**GETYPT, "seen": vol.praktijk.mark}
    ),
    "praktijk-intrekken": Ask(lambda vol: [vol.praktijk.pk]),
    "vastgesteld-een": Ask(
        lambda vol: [vol.kaart.pk],
        data=lambda _: {
            "functie": "voorzitter",
            "email": "voorzitter@test.be",
            "tot": f"{timezone.localdate() + timedelta(days=7)}",
        },
    ),
    "vastgesteld-pdf": Ask(lambda vol: [vol.kaart.pk]),
    "vastgesteld-data": Ask(lambda vol: [vol.kaart.pk]),
    "stemblad-pdf": Ask(lambda vol: [whole(vol).doel.code], is_code=True),
    "ronde": Ask(lambda vol: [vol.ronde.pk], data=lambda _: {"knop": "op-papier", "doel": DOEL}),
    "ronde-papier": Ask(
        lambda vol: [vol.ronde_loopt.pk],
        data=lambda _: {"papier-f0-2-7": "1", "seen": "0"},
    ),
    "avond-verslag": Ask(
        lambda vol: [vol.avond.pk],
        data=lambda _: {"seen": mark_of(WOORDEN), "aanwezig": "Wij"},
    ),
    "avond-verslag-pdf": Ask(lambda vol: [vol.avond.pk]),
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
    "spiegel": Ask(lambda vol: [vol.spiegel_loopt.pk], data=lambda _: {"sluit": "1"}),
    "spiegel-pdf": Ask(lambda vol: [vol.spiegel.pk]),
    "spiegel-poster-pdf": Ask(lambda vol: [vol.spiegel_loopt.pk]),
    "spiegel-vragen-pdf": Ask(lambda vol: [vol.spiegel_loopt.pk]),
    "bevraging-groeikans": Ask(
        lambda vol: [vol.bevraging.pk, vol.openantwoord.pk], data=lambda _: {"vraag": VRAAG}
    ),
}
# These show no words of the dossier itself.
WITHOUT_WORDS = {
    *("gesprek-nieuw", "gespreksversie", "bevraging-poster-pdf"),
    *("stemblad-pdf", "ronde-papier", "praktijken-bij", "reactie-dossier"),
    *("spiegel", "spiegel-pdf", "spiegel-poster-pdf", "spiegel-vragen-pdf"),
}
# With a story of their own: their first key is not that of a dossier.
OTHER_ADDRESSES = {
    "oudergesprek-historiek": "test_a_field_of_another_talk_with_parents_is_not_found",
    "naast-vorig": "test_last_year_of_another_dossier_stands_beside_none_of_here",
    "bestuurslink-opnieuw": "test_a_link_for_another_board_is_not_there",
    "bestuurslink-intrekken": "test_a_link_for_another_board_is_not_there",
    "school-vastgesteld-pdf": "test_a_routekaart_of_another_school_is_not_there",
    "account_reset_password_from_key": "test_the_key_of_one_account_opens_no_other",
    "voorziening-wijzigen": "test_a_place_on_the_map_of_another_clb_is_not_there",
    "voorziening-weghalen": "test_a_place_on_the_map_of_another_clb_is_not_there",
    # What is on the shelf may be taken over in any dossier.
    "praktijk-lezen": "test_an_ankerfiguur_reads_nothing_of_another_dossier_under_this_one",
    "praktijk-naar-actie": "test_what_is_not_on_the_shelf_can_not_be_taken_over",
    # These are of no dossier.
    "materiaal-deel": "test_a_part_of_another_material_is_not_there",
    "plg-regel": "test_a_line_of_a_material_of_another_plg_is_not_there",
    "invulbladen-pdf": "test_a_part_of_another_material_is_not_there",
    "reactie": "test_a_part_of_another_material_is_not_there",
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
    assert {*OTHER_ADDRESSES.values()} <= {*globals(), *vars(test_velden)}


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
    if name not in WITHOUT_WORDS:
        assert WOORDEN in ask(client, "get", there).text
    if case.data:
        data = case.data(elders)
        assert ask(client, "post", there, data).status_code == 302
        assert ask(client, "post", here, data).status_code == 404


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_member_of_a_plg_reaches_no_dossier_by_any_address(name, als, hier, plglid):
    case = ADDRESSES[name]
    url = reverse(name, args=[hier.dossier.pk, *case.keys(hier)])
    assert ask(als(hier.door), "get", url).status_code in (200, 302)
    els = als(plglid)

    response = ask(els, "get", url)

    assert response.status_code == 404
    assert WOORDEN not in response.text
    if case.data:
        assert ask(els, "post", url, case.data(hier)).status_code == 404


def test_last_year_of_another_dossier_stands_beside_none_of_here(als, huis, hier, marie):
    """Two dossiers of one school, of which the later one goes on from another."""
    vorig, nu = (
        open_dossier(school=huis.school, schooljaar=SCHOOLJAAR + jaar, door=huis.ankerfiguur)
        for jaar in (1, 2)
    )
    Voortzetting.objects.create(dossier=nu, vorig=vorig, sloot_af=False)
    assert whole(Vol(vorig, marie)).antwoord.groeikans == WOORDEN
    client = als(marie)

    assert WOORDEN in client.get(reverse("naast-vorig", args=[nu.pk, DOEL])).text
    assert client.get(reverse("naast-vorig", args=[hier.dossier.pk, DOEL])).status_code == 404


def test_an_ankerfiguur_reads_nothing_of_another_dossier_under_this_one(als, huis, hier, elders):
    """She manages the schools of her CLB alone."""
    here, there = (
        reverse("praktijk-lezen", args=[vol.dossier.pk, elders.praktijk.pk])
        for vol in (hier, elders)
    )
    an = als(huis.ankerfiguur)
    is_hers = elders.dossier.school_id == huis.school.pk

    assert an.get(there).status_code == (200 if is_hers else 404)
    assert an.get(here).status_code == 404
    assert an.post_late(here, {"seen": elders.praktijk.mark}).status_code == 404


def test_what_is_not_on_the_shelf_can_not_be_taken_over(als, hier, elders):
    here = reverse("praktijk-naar-actie", args=[hier.dossier.pk, elders.praktijk.pk])

    assert als(hier.door).get(here).status_code == 404


@pytest.mark.parametrize("name", ["bestuurslink-opnieuw", "bestuurslink-intrekken"])
def test_a_link_for_another_board_is_not_there(name, als, hier, elders):
    client = als(hier.door)
    there = reverse(name, args=[elders.dossier.pk, elders.kaart.pk, elders.link.pk])
    assert ask(client, "post", there).status_code in (200, 302)

    for dossier, kaart in ((hier, elders), (hier, hier), (elders, hier)):
        here = reverse(name, args=[dossier.dossier.pk, kaart.kaart.pk, elders.link.pk])
        assert ask(client, "post", here).status_code == 404
    elders.link.refresh_from_db()
    assert elders.link.ingetrokken_op is None


def test_a_routekaart_of_another_school_is_not_there(als, huis, ander_huis, marie):
    theirs = Vol(ander_huis.dossier, marie).kaart
    client = als(marie)
    there, here = (
        reverse("school-vastgesteld-pdf", args=[one.school.pk, theirs.pk])
        for one in (ander_huis, huis)
    )
    assert WOORDEN in client.get(there).text

    assert client.get(here).status_code == 404


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
    page = client.get(there).text
    assert WOORDEN in page
    data = whole_form(page) | {**PLEK, "naam": "De onze"}
    assert ask(client, "post", there, data).status_code == 302

    assert client.get(here).status_code == 404
    # As when it was taken off the map of here meanwhile.
    late = client.post_late(here, data)
    assert late.status_code == (409 if name == "voorziening-wijzigen" else 302)
    assert WOORDEN not in late.text
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


def test_a_line_of_a_material_of_another_plg_is_not_there(als, plglid):
    for slug in (BLADEN, TIPS):
        load_material(slug)
    els = als(plglid)
    assert els.get(reverse("plg-regel", args=[TIPS, TIP])).status_code == 200

    assert els.get(reverse("plg-regel", args=[BLADEN, BLAD])).status_code == 404
    assert els.get(reverse("plg-regel", args=[TIPS, BLAD])).status_code == 404


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
