"""The people in these tests.

Lien is the ankerfiguur of CLB De Brug, which works with De Linde. Karim is in the team of De Linde,
Nora is a reader there. Tom has an account without any role.
"""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMessage

from dossiers.materialen.models import Materiaal, Materiaalversie, Vorm
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User

WACHTWOORD = "drie groene fietsen"


@pytest.fixture
def clb(db):
    return CLB.objects.create(naam="CLB De Brug", instellingsnummer="114512")


@pytest.fixture
def linde(clb):
    return School.objects.create(
        clb=clb,
        naam="Basisschool De Linde",
        instellingsnummer="037804",
        niveau="bao",
        gemeente="Mechelen",
        provincie="antwerpen",
    )


@pytest.fixture
def lien(clb):
    return _member(_account("lien@clb.be", "Lien"), clb=clb, rol=Rol.ANKERFIGUUR)


@pytest.fixture
def karim(linde):
    return _member(_account("karim@delinde.be", "Karim"), school=linde, rol=Rol.SCHOOLTEAM)


@pytest.fixture
def nora(linde):
    return _member(_account("nora@delinde.be", "Nora"), school=linde, rol=Rol.LEZER)


@pytest.fixture
def tom(db):
    return _account("tom@elders.be", "Tom")


@pytest.fixture
def plan(lege_plank):
    materiaal = Materiaal.objects.create(
        slug="preventieplan", titel="Preventieplan", plg="PLG", soort="plan"
    )
    versie = Materiaalversie.objects.create(
        materiaal=materiaal,
        versie="1.0",
        datum=date(2026, 9, 1),
        status=Materiaalversie.Status.GEPUBLICEERD,
        vorm=Vorm.PREVENTIEPLAN,
    )
    materiaal.nieuwste = versie
    materiaal.save()
    return versie


def link_in(message: EmailMessage) -> str:
    """The path of the first link in an email."""
    (link, *_) = re.findall(r"https?://\S+", str(message.body))
    return urlsplit(link).path


def _account(email: str, naam: str) -> User:
    return User.objects.create_user(email, WACHTWOORD, naam=naam)


def _member(user: User, **place) -> User:
    Lidmaatschap.objects.create(user=user, **place)
    return user
