"""What is written in the log: logging in, being refused, reading what is confidential, paper."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.oudergesprekken import release_text
from dossiers.logboek.domain import log_once_a_day
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, Rol
from tests.conftest import PASSWORD
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write
from tests.dossiers.mensen.logging_in import code_in
from tests.elders import Vol
from tests.paper import lay_out_by

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    cache.clear()


def logged(*kinds: str) -> list[tuple]:
    """Of these kinds: what, by whom, about which record, and of which CLB."""
    lines = Logregel.objects.order_by("pk").filter(handeling__in=kinds)
    return list(lines.values_list("handeling", "door__naam", "record_id", "clb_id"))


# --- logging in --------------------------------------------------------------------------------
INLOGGEN = ("ingelogd", "uitgelogd", "inloggen-mislukt", "inloggen-geblokkeerd")


def test_who_logs_in_and_out_is_in_the_log_of_her_clb(client, huis):
    client.post(LOGIN, {"login": "TOM@test.be", "password": PASSWORD})
    client.post(reverse("account_logout"))

    key, clb = str(huis.team.pk), huis.clb.pk
    assert logged(*INLOGGEN) == [("ingelogd", "Tom", key, clb), ("uitgelogd", "Tom", key, clb)]


def test_logging_out_twice_says_nothing_more(client, huis):
    client.post(reverse("account_logout"))

    assert logged(*INLOGGEN) == []


def test_a_login_by_code_is_one_and_a_wrong_code_is_none(client, huis, mailoutbox):
    confirm = client.post(reverse("account_request_login_code"), {"email": "tom@test.be"}).url
    client.post(confirm, {"code": "AAAA-AAAA"})
    assert [line[0:2] for line in logged(*INLOGGEN)] == [("inloggen-mislukt", None)]
    client.post(confirm, {"code": code_in(mailoutbox[0])})

    assert [line[0:2] for line in logged(*INLOGGEN)][1:] == [("ingelogd", "Tom")]


def test_a_failed_login_says_with_which_account_and_nothing_that_was_typed(client, huis):
    for adres in ("tom@test.be", "niemand@test.be", "tom@test.be\x00"):
        client.post(LOGIN, {"login": adres, "password": "een geheim van iemand"})

    assert set(logged(*INLOGGEN)) == {("inloggen-mislukt", None, str(huis.team.pk), huis.clb.pk)}
    rows = " ".join(str(row) for row in Logregel.objects.values_list())
    assert "geheim" not in rows
    assert "@" not in rows


def test_a_lockout_is_told_once_a_day(client, huis):
    for _ in range(9):
        client.post(LOGIN, {"login": "tom@test.be", "password": "fout"})

    kinds = [line[0] for line in logged(*INLOGGEN)]
    assert kinds == ["inloggen-mislukt"] * 5 + ["inloggen-geblokkeerd"]


def test_who_works_for_two_clbs_is_in_the_log_of_both(client, huis, ander_huis):
    Lidmaatschap.objects.create(user=huis.team, school=ander_huis.school, rol=Rol.LEZER)
    client.post(LOGIN, {"login": "tom@test.be", "password": PASSWORD})

    assert {line[3] for line in logged("ingelogd")} == {huis.clb.pk, ander_huis.clb.pk}


def test_an_account_of_nowhere_is_in_the_log_of_nobody(client, oscar):
    client.post(LOGIN, {"login": oscar.email, "password": PASSWORD})

    assert logged("ingelogd") == [("ingelogd", "Oscar", str(oscar.pk), None)]


# --- refusals ----------------------------------------------------------------------------------
GEWEIGERD = ("toegang-geweigerd", "elders-geweigerd")


def test_an_outsider_is_in_the_log_of_the_dossier_and_in_that_of_her_own_clb(als, huis, ander_huis):
    thea = als(ander_huis.team)
    for _ in range(3):
        for name in ("dossier", "routekaart", "dossier"):
            assert thea.get(reverse(name, args=[huis.dossier.pk])).status_code == 404

    assert logged(*GEWEIGERD) == [
        ("toegang-geweigerd", "Thea", str(huis.dossier.pk), huis.clb.pk),
        # Her own CLB does not hear which dossier.
        ("elders-geweigerd", "Thea", str(ander_huis.team.pk), ander_huis.clb.pk),
    ]
    assert Logregel.objects.get(handeling="elders-geweigerd").dossier_id is None


def test_too_small_a_role_is_refused_and_logged(als, huis):
    assert als(huis.lezer).get(reverse("bevragingen", args=[huis.dossier.pk])).status_code == 403
    assert als(huis.team).get(reverse("bevragingen", args=[huis.dossier.pk])).status_code == 200

    assert logged(*GEWEIGERD) == [("toegang-geweigerd", "Lies", str(huis.dossier.pk), huis.clb.pk)]


def test_a_talk_that_is_not_there_for_somebody_is_a_refusal(als, huis):
    gesprek = make_gesprek(huis)
    assert als(huis.team).get(url(gesprek)).status_code == 404
    assert als(huis.ankerfiguur).get(url(gesprek)).status_code == 404
    assert als(huis.medewerker).get(url(gesprek)).status_code == 200

    assert {line[1] for line in logged("toegang-geweigerd")} == {"Tom", "An"}


def test_what_does_not_exist_and_what_is_closed_are_no_refusals(als, client, huis):
    als(huis.team).get(reverse("dossier", args=[huis.school.pk]))
    client.get(reverse("dossier", args=[huis.dossier.pk]))
    als(huis.ankerfiguur).post(reverse("dossier-afsluiten", args=[huis.dossier.pk]))
    afgesloten = als(huis.team).post(reverse("cijfers", args=[huis.dossier.pk]), {"seen": "0"})

    assert afgesloten.status_code == 403
    assert logged(*GEWEIGERD) == []


# --- reading -----------------------------------------------------------------------------------
def test_reading_a_talk_is_logged_once_a_day(als, huis, monkeypatch):
    gesprek = make_gesprek(huis)
    marie = als(huis.medewerker)
    for _ in range(3):
        marie.get(url(gesprek))
    read = ("oudergesprek-gelezen", "Marie", str(gesprek.pk), huis.clb.pk)
    assert logged("oudergesprek-gelezen") == [read]
    assert Logregel.objects.get(handeling="oudergesprek-gelezen").dossier_id == huis.dossier.pk

    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    marie.get(url(gesprek))
    assert logged("oudergesprek-gelezen") == [read, read]


def test_a_save_in_a_talk_logs_nothing(als, huis):
    gesprek = make_gesprek(huis)
    before = Logregel.objects.count()

    assert write(als(huis.medewerker), gesprek, f"{DIT}-focus_nu", "Rust").status_code == 200

    assert Logregel.objects.count() == before


def test_who_reads_what_was_released(als, huis):
    gesprek = make_gesprek(huis)
    marie = als(huis.medewerker)
    write(marie, gesprek, f"{DIT}-school_mag_weten", "Er is een broer bij.")
    vrijgave = release_text(oudergesprek=gesprek, revisie=1, door=huis.medewerker)
    page = reverse("dossier", args=[huis.dossier.pk])
    for user in (huis.team, huis.lezer, huis.team):
        als(user).get(page)

    # The board does not see it.
    assert logged("vrijgave-gelezen") == [
        ("vrijgave-gelezen", "Tom", str(vrijgave.pk), huis.clb.pk)
    ]


def test_a_reload_costs_one_question_to_the_log_and_no_write(huis, django_assert_num_queries):
    def read() -> None:
        log_once_a_day(
            door=huis.team,
            handeling=Logregel.Handeling.VRIJGAVE_GELEZEN,
            records=[huis.dossier, huis.dossier],
        )

    with django_assert_num_queries(2):
        read()
    with django_assert_num_queries(1):
        read()
    with django_assert_num_queries(0):
        log_once_a_day(door=huis.team, handeling=Logregel.Handeling.VRIJGAVE_GELEZEN, records=[])

    assert len(logged("vrijgave-gelezen")) == 1


# --- paper -------------------------------------------------------------------------------------
PAPIER = {
    "preventieplan-pdf": "plan-pdf",
    "overzicht-pdf": "overzicht-pdf",
    "routekaart-pdf": "routekaart-pdf",
    "gesprek-pdf": "gesprek-pdf",
    "gesprek-uitnodiging": "afspraak-opgehaald",
    "vragenblad-pdf": "vragenblad-pdf",
    "bevraging-pdf": "resultaat-pdf",
    "bevraging-poster-pdf": "poster-pdf",
    "uitvoer-zip": "dossier-uitgevoerd",
    "oudergesprek-pdf": "oudergesprek-pdf",
}


@pytest.mark.parametrize("name", PAPIER)
def test_a_document_is_logged_once_a_day(als, huis, name, monkeypatch):
    lay_out_by(lambda _: b"%PDF-", monkeypatch)
    vol = Vol(huis.dossier, huis.medewerker)
    args = {
        "gesprek-pdf": lambda: [huis.dossier.pk, vol.gesprek.pk],
        "vragenblad-pdf": lambda: [huis.dossier.pk, vol.voorbereid.pk],
        "bevraging-poster-pdf": lambda: [huis.dossier.pk, vol.loopt.pk],
        "bevraging-pdf": lambda: [huis.dossier.pk, vol.bevraging.pk],
        "gesprek-uitnodiging": lambda: [huis.dossier.pk, vol.voorbereid.pk],
        "oudergesprek-pdf": lambda: [vol.oudergesprek.pk],
    }.get(name, lambda: [huis.dossier.pk])()
    marie = als(huis.medewerker)
    before = Logregel.objects.count()

    for _ in range(2):
        kind = marie.get(reverse(name, args=args)).headers["Content-Type"]
        assert kind.startswith(("application/pdf", "application/zip", "text/calendar"))

    assert Logregel.objects.count() == before + 1
    line = Logregel.objects.get(handeling=PAPIER[name])
    assert (line.door, line.dossier_id, line.clb_id) == (
        huis.medewerker,
        huis.dossier.pk,
        huis.clb.pk,
    )


def test_a_document_that_a_browser_has_already_is_opened_again(als, huis, monkeypatch):
    lay_out_by(lambda _: b"%PDF-", monkeypatch)
    paper = reverse("overzicht-pdf", args=[huis.dossier.pk])
    known = als(huis.team).get(paper).headers["ETag"]

    again = als(huis.medewerker).get(paper, headers={"If-None-Match": known})

    assert again.status_code == 304
    assert [line[1] for line in logged("overzicht-pdf")] == ["Tom", "Marie"]


def test_a_page_instead_of_the_document_is_not_logged(als, huis, monkeypatch):
    """Here: signs that cannot be printed, and then the document all the same."""
    lay_out_by(lambda _: b"%PDF-", monkeypatch)
    huis.school.naam = "School \N{LINEAR B SYLLABLE B008 A}"
    huis.school.save()
    tom, paper = als(huis.team), reverse("routekaart-pdf", args=[huis.dossier.pk])

    assert "text/html" in tom.get(paper).headers["Content-Type"]
    assert logged("routekaart-pdf") == []
    tom.get(paper, {"toch": "1"})
    assert len(logged("routekaart-pdf")) == 1
