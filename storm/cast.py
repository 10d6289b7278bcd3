"""Who asks in a storm of requests: nobody, every role of two houses, the STS-team, a superuser."""

from django.conf import settings
from django.test import Client

from dossiers.materialen.domain.loading import load_materialen
from dossiers.mensen.domain.accounts import RECHTEN
from dossiers.mensen.models import User
from tests.conftest import Huis, make_huis, make_user

STS, SUPERUSER, NOBODY = "sts", "superuser", "anoniem"


def make_cast() -> tuple[Huis, dict[str, User | None]]:
    """The first house, and the people by role."""
    load_materialen(settings.MATERIALEN_DIR)
    here = make_huis("CLB Ten Berg", "Sint-Jozefschool", 70, ["An", "Marie", "Tom", "Lies"])
    there = make_huis("CLB De Brug", "Kouterschool", 90, ["Anna", "Mo", "Thea", "Leo"])
    all_rights = dict.fromkeys(RECHTEN, True)
    rechten = {STS: all_rights, SUPERUSER: all_rights | {"is_superuser": True}}
    for naam, extra in rechten.items():
        User.objects.filter(pk=make_user(naam).pk).update(**extra)
    elsewhere = {f"ander_{rol}": user for rol, user in there.people.items()}
    staff = {naam: User.objects.get(email=f"{naam}@test.be") for naam in rechten}
    return here, {NOBODY: None, "oscar": make_user("Oscar"), **here.people, **elsewhere, **staff}


def log_in(user: User) -> str:
    """The key of a session in which somebody is logged in."""
    client = Client()
    client.force_login(user)
    return str(client.session.session_key)
