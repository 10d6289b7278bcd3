"""Lines of before know where they happened, as far as their record is still there."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.models import Dossier, GeleegdDossier
from dossiers.sociale_kaart.models import Voorziening
from tests.dossiers.sociale_kaart.kaart import place
from tests.elders import Vol

pytestmark = pytest.mark.django_db

migration = import_module("dossiers.logboek.migrations.0010_plaats_van_oude_regels")


class Editor:
    """As much of a schema editor as the migration asks for."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_each_kind_of_line_finds_its_place(huis, monkeypatch):
    monkeypatch.setattr(migration, "BATCH", 3)
    vol = Vol(huis.dossier, huis.medewerker)
    invited, _ = invite(school=huis.school, email="x@test.be", rol=Rol.LEZER, door=huis.ankerfiguur)
    place(huis.clb)
    gone = GeleegdDossier.objects.create(pk=uuid4(), school=huis.school)
    in_dossier = (huis.dossier.pk, huis.school.pk, huis.clb.pk)
    in_school, in_clb = (None, huis.school.pk, huis.clb.pk), (None, None, huis.clb.pk)
    records = {
        huis.dossier: in_dossier,
        vol.actie: in_dossier,
        vol.gesprek: in_dossier,
        vol.bevraging: in_dossier,
        vol.oudergesprek: in_dossier,
        vol.vrijgave: in_dossier,
        huis.school: in_school,
        invited: in_school,
        Lidmaatschap.objects.get(user=huis.team): in_school,
        huis.clb: in_clb,
        Lidmaatschap.objects.get(user=huis.ankerfiguur): in_clb,
        Voorziening.objects.get(): in_clb,
        huis.team: (None, None, None),
    }
    lines = {
        Logregel.objects.create(
            handeling=Logregel.Handeling.KOPIE_TERUGGEZET,
            soort=record._meta.model_name,
            record_id=str(record.pk),
        ): expected
        for record, expected in records.items()
    }
    emptied = log(
        door=None,
        handeling=Logregel.Handeling.OEFENDOSSIER_GELEEGD,
        record=Dossier(pk=gone.pk, schooljaar=2026),
    )
    assert emptied.clb_id is None
    lines[emptied] = (gone.pk, huis.school.pk, huis.clb.pk)

    migration.open_the_log(apps, Editor())
    migration.fill_in(apps, Editor())

    for line, expected in lines.items():
        line.refresh_from_db()
        found = (line.dossier_id, line.school_id, line.clb_id)
        assert found == expected, line.soort
