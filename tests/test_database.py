"""Behind a story that commits, what stood there before the first one comes back."""

import pytest
from django.apps import apps
from django.db import transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaal
from tests import database
from tests.conftest import empty_shelf, make_huis

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, list]:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
    }


def test_what_was_committed_is_gone_and_what_went_is_back():
    before, kept = rows(), database.kept()
    with transaction.atomic():
        empty_shelf()
    assert not Materiaal.objects.exists()
    kept.put_back()
    assert rows() == before

    Materiaal.objects.update(titel="Iets anders")
    kept.put_back()
    assert rows() == before

    huis = make_huis("CLB Ten Berg", "Sint-Jozefschool", 70, ["An", "Marie", "Tom", "Lies"])
    # A line that the database itself keeps from being taken away.
    log(door=huis.team, handeling=Logregel.Handeling.UITGENODIGD, record=huis.team)
    kept.put_back()
    assert rows() == before
