"""What a survey leaves in the table of counters, which all web processes share."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging
from stsdialoog.counters.models import Counter
from tests.dialoogfiches.bevragingen.bevraging import answer, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def bevraging(dossier, laad, tom) -> Bevraging:
    return open_bevraging(
        dossier=dossier, versie=laad("mini-bevraging"), titel="Vraag", tot=day(14), door=tom
    )


def test_a_busy_survey_leaves_the_limits_on_logging_in_alone(bevraging):
    cache.set("allauth:rl:login_failed:tom", [1, 2, 3], 3600)
    # The number of answers of a few large schools in one day.
    for _ in range(400):
        cache.set(f"bevraging-blad-{bevraging.pk}-{uuid4()}", True, 24 * 3600)

    assert Counter.objects.count() == 401
    assert cache.get("allauth:rl:login_failed:tom") == [1, 2, 3]


def test_the_counters_do_not_tell_at_what_hour_somebody_answered(bevraging):
    """They only hold that a form was submitted, until midnight."""
    answer(bevraging, blad="een-blad")
    answer(bevraging)

    kept = Counter.objects.get()
    assert cache.get(f"bevraging-blad-{bevraging.pk}-een-blad") is True
    # With a margin: some time passes between computing the timeout and writing the entry.
    midnight = timezone.localtime(kept.expires + timedelta(seconds=30))
    assert (midnight.hour, midnight.minute) == (0, 0)
