"""The three sentences above the routekaart: drafted from the data, worded by the team."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Inschaling
from preventieplan.routekaart.domain.taking import take_draft
from preventieplan.routekaart.models import Routezinnen
from preventieplan.routekaart.pages import routekaart_page

pytestmark = pytest.mark.django_db

WAAR, VRAAG = "routekaart-zinnen-waar_staan_we", "routekaart-zinnen-wat_vragen_we"
KLAD = "Doelstellingen met een score: 1 van 5 in fase 0, gemiddeld 7 op 10."


@pytest.fixture
def url(dossier):
    return reverse("routekaart", args=[dossier.pk])


@pytest.fixture
def scored(dossier, doel, tom):
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=inschaling, veld="score", waarde=7, basis=0, door=tom)
    return dossier


@pytest.fixture
def tik(als, tom, url):
    """Autosave one sentence: sends what htmx sends."""

    def send(veld, waarde, basis=0, *, user=tom):
        data = {"veld": veld, veld: waarde, f"{veld}_basis": str(basis)}
        return als(user).post(url, data, headers={"HX-Request": "true"})

    return send


def zinnen_of(dossier, **kwargs):
    page = routekaart_page(dossier=dossier, today=timezone.localdate(), **kwargs)
    return {zin.naam: zin for zin in page.zinnen}


def test_a_draft_stands_as_a_draft_until_the_team_words_it(scored, tik, als, huis, url):
    html = als(huis.lezer).get(url).text
    assert f"<p>{KLAD}</p>" in html
    assert "Klad uit de gegevens" in html

    assert tik(WAAR, "De basis staat.").status_code == 200
    assert tik("routekaart-zinnen-wat_veranderde", "Alles beter.").status_code == 200
    html = als(huis.lezer).get(url).text

    assert "<p>De basis staat.</p>" in html
    assert KLAD not in html
    assert "Klad" not in html


def test_nobody_asks_anything_of_the_board_that_the_team_did_not_write(scored, als, tom, huis, url):
    assert "Wat vragen we aan het bestuur?" in als(tom).get(url).text
    assert "Wat vragen we aan het bestuur?" not in als(huis.lezer).get(url).text
    assert zinnen_of(scored)["wat_vragen_we"].tekst == ""


def test_who_only_reads_sees_no_field(scored, als, tom, huis, url):
    assert WAAR in als(tom).get(url).text

    html = als(huis.lezer).get(url).text
    for part in (WAAR, "<textarea", "neem_over", "Eerdere versies"):
        assert part not in html
    assert als(huis.lezer).post(url, {WAAR: "x"}).status_code == 403


def test_two_people_in_one_sentence_see_both(scored, tik, huis):
    tik(VRAAG, "Twee lesuren.")

    answer = tik(VRAAG, "Drie lesuren.", user=huis.ankerfiguur)

    assert answer.status_code == 409
    assert "Tom bewaarde hier intussen iets anders" in answer.text
    assert Routezinnen.objects.get().wat_vragen_we == "Twee lesuren."


def test_an_earlier_sentence_can_be_read_and_brought_back(scored, tik, als, tom):
    tik(VRAAG, "Twee lesuren.")
    tik(VRAAG, "Drie lesuren.", basis=1)
    historiek = reverse("historiek", args=[scored.pk, VRAAG])
    assert "Twee lesuren." in als(tom).get(historiek).text

    als(tom).post(historiek, {"revisie": "1", "basis": "2"})

    assert Routezinnen.objects.get().wat_vragen_we == "Twee lesuren."


@pytest.mark.parametrize("naam", ["routekaart-elders-wat_vragen_we", "routekaart-zinnen-dossier"])
def test_no_other_name_is_a_sentence(tik, naam):
    assert tik(naam, "x").status_code == 404


def test_a_draft_can_be_taken_over_without_javascript(scored, als, tom, url):
    answer = als(tom).post(url, {"neem_over": "waar_staan_we"}, follow=True)

    assert "De klad staat nu in jullie zin" in answer.text
    zinnen = Routezinnen.objects.get()
    assert (zinnen.waar_staan_we, zinnen.waar_staan_we_revisie) == (KLAD, 1)
    assert zinnen.revisies.get().door == tom


def test_what_was_typed_beside_it_is_saved_first_and_never_replaced(scored, als, tom, url):
    typed = {WAAR: "Onze eigen zin.", f"{WAAR}_basis": "0", "neem_over": "waar_staan_we"}

    answer = als(tom).post(url, typed, follow=True)

    assert "Iemand schreef intussen al iets" in answer.text
    assert Routezinnen.objects.get().waar_staan_we == "Onze eigen zin."


@pytest.mark.parametrize("naam", ["wat_vragen_we", "pk", "dossier"])
def test_what_has_no_draft_cannot_be_taken_over(scored, als, tom, url, naam):
    assert als(tom).post(url, {"neem_over": naam}).status_code == 404


def test_of_two_who_take_a_draft_over_the_second_finds_the_words_of_the_first(scored, tom, an):
    first, second = Routezinnen(dossier=scored), Routezinnen(dossier=scored)

    assert take_draft(zinnen=first, naam="waar_staan_we", klad="een", door=tom)
    assert not take_draft(zinnen=second, naam="waar_staan_we", klad="twee", door=an)

    assert Routezinnen.objects.get().waar_staan_we == "een"


def test_a_closed_dossier_keeps_its_sentences_and_shows_no_field(scored, tik, als, an, url):
    tik(WAAR, "De basis staat.")
    close_dossier(dossier=scored, door=an)

    html = als(an).get(url).text
    assert "<p>De basis staat.</p>" in html
    assert "<textarea" not in html
    assert tik(WAAR, "Later.", basis=1).status_code == 403


def test_sentences_of_before_what_is_compared_with_are_asked_about(scored, tik, als, tom, url):
    tik(WAAR, "De basis staat.")
    assert "klopt het nog?" not in als(tom).get(url).text

    early = timezone.now() - timedelta(days=60)
    Routezinnen.objects.update(gewijzigd_op=early)
    old = Inschaling.objects.get().revisies.get()
    type(old).objects.filter(pk=old.pk).update(op=early + timedelta(days=5))
    inschaling = Inschaling.objects.get()
    save_veld(record=inschaling, veld="score", waarde=8, basis=1, door=tom)

    assert "klopt het nog?" in als(tom).get(url).text


def test_a_dossier_has_its_sentences_once_and_none_without_a_history(dossier):
    Routezinnen.objects.create(dossier=dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Routezinnen.objects.create(dossier=dossier)
    for veld in Routezinnen.VELDEN:
        with pytest.raises(IntegrityError), transaction.atomic():
            Routezinnen.objects.update(**{veld: "x"})
