"""What was said travels: words of the plan and of talks are offered where the same is asked."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie, Notitierevisie
from dialoogfiches.models import Item
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.domain.striking import strike
from preventieplan.models import (
    Antwoord,
    Antwoordrevisie,
    Checklistvraag,
    Doelstelling,
    Inschaling,
    Inschalingrevisie,
)
from tests.conftest import load_material
from tests.elders import WOORDEN, Vol

pytestmark = pytest.mark.django_db

BEL = "De eerste bel gaat om half negen; elke leerkracht noteert meteen"
VRAAG, DUBBEL = "f0-3-v01", "registratie-b01"
OKTOBER = datetime(2026, 10, 3, 10, tzinfo=UTC)


class Team:
    """A team that writes in one dossier."""

    def __init__(self, huis, als):
        self.dossier, self.tom, self.als = huis.dossier, huis.team, als

    def talk(self, slug: str = "dialoogdocument", titel: str = "Rond de tafel") -> Gesprek:
        return start_gesprek(
            dossier=self.dossier,
            versie=load_material(slug),
            sleutel=uuid4(),
            titel=titel,
            door=self.tom,
        )

    def save(self, record, veld: str, waarde: str):
        save_veld(
            record=record, veld=veld, waarde=waarde, basis=record.revisie(veld), door=self.tom
        )
        return record

    def answer(self, tekst: str = BEL, code: str = VRAAG) -> Antwoord:
        versie = self.dossier.planversie_id
        vraag = Checklistvraag.objects.get(doelstelling__versie=versie, code=code)
        record = Antwoord.objects.filter(dossier=self.dossier, vraag=vraag).first()
        return self.save(
            record or Antwoord(dossier=self.dossier, vraag=vraag), "toelichting", tekst
        )

    def note(self, gesprek: Gesprek, code: str = DUBBEL, tekst: str = BEL) -> Notitie:
        item = Item.objects.get(versie=gesprek.versie_id, code=code)
        return self.save(Notitie(dossier=self.dossier, gesprek=gesprek, item=item), "tekst", tekst)

    def result(self, gesprek: Gesprek, code: str, tekst: str, doel: str = "") -> Gesprekstap:
        onderdeel = gesprek.versie.onderdelen.get(code=code)
        stap = Gesprekstap(dossier=self.dossier, gesprek=gesprek, onderdeel=onderdeel)
        self.save(stap, "resultaat", tekst)
        return self.save(stap, "hoort_bij", doel) if doel else stap

    def step_url(self, gesprek: Gesprek, code: str) -> str:
        return reverse("gesprekstap", args=[self.dossier.pk, gesprek.pk, code])

    def goal_url(self, code: str) -> str:
        return reverse("doelstelling", args=[self.dossier.pk, code])

    def read(self, url: str) -> str:
        return self.als(self.tom).get(url, {"weergave": "lijst"}).text

    def take_over(self, url: str, naam: str, typed: str = "", **more: str):
        client = self.als(self.tom)
        client.get(url, {"weergave": "lijst"})
        sent = {"weergave": "lijst", naam: typed, f"{naam}_basis": "0", "neem_over": naam}
        return client.post(url, sent | more, follow=True)


@pytest.fixture
def team(huis, als) -> Team:
    return Team(huis, als)


def offered(html: str) -> list[str]:
    return [part.split("</p>")[0] for part in html.split('aanbod-tekst">')[1:]]


def test_a_talk_offers_what_the_plan_says_and_takes_it_over_as_a_save(team):
    antwoord = team.answer()
    Antwoordrevisie.objects.filter(record=antwoord).update(op=OKTOBER)
    gesprek = team.talk()
    url, naam = team.step_url(gesprek, "registratie"), f"notitie-{gesprek.pk}-{DUBBEL}-tekst"

    html = team.read(url)
    assert offered(html) == [BEL]
    assert "het preventieplan</a> schreven jullie op 3 oktober 2026:" in html
    assert f'value="{naam}">Neem over' in html

    page = team.take_over(url, naam)

    notitie = Notitie.objects.get()
    assert (notitie.tekst, notitie.tekst_revisie) == (BEL, 1)
    history = Notitierevisie.objects.get()
    assert (history.waarde, history.door) == (BEL, team.tom)
    assert "De woorden van toen staan erin." in page.text
    assert offered(team.read(url)) == []
    # Those that were taken over stay where they were.
    antwoord.refresh_from_db()
    assert antwoord.toelichting == BEL


def test_the_plan_offers_what_the_newest_talk_says(team):
    first, second, gone = team.talk(), team.talk(titel="Het tweede"), team.talk()
    team.note(first, tekst="Vroeger was het anders")
    team.note(second)
    team.note(gone, tekst="Dit gesprek is weg")
    strike(record=gone, door=team.tom)
    url, naam = team.goal_url("f0-3"), f"antwoord-{VRAAG}-toelichting"

    html = team.read(url)
    assert offered(html) == [BEL]
    assert "‘Het tweede’</a> schreven jullie op" in html

    team.take_over(url, naam)

    assert Antwoord.objects.get().toelichting == BEL
    assert Antwoordrevisie.objects.get(veld="toelichting").waarde == BEL


def test_nothing_is_offered_where_there_are_words(team):
    team.answer()
    gesprek = team.talk()
    team.note(gesprek, tekst="Bij ons gaat het zo")

    assert offered(team.read(team.step_url(gesprek, "registratie"))) == []
    assert offered(team.read(team.goal_url("f0-3"))) == []


def test_words_that_were_typed_meanwhile_stay(team):
    team.answer()
    gesprek = team.talk()
    url, naam = team.step_url(gesprek, "registratie"), f"notitie-{gesprek.pk}-{DUBBEL}-tekst"

    page = team.take_over(url, naam, typed="Toch anders")

    assert Notitie.objects.get().tekst == "Toch anders"
    assert "Hier is niets over te nemen" in page.text


@pytest.mark.parametrize("naam", ["actie-x-wat", "notitie-x", "gesprek-titel"])
def test_a_button_that_nothing_is_offered_at_takes_nothing(naam, team):
    gesprek = team.talk()
    team.answer()

    page = team.take_over(team.step_url(gesprek, "registratie"), naam)

    assert "Hier is niets over te nemen" in page.text
    assert not Notitie.objects.exists()


def test_who_only_reads_is_offered_nothing(team, huis, als):
    team.answer()
    gesprek = team.talk()

    html = als(huis.lezer).get(team.step_url(gesprek, "registratie")).text

    assert BEL not in html
    assert BEL in als(huis.lezer).get(team.goal_url("f0-3")).text


def test_another_dossier_hears_nothing(team, ander_huis, als):
    team.answer()
    theirs = Team(ander_huis, als)
    gesprek = theirs.talk()

    assert offered(theirs.read(theirs.step_url(gesprek, "registratie"))) == []


def test_the_focus_of_a_talk_is_offered_to_its_goal_and_to_the_template_that_asks_for_it(team):
    gesprek = team.talk("aanwezig-op-school", "Rond de tafel")
    stap = team.result(gesprek, "focus-bepalen", "Iedereen voelt zich welkom")
    assert offered(team.read(team.goal_url("f0-1"))) == []

    team.save(stap, "hoort_bij", "f0-1")
    html = team.read(team.goal_url("f0-1"))
    assert offered(html) == ["Iedereen voelt zich welkom"]
    assert offered(team.read(team.goal_url("f0-2"))) == []
    team.take_over(team.goal_url("f0-1"), "inschaling-f0-1-focus")
    assert Inschaling.objects.get().focus == "Iedereen voelt zich welkom"
    assert Inschalingrevisie.objects.get().veld == "focus"
    assert offered(team.read(team.goal_url("f0-1"))) == []

    sjablonen = team.talk("sjablonen-plan-en-opvolging", "Het plan")
    html = team.read(team.step_url(sjablonen, "plan-opmaken"))
    assert offered(html) == ["Iedereen voelt zich welkom"]
    assert "<b>Onze focus:</b> Iedereen voelt zich welkom" in html


def test_the_focus_of_a_goal_is_offered_to_the_talk_that_is_about_it(team):
    doel = Doelstelling.objects.get(versie=team.dossier.planversie, code="f0-1")
    inschaling = Inschaling(dossier=team.dossier, doelstelling=doel)
    team.save(inschaling, "focus", "Een begroeting")
    gesprek = team.talk("aanwezig-op-school")
    url = team.step_url(gesprek, "focus-bepalen")
    stap = team.result(gesprek, "focus-bepalen", "")
    # Nobody said yet what this talk is about.
    assert offered(team.read(url)) == []

    for hoort_bij, expected in (("f0-2", []), ("f1", []), ("f0-1", ["Een begroeting"])):
        team.save(stap, "hoort_bij", hoort_bij)
        assert offered(team.read(url)) == expected
    team.take_over(url, f"stap-{gesprek.pk}-focus-bepalen-resultaat")

    stap.refresh_from_db()
    assert stap.resultaat == "Een begroeting"
    assert offered(team.read(url)) == []


def test_the_step_of_the_focus_asks_what_it_is_about_and_no_other_step_does(team):
    gesprek = team.talk("aanwezig-op-school")
    naam = f"stap-{gesprek.pk}-focus-bepalen-hoort_bij"

    url = team.step_url(gesprek, "focus-bepalen")

    for view in ("lijst", "bespreken"):
        html = team.als(team.tom).get(url, {"weergave": view}).text
        assert f'name="{naam}"' in html
        assert ">Onze focus</" in html
        other = team.als(team.tom).get(team.step_url(gesprek, "vieren"), {"weergave": view}).text
        assert f"stap-{gesprek.pk}-vieren-hoort_bij" not in other

    answer = team.als(team.tom).post(
        url,
        {"veld": naam, naam: "f1", f"{naam}_basis": "0"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert Gesprekstap.objects.get().hoort_bij == "f1"


def test_a_talk_with_parents_and_a_survey_offer_nothing(team, huis):
    """Their words exist, and are asked for nowhere: no source knows them, and no content can."""
    vol = Vol(huis.dossier, huis.medewerker)
    assert vol.oudergesprek
    assert vol.openantwoord.tekst
    gesprek = team.talk()

    for code in ("registratie", "data", "beleid", "samenwerking"):
        assert WOORDEN not in "".join(offered(team.read(team.step_url(gesprek, code))))
    for code in ("f0-1", "f0-3"):
        assert offered(team.read(team.goal_url(code))) == []


def test_offering_takes_a_query_and_none_where_nothing_is_asked_twice(team):
    client = team.als(team.tom)
    gesprek = team.talk()
    counts = {}
    for name, url in (
        ("same in the plan", team.step_url(gesprek, "registratie")),
        ("asked once", team.step_url(gesprek, "beleid")),
        ("same in a talk", team.goal_url("f0-3")),
        ("only its focus", team.goal_url("f0-1")),
    ):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts[name] = len(queries)

    assert counts == {
        "same in the plan": 9,
        "asked once": 8,
        "same in a talk": 9,
        "only its focus": 9,
    }
