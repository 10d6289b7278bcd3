"""The pages of the other materials pass axe on a laptop and on a phone."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Golf, Inzending, Openantwoord
from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.domain.preparing import prepare_gesprek
from dialoogfiches.models import Onderdeel
from dialoogfiches.oudergesprekken.domain.oudergesprekken import start_oudergesprek
from dossiers.anoniem.domain.bevragingen import close_bevraging
from dossiers.materialen.domain.versions import make_concept
from dossiers.mensen.domain.lidmaatschappen import add_ankerfiguur
from tests.dialoogfiches.bevragingen.bevraging import answer, day
from tests.dialoogfiches.oudergesprekken.ouders import DIT, write
from tests.dossiers.materialen.beheer import make_redacteur, versie_page
from tests.dossiers.materialen.beheer import page as admin_page
from tests.dossiers.materialen.nieuweversie import next_version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

# One of each vorm.
MATERIALEN = (
    *("dialoogdocument", "visuele-flow", "psychisch-kwetsbare-jongeren"),
    *("leerkracht-als-schakel", "mini-bevraging", "dialoogdocument-ouders"),
)


@pytest.fixture
def versies(laad, huis):
    return {slug: laad(slug) for slug in (*MATERIALEN, "aanwezig-op-school")}


@pytest.fixture
def walk(page, live_server, check):
    def go(*addresses: str, exclude: tuple[str, ...] = ()) -> None:
        for address in addresses:
            page.goto(live_server.url + address)
            check(address, exclude)

    return go


def test_the_toolbox_and_reading_beside_a_dossier(walk, page, log_in, huis, versies):
    log_in(page, huis.medewerker)
    walk(
        reverse("toolbox"),
        reverse("toolbox") + "?zoek=bestaat-niet",
        reverse("toolbox") + "?zoek=leerling&fase=2",
        reverse("materiaal", args=["preventieplan"]),
        *(reverse("materiaal", args=[slug]) for slug in MATERIALEN),
        reverse("lezen", args=[huis.dossier.pk, "leerkracht-als-schakel"]),
        reverse("lezen", args=[huis.dossier.pk, "psychisch-kwetsbare-jongeren"]),
        reverse("lezen", args=[huis.dossier.pk, "visuele-flow"]),
    )


def test_what_a_team_and_an_ankerfiguur_are_told(walk, page, log_in, huis, versies, oscar):
    """A wave of answers to decide about, and what changed about who gets at the dossiers."""
    survey = open_bevraging(
        dossier=huis.dossier,
        versie=versies["mini-bevraging"],
        titel="Onze leerkrachten",
        tot=day(7),
        door=huis.team,
    )
    begin = timezone.now().replace(minute=10, second=0, microsecond=0)
    for later, opzij in enumerate((False, True)):
        golf = Golf.objects.create(
            bevraging=survey, begin=begin + timedelta(minutes=10 * later), opzij=opzij
        )
        Inzending.objects.bulk_create(
            Inzending(bevraging=survey, keuze="ja", golf=golf) for _ in range(20)
        )
    add_ankerfiguur(clb=huis.clb, user=oscar, door=huis.team)
    log_in(page, huis.ankerfiguur)
    here = [huis.dossier.pk]
    walk(
        reverse("toegang"),
        reverse("bevragingen", args=here),
        reverse("bevraging", args=[*here, survey.pk]),
    )
    close_bevraging(bevraging=survey, door=huis.team)
    walk(reverse("bevraging", args=[*here, survey.pk]))


def test_where_to_start_without_a_dossier(walk, page, log_in, versies, oscar):
    log_in(page, oscar)
    walk(reverse("materiaal-starten", args=["dialoogdocument"]))


def test_the_pages_of_a_dossier_with_a_talk(walk, page, log_in, huis, versies, start_talk):
    # test_gesprek.py checks more of them, with everything unfolded and as a reader.
    dossier = huis.dossier.pk
    school = start_talk("aanwezig-op-school")
    plan = Onderdeel.objects.get(versie=school.versie, acties="plannen")
    create_gespreksactie(onderdeel=plan, gesprek=school, wat="Belscript", door=huis.team)
    prepare_gesprek(
        gesprek=school,
        seen="0.0",
        datum=date(2026, 12, 1),
        uur=time(15, 45),
        minuten=50,
        plaats="refter",
        vragen={"breed-kijken-r01": 10},
        door=huis.team,
    )
    log_in(page, huis.team)
    walk(
        reverse("dossier", args=[dossier]),
        reverse("overzicht", args=[dossier]),
        reverse("gesprek-voorbereiden", args=[dossier, school.pk]),
        reverse("gesprek", args=[dossier, school.pk]),
        reverse("gesprekstap", args=[dossier, school.pk, "breed-kijken"]),
    )


@pytest.fixture
def start_talk(huis, versies):
    def start(slug: str):
        return start_gesprek(
            dossier=huis.dossier,
            versie=versies[slug],
            sleutel=uuid4(),
            titel=f"Gesprek over {slug}",
            door=huis.team,
        )

    return start


def test_the_pages_of_a_survey(walk, check, page, log_in, huis, versies):
    dossier = huis.dossier
    log_in(page, huis.team)
    walk(
        reverse("bevragingen", args=[dossier.pk]),
        reverse("bevraging-nieuw", args=[dossier.pk]),
    )
    survey = open_bevraging(
        dossier=dossier,
        versie=versies["mini-bevraging"],
        titel="Najaar",
        tot=day(10),
        door=huis.team,
    )
    public = reverse("bevraging-invullen", args=[survey.sleutel])
    walk(reverse("bevraging", args=[dossier.pk, survey.pk]), public)
    for keuze in ("Nee", "Ja"):
        page.get_by_role("radio", name=keuze).check()
        check(f"the questions after {keuze}")
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_text("Dankjewel om hier even").wait_for()
    check("the thanks")
    walk(public)
    for _ in range(6):
        answer(survey, ja1="Ik zie ze elke dag.", ja2="Een kaartje sturen.", h1="Frans")
    close_bevraging(bevraging=survey, door=huis.team)
    text = Openantwoord.objects.filter(item__code="schakel-ja2").first()
    walk(
        public,
        reverse("bevragingen", args=[dossier.pk]),
        reverse("bevraging", args=[dossier.pk, survey.pk]),
        reverse("bevraging-groeikans", args=[dossier.pk, survey.pk, text.pk]),
    )
    page.locator("summary", has_text="Verbindend schoolklimaat").click()
    check("choosing a question")


def test_the_pages_of_a_talk_with_parents(walk, page, log_in, huis, versies, als):
    dossier = huis.dossier
    log_in(page, huis.medewerker)
    walk(
        reverse("oudergesprekken", args=[dossier.pk]),
        reverse("oudergesprek-nieuw", args=[dossier.pk]),
        reverse("oudergesprek-zonder-bewaren", args=[dossier.pk]),
    )
    gesprek = start_oudergesprek(
        dossier=dossier,
        versie=versies["dialoogdocument-ouders"],
        pseudoniem="Kolibrie",
        datum=day(-2),
        sleutel=uuid4(),
        door=huis.medewerker,
    )
    marie = als(huis.medewerker)
    for naam, tekst in (
        ("ouderthema-thuis-groter", "oma\nde hond"),
        ("oudernotitie-thuis-r01-tekst", "Jan Peeters belde"),
        (f"{DIT}-school_mag_weten", "Graag een rustig onthaal"),
    ):
        assert write(marie, gesprek, naam, tekst).status_code == 200
    walk(
        reverse("oudergesprekken", args=[dossier.pk]),
        *(
            reverse(name, args=[gesprek.pk])
            for name in (
                *("oudergesprek", "oudergesprek-delen"),
                *("oudergesprek-vrijgeven", "oudergesprek-wissen"),
            )
        ),
        reverse("oudergesprek-historiek", args=[gesprek.pk, "ouderthema-thuis-groter"]),
    )


def test_the_pages_of_versions(walk, page, log_in, huis, versies, start_talk):
    talk = start_talk("dialoogdocument")
    plan = next_version(huis.dossier.planversie, huis.ankerfiguur, _reworded)
    next_version(talk.versie, huis.ankerfiguur)
    log_in(page, huis.team)
    walk(
        reverse("planversie", args=[huis.dossier.pk]),
        reverse("gespreksversie", args=[huis.dossier.pk, talk.pk]),
    )
    page.context.clear_cookies()
    sofie = make_redacteur()
    concept = make_concept(versie=plan, door=sofie, today=date(2028, 1, 4))
    fiche = make_concept(versie=versies["visuele-flow"], door=sofie, today=date(2028, 1, 4))
    log_in(page, sofie)
    walk(
        versie_page(plan, "change"),
        *(versie_page(concept, naam) for naam in ("change", "voorbeeld", "publiceren")),
        admin_page(fiche.onderdelen.first()),
        admin_page(fiche.onderdelen.first().rubrieken.first()),
        # The corner cell of Django's own admin tables.
        exclude=("th.original",),
    )


def _reworded(concept):
    concept.doelstellingen.filter(code="f0-1").update(titel="De school verbindt")
