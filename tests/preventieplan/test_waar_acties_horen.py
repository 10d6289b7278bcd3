"""The migration by which actions that grew at a goal came to belong there."""

from importlib import import_module

import pytest
from django.apps import apps

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie, Actierevisie
from preventieplan.domain.acties import create_planactie

pytestmark = pytest.mark.django_db

MIGRATION = import_module("preventieplan.migrations.0007_waar_acties_horen")


def test_each_action_belongs_where_it_grew_with_a_first_line_in_its_history(dossier, doel, tom):
    grown = create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)
    loose = create_actie(dossier=dossier, wat="Uit een gesprek", door=tom)
    # As it was before.
    Actie.objects.update(hoort_bij="", hoort_bij_revisie=0)
    Actierevisie.objects.filter(veld="hoort_bij").delete()

    MIGRATION.belong_where_they_grew(apps, None)

    grown.refresh_from_db()
    loose.refresh_from_db()
    assert (grown.hoort_bij, grown.hoort_bij_revisie) == (doel.code, 1)
    assert (loose.hoort_bij, loose.hoort_bij_revisie) == ("", 0)
    first = Actierevisie.objects.get(veld="hoort_bij")
    assert (first.record, first.waarde, first.door) == (grown, doel.code, tom)
    assert first.op == Actierevisie.objects.get(record=grown, veld="wat").op
