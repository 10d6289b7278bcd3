"""What a survey leaves in the cache shared by all web processes: in production a table."""

import runpy
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from dialoogfiches.bevragingen.domain import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging
from tests.dialoogfiches.bevragingen.bevraging import answer, day
from tests.test_security import PRODUCTION

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_in_production(settings, monkeypatch):
    monkeypatch.delenv("DJANGO_DEBUG", raising=False)
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    production = runpy.run_path(str(project.BASE_DIR / "stsdialoog" / "settings.py"))
    settings.CACHES = production["CACHES"]
    call_command("createcachetable", verbosity=0)


@pytest.fixture
def bevraging(dossier, laad, tom) -> Bevraging:
    return open_bevraging(
        dossier=dossier, versie=laad("mini-bevraging"), titel="Vraag", tot=day(14), door=tom
    )


def entries() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, expires FROM cache")
        return cursor.fetchall()


def test_a_busy_survey_leaves_the_limits_on_logging_in_alone(bevraging):
    cache.set("allauth:rl:login_failed:tom", [1, 2, 3], 3600)
    answer(bevraging, blad="een-blad")
    ((left, _),) = [entry for entry in entries() if "een-blad" in entry[0]]
    # The number of answers of a few large schools in one day.
    for _ in range(400):
        cache.set(left.replace("een-blad", str(uuid4())).removeprefix(":1:"), True, 24 * 3600)

    assert cache.get("allauth:rl:login_failed:tom") == [1, 2, 3]


def test_the_cache_does_not_tell_at_what_hour_somebody_answered(bevraging):
    """It only holds that a form was submitted, until midnight."""
    answer(bevraging, blad="een-blad")
    answer(bevraging)

    ((key, expires),) = entries()
    assert key == f":1:bevraging-blad-{bevraging.pk}-een-blad"
    assert cache.get(key.removeprefix(":1:")) is True
    if isinstance(expires, str):
        expires = datetime.fromisoformat(expires)
    expires = expires.replace(tzinfo=expires.tzinfo or UTC)
    # With a margin: some time passes between computing the timeout and writing the entry.
    midnight = timezone.localtime(expires + timedelta(seconds=30))
    assert (midnight.hour, midnight.minute) == (0, 0)
