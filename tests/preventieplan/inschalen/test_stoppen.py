"""What others see and read back when a round is stopped, or opened again."""

import pytest

from dossiers.logboek.models import Logregel
from tests.preventieplan.inschalen.rondes import beamer, opened

pytestmark = pytest.mark.django_db


def test_a_round_that_is_stopped_is_in_the_log_as_one_that_is_shown(als, tom, dossier):
    ronde = opened(dossier, tom)
    browser = als(tom)
    for _ in range(2):
        browser.post(beamer(ronde), {"knop": "stop"})

    (line,) = Logregel.objects.filter(handeling="ronde-gestopt")
    assert (line.door, line.dossier_id) == (tom, dossier.pk)
