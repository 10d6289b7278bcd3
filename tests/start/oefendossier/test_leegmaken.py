"""Emptied is erased for good, and a new one begins; so it does in another schooljaar."""

from datetime import date
from http import HTTPStatus
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.queries import find_bevraging, locked_result
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.anoniem.domain.bevragingen import close_bevraging
from dossiers.logboek.models import Logregel
from dossiers.models import Dossier, OefendossierGeleegd
from dossiers.velden.domain.saving import save_veld
from start.domain import erasing
from start.domain.oefendossier import empty_oefendossier, open_oefendossier
from stsdialoog import wislijst
from stsdialoog.documents import kept
from tests.conftest import SCHOOLJAAR
from tests.elders import WOORDEN, Vol
from tests.start.conftest import plan
from tests.start.oefendossier.records import OEFENEN, fill, page, rows, write_in

pytestmark = pytest.mark.django_db


# --- emptying ------------------------------------------------------------------------------------


def test_first_it_says_what_goes_and_who_else_is_working_in_it(als, an, marie, oefen):
    url = page(oefen, "oefendossier-leegmaken")
    assert f'<a href="{url}">Maak het oefendossier leeg</a>' in als(an).get(page(oefen)).text
    plan(oefen, "Iets", door=an)
    assert "Geen enkele collega schreef iets" in als(an).get(url).text
    vol = Vol(oefen, marie)
    vol.save(vol.actie, "wie")
    op = timezone.localtime(vol.actie.gewijzigd_op)

    asked = als(an).get(url).text

    assert "gesprekken met ouders en antwoorden op bevragingen" in asked
    assert "Marie schreef hier ook iets, laatst" in asked
    assert f"om {op:%H:%M}" in asked
    assert "Marie" not in als(marie).get(url).text.split("<main")[1]
    assert Dossier.objects.filter(pk=oefen.pk).exists()


def test_nobody_reads_there_that_a_colleague_practised_a_talk_with_parents(als, an, marie, oefen):
    assert Vol(oefen, marie).oudergesprek.pk

    asked = als(an).get(page(oefen, "oefendossier-leegmaken")).text

    assert "Geen enkele collega schreef iets" in asked


def test_emptied_means_gone_everywhere(huis, als, an, marie, oefen, client):
    before = rows()
    vol = fill(oefen, marie)
    link = reverse("bevraging-invullen", args=[vol.bevraging.sleutel])
    assert client.get(link).status_code == HTTPStatus.GONE
    added = {label for label, count in rows().items() if count > before[label]}
    # An oefendossier goes on from no other.
    assert set(before) - added == {"dossiers.Dossier", "dossiers.Voortzetting"}

    emptied = als(an).post(page(oefen, "oefendossier-leegmaken"), follow=True)

    new = Dossier.objects.get(school__oefen=True)
    assert new.pk != oefen.pk
    assert new.schooljaar == SCHOOLJAAR
    assert emptied.redirect_chain == [(page(new), HTTPStatus.FOUND)]
    assert "Het oefendossier is leeg" in emptied.text
    assert WOORDEN not in emptied.text
    assert rows() == before
    assert client.get(link).status_code == HTTPStatus.NOT_FOUND
    assert als(marie).get(reverse("oudergesprek", args=[vol.oudergesprek.pk])).status_code == 404


def test_what_hangs_on_another_dossier_stays(huis, an, marie, oefen):
    kept_one = fill(huis.dossier, marie)
    before = rows()
    fill(oefen, marie)

    empty_oefendossier(dossier=oefen, door=an)

    assert rows() == before
    kept_one.antwoord.refresh_from_db()
    assert kept_one.antwoord.groeikans == WOORDEN


def test_it_is_logged_without_what_was_in_it(an, marie, oefen):
    fill(oefen, marie)

    empty_oefendossier(dossier=oefen, door=an)

    regel = Logregel.objects.get(handeling="oefendossier-geleegd")
    assert (regel.door, regel.soort, regel.record_id) == (an, "dossier", str(oefen.pk))


def test_its_kept_documents_go_with_it(settings, tmp_path, an, huis, oefen):
    settings.DOCUMENTEN_DIR = tmp_path / "documenten"
    for dossier in (oefen, huis.dossier):
        folder = kept._root() / str(dossier.pk)
        folder.mkdir(parents=True)
        (folder / "routekaart.pdf").write_bytes(b"%PDF-")

    empty_oefendossier(dossier=oefen, door=an)

    assert kept.owners() == {str(huis.dossier.pk)}


def test_of_two_who_empty_it_the_second_finds_what_the_first_began_anew(an, marie, oefen):
    first = empty_oefendossier(dossier=oefen, door=an)
    write_in(first, an)

    second = empty_oefendossier(dossier=oefen, door=marie)

    assert second == first
    assert second.antwoorden.count() == 1
    assert Logregel.objects.filter(handeling="oefendossier-geleegd").count() == 1


@pytest.mark.parametrize("naam", ["dossier", "overzicht", "oudergesprekken", "routekaart-pdf"])
def test_a_page_of_before_says_that_it_was_emptied_and_leads_to_the_new_one(
    huis, ander_huis, als, an, marie, oefen, naam
):
    ander = open_oefendossier(clb=ander_huis.clb, today=date(SCHOOLJAAR, 11, 29), door=an)
    assert als(marie).get(page(oefen, naam)).status_code in {HTTPStatus.OK, HTTPStatus.ACCEPTED}
    new = empty_oefendossier(dossier=oefen, door=an)

    for user in (an, marie):
        said = als(user).get(page(oefen, naam))
        assert said.status_code == HTTPStatus.FORBIDDEN
        assert "<h1>Dit oefendossier is leeggemaakt</h1>" in said.text
        assert f'href="{OEFENEN}"' in said.text
        assert als(user).get(OEFENEN, follow=True).redirect_chain[-1][0] == page(new)
    # Who may not practise here is told nothing, not even that there ever was something.
    for user in (huis.team, huis.lezer, ander_huis.ankerfiguur):
        said = als(user).get(page(oefen, naam))
        assert said.status_code == HTTPStatus.NOT_FOUND
        assert "leeggemaakt" not in said.text
    assert als(ander_huis.ankerfiguur).get(page(ander)).status_code == HTTPStatus.OK
    assert als(an).get(page(ander)).status_code == HTTPStatus.NOT_FOUND


def test_a_save_from_a_page_of_before_says_so_and_gives_the_words_back(als, an, marie, oefen):
    doel = oefen.planversie.doelstellingen.first()
    url = reverse("doelstelling", args=[oefen.pk, doel.code])
    field = f"inschaling-{doel.code}-focus"
    browser = als(marie)
    browser.get(url)
    empty_oefendossier(dossier=oefen, door=an)
    written = {field: WOORDEN, f"{field}_basis": "0"}

    alone = browser.post_late(url, written | {"veld": field}, headers={"HX-Request": "true"})
    assert alone.status_code == HTTPStatus.FORBIDDEN
    assert "Niet bewaard. Jij of een collega maakte het intussen leeg" in alone.text
    whole = browser.post_late(url, written)
    assert whole.status_code == HTTPStatus.FORBIDDEN
    assert "Dit oefendossier is leeggemaakt" in whole.text
    assert WOORDEN in whole.text


@pytest.mark.parametrize("naam", ["antwoord", "inschaling", "actie", "check", "notitie", "stap"])
def test_who_changes_a_text_while_it_is_emptied_is_refused(an, marie, oefen, naam):
    record = getattr(fill(oefen, marie), naam)
    veld = record.VELDEN[-1]
    empty_oefendossier(dossier=oefen, door=an)
    before = rows()

    with pytest.raises(OefendossierGeleegd):
        save_veld(record=record, veld=veld, waarde="Nog iets", basis=1, door=marie)

    assert rows() == before


@pytest.mark.parametrize("naam", ["antwoord", "inschaling", "check", "notitie", "stap"])
def test_who_writes_a_first_text_while_it_is_emptied_is_refused(an, marie, oefen, naam):
    written = getattr(fill(oefen, marie), naam)
    new = type(written)(**{"dossier": oefen} | written.sleutel())
    empty_oefendossier(dossier=oefen, door=an)
    before = rows()

    with pytest.raises(OefendossierGeleegd):
        save_veld(record=new, veld=new.VELDEN[-1], waarde="Een begin", basis=0, door=marie)

    assert rows() == before


def test_results_that_are_read_while_it_is_emptied_are_no_longer_there(an, marie, oefen):
    stand = find_bevraging(dossier=oefen, pk=fill(oefen, marie).bevraging.pk)
    close_bevraging(bevraging=stand.bevraging, door=an)
    empty_oefendossier(dossier=oefen, door=an)

    assert locked_result(stand.bevraging) is None


def test_without_the_list_of_what_was_erased_nothing_is(settings, tmp_path, als, an, oefen):
    write_in(oefen, an)
    settings.WISLIJST = str(tmp_path / "weg" / "wislijst.jsonl")

    said = als(an).post(page(oefen, "oefendossier-leegmaken"))

    assert said.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Er is niets gewist" in said.text
    assert oefen.antwoorden.count() == 1


def test_an_erasure_that_was_cut_short_is_not_written_down_as_done(oefen):
    """A process is killed between the announcement and the commit."""
    wislijst._append(wislijst.Stand.ANNOUNCED, [wislijst.name_of(Dossier, oefen.pk)])

    call_command("ruim_op", stdout=StringIO())

    assert wislijst.unsettled() == []
    assert wislijst.erased_keys(Dossier) == set()


def test_a_real_dossier_is_never_emptied(als, an, huis):
    write_in(huis.dossier, an)

    url = page(huis.dossier, "oefendossier-leegmaken")
    assert als(an).get(url).status_code == HTTPStatus.NOT_FOUND
    assert als(an).post_late(url, {}).status_code == HTTPStatus.NOT_FOUND

    oefen = Dossier.objects.filter(school__oefen=True)
    assert not erasing._delete(huis.dossier, among=oefen, door=an)
    assert huis.dossier.antwoorden.count() == 1


# --- another schooljaar --------------------------------------------------------------------------


def test_in_another_schooljaar_one_begins_anew(als, an, marie, huis):
    old = open_oefendossier(clb=huis.clb, today=date(SCHOOLJAAR, 8, 31), door=an)
    assert old.schooljaar == SCHOOLJAAR - 1
    fill(old, marie)

    browser = als(an)
    shown = browser.get(OEFENEN)
    assert f"Er staat nog een oefendossier van {SCHOOLJAAR - 1}-{SCHOOLJAAR}" in shown.text
    browser.post(reverse("oefendossier-openen", args=[huis.clb.pk]))

    new = Dossier.objects.get(school__oefen=True)
    assert new.schooljaar == SCHOOLJAAR
    assert not Oudergesprek.objects.exists()
    assert wislijst.erased_keys(Dossier) == {str(old.pk)}
