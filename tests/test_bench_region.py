"""The data of `make bench ARGS=--flanders`."""

import pytest
from django.db import connection

from bench.pages import get, logged_in
from bench.region import COPIED, Region, fill_region
from dossiers.mensen.models import User
from dossiers.models import Dossier


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
def test_each_dossier_of_a_region_is_filled_in_as_the_first(db):
    fill_region(Region((1, 2), 2))

    dossiers = Dossier.objects.all()
    assert len(dossiers) == 6
    for model in COPIED:
        paths = {"record", "actie", "dossier"} & {field.name for field in model._meta.fields}
        path = "dossier" if "dossier" in paths else f"{paths.pop()}__dossier"
        counts = [model.objects.filter(**{path: dossier}).count() for dossier in dossiers]
        assert counts[0] > 0, model
        assert len(set(counts)) == 1, model
        assert model.objects.count() == sum(counts)
    client = logged_in(User.objects.get(email="anker1@bench.test"))
    theirs = Dossier.objects.filter(school__clb__naam="CLB 1", afgesloten_op=None)
    for dossier in theirs:
        assert get(client, f"/dossiers/{dossier.pk}/preventieplan/f0-1/") > 1000
        assert get(client, f"/dossiers/{dossier.pk}/gesprekken/{dossier.gesprekken.get().pk}/") > 0
