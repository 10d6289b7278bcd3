"""CLB Ten Berg practises: An and Marie in the oefendossier of their CLB, out of everybody's way.

An is the ankerfiguur; Marie is a CLB-medewerker of one school, and of the oefenschool nothing.
"""

from datetime import date
from http import HTTPStatus
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import close_bevraging, open_bevraging
from dialoogfiches.bevragingen.domain.golven import FLOOD
from dialoogfiches.bevragingen.models import Golf
from dialoogfiches.bevragingen.queries import find_bevraging, locked_result
from dialoogfiches.oudergesprekken.access import oudergesprekken_for
from dialoogfiches.oudergesprekken.domain.oudergesprekken import share
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.access import dossiers_to_work_in, open_dossiers_of
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Fase
from dossiers.mensen.access import schools_for
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.priorities import choose_priorities
from start.domain import oefendossier
from start.domain.oefendossier import empty_oefendossier, open_oefendossier
from stsdialoog import wislijst
from stsdialoog.documents import kept
from tests.concurrency import at_once
from tests.conftest import SCHOOLJAAR, load_material, make_user
from tests.dialoogfiches.bevragingen.bevraging import answer, day
from tests.elders import WOORDEN, Vol
from tests.start.conftest import plan

pytestmark = pytest.mark.django_db

BAND = "Oefendossier:</strong> hier mag alles misgaan. Schrijf niets over echte mensen."
SCHOLEN = reverse("scholen")
OEFENEN = reverse("oefendossier")


@pytest.fixture(autouse=True)
def _a_list_of_its_own(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


@pytest.fixture(autouse=True)
def _this_schooljaar(vandaag):
    pass


@pytest.fixture
def marie(huis):
    return huis.medewerker


@pytest.fixture
def oefen(huis, an) -> Dossier:
    return open_oefendossier(clb=huis.clb, today=date(SCHOOLJAAR, 11, 29), door=an)


def page(dossier: Dossier, name: str = "dossier") -> str:
    return reverse(name, args=[dossier.pk])


def fill(dossier: Dossier, door) -> Vol:
    """A record of every kind, with a history."""
    vol = Vol(dossier, door)
    for naam in (
        *(
            "antwoord",
            "inschaling",
            "routezinnen",
            "actie",
            "voorbereid",
            "notitie",
            "stap",
            "uitwerking",
        ),
        *("leesactie", "openantwoord", "ouderthema", "oudernotitie", "vrijgave"),
    ):
        getattr(vol, naam)
    choose_priorities(dossier=dossier, fase=Fase.BASISZORG, codes=[vol.doel.code], door=door)
    Golf.objects.create(bevraging=vol.bevraging, begin=timezone.now())
    share(oudergesprek=vol.oudergesprek, met=door, door=door)
    return vol


def write_in(dossier: Dossier, door) -> None:
    assert Vol(dossier, door).antwoord.pk


def rows() -> dict[str, int]:
    """How many records there are of each model that hangs on dossiers."""
    return {
        model._meta.label: model._base_manager.count() for model in oefendossier._paths_to_dossier()
    }


# --- the way to it ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ankerfiguur", "medewerker"])
def test_who_works_for_the_clb_comes_to_it_from_mijn_scholen(huis, als, who):
    somebody = als(getattr(huis, who))
    assert f'<a href="{OEFENEN}">Open het oefendossier</a>' in somebody.get(SCHOLEN).text
    assert f'<a href="{OEFENEN}">' in somebody.get(SCHOLEN, {"weergave": "tabel"}).text

    first = somebody.get(OEFENEN)
    assert "Start met oefenen" in first.text
    made = somebody.post(reverse("oefendossier-openen", args=[huis.clb.pk]), follow=True)

    dossier = Dossier.objects.get(school__oefen=True)
    assert dossier.schooljaar == SCHOOLJAAR
    assert made.redirect_chain == [(page(dossier), HTTPStatus.FOUND)]
    assert BAND in made.text
    assert somebody.get(OEFENEN).url == page(dossier)


def test_who_works_for_two_clbs_chooses(huis, ander_huis, als, an, oefen):
    Lidmaatschap.objects.create(user=an, school=ander_huis.school, rol=Rol.CLB_MEDEWERKER)

    shown = als(an).get(OEFENEN).text

    assert f'href="{page(oefen)}">Naar het oefendossier van CLB Ten Berg' in shown
    assert "Start met oefenen bij CLB De Brug" in shown


def test_a_school_is_not_told_of_it(huis, als, oscar):
    for user in (huis.team, huis.lezer, oscar):
        assert OEFENEN not in als(user).get(SCHOLEN).text
        assert als(user).get(OEFENEN).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.django_db(transaction=True)
def test_two_people_who_open_it_for_the_first_time_at_once_make_one(huis, an, marie):
    def opens(user):
        return lambda: (
            open_oefendossier(
                clb=CLB.objects.get(pk=huis.clb.pk), today=date(SCHOOLJAAR, 11, 29), door=user
            ).pk
        )

    ways_in = at_once(opens(an), opens(marie), opens(an), opens(marie))

    assert set(ways_in) == {Dossier.objects.get(school__oefen=True).pk}


def test_the_database_refuses_a_second_one_of_a_clb(huis, oefen):
    with pytest.raises(IntegrityError, match=r"oefenschool_per_clb|clb_id"), transaction.atomic():
        School.objects.create(clb=huis.clb, naam="Nog een", oefen=True)


@pytest.mark.parametrize(
    "place",
    [
        {"instellingsnummer": "000099"},
        {"niveau": "so"},
        {"gemeente": "Lier"},
        {"provincie": "antwerpen"},
    ],
    ids=lambda place: next(iter(place)),
)
def test_the_database_refuses_one_that_would_count_somewhere(oefen, place):
    with pytest.raises(IntegrityError, match="staat_nergens"), transaction.atomic():
        School.objects.filter(pk=oefen.school_id).update(**place)


@pytest.mark.parametrize("veld", ["instellingsnummer", "niveau", "provincie"])
def test_a_real_school_still_has_to_have_its_data(huis, veld):
    missing = None if veld == "instellingsnummer" else ""

    with pytest.raises(IntegrityError, match=f"school_{veld}"), transaction.atomic():
        School.objects.filter(pk=huis.school.pk).update(**{veld: missing})


# --- who gets in --------------------------------------------------------------------------------


def test_every_colleague_writes_in_it_and_nobody_else_sees_it(huis, ander_huis, als, oefen, oscar):
    veld = "inschaling-f0-1-score"
    score = {"veld": veld, veld: "7", f"{veld}_basis": "0"}
    goal = reverse("doelstelling", args=[oefen.pk, "f0-1"])
    outside = [huis.team, huis.lezer, oscar, *ander_huis.people.values()]
    assert als(huis.team).get(page(huis.dossier)).status_code == HTTPStatus.OK
    for user in outside:
        assert als(user).get(page(oefen)).status_code == HTTPStatus.NOT_FOUND
        assert als(user).get(goal).status_code == HTTPStatus.NOT_FOUND
        assert als(user).get(page(oefen, "oudergesprekken")).status_code == HTTPStatus.NOT_FOUND

    saved = als(huis.medewerker).post(goal, score, headers={"HX-Request": "true"})

    assert saved.status_code == HTTPStatus.OK
    assert oefen.inschalingen.get().score == 7
    assert 'value="7"' in als(huis.ankerfiguur).get(goal).text


def test_who_left_the_clb_is_out_at_once(huis, als, marie, oefen):
    assert als(marie).get(page(oefen)).status_code == HTTPStatus.OK

    Lidmaatschap.objects.filter(user=marie).update(actief_tot=timezone.now())

    assert als(marie).get(page(oefen)).status_code == HTTPStatus.NOT_FOUND


def test_a_role_that_somehow_stands_there_opens_nothing(huis, als, oefen):
    for user, rol in ((huis.team, Rol.SCHOOLTEAM), (huis.lezer, Rol.LEZER)):
        Lidmaatschap.objects.create(user=user, school=oefen.school, rol=rol)
        assert als(user).get(page(oefen)).status_code == HTTPStatus.NOT_FOUND
        assert "Oefenschool" not in als(user).get(SCHOLEN).text


def test_it_has_no_team_to_invite_and_no_data_to_change(als, an, oefen):
    for name in ("school", "school-wijzigen"):
        url = reverse(name, args=[oefen.school_id])
        assert als(an).get(url).status_code == HTTPStatus.NOT_FOUND
    for name in ("uitnodigen", "dossier-openen"):
        url = reverse(name, args=[oefen.school_id])
        assert als(an).post_late(url, {}).status_code == HTTPStatus.NOT_FOUND
    for name in ("dossier-afsluiten", "dossier-heropenen"):
        assert als(an).get(page(oefen, name)).status_code == HTTPStatus.FORBIDDEN
    shown = als(an).get(page(oefen)).text
    assert reverse("school", args=[oefen.school_id]) not in shown
    assert page(oefen, "dossier-afsluiten") not in shown


def test_a_talk_with_parents_stays_with_its_author_and_who_it_is_shared_with(
    als, an, marie, oefen, huis
):
    talk = Vol(oefen, marie).oudergesprek
    url = reverse("oudergesprek", args=[talk.pk])
    assert als(marie).get(url).status_code == HTTPStatus.OK
    assert als(an).get(url).status_code == HTTPStatus.NOT_FOUND
    petra = make_user("Petra")
    buur = School.objects.create(
        clb=huis.clb, naam="De Buur", instellingsnummer="000555", niveau="so", gemeente="Lier",
        provincie="antwerpen",
    )  # fmt: skip
    elsewhere = Lidmaatschap.objects.create(user=petra, school=buur, rol=Rol.CLB_MEDEWERKER)

    assert "Petra" in als(marie).get(reverse("oudergesprek-delen", args=[talk.pk])).text
    share(oudergesprek=talk, met=petra, door=marie)

    assert als(petra).get(url).status_code == HTTPStatus.OK
    assert set(oudergesprekken_for(user=petra, dossier=oefen)) == {talk}
    elsewhere.actief_tot = timezone.now()
    elsewhere.save()
    assert als(petra).get(url).status_code == HTTPStatus.NOT_FOUND
    assert not oudergesprekken_for(user=petra, dossier=oefen).exists()


def test_in_a_real_school_a_colleague_of_another_school_still_gets_nothing(huis, als, marie):
    buur = School.objects.create(
        clb=huis.clb, naam="De Buur", instellingsnummer="000555", niveau="so", gemeente="Lier",
        provincie="antwerpen",
    )  # fmt: skip
    petra = make_user("Petra")
    Lidmaatschap.objects.create(user=petra, school=buur, rol=Rol.CLB_MEDEWERKER)
    talk = Vol(huis.dossier, marie).oudergesprek
    share(oudergesprek=talk, met=petra, door=marie)

    assert als(petra).get(page(huis.dossier)).status_code == HTTPStatus.NOT_FOUND
    url = reverse("oudergesprek", args=[talk.pk])
    assert als(petra).get(url).status_code == HTTPStatus.NOT_FOUND


# --- out of lists, figures and mails -------------------------------------------------------------


def test_no_list_count_or_search_has_it(als, an, marie, oefen):
    plan(oefen, "Iets dat te laat is", door=an, wanneer_op=-3)
    for user in (an, marie):
        browser = als(user)
        for query in ({}, {"weergave": "tabel"}):
            shown = browser.get(SCHOLEN, query).text
            assert "Sint-Jozefschool" in shown
            assert "1 school" in " ".join(shown.split())
            assert "Oefenschool" not in shown
        assert "Geen school gevonden" in browser.get(SCHOLEN, {"zoek": "oefenschool"}).text
        assert oefen not in open_dossiers_of(user)
        assert oefen.school not in schools_for(user)
        assert oefen not in dossiers_to_work_in(user, as_clb=False)
        assert oefen not in dossiers_to_work_in(user, as_clb=True)


def test_who_has_no_school_yet_can_practise_and_still_has_none(ander_huis, als):
    nina = make_user("Nina")
    leeg = CLB.objects.create(naam="CLB Nieuw", instellingsnummer="000444")
    Lidmaatschap.objects.create(user=nina, clb=leeg, rol=Rol.ANKERFIGUUR)
    open_oefendossier(clb=leeg, today=timezone.localdate(), door=nina)

    shown = als(nina).get(SCHOLEN).text

    assert "Je volgt nog geen scholen" in shown
    assert OEFENEN in shown


def test_in_beheer_it_is_no_school(huis, als, oefen):
    bea = make_user("Bea")
    bea.is_staff = bea.is_superuser = True
    bea.save()

    shown = als(bea).get(reverse("admin:mensen_school_changelist")).text
    change = als(bea).get(reverse("admin:mensen_school_change", args=[oefen.school_id]))

    assert "Sint-Jozefschool" in shown
    assert "Oefenschool" not in shown
    assert change.status_code == HTTPStatus.FOUND
    of_school = als(bea).get(reverse("admin:mensen_school_change", args=[huis.school.pk])).text
    assert "oefen" not in of_school


@pytest.mark.parametrize("practises", [True, False])
def test_a_hall_that_practises_with_a_survey_sends_no_mail(
    huis, an, oefen, mailoutbox, django_capture_on_commit_callbacks, practises
):
    dossier = oefen if practises else huis.dossier
    made = open_bevraging(
        dossier=dossier, versie=load_material("mini-bevraging"), titel="x", tot=day(1), door=an
    )

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(FLOOD):
            answer(made, "ja")

    assert len(mailoutbox) == (0 if practises else 1)


def test_a_survey_to_practise_with_says_so_to_whoever_answers(client, huis, an, oefen):
    for dossier, practises in ((oefen, True), (huis.dossier, False)):
        survey = Vol(dossier, an).loopt
        for name in ("bevraging-invullen", "bevraging-dank"):
            shown = client.get(reverse(name, args=[survey.sleutel])).text
            assert ("Dit is een oefening." in shown) == practises


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
    assert set(before) - added == {"dossiers.Dossier"}

    emptied = als(an).post(page(oefen, "oefendossier-leegmaken"), follow=True)

    new = Dossier.objects.get(school__oefen=True)
    assert new.pk != oefen.pk
    assert new.schooljaar == SCHOOLJAAR
    assert emptied.redirect_chain == [(page(new), HTTPStatus.FOUND)]
    assert "Het oefendossier is leeg" in emptied.text
    assert WOORDEN not in emptied.text
    assert rows() == before
    assert als(an).get(page(oefen)).status_code == HTTPStatus.NOT_FOUND
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


@pytest.mark.parametrize("naam", ["antwoord", "inschaling", "actie", "notitie", "stap"])
def test_who_changes_a_text_while_it_is_emptied_is_refused(an, marie, oefen, naam):
    record = getattr(fill(oefen, marie), naam)
    veld = record.VELDEN[-1]
    empty_oefendossier(dossier=oefen, door=an)
    before = rows()

    with pytest.raises(DossierAfgesloten):
        save_veld(record=record, veld=veld, waarde="Nog iets", basis=1, door=marie)

    assert rows() == before


@pytest.mark.parametrize("naam", ["antwoord", "inschaling", "notitie", "stap"])
def test_who_writes_a_first_text_while_it_is_emptied_is_refused(an, marie, oefen, naam):
    written = getattr(fill(oefen, marie), naam)
    new = type(written)(**{"dossier": oefen} | written.sleutel())
    empty_oefendossier(dossier=oefen, door=an)
    before = rows()

    with pytest.raises(DossierAfgesloten):
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

    assert not oefendossier._delete(huis.dossier, door=an)
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


# --- marked --------------------------------------------------------------------------------------


def test_another_dossier_has_no_band(als, an, huis, oefen):
    assert BAND in als(an).get(page(oefen)).text
    assert BAND not in als(an).get(page(huis.dossier)).text
    assert BAND not in als(an).get(SCHOLEN).text
