"""The page of the log: who reads what of it, in sentences, chosen, and as a file."""

import csv
import re
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier, reopen_dossier
from dossiers.inzage import queries, views
from dossiers.inzage.domain import ALLEEN_CLB, SOORTEN, Groep, sentence
from dossiers.inzage.views import GROEPEN_VAN_DOSSIER
from dossiers.logboek.domain import Place, log
from dossiers.logboek.guard import lifted
from dossiers.logboek.models import Handelingen, Logregel
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap, give_rol
from dossiers.mensen.models import Lidmaatschap, Rol
from tests.conftest import make_user
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek, url
from tests.elders import Vol

pytestmark = pytest.mark.django_db


def page_of(huis) -> str:
    return reverse("dossier-logboek", args=[huis.dossier.pk])


def page_of_clb(huis) -> str:
    return reverse("clb-logboek", args=[huis.clb.pk])


def sentences(response) -> list[str]:
    lines = re.findall(r'class="logregel">(.*?)</li>', response.text, re.DOTALL)
    return [re.findall(r"<span>(.*?)</span>", line)[0] for line in lines]


def rows(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


# --- who reads it ------------------------------------------------------------------------------
def test_the_team_reads_what_happened_in_its_dossier(als, huis):
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    reopen_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert sentences(als(huis.team).get(page_of(huis))) == [
        "An heropende dit dossier.",
        "An sloot dit dossier af.",
        "An opende dit dossier.",
    ]


def test_also_of_a_closed_dossier_and_not_the_board(als, huis):
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert als(huis.team).get(page_of(huis)).status_code == 200
    assert als(huis.lezer).get(page_of(huis)).status_code == 403


def test_it_stands_in_the_quiet_list_of_the_dossier_and_on_the_page_of_the_clb(als, huis):
    dossier = reverse("dossier", args=[huis.dossier.pk])
    clb = reverse("clb", args=[huis.clb.pk])

    assert page_of(huis) in als(huis.team).get(dossier).text
    assert page_of(huis) not in als(huis.lezer).get(dossier).text
    assert page_of_clb(huis) in als(huis.ankerfiguur).get(clb).text
    assert page_of_clb(huis) not in als(huis.medewerker).get(clb).text


def test_of_talks_with_parents_a_school_hears_nothing(als, huis):
    """Not even that there are any; whoever works for the CLB reads it on the page of the CLB."""
    assert Vol(huis.dossier, huis.medewerker).vrijgave.pk
    als(huis.medewerker).get(url(make_gesprek(huis)))
    als(huis.team).get(reverse("dossier", args=[huis.dossier.pk]))
    als(huis.team).get(url(make_gesprek(huis)))
    clb = als(huis.ankerfiguur).get(page_of_clb(huis)).text
    assert "las een gesprek met ouders" in clb
    assert "las een vrijgegeven tekst" in clb
    assert "vroeg iets van dit dossier" in clb

    for user in (huis.team, huis.medewerker, huis.ankerfiguur):
        browser = als(user)
        for response in (
            browser.get(page_of(huis)),
            browser.get(page_of(huis), {"wat": "ouders"}),
            browser.get(page_of(huis), {"wat": "inloggen"}),
        ):
            assert '<option value="ouders"' not in response.text
            said = " ".join(sentences(response))
            assert "opende dit dossier" in said
            for word in ("ouders", "vrijgegeven", "vrij.", "vroeg iets"):
                assert word not in said
        file = browser.get(reverse("dossier-logboek-csv", args=[huis.dossier.pk]))
        assert "ouders" not in str(rows(file))


def test_another_dossier_and_another_clb_have_their_own_log(als, huis, ander_huis):
    close_dossier(dossier=ander_huis.dossier, door=ander_huis.ankerfiguur)

    for page, user in ((page_of, huis.team), (page_of_clb, huis.ankerfiguur)):
        assert "Anna" not in als(user).get(page(huis)).text
    assert (
        "Anna sloot dit dossier af."
        in als(ander_huis.ankerfiguur).get(page_of_clb(ander_huis)).text
    )


# --- what it says ------------------------------------------------------------------------------
def test_every_kind_of_event_has_a_sentence_and_those_of_a_dossier_can_be_chosen():
    assert set(SOORTEN) == set(Handelingen)
    for handeling, soort in SOORTEN.items():
        said = sentence(handeling, door="Griet", wie="Karim", rol="schoolteam")
        assert said.endswith(".")
        assert "{" not in said
        assert "Griet" in said or "Karim" in said, handeling
        own = sentence(handeling, door="Griet", wie="Griet", rol="schoolteam")
        assert (own != soort.zin.format(door="Griet", wie="Griet", rol="schoolteam")) == bool(
            soort.zelf
        )
    assert set(GROEPEN_VAN_DOSSIER).isdisjoint(ALLEEN_CLB)


def test_roles_say_who_got_or_lost_which(als, huis):
    karim = make_user("Karim")
    give_rol(user=karim, school=huis.school, rol=Rol.LEZER)
    give_rol(user=karim, school=huis.school, rol=Rol.SCHOOLTEAM)
    running = Lidmaatschap.objects.get(user=karim, actief_tot__isnull=True)
    end_lidmaatschap(lidmaatschap=running, door=huis.ankerfiguur)

    assert sentences(als(huis.ankerfiguur).get(page_of_clb(huis)))[:4] == [
        "An beëindigde de rol van Karim: schoolteam.",
        "Karim nam een uitnodiging aan, als schoolteam.",
        "De rol van Karim als schoolbestuur (leest mee) eindigde, door een andere rol in die "
        "school.",
        "Karim nam een uitnodiging aan, als schoolbestuur (leest mee).",
    ]


def test_of_a_role_that_went_with_its_account_the_sentence_ends_before_it(als, huis):
    karim = make_user("Karim")
    give_rol(user=karim, school=huis.school, rol=Rol.LEZER, door=huis.ankerfiguur)
    own = Lidmaatschap.objects.get(user=karim)
    end_lidmaatschap(lidmaatschap=own, door=huis.ankerfiguur)
    own.delete()

    assert sentences(als(huis.ankerfiguur).get(page_of_clb(huis)))[:2] == [
        "An beëindigde de rol van iemand.",
        "An gaf iemand een rol.",
    ]


def test_what_happened_by_itself_and_in_a_dossier_that_is_gone(als, huis):
    gone = Place(uuid4(), huis.school.pk, huis.clb.pk)
    log(door=None, handeling=Handelingen.DOSSIER_GEWIST, record=huis.dossier, place=gone)

    page = als(huis.ankerfiguur).get(page_of_clb(huis)).text

    assert "STS-Dialoog wiste dit dossier, met alles wat erin stond." in page
    assert '<span class="stil">Sint-Jozefschool</span>' in page
    assert f'href="/dossiers/{huis.dossier.pk}/">Sint-Jozefschool, 2026-2027</a>' in page


def test_a_name_is_only_a_name(als, huis):
    huis.team.naam = '<b onclick="x()">{door} Tom</b>'
    huis.team.save()
    close_dossier(dossier=huis.dossier, door=huis.team)

    page = als(huis.ankerfiguur).get(page_of_clb(huis)).text

    assert "<b onclick" not in page
    assert "{door} Tom&lt;/b&gt; sloot dit dossier af." in page


def test_an_empty_log_says_when_something_will_stand_in_it(als, huis):
    with lifted():
        Logregel.objects.all().delete()

    page = als(huis.team).get(page_of(huis)).text
    assert "Er gebeurde nog niets" in page
    assert "logboek.csv" not in page


# --- choosing ----------------------------------------------------------------------------------
@pytest.fixture
def busy(huis):
    """Tom struck an action a month ago; An closed the dossier and opened it again today."""
    actie = Vol(huis.dossier, huis.team).actie
    old = log(door=huis.team, handeling=Handelingen.ACTIE_GESCHRAPT, record=actie)
    with lifted():
        Logregel.objects.filter(pk=old.pk).update(op=timezone.now() - timedelta(days=31))
    log(door=huis.ankerfiguur, handeling=Handelingen.ROUTEKAART_PDF, record=huis.dossier)
    return huis


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {"geopend", "routekaart", "geschrapt"}),
        ({"wat": "papier"}, {"routekaart"}),
        ({"wat": "werk"}, {"geopend", "geschrapt"}),
        ({"wie": "tom"}, {"geschrapt"}),
        ({"sinds": "30"}, {"geopend", "routekaart"}),
        ({"sinds": "365", "wat": "werk", "wie": "tom"}, {"geschrapt"}),
        ({"wie": "tom", "sinds": "7"}, set()),
        # Nonsense chooses nothing.
        ({"wat": "ouders", "wie": "\x00", "sinds": "-1"}, {"geopend", "routekaart", "geschrapt"}),
        ({"wie": "lezer"}, {"geopend", "routekaart", "geschrapt"}),
    ],
)
def test_one_chooses_what_who_and_since_when(als, busy, chosen, expected):
    people = {"tom": str(busy.team.pk), "lezer": str(busy.lezer.pk)}
    asked = {name: people.get(value, value) for name, value in chosen.items()}
    words = {"geopend": "opende dit", "routekaart": "de routekaart", "geschrapt": "schrapte"}
    tom = als(busy.team)

    page = tom.get(page_of(busy), asked)
    said = " ".join(sentences(page))
    assert {key for key, word in words.items() if word in said} == expected
    if not expected:
        assert "Niets gevonden met deze keuze" in page.text

    file = rows(tom.get(reverse("dossier-logboek-csv", args=[busy.dossier.pk]), asked))
    said = " ".join(row[3] for row in file)
    assert {key for key, word in words.items() if word in said} == expected


def test_the_next_page_and_the_file_keep_what_was_chosen(als, busy, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 1)
    page = als(busy.team).get(page_of(busy), {"wat": "werk"}).text

    assert "Pagina 1 van 2" in page
    assert "?wat=werk&amp;pagina=2" in page
    assert "logboek.csv?wat=werk" in page


def test_the_number_of_queries_is_the_same_for_one_line_and_for_fifty(
    als, huis, django_assert_num_queries
):
    an = als(huis.ankerfiguur)
    for page, number in ((page_of(huis), 9), (page_of_clb(huis), 10)):
        for _ in range(2):
            an.get(page)
        for _ in range(30):
            karim = make_user(f"Karim{uuid4().hex[:8]}")
            give_rol(user=karim, school=huis.school, rol=Rol.LEZER)
            log(door=karim, handeling=Handelingen.ROUTEKAART_PDF, record=huis.dossier)
        with django_assert_num_queries(number):
            an.get(page)


# --- the file ----------------------------------------------------------------------------------
def test_the_file_has_every_line_in_the_order_of_the_page(als, huis, monkeypatch):
    monkeypatch.setattr(queries, "BATCH", 3)
    moment = timezone.now()
    for _ in range(4):
        line = log(door=huis.team, handeling=Handelingen.PLAN_PDF, record=huis.dossier)
        # At the very same moment, on the edge of what is read at a time.
        with lifted():
            Logregel.objects.filter(pk=line.pk).update(op=moment)
    an = als(huis.ankerfiguur)
    said = sentences(an.get(page_of(huis)))

    response = an.get(reverse("dossier-logboek-csv", args=[huis.dossier.pk]))
    header, *lines = rows(response)

    assert response.headers["Content-Disposition"] == 'attachment; filename="logboek.csv"'
    assert "no-store" in response.headers["Cache-Control"]
    assert header == ["wanneer", "wie", "soort", "wat", "waar"]
    assert [line[3] for line in lines] == ["An haalde dit logboek op als .csv.", *said]
    assert lines[0][1:3] == ["An", "Afgedrukt en opgehaald"]
    assert lines[0][4] == "Sint-Jozefschool, 2026-2027"


@pytest.mark.parametrize("naam", ["=1+1", "@SUM(A1)", "+32", "-1", "\uff1d1+1"])
def test_a_name_is_no_formula_and_makes_no_line_of_its_own(als, huis, naam):
    huis.team.naam = naam
    huis.team.save()
    # As who got at the database would forge a line.
    type(huis.team).objects.filter(pk=huis.ankerfiguur.pk).update(naam='x"\r\n"2026-01-01",Tom')
    for door in (huis.team, huis.ankerfiguur):
        log(door=door, handeling=Handelingen.PLAN_PDF, record=huis.dossier)
    before = Logregel.objects.filter(clb_id=huis.clb.pk).count()

    response = als(huis.ankerfiguur).get(reverse("clb-logboek-csv", args=[huis.clb.pk]))
    text = b"".join(response.streaming_content).decode()

    # The header, the lines of before, that of the file itself, and nothing after the last CRLF.
    assert len(text.split("\r\n")) == 1 + before + 1 + 1
    assert "\n" not in text.replace("\r\n", "")
    for row in csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")):
        assert not any(cell.startswith(naam[0]) for cell in row)
    assert f"\"'{naam} opende" in text


def test_fetching_the_file_is_logged_once_a_day(als, huis):
    an, file = als(huis.ankerfiguur), reverse("clb-logboek-csv", args=[huis.clb.pk])
    for _ in range(2):
        an.get(file)

    line = Logregel.objects.get(handeling="logboek-opgehaald")
    assert (line.door, line.soort, line.clb_id) == (huis.ankerfiguur, "clb", huis.clb.pk)


def test_the_groups_are_all_used():
    assert {soort.groep for soort in SOORTEN.values()} == set(Groep)
