"""Benchmark data: CLBs with ten schools each, and a filled-in dossier for every school."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from bench.gesprekken import fill_gesprek
from bench.largest import fill_goal, plan
from dossiers.acties.models import Actie, Checkmoment, Checkmomentrevisie
from dossiers.materialen.domain.loading import load_materialen
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.queries import newest_published
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User
from dossiers.models import Dossier
from preventieplan.models import (
    Antwoord,
    Antwoordrevisie,
    Checklistvraag,
    Doelstelling,
    Inschaling,
    Inschalingrevisie,
    Planactie,
)

SCHOOLS_PER_CLB = 10
ACTIONS_PER_SCHOOL = 10
FIRST_NUMBER = 100_000
THIS_YEAR = 2026
LAST_YEAR = THIS_YEAR - 1
# Schools of the largest CLB of Flanders.
LARGEST_CLB = 400
# The dossiers of other years: one with a goal that is full, and two with so many actions.
FULL_GOAL, FEW, MANY = 2023, 2024, 2025
ACTIONS = {FEW: 25, MANY: 125}
# And one to print.
PAPER, PAPER_ACTIONS = 2022, 13
TEXT = (
    "Elke maandagochtend start de klas met een kringgesprek van een kwartier.\n"
    "De klastitularis noteert wie er niet is en belt nog voor de middag naar huis."
)


def load_content() -> Materiaalversie:
    load_materialen(settings.MATERIALEN_DIR)
    return newest_published(slug="preventieplan")


def fill(*, schools: int) -> tuple[User, User]:
    """Add schools until the database holds this many.

    Returns the ankerfiguur of the first CLB, and somebody who follows every school one by one.
    """
    versie = load_content()
    known = School.objects.count()
    for number in range(known, schools, SCHOOLS_PER_CLB):
        _fill_clb(versie, number)
    anker = User.objects.get(email="anker0@bench.test")
    if not known:
        _fill_largest(versie, School.objects.earliest("instellingsnummer"), anker)
    return anker, _follow("allen@bench.test", School.objects.all())


def fill_last_year() -> User:
    """Give as many schools as the largest CLB has scores of last year as well.

    Returns somebody who follows these.
    """
    scholen = School.objects.order_by("instellingsnummer")[:LARGEST_CLB]
    user = _follow("vierhonderd@bench.test", scholen)
    versie = newest_published(slug="preventieplan")
    dossiers = Dossier.objects.bulk_create(
        Dossier(school=school, schooljaar=LAST_YEAR, planversie=versie, geopend_door=user)
        for school in scholen
        if not school.dossiers.filter(schooljaar=LAST_YEAR).exists()
    )
    doelen = list(Doelstelling.objects.filter(versie=versie))
    Inschaling.objects.bulk_create(
        # From 0 to 10, so that the schools moved each in their own way.
        Inschaling(dossier=dossier, doelstelling=doel, score=(7 * one + 3 * other) % 11)
        for one, dossier in enumerate(dossiers)
        for other, doel in enumerate(doelen)
    )
    return user


def _follow(email: str, scholen: QuerySet[School]) -> User:
    user = User(email=email, naam="Wie ze volgt")
    user.set_unusable_password()
    user.save()
    Lidmaatschap.objects.bulk_create(
        Lidmaatschap(user=user, school=school, rol=Rol.CLB_MEDEWERKER) for school in scholen
    )
    return user


def _fill_clb(versie: Materiaalversie, number: int) -> None:
    clb = CLB.objects.create(naam=f"CLB {number}", instellingsnummer=f"{number + 1:06}")
    anker = User(email=f"anker{number}@bench.test", naam=f"Anker {number}")
    anker.set_unusable_password()
    anker.save()
    Lidmaatschap.objects.create(user=anker, clb=clb, rol=Rol.ANKERFIGUUR)
    schools = School.objects.bulk_create(
        School(
            clb=clb,
            naam=f"School {number + i}",
            instellingsnummer=f"{FIRST_NUMBER + number + i:06}",
            niveau="so",
            gemeente="Mechelen",
            provincie="antwerpen",
        )
        for i in range(SCHOOLS_PER_CLB)
    )
    dossiers = Dossier.objects.bulk_create(
        Dossier(school=school, schooljaar=THIS_YEAR, planversie=versie, geopend_door=anker)
        for school in schools
    )
    for dossier in dossiers:
        fill_dossier(dossier, anker)
        fill_gesprek(dossier, anker)


def _fill_largest(versie: Materiaalversie, school: School, door: User) -> None:
    new = {"school": school, "planversie": versie, "geopend_door": door}
    fill_goal(Dossier.objects.create(schooljaar=FULL_GOAL, **new), door)
    doelen = list(Doelstelling.objects.filter(versie=versie))
    for year, actions in {**ACTIONS, PAPER: PAPER_ACTIONS}.items():
        dossier = Dossier.objects.create(schooljaar=year, **new)
        fill_dossier(dossier, door)
        plan(dossier, door, actions - ACTIONS_PER_SCHOOL, doelen=doelen)


def fill_dossier(dossier: Dossier, door: User) -> None:
    now = timezone.now()
    stamp = {"gewijzigd_op": now, "gewijzigd_door": door}
    antwoorden = Antwoord.objects.bulk_create(
        Antwoord(
            dossier=dossier,
            vraag=vraag,
            stand="deels",
            stand_revisie=1,
            toelichting=TEXT,
            toelichting_revisie=1,
            groeikans="Ook bij wie later instroomt.",
            groeikans_revisie=1,
            **stamp,
        )
        for vraag in Checklistvraag.objects.filter(doelstelling__versie=dossier.planversie)
    )
    Antwoordrevisie.objects.bulk_create(
        Antwoordrevisie(
            record=antwoord, veld=veld, revisie=1, waarde=getattr(antwoord, veld), door=door
        )
        for antwoord in antwoorden
        for veld in antwoord.VELDEN
    )
    doelen = list(Doelstelling.objects.filter(versie=dossier.planversie))
    inschalingen = Inschaling.objects.bulk_create(
        Inschaling(
            dossier=dossier,
            doelstelling=doel,
            score=6,
            score_revisie=2,
            focus="Een warm onthaal voor wie later instroomt.",
            focus_revisie=1,
            **stamp,
        )
        for doel in doelen
    )
    Inschalingrevisie.objects.bulk_create(
        Inschalingrevisie(record=rij, veld="score", revisie=n, waarde=str(4 + n), door=door)
        for rij in inschalingen
        for n in (1, 2)
    )
    acties = Actie.objects.bulk_create(
        Actie(
            dossier=dossier,
            wat=f"Actie {i}: iedereen kent het draaiboek bij afwezigheid",
            wat_revisie=1,
            wie="leerlingenbegeleiding",
            wie_revisie=1,
            wanneer_op=date(2027, 1, 15) + timedelta(days=i),
            wanneer_op_revisie=1,
            hoort_bij=doelen[i % len(doelen)].code,
            hoort_bij_revisie=1,
            **stamp,
        )
        for i in range(ACTIONS_PER_SCHOOL)
    )
    Planactie.objects.bulk_create(
        Planactie(actie=actie, doelstelling=doelen[i % len(doelen)])
        for i, actie in enumerate(acties)
    )
    # A team began to look back on every other one.
    checks = Checkmoment.objects.bulk_create(
        Checkmoment(
            dossier=dossier,
            actie=actie,
            nummer=1,
            vaststelling="Bijna elke klas doet mee, en wie meedoet, merkt het.",
            vaststelling_revisie=1,
            **stamp,
        )
        for actie in acties[::2]
    )
    Checkmomentrevisie.objects.bulk_create(
        Checkmomentrevisie(
            record=check, veld="vaststelling", revisie=1, waarde=check.vaststelling, door=door
        )
        for check in checks
    )
