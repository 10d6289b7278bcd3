"""What somebody sends to the pages of a PLG that no page of ours sends."""

import logging

import pytest
from django.urls import reverse

from dossiers.materialen.domain.versions import make_concept
from dossiers.regels.domain.lines import lines_of
from dossiers.regels.models import Regelbesluit, Regelopmerking
from dossiers.regels.queries import shown_version
from tests.client import text_of
from tests.conftest import load_material
from tests.start.plg.plgs import CODE, SLUG, VANDAAG, VOORSTEL, decided, do, materiaal, regel, seen

pytestmark = pytest.mark.django_db

LIJST = reverse("plg-materiaal", args=[SLUG])
REGEL = reverse("plg-regel", args=[SLUG, CODE])
PUBLICEREN = reverse("plg-publiceren", args=[SLUG])
# Addresses of lines that are none.
ODD = ("", "~", "..", "~~", "\x00", "schakel-h2\x00", "%00", "x" * 10_000, "\u202eschakel", "é")


@pytest.fixture(autouse=True)
def _bevraging(db):
    load_material(SLUG)


@pytest.fixture
def els(als, plglid):
    client = als(plglid)
    client.get(LIJST)
    return client


@pytest.mark.parametrize("adres", ODD)
@pytest.mark.parametrize("knop", ["bevestig", "keek", "neem-terug"])
def test_a_button_with_the_address_of_no_line_does_nothing(els, plglid, adres, knop):
    decided(plglid)
    concept = shown_version(materiaal())

    answer = els.post(LIJST, {knop: f"{adres} {'a' * 24}", "concept": concept.pk})

    assert answer.status_code == 409
    assert Regelbesluit.objects.count() == 1


@pytest.mark.parametrize("adres", ["~", "..x", "%00", "x" * 10_000, "%E2%80%AE", "schakel-h2%00"])
def test_the_page_of_no_line_is_not_there(els, adres):
    url = reverse("plg-regel", args=[SLUG, "PLAATS"]).replace("PLAATS", adres)
    assert els.get(url).status_code == 404


@pytest.mark.parametrize("concept", ["0", "-1", "9" * 40, "x", "\x00", "1.5"])
def test_a_concept_that_is_none_takes_no_decision(els, plglid, concept):
    mark = regel(VOORSTEL, plglid).line.mark
    for knop in ("bevestig", "neem-terug"):
        answer = els.post(LIJST, {knop: f"{VOORSTEL.replace('/', '~')} {mark}", "concept": concept})
        assert answer.status_code == 409
    els.get(REGEL)
    words = {"w0": "Anders", "seen": regel(CODE, plglid).line.mark, "concept": concept}
    assert els.post(REGEL, words).status_code in {409, 422}
    assert not Regelbesluit.objects.exists()


def test_the_concept_of_another_material_takes_no_decision(els, plglid):
    other = load_material("dialoogdocument")
    theirs = make_concept(versie=other, door=plglid, today=VANDAAG)
    (line,) = (one for one in lines_of(theirs) if one.code == VOORSTEL)
    # Els works out what whoever reads that concept would send.
    for mark in (line.mark, regel(VOORSTEL, plglid).line.mark):
        answer = els.post(LIJST, {"bevestig": f"~waarvoor {mark}", "concept": theirs.pk})
        assert answer.status_code == 409
    assert not Regelbesluit.objects.exists()


def test_confirming_what_is_of_the_source_decides_nothing(els, plglid):
    """No page has that button; that she looked is true."""
    mark = regel(CODE, plglid).line.mark

    assert els.post(LIJST, {"bevestig": f"{CODE} {mark}"}).status_code == 302

    assert not Regelbesluit.objects.exists()
    assert regel(CODE, plglid).zelf


def test_the_mark_of_another_line_takes_no_decision(els, plglid):
    mark = regel(CODE, plglid).line.mark
    assert els.post(LIJST, {"bevestig": f"~waarvoor {mark}"}).status_code == 409
    assert not Regelbesluit.objects.exists()


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\x07", "\x00", "\ufeff", "\u2066"])
def test_no_invisible_sign_gets_into_a_line(els, plglid, sign):
    els.get(REGEL)
    typed = {"w0": f"Wat is{sign} dit?", "seen": regel(CODE, plglid).line.mark, "concept": ""}
    els.post(REGEL, typed)

    assert dict(regel(CODE, plglid).line.words)[("tekst",)] == "Wat is dit?"


@pytest.mark.parametrize(
    ("length", "fits"), [(3_999, True), (4_000, True), (4_001, False), (200_000, False)]
)
def test_a_text_that_no_page_holds_comes_back_with_what_was_typed(els, plglid, length, fits):
    page = els.get(REGEL)
    assert "maxlength" not in str(page.context["form"]["w0"])
    typed = {"w0": "a" * length, "seen": regel(CODE, plglid).line.mark, "concept": ""}

    answer = els.post(REGEL, typed)

    assert answer.status_code == (302 if fits else 422)
    assert Regelbesluit.objects.exists() is fits
    if not fits:
        assert "maak het korter" in answer.text
        assert typed["w0"] in answer.text


def test_markup_and_templates_are_words(els, plglid):
    hostile = '<script>alert(1)</script>{{ request.user }}{% load static %}${7*7}">'
    els.get(REGEL)
    typed = {"w0": hostile, "seen": regel(CODE, plglid).line.mark, "concept": ""}
    assert els.post(REGEL, typed).status_code == 302

    for url in (LIJST, REGEL, reverse("plg-voorbeeld", args=[SLUG]), PUBLICEREN):
        page = els.get(url).text
        assert "<script>alert" not in page
        assert "{{ request.user }}" in page
    digest = shown_version(materiaal()).digest
    els.get(PUBLICEREN)
    assert els.post(PUBLICEREN, {"digest": digest}).status_code == 302
    page = els.get(reverse("materiaal", args=[SLUG])).text
    assert "<script>alert" not in page


def test_a_remark_of_another_line_or_with_an_odd_key_is_not_touched(els, plglid):
    els.get(REGEL)
    els.post(REGEL, {"tekst": "Kan dit korter?"})
    opmerking = Regelopmerking.objects.get()
    other = reverse("plg-regel", args=[SLUG, "schakel-h1"])
    els.get(other)
    for key in (str(opmerking.pk), "", "x", "\x00", "0" * 32):
        for knop in ("haal-weg", "afgehandeld", "anders"):
            assert els.post(other, {"knop": knop, "opmerking": key}).status_code == 302
        assert els.post(other, {"tekst": "Ja", "op": key}).status_code in {302, 409}
    opmerking.refresh_from_db()
    assert (opmerking.tekst, opmerking.afgehandeld_op) == ("Kan dit korter?", None)
    assert not Regelopmerking.objects.filter(antwoord_op=opmerking).exists()


def test_an_answer_takes_no_answer_and_is_not_dealt_with(els, plglid):
    els.get(REGEL)
    els.post(REGEL, {"tekst": "Kan dit korter?"})
    eerste = Regelopmerking.objects.get()
    els.post(REGEL, {"tekst": "Ja", "op": str(eerste.pk)})
    answer = Regelopmerking.objects.get(antwoord_op=eerste)

    assert els.post(REGEL, {"tekst": "Nee", "op": str(answer.pk)}).status_code == 409
    els.post(REGEL, {"knop": "afgehandeld", "opmerking": str(answer.pk)})

    answer.refresh_from_db()
    assert answer.afgehandeld_op is None
    assert Regelopmerking.objects.count() == 2


@pytest.mark.parametrize("tekst", ["\x00", "a\x00b", "x" * 200_000, "\u200b", " \n"])
def test_a_remark_that_does_not_fit_is_refused(els, tekst):
    els.get(REGEL)
    assert els.post(REGEL, {"tekst": tekst}).status_code == 422
    assert not Regelopmerking.objects.exists()


def test_nothing_that_was_typed_is_in_a_log_of_the_server(els, plglid, caplog):
    with caplog.at_level(logging.DEBUG):
        els.get(REGEL)
        els.post(REGEL, {"tekst": "Noor vond dit raar"})
        els.post(REGEL, {"w0": "Noor", "seen": "x" * 24, "concept": "999999"})
        do("reword", CODE, plglid, words=["Noor?"], seen=seen(CODE, plglid))
    assert "Noor" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )


def test_a_put_off_account_reaches_nothing(als, plglid, els):
    decided(plglid)
    plglid.is_active = False
    plglid.save()
    for url in (reverse("plg"), LIJST, REGEL, PUBLICEREN, reverse("plg-voorbeeld", args=[SLUG])):
        assert els.get(url).status_code == 302
        assert "/inloggen" in els.get(url)["Location"] or "login" in els.get(url)["Location"]


def test_an_open_remark_outlives_what_was_published(els, plglid):
    els.get(REGEL)
    els.post(REGEL, {"tekst": "Kan dit korter?"})
    do("reword", CODE, plglid, words=["Wat helpt?"])
    els.get(PUBLICEREN)
    els.post(PUBLICEREN, {"digest": shown_version(materiaal()).digest})

    assert not shown_version(materiaal()).is_concept
    assert "Kan dit korter?" in text_of(els.get(REGEL))


def test_what_is_said_of_a_line_that_was_dropped_is_kept_and_comes_back_with_it(els, plglid):
    url = reverse("plg-regel", args=[SLUG, "~waarvoor"])
    els.get(url)
    els.post(url, {"tekst": "Mag dit weg?"})
    do("drop", VOORSTEL, plglid)
    assert els.get(url).status_code == 404

    concept = shown_version(materiaal())
    besluit = Regelbesluit.objects.get(versie=concept, code=VOORSTEL)
    els.post(LIJST, {"neem-terug": f"~waarvoor {besluit.mark}", "concept": concept.pk})

    assert "Mag dit weg?" in text_of(els.get(url))
