"""The demo: fictitious schools in every stage; building it never changes what users typed."""

import io
from collections.abc import Iterator
from datetime import date, timedelta

import pypdf
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.models import Bevraging, Inzending
from dialoogfiches.gesprekken.models import Gesprek, Notitie
from dossiers.acties.queries.stories import stories
from dossiers.cijfers.models import MINDER_DAN_5
from dossiers.cijfers.queries import figures_of
from dossiers.domain import schooljaar_of
from dossiers.logboek.models import Logregel
from dossiers.mensen.access import schools_for
from dossiers.mensen.models import CLB, Lidmaatschap, School, User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.bestuur.models import VastgesteldeRoutekaart
from preventieplan.bestuur.queries.earlier import last_answers_to
from preventieplan.domain.courses import before_last
from preventieplan.inschalen.queries.beside import spread_beside, with_spread
from preventieplan.inschalen.queries.rondes import printed_spreads
from preventieplan.models import Antwoord, Inschaling, Planactie
from preventieplan.queries.courses import course_of
from preventieplan.queries.last_year import unconfirmed_of
from preventieplan.queries.plan import plan_stand
from preventieplan.routekaart.pdf import routekaart_pdf
from start.avond.domain.avonden import open_avond
from start.avond.queries.punten import held_avonden
from start.avond.queries.verslag import minutes_of
from start.queries.groups import in_groups
from tests.conftest import load_material
from tests.paper import on_paper
from tests.start.demo.demo import MATERIALEN, build

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shown(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The output of the command; the demo is built once, because each test is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        for slug in MATERIALEN:
            load_material(slug)
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def rich(shown, db) -> Dossier:
    """The dossier of the school where team@demo.test works."""
    return Dossier.objects.get(
        school__lidmaatschappen__user__email="team@demo.test",
        schooljaar=schooljaar_of(timezone.localdate()),
    )


def counts() -> dict[str, int]:
    models = (
        *(CLB, School, User, Lidmaatschap, Dossier, Logregel),
        *(Antwoord, Inschaling, Planactie),
        *(Gesprek, Notitie, Bevraging, Inzending),
    )
    return {model.__name__: model.objects.count() for model in models}


def test_it_shows_an_account_for_each_role_and_the_password(shown):
    for wie, rol in {
        "ankerfiguur": "ankerfiguur",
        "medewerker": "CLB-medewerker",
        "team": "schoolteam",
        "bestuur": "schoolbestuur (leest mee)",
        "sts": "STS-team",
        "plg": "lid van een PLG",
    }.items():
        line = next(line for line in shown.splitlines() if line.startswith(f"{wie}@demo.test"))
        assert rol in line
        user = User.objects.get(email=f"{wie}@demo.test")
        assert user.check_password("samen-naar-school")
        assert user.is_staff == (wie == "sts")
    assert "samen-naar-school" in shown
    assert not User.objects.get(email="sts@demo.test").is_superuser
    others = User.objects.exclude(
        email__in=[line.split()[0] for line in shown.splitlines() if line]
    )
    assert others
    assert not any(user.has_usable_password() for user in others)


def test_there_are_dossiers_in_every_stage(rich):
    stages = {
        "without": School.objects.filter(dossiers=None),
        "untouched": Dossier.objects.filter(antwoorden=None, inschalingen=None),
        "closed": Dossier.objects.filter(
            afgesloten_op__isnull=False, schooljaar__lt=rich.schooljaar
        ),
    }
    assert [name for name, found in stages.items() if not found.exists()] == []
    assert School.objects.filter(clb__naam="CLB Ten Berg", oefen=False).count() == 24
    assert set(School.objects.filter(oefen=False).values_list("niveau", flat=True)) == {
        "bao",
        "so",
        "buo",
    }
    assert School.objects.filter(instellingsnummer__startswith="0").exists()


def test_there_is_a_school_in_every_group_of_mijn_scholen(rich):
    """The demo is of today, and in summer of the last day of the schooljaar."""
    anker = User.objects.get(email="ankerfiguur@demo.test")
    today = min(timezone.localdate(), date(rich.schooljaar + 1, 6, 30))

    groups = in_groups(schools_for(anker), today)

    assert [groep for groep, found in groups.items() if not found] == []
    assert sum(map(len, groups.values())) == 24


def test_the_dossier_of_the_team_is_rich(rich):
    fase_0 = plan_stand(rich)[0]
    first = fase_0.doelen[0]
    assert first.besproken == first.vragen == 11
    assert fase_0.ingeschaald == 5
    inschaling = Inschaling.objects.get(dossier=rich, doelstelling=first.doelstelling)
    scores = list(inschaling.revisies.filter(veld="score").order_by("revisie"))
    assert len({score.door for score in scores}) > 1
    assert (scores[-1].op - scores[0].op).days > 21
    acties = [plan.actie for plan in Planactie.objects.filter(actie__dossier=rich)]
    assert 8 <= len(acties) <= 12
    assert {"borgen", "bijsturen"} <= {actie.besluit for actie in acties}


def test_the_history_lies_in_the_past(rich):
    now = timezone.now()
    for antwoord in Antwoord.objects.filter(dossier=rich):
        moments = [revisie.op for revisie in antwoord.revisies.all()]
        assert antwoord.gewijzigd_op == max(moments) < now
    of_today = Logregel.objects.filter(soort="dossier", op__date=timezone.localdate())
    practice = Dossier.objects.filter(school__oefen=True).values_list("pk", flat=True)
    assert set(of_today.values_list("record_id", flat=True)) == set(map(str, practice))


def test_two_members_of_a_plg_worked_in_one_concept(rich, als):
    els = als(User.objects.get(email="plg@demo.test"))
    assert "concept" in els.get(reverse("plg")).text

    page = els.get(reverse("plg-materiaal", args=["mini-bevraging"])).text

    assert "Nagekeken door Els Machiels, Jan Reekmans" in page
    assert "stond er in de bron" in page
    assert "Kan dit in twee zinnen?" in page


def test_again_changes_nothing(rich):
    before = counts()

    build()

    assert counts() == before


def test_again_keeps_what_was_typed_and_adds_what_is_missing(rich):
    team = User.objects.get(email="team@demo.test")
    antwoord = Antwoord.objects.get(dossier=rich, vraag__code="f0-1-v01")
    save_veld(
        record=antwoord,
        veld="toelichting",
        waarde="Mijn eigen woorden",
        basis=antwoord.toelichting_revisie,
        door=team,
    )
    School.objects.filter(pk=rich.school_id).update(naam="Onze school")
    team.set_password("een-ander-wachtwoord")
    team.save()
    lidmaatschap = Lidmaatschap.objects.get(user__email="bestuur@demo.test")
    lidmaatschap.actief_tot = timezone.now()
    lidmaatschap.save()
    School.objects.filter(dossiers=None).first().delete()

    build()

    antwoord.refresh_from_db()
    assert antwoord.toelichting == "Mijn eigen woorden"
    assert School.objects.get(pk=rich.school_id).naam == "Onze school"
    assert User.objects.get(pk=team.pk).check_password("een-ander-wachtwoord")
    assert not Lidmaatschap.objects.filter(
        user__email="bestuur@demo.test", actief_tot=None
    ).exists()
    assert School.objects.filter(clb__naam="CLB Ten Berg", oefen=False).count() == 24


def test_every_page_of_the_demo_opens(rich, als):
    for dossier in Dossier.objects.filter(school__clb=rich.school.clb):
        client = als(User.objects.get(email="ankerfiguur@demo.test"))
        assert client.get(reverse("dossier", args=[dossier.pk])).status_code == 200


def test_each_clb_has_an_oefendossier_to_show(rich):
    practice = Dossier.objects.filter(school__oefen=True).values_list(
        "school__clb__naam", flat=True
    )

    assert set(practice) == set(CLB.objects.values_list("naam", flat=True))


def test_another_clb_is_a_stranger(rich, als):
    meander = User.objects.get(email="meander@demo.test")

    assert als(meander).get(reverse("dossier", args=[rich.pk])).status_code == 404


def test_the_rich_dossier_has_talks_and_a_survey_with_results(rich):
    gesprek = rich.gesprekken.get(versie__materiaal__slug="aanwezig-op-school", voorbereiding=None)

    assert gesprek.stappen.filter(afgerond_op__isnull=False).count() == 2
    assert gesprek.gespreksacties.count() == 2
    assert rich.bevragingen.get().inzendingen.count() == 6


def test_the_team_says_why_it_gave_its_scores_and_said_so_before(rich):
    scored = Inschaling.objects.filter(dossier=rich, score__isnull=False)
    assert all(one.want and one.hoger for one in scored if one.doelstelling.fase == 0)

    before = [
        before_last(course_of(rich, one.doelstelling.code), schooljaar=rich.schooljaar)
        for one in scored
    ]
    told = [point for point in before if point and point.want]
    assert len(told) >= 3
    assert all(story.hoger for story in told)


def test_what_the_team_does_not_know_and_what_comes_first(rich):
    fase_0 = plan_stand(rich)[0]

    assert fase_0.uit_te_zoeken >= 3
    assert [doel.doelstelling.code for doel in fase_0.prioriteiten] == ["f0-1", "f0-4"]


def test_the_figures_of_the_school_stand_beside_those_of_last_year(rich):
    figures = figures_of(rich)

    assert (figures.nu.whole.leerlingen, figures.vorig.whole.leerlingen) == (412, 405)
    assert figures.nu.whole.ongewettigd_30 == MINDER_DAN_5
    assert figures.nu.cijfers.op_routekaart
    assert figures.nu.cijfers.gewijzigd_op < timezone.now() - timedelta(days=10)


def test_a_dossier_goes_on_from_that_of_last_year(rich):
    nieuw = Dossier.objects.select_related("voortzetting__vorig").get(voortzetting__isnull=False)
    kept = nieuw.acties.get(besluit="borgen")

    assert not nieuw.vorig.is_open
    # Adjusted in the one year, kept in the other.
    links = stories(nieuw, [kept])[kept.pk].links
    assert [link.schooljaar for link in links] == [
        *[nieuw.vorig.schooljaar_label] * 2,
        nieuw.schooljaar_label,
    ]
    assert [len(link.checks) for link in links] == [1, 0, 1]
    assert unconfirmed_of(nieuw).aantal
    assert nieuw.geopend_op < timezone.now() - timedelta(days=60)


def test_a_routekaart_was_fixed_in_both_years_and_a_board_answered(rich, mailoutbox):
    nieuw = Dossier.objects.select_related("voortzetting__vorig").get(voortzetting__isnull=False)
    kaarten = VastgesteldeRoutekaart.objects.filter(school=nieuw.school).order_by("op")

    assert [kaart.dossier_id for kaart in kaarten] == [nieuw.vorig.pk, nieuw.pk]
    assert all(bytes(kaart.document).startswith(b"%PDF") for kaart in kaarten)
    assert all(kaart.op < timezone.now() - timedelta(days=5) for kaart in kaarten)
    answers = last_answers_to(kaarten[1])
    assert [one.keuze for one in answers] == ["ja", "later"]
    # It names nobody, and nobody was mailed.
    assert b"Karim" not in bytes(kaarten[1].data)
    assert mailoutbox == []


def test_a_talk_is_prepared(rich):
    gesprek = rich.gesprekken.get(voorbereiding__isnull=False)

    assert min(timezone.localdate(), date(rich.schooljaar + 1, 6, 30)) < gesprek.datum
    assert gesprek.datum.weekday() < 5
    assert gesprek.voorbereiding.plaats
    minutes = sum(vraag.minuten for vraag in gesprek.voorbereide_vragen.all())
    assert minutes == gesprek.voorbereiding.minuten
    assert gesprek.gewijzigd_op.date() < timezone.localdate()


def test_the_team_scored_in_silence_and_agreed(rich):
    agreed = with_spread(Inschaling.objects.all()).get(dossier=rich, doelstelling__code="f0-1")

    beside = spread_beside(agreed)
    assert agreed.score == beside.spread.middle
    assert beside.spread.is_apart
    assert beside.op.date() < timezone.localdate()
    assert printed_spreads(rich) == {"f0-1": beside.spread}


def test_its_team_held_an_evening_and_prepared_another(rich):
    (held,) = held_avonden(rich)
    verslag = minutes_of(rich, held)
    (goal, *_) = verslag.delen
    assert (goal.sleutel, goal.score) == (("doel", "f0-1"), 6)
    assert goal.spreiding.total == 7
    assert any("begroet de klas" in een.wat for een in verslag.afspraken.gemaakt)
    assert "Zes leerkrachten" in held.aanwezig
    assert held.beeindigd_op is not None
    assert held.beeindigd_op < timezone.now() - timedelta(days=7)
    to_come = open_avond(rich)
    assert to_come.dag > timezone.localdate()
    assert [een.doel for een in to_come.punten.all()] == ["", "f0-4", "f1-1"]


@pytest.mark.parametrize("is_a3", [False, True])
def test_its_routekaart_is_two_sheets_with_the_figures_at_the_end_of_the_second(rich, is_a3):
    pages = pypdf.PdfReader(
        io.BytesIO(on_paper(routekaart_pdf(rich, today=timezone.localdate(), is_a3=is_a3)))
    )

    assert len(pages.pages) == 2
    assert "Wat zeggen de cijfers?" in pages.pages[1].extract_text()
