"""Builds the demo data: fictitious people and schools, with dossiers in every stage.

Existing data are never touched: a school, an account, a membership or a dossier is only created
when it is missing, and only a new dossier is filled in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction

from dossiers.mensen.domain.accounts import RECHTEN
from dossiers.mensen.models import CLB, Lidmaatschap, Plglid, Rol, School, User
from dossiers.sociale_kaart.domain import add_voorziening
from dossiers.sociale_kaart.models import Voorziening
from start.demo.dossiers import make_dossiers
from start.demo.nalezen import read_along
from start.demo.weerklank import tell
from start.domain.oefendossier import open_oefendossier

STS_TEAM, PLG = "sts-team", "plg"


@dataclass(frozen=True)
class Account:
    """An account to log in to the demo with."""

    email: str
    naam: str
    rol: str
    waar: str


@dataclass(frozen=True)
class Demo:
    """The accounts of the demo and the password that they share."""

    accounts: tuple[Account, ...]
    wachtwoord: str


@transaction.atomic
def build_demo(*, directory: Path, today: date) -> Demo:
    """Create the missing parts of the demo; the result says how to log in.

    directory: has scholen.yaml with the people and schools; every other file has dossiers.
    today: the day from which dates in the past are derived.
    Raises GeenMateriaal when a material is not loaded.
    """
    world = _read(directory / "scholen.yaml")
    for clb in world["clbs"]:
        _make_clb(clb)
    password = make_password(world["wachtwoord"])
    for account in world["accounts"]:
        _make_person(account, password)
    for colleague in world["collegas"]:
        _make_person(colleague, make_password(None))
    for clb in world["clbs"]:
        _make_sociale_kaart(clb, today)
        _make_oefendossier(CLB.objects.get(instellingsnummer=clb["instellingsnummer"]), today)
    for path in sorted(directory.glob("*.yaml")):
        if path.name != "scholen.yaml":
            make_dossiers(_read(path), today=today)
    read_along(world["nagelezen"], today=today)
    tell(world["weerklank"], today)
    accounts = tuple(_account(account) for account in world["accounts"])
    return Demo(accounts, world["wachtwoord"])


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _make_clb(clb: dict[str, Any]) -> None:
    made, _ = CLB.objects.get_or_create(
        instellingsnummer=clb["instellingsnummer"], defaults={"naam": clb["naam"]}
    )
    for school in clb["scholen"]:
        School.objects.get_or_create(
            instellingsnummer=school["instellingsnummer"],
            defaults={**school, "clb": made, "provincie": clb["provincie"]},
        )


def _make_sociale_kaart(clb: dict[str, Any], today: date) -> None:
    """The places of a CLB that has none yet, each looked at so many days ago."""
    made = CLB.objects.get(instellingsnummer=clb["instellingsnummer"])
    ankerfiguur = Lidmaatschap.objects.filter(clb=made, actief_tot__isnull=True).first()
    if ankerfiguur is None or made.voorzieningen.exists():
        return
    for plek in clb.get("sociale_kaart", ()):
        seen = today - timedelta(days=plek.pop("dagen_geleden"))
        voorziening = Voorziening(clb=made, nagekeken=seen, **plek)
        add_voorziening(voorziening=voorziening, sleutel=uuid4(), door=ankerfiguur.user)


def _make_oefendossier(clb: CLB, today: date) -> None:
    ankerfiguur = Lidmaatschap.objects.filter(clb=clb, actief_tot__isnull=True).first()
    if ankerfiguur and not clb.scholen.filter(oefen=True).exists():
        open_oefendossier(clb=clb, today=today, door=ankerfiguur.user)


def _make_person(person: dict[str, Any], password: str) -> None:
    user, _ = User.objects.get_or_create(
        email=person["email"],
        defaults={
            "naam": person["naam"],
            "password": password,
        },
    )
    if person["rol"] == STS_TEAM:
        # All of them, so that one account shows all of the admin; also to one of an earlier demo.
        User.objects.filter(pk=user.pk).update(**dict.fromkeys(RECHTEN, True))
    if "plg" in person and not Plglid.objects.filter(user=user, plg=person["plg"]).exists():
        Plglid.objects.create(user=user, plg=person["plg"])
    if "clb" in person:
        _join(user, person["rol"], clb=CLB.objects.get(instellingsnummer=person["clb"]))
    for nummer in person.get("scholen", ()):
        _join(user, person["rol"], school=School.objects.get(instellingsnummer=nummer))


def _join(user: User, rol: str, **place: CLB | School) -> None:
    # An ended membership counts as well: somebody ended it on purpose.
    if not Lidmaatschap.objects.filter(user=user, **place).exists():
        Lidmaatschap.objects.create(user=user, rol=rol, **place)


def _account(account: dict[str, Any]) -> Account:
    rol = account["rol"]
    if rol == STS_TEAM:
        waar = "het beheer"
    elif rol == PLG:
        waar = f"PLG {account['plg']}"
    elif "clb" in account:
        waar = CLB.objects.get(instellingsnummer=account["clb"]).naam
    else:
        scholen = School.objects.filter(instellingsnummer__in=account["scholen"])
        waar = ", ".join(school.naam for school in scholen)
    named = {STS_TEAM: "STS-team", PLG: "lid van een PLG"}
    naam = named[rol] if rol in named else str(Rol(rol).label)
    return Account(account["email"], account["naam"], naam, waar)
