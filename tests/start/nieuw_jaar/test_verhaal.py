"""An action that goes on in the next schooljaar is one story, with what was seen in the old one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers.acties.domain.checks import Vervolgstap
from dossiers.acties.models import Actie
from dossiers.acties.queries.stories import Story, stories
from dossiers.models import Dossier
from preventieplan import pdf
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Checkscore
from preventieplan.routekaart.queries import routekaart
from start.uitvoer.queries.acties import actie_data, acties_of
from tests.dossiers.acties.looking_back import look_back
from tests.preventieplan.bestuur.vast import keep
from tests.start.nieuw_jaar.conftest import NU, TODAY, VORIG, address, start, write

pytestmark = pytest.mark.django_db

SEEN, NEXT = "Half de klas werd begroet.", "Ook aan de achterpoort"


@pytest.fixture
def oud(huis, gevuld) -> Actie:
    """Last year it was looked back on and adjusted; the next step was still to be done."""
    actie = Actie.objects.get(dossier=gevuld, wat="Open")
    check = look_back(
        actie,
        huis.team,
        vaststelling=SEEN,
        besluit="bijsturen",
        waarom="Te laat begonnen.",
        vervolg=Vervolgstap(wat=NEXT),
    )
    Checkscore.objects.create(moment=check, van=6, naar=7, want="drukker")
    return Actie.objects.get(dossier=gevuld, wat=NEXT)


@pytest.fixture
def verder(huis, oud) -> Dossier:
    return start(oud.dossier, huis.ankerfiguur)


@pytest.fixture
def nu(verder) -> Actie:
    return Actie.objects.get(dossier=verder, wat=NEXT)


def story_of(actie: Actie) -> Story:
    return stories(actie.dossier, [actie])[actie.pk]


@pytest.mark.parametrize("who", ["team", "lezer"])
def test_its_page_tells_what_went_before(als, huis, nu, who):
    page = als(getattr(huis, who)).get(address("check", nu.dossier, nu.pk)).text
    told = [page.index(one) for one in (SEEN, "Te laat begonnen.", f"Verdergezet in {NU}")]
    assert told == sorted(told)
    assert "van 6 naar 7, want drukker" in page
    assert page.count("<b>Bijgestuurd</b>") == 1


def test_the_link_in_a_mail_of_last_year_leads_on(als, huis, oud, nu):
    page = als(huis.team).get(address("check", oud.dossier, oud.pk)).text
    on = f'<a href="{address("check", nu.dossier, nu.pk)}">Deze actie loopt verder in {NU}</a>'
    assert on in page
    nu.geschrapt_op = timezone.now()
    nu.save()
    assert on not in als(huis.team).get(address("check", oud.dossier, oud.pk)).text


def test_who_may_not_read_the_school_reads_none_of_it(als, ander_huis, nu):
    response = als(ander_huis.team).get(address("check", nu.dossier, nu.pk))
    assert response.status_code == 404


def test_the_plan_on_paper_tells_it_once(verder, huis, nu):
    look_back(
        nu, huis.team, besluit="bijsturen", waarom="Regen.", vervolg=Vervolgstap(wat="Een afdak")
    )
    html = pdf.preventieplan_pdf(Dossier.objects.get(pk=verder.pk)).html
    assert html.count(SEEN) == 1
    assert f"<b>In {VORIG}</b>" in html
    # The next step goes on from one of this schooljaar, which stands there itself.
    assert html.count("Vervolg op: ") == 1


def test_the_old_dossier_stays_as_it_was(oud):
    before = story_of(oud)
    paper = pdf.preventieplan_pdf(oud.dossier).html

    verder = start(oud.dossier, oud.dossier.geopend_door)

    assert Actie.objects.filter(dossier=verder, wat=NEXT).exists()
    assert story_of(oud) == before
    assert pdf.preventieplan_pdf(Dossier.objects.get(pk=oud.dossier_id)).html == paper


def test_it_goes_back_over_more_than_one_schooljaar(huis, nu):
    next_year = TODAY.replace(year=TODAY.year + 1)
    later = start(nu.dossier, huis.ankerfiguur, next_year)
    again = Actie.objects.get(dossier=later, wat=NEXT)

    story = story_of(again)

    assert [link.actie.wat for link in story.links] == ["Open", NEXT, NEXT, NEXT]
    assert [jaar for _, jaar in story.told] == ["", "", NU, later.schooljaar_label]
    assert [link.schooljaar for link in story.van_vroeger] == [VORIG, VORIG, NU]
    assert story.eerdere is None
    assert story.letters == len(SEEN) + len("Te laat begonnen.")


def test_what_was_struck_in_the_old_dossier_is_not_told(nu, oud):
    Actie.objects.filter(dossier=oud.dossier, wat="Open").update(geschrapt_op=oud.gemaakt_op)
    assert [link.actie.pk for link in story_of(nu).links] == [oud.pk, nu.pk]


def test_an_export_tells_of_no_action_that_it_does_not_hold(verder):
    assert acties_of(verder)
    assert {actie_data(one)["vervolg_van"] for one in acties_of(verder)} == {None}


@pytest.mark.parametrize("more", [0, 3])
def test_it_asks_the_same_however_long_it_is(huis, nu, django_assert_num_queries, more):
    dossier = nu.dossier
    for nummer in range(more):
        today = TODAY + timedelta(366 * (nummer + 1))
        dossier = start(dossier, huis.ankerfiguur, today)
    last = Actie.objects.select_related("dossier").get(dossier=dossier, wat=NEXT)
    with django_assert_num_queries(3):
        assert len(stories(last.dossier, [last])[last.pk].links) == 3 + more


def test_the_next_routekaart_does_not_call_it_new(huis, oud):
    """What came along happened last year; what was done since is told as such."""
    gevuld = oud.dossier
    keep(gevuld, door=huis.ankerfiguur)
    nieuw = start(gevuld, huis.ankerfiguur)
    doel = nieuw.planversie.doelstellingen.get(code="f0-1")
    create_planactie(dossier=nieuw, doelstelling=doel, wat="Belronde", door=huis.team)
    write(Actie.objects.get(dossier=nieuw, wat=NEXT), huis.team, stand="klaar")

    loaded = Dossier.objects.select_related("voortzetting__vorig").get(pk=nieuw.pk)
    kaart = routekaart(loaded, today=TODAY)

    # "Te checken" was done last year, and "Over tijd" was there.
    assert (kaart.sinds_vorige.gedaan, kaart.sinds_vorige.nieuw) == ((NEXT,), ("Belronde",))
    assert (kaart.veranderd.gedaan, kaart.veranderd.nieuw) == (1, 1)
