"""A member of a PLG reads a material at her kitchen table, line by line."""

from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from dossiers.logboek.models import Handelingen, Logregel
from dossiers.materialen.domain import versions
from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.domain.plgleden import end_plglid
from dossiers.mensen.models import Plg, Plglid, User
from dossiers.regels.models import Besluitsoort, Nagekeken, Regelbesluit
from tests.concurrency import at_once
from tests.conftest import load_material
from tests.start.plg.plgs import CODE, NODIG, SLUG, VOORSTEL, blad, decided, do, regel, seen

pytestmark = pytest.mark.django_db

PLG = reverse("plg")
LIJST = reverse("plg-materiaal", args=[SLUG])
REGEL = reverse("plg-regel", args=[SLUG, CODE])
PUBLICEREN = reverse("plg-publiceren", args=[SLUG])
ANDERS = "Richting, finaliteit, graad of doelgroep"
CONFLICT, WRONG = HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.fixture(autouse=True)
def _bevraging(db):
    load_material(SLUG)


def concept() -> Materiaalversie:
    return Materiaalversie.objects.get(materiaal__slug=SLUG, status="concept")


def decisions() -> dict[str, str]:
    """How lines were decided in the concept, by their code."""
    return dict(Regelbesluit.objects.filter(versie=concept()).values_list("code", "soort"))


def press(client, knop: str, code: str, lezer: User, **more) -> object:
    """Press a button beside a line, on a page that was opened just now."""
    one = regel(code, lezer).line
    client.get(LIJST)
    pk = blad(lezer).versie.pk if blad(lezer).versie.is_concept else ""
    return client.post(LIJST, {"concept": pk, knop: f"{one.adres} {one.mark}"} | more)


def typed(client, tekst: str, **changed) -> dict:
    """The form of other words for a line, as the page gave it, with what somebody typed."""
    form = client.get(REGEL).context["form"]
    filled = {naam: form[naam].value() for naam in form.fields}
    return {naam: "" if value is None else value for naam, value in filled.items()} | {"w0": tekst}


# --- Where she lands, and what she reaches ------------------------------------------------------


def test_who_is_a_member_of_a_plg_and_nothing_else_lands_there(als, plglid):
    assert als(plglid).get(reverse("start")).url == PLG


def test_who_has_a_school_too_lands_there_and_finds_a_link_in_the_toolbox(als, huis):
    tom = als(huis.team)
    assert PLG not in tom.get(reverse("toolbox")).text
    Plglid.objects.create(user=huis.team, plg=Plg.LIMBURG)

    assert tom.get(reverse("start")).url == reverse("dossier", args=[huis.dossier.pk])
    assert PLG in tom.get(reverse("toolbox")).text


def test_she_reads_the_materials_of_her_own_plg_and_of_no_other(als, plglid, oscar):
    load_material("preventieplan")
    els = als(plglid)

    assert "Mini-bevraging" in els.get(PLG).text
    assert "Preventieplan" not in els.get(PLG).text
    assert els.get(reverse("plg-materiaal", args=["preventieplan"])).status_code == 404
    assert als(oscar).get(LIJST).status_code == 404


def test_a_membership_that_ended_opens_nothing_any_more(als, plglid, oscar):
    assert als(plglid).get(LIJST).status_code == 200
    end_plglid(plglid=plglid.plgs.get(), door=oscar)

    assert als(plglid).get(LIJST).status_code == 404
    assert als(plglid).get(PLG).status_code == 403


# --- Line by line -------------------------------------------------------------------------------


def test_the_first_decision_begins_a_concept_and_makes_a_proposal_the_plgs_own(als, plglid):
    els = als(plglid)
    assert not Materiaalversie.objects.filter(status="concept").exists()

    response = press(els, "bevestig", VOORSTEL, plglid)

    assert urlsplit(response.url).fragment == "~waarvoor"
    assert concept().waarvoor["herkomst"] == "bron"
    assert decisions() == {VOORSTEL: Besluitsoort.BEVESTIGD}
    assert "bevestigd op" in els.get(LIJST).text
    assert Logregel.objects.filter(handeling=Handelingen.VERSIE_GEMAAKT, door=plglid).exists()


def test_a_second_decision_goes_into_the_same_concept(plglid, jan):
    decided(plglid)
    do("confirm", NODIG, jan)

    assert Materiaalversie.objects.filter(status="concept").count() == 1
    assert set(decisions()) == {VOORSTEL, NODIG}


def test_who_looked_stands_with_a_line_until_it_says_something_else(als, plglid, jan):
    press(als(plglid), "keek", CODE, plglid)
    press(als(jan), "keek", CODE, jan)
    assert regel(CODE, plglid).door == ("Els", "Jan")
    assert "Nagekeken door Els, Jan" in als(jan).get(LIJST).text

    do("reword", CODE, jan, words=[ANDERS])

    assert regel(CODE, plglid).door == ("Jan",)
    assert not regel(CODE, plglid).zelf


def test_confirming_asks_nobody_who_looked_to_look_again(als, plglid, jan):
    press(als(jan), "keek", VOORSTEL, jan)
    decided(plglid)

    assert regel(VOORSTEL, jan).door == ("Els", "Jan")


def test_a_line_of_the_source_keeps_its_old_words_beside_it_also_in_later_versions(als, plglid):
    els = als(plglid)
    before = regel(CODE, plglid).line.part.tekst

    response = els.post(REGEL, typed(els, ANDERS))

    assert response.status_code == 302
    assert regel(CODE, plglid).line.part.tekst == ANDERS
    assert "stond er in de bron" in els.get(LIJST).text
    versions.publish(pk=concept().pk, digest=concept().digest, door=plglid)
    decided(plglid)
    versions.publish(pk=concept().pk, digest=concept().digest, door=plglid)
    assert regel(CODE, plglid).vroeger.oud_tekst == before
    assert regel(CODE, plglid).besluit is None


def test_a_line_can_go_when_its_material_is_whole_without_it(als, plglid):
    els = als(plglid)
    page = els.get(REGEL)
    assert page.context["schrap"]

    assert els.post(REGEL, typed(els, "") | {"schrap": "1"}).status_code == 302

    assert blad(plglid).regel(CODE) is None
    assert "Geschrapt in dit concept" in els.get(LIJST).text
    assert not els.get(reverse("plg-regel", args=[SLUG, "~woorden~gesloten"])).context["schrap"]


def test_a_line_that_its_material_needs_stays(als, plglid):
    els, url = als(plglid), reverse("plg-regel", args=[SLUG, "~woorden~gesloten"])
    form = els.get(url).context["form"]

    response = els.post(url, {"seen": form.initial["seen"], "schrap": "1"})

    assert response.status_code == WRONG
    assert "kan niet weg" in response.text
    assert not Materiaalversie.objects.filter(status="concept").exists()


def _button(code: str, lezer: User) -> str:
    """What the button sends that takes a decision back."""
    found = blad(lezer)
    dropped = next((one for one in found.geschrapt if one.code == code), None)
    mark = dropped.mark if dropped else found.regel(code).line.mark
    return f"{code.replace('/', '~')} {mark}"


def test_what_another_decided_since_is_not_taken_back_unseen(als, plglid, jan):
    do("reword", CODE, plglid, words=[ANDERS])
    els, mine = als(plglid), _button(CODE, plglid)
    els.get(LIJST)
    do("reword", CODE, jan, words=["Richting en graad"])
    stale = els.post(LIJST, {"concept": concept().pk, "neem-terug": mine})
    assert stale.status_code == CONFLICT
    mine = _button(CODE, plglid)
    do("drop", CODE, jan)

    stale = els.post(LIJST, {"concept": concept().pk, "neem-terug": mine})

    assert stale.status_code == CONFLICT
    assert decisions() == {CODE: Besluitsoort.GESCHRAPT}


@pytest.mark.parametrize("what", ["confirm", "reword", "drop", "reword drop"])
def test_a_decision_is_taken_back_as_long_as_it_is_a_concept(als, plglid, what):
    code = VOORSTEL if what == "confirm" else CODE
    before = document_of(Materiaalversie.objects.newest().get(materiaal__slug=SLUG))
    for one in what.split():
        do(one, code, plglid, **({"words": [ANDERS]} if one == "reword" else {}))
    assert document_of(concept())["onderdelen"] != before["onderdelen"] or what == "confirm"
    els = als(plglid)
    els.get(LIJST)

    els.post(LIJST, {"concept": concept().pk, "neem-terug": _button(code, plglid)})

    after = document_of(concept())
    assert {**after, "versie": 0} == {**before, "versie": 0}
    assert not Regelbesluit.objects.exists()
    assert not versions.is_changed(concept())


def test_words_that_cannot_be_come_back_with_what_is_wrong(als, plglid):
    els, url = als(plglid), reverse("plg-regel", args=[SLUG, "~waarvoor"])
    form = els.get(url).context["form"]
    lang = "a" * 161

    response = els.post(url, {"seen": form.initial["seen"], "w0": lang})

    assert response.status_code == WRONG
    assert "161 tekens" in response.text
    assert lang in response.text
    assert not Materiaalversie.objects.filter(status="concept").exists()
    assert els.post(url, {"seen": form.initial["seen"], "w0": lang[1:]}).status_code == 302


def test_a_line_is_not_left_empty(als, plglid):
    els = als(plglid)

    assert els.post(REGEL, typed(els, " ")).status_code == WRONG


# --- Two at one line ----------------------------------------------------------------------------


def test_no_words_go_unseen_over_those_of_another_member(als, plglid, jan):
    els = als(plglid)
    mine = typed(els, "Richting en graad")
    do("reword", CODE, jan, words=[ANDERS])

    response = els.post(REGEL, mine)

    assert response.status_code == CONFLICT
    assert ANDERS in response.text
    assert "Richting en graad" in response.text
    assert regel(CODE, plglid).line.part.tekst == ANDERS
    again = {naam: response.context["form"][naam].value() for naam in ("seen", "concept", "w0")}
    assert els.post(REGEL, again).status_code == 302
    assert regel(CODE, plglid).line.part.tekst == "Richting en graad"


def test_what_is_typed_while_another_publishes_comes_back_and_goes_into_the_next(als, plglid, jan):
    decided(jan)
    els = als(plglid)
    mine = typed(els, ANDERS)
    versions.publish(pk=concept().pk, digest=concept().digest, door=jan)

    response = els.post(REGEL, mine)

    assert response.status_code == CONFLICT
    assert "publiceerde intussen" in response.text
    assert ANDERS in response.text
    again = {naam: response.context["form"][naam].value() for naam in ("seen", "concept", "w0")}
    assert els.post(REGEL, again).status_code == 302
    assert decisions() == {CODE: Besluitsoort.HERWOORD}


def test_what_is_typed_at_a_line_that_another_drops_is_shown(als, plglid, jan):
    els = als(plglid)
    mine = typed(els, ANDERS)
    do("drop", CODE, jan)

    response = els.post(REGEL, mine)

    assert response.status_code == CONFLICT
    assert ANDERS in response.text


def test_a_button_beside_a_line_that_changed_does_nothing(als, plglid, jan):
    els, one = als(plglid), regel(CODE, plglid).line
    els.get(LIJST)
    do("reword", CODE, jan, words=[ANDERS])

    response = els.post(LIJST, {"concept": "", "keek": f"{one.adres} {one.mark}"})

    assert response.status_code == CONFLICT
    assert not Nagekeken.objects.filter(user=plglid).exists()


def test_a_decision_of_a_concept_that_was_published_is_not_taken_back(als, plglid):
    decided(plglid)
    pk = concept().pk
    els = als(plglid)
    els.get(LIJST)
    versions.publish(pk=pk, digest=concept().digest, door=plglid)

    response = els.post(LIJST, {"concept": pk, "neem-terug": _button(VOORSTEL, plglid)})

    assert response.status_code == CONFLICT
    assert Regelbesluit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_decisions_at_once_go_into_one_concept(als, plglid, jan):
    at_once(
        lambda: do("confirm", VOORSTEL, plglid, seen=seen(VOORSTEL, plglid)),
        lambda: do("reword", CODE, jan, words=[ANDERS], seen=seen(CODE, jan)),
    )

    assert Materiaalversie.objects.filter(materiaal__slug=SLUG, status="concept").count() == 1
    assert set(decisions()) == {VOORSTEL, CODE}


@pytest.mark.django_db(transaction=True)
def test_deciding_and_publishing_at_once_wait_for_each_other_and_lose_nothing(plglid, jan):
    decided(jan)
    versie, els_saw = concept(), seen(CODE, plglid)

    def reword() -> bool:
        try:
            do("reword", CODE, plglid, words=[ANDERS], seen=els_saw)
        except versions.NietConcept:
            return False
        return True

    def publish() -> bool:
        try:
            versions.publish(pk=versie.pk, digest=versie.digest, door=jan)
        except versions.IntussenGewijzigd:
            return False
        return True

    kept, published = at_once(reword, publish)

    assert kept != published
    versie.refresh_from_db()
    assert versie.is_concept == kept
    assert Regelbesluit.objects.filter(code=CODE).exists() == kept


# --- Publishing ---------------------------------------------------------------------------------


def test_a_member_publishes_what_she_saw(als, plglid):
    decided(plglid)
    els = als(plglid)
    page = els.get(PUBLICEREN)
    assert "Publiceer versie" in page.text
    assert els.get(reverse("plg-voorbeeld", args=[SLUG])).status_code == 200

    els.post(PUBLICEREN, {"digest": concept().digest})

    assert not Materiaalversie.objects.filter(status="concept").exists()
    regel_log = Logregel.objects.get(handeling=Handelingen.VERSIE_GEPUBLICEERD)
    assert regel_log.door == plglid


def test_who_read_another_concept_than_there_is_publishes_nothing(als, plglid, jan):
    decided(plglid)
    els = als(plglid)
    digest = els.get(PUBLICEREN).context["versie"].digest
    do("confirm", NODIG, jan)

    response = els.post(PUBLICEREN, {"digest": digest})

    assert response.url == PUBLICEREN
    assert concept()


def test_without_a_concept_there_is_nothing_to_publish(als, plglid):
    assert als(plglid).get(PUBLICEREN).url == LIJST


# --- How many queries ---------------------------------------------------------------------------


def test_the_list_takes_as_many_queries_whatever_is_in_it(
    als, plglid, jan, django_assert_num_queries
):
    els = als(plglid)
    els.get(LIJST)
    with django_assert_num_queries(11):
        els.get(LIJST)
    decided(jan)
    for code in (CODE, NODIG, "schakel-ja1"):
        press(els, "keek", code, plglid)
        press(als(jan), "keek", code, jan)
    els.get(LIJST)

    with django_assert_num_queries(11):
        els.get(LIJST)


def test_the_materials_take_as_many_queries_however_many(als, plglid, django_assert_num_queries):
    els = als(plglid)
    els.get(PLG)
    with django_assert_num_queries(8):
        els.get(PLG)
    load_material("leerkracht-als-schakel")
    els.get(PLG)

    with django_assert_num_queries(8):
        els.get(PLG)


def _stand(client):
    standen = client.get(PLG).context["standen"]
    return next(stand for stand in standen if stand.materiaal.slug == SLUG)


def test_what_waits_is_counted_and_filtered(als, plglid):
    els = als(plglid)
    all_of_them = len(blad(plglid).regels)
    assert _stand(els).ongezien == all_of_them
    press(els, "keek", CODE, plglid)

    stand = _stand(els)
    assert (stand.ongezien, stand.voorstellen) == (all_of_them - 1, 5)
    assert ANDERS not in els.get(LIJST, {"toon": "wacht"}).text
    assert f'id="{CODE}"' not in els.get(LIJST, {"toon": "wacht"}).text
    assert f'id="{CODE}"' in els.get(LIJST).text


def test_a_line_says_where_it_stands_when_that_is_elsewhere_than_the_one_before(plglid):
    found = blad(plglid)

    assert [regel.plek for regel in found.delen[0].regels] == ["Waarvoor", "Inleiding"]
    # A heading is said by the line that is that heading.
    assert {regel.plek for regel in found.delen[1].regels} == {""}


def test_after_a_decision_in_what_waits_one_goes_on_at_the_next_line(als, plglid):
    els, one = als(plglid), regel(VOORSTEL, plglid).line
    els.get(LIJST, {"toon": "wacht"})

    button = {"concept": "", "bevestig": f"{one.adres} {one.mark}"}
    response = els.post(f"{LIJST}?toon=wacht", button)

    assert urlsplit(response.url).fragment == "~inleiding"


def test_what_is_done_to_a_concept_in_beheer_is_read_at_once(plglid):
    decided(plglid)
    blad(plglid)
    versie = concept()
    versie.waarvoor = {"herkomst": "bron", "tekst": "Vraag het de leerkrachten"}
    versie.save(update_fields=["waarvoor"])
    versions.note_edited(versie)

    assert regel(VOORSTEL, plglid).line.part.tekst == "Vraag het de leerkrachten"
