"""Whoever saves while `ruim_op` works, saves: between two steps, and on PostgreSQL during one."""

import pytest
from django.db import connection
from django.utils import timezone

from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import Rol, Uitnodiging
from dossiers.models import Dossier
from dossiers.velden.domain.saving import SaveOutcome, save_veld
from preventieplan.models import Antwoord, Checklistvraag
from start.bewaring.domain.tasks import deletion, run
from start.domain import erasing
from start.domain.erasing import erase_due
from stsdialoog import small_steps
from stsdialoog.wislijst import WACHTTIJD
from tests.concurrency import at_once
from tests.elders import Vol

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


def save_elsewhere(dossier, door) -> SaveOutcome:
    """Save a new text in a dossier, over a connection of its own."""

    def save() -> SaveOutcome:
        known = Antwoord.objects.filter(dossier=dossier).values("vraag")
        vraag = Checklistvraag.objects.filter(doelstelling__versie=dossier.planversie_id)
        record = Antwoord(dossier=dossier, vraag=vraag.exclude(pk__in=known)[0])
        return save_veld(
            record=record, veld="toelichting", waarde="Van de Dijle", basis=0, door=door
        ).outcome

    (outcome,) = at_once(save)
    return outcome


def test_between_two_steps_anybody_saves(huis, monkeypatch):
    monkeypatch.setattr(small_steps, "STEP", 1)
    for naam in "abc":
        invite(school=huis.school, email=f"{naam}@test.be", rol=Rol.LEZER, door=huis.ankerfiguur)
    saved: list[SaveOutcome] = []

    done = run(
        deletion("alles", lambda _: Uitnodiging.objects.all()),
        op=timezone.localdate(),
        tell=lambda _: saved.append(save_elsewhere(huis.dossier, huis.team)),
    )

    assert (done.aantal, done.mislukt) == (3, "")
    assert saved == [SaveOutcome.SAVED] * 3


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_while_a_dossier_is_erased_people_save_in_another(huis, ander_huis, monkeypatch):
    assert Vol(huis.dossier, huis.team).antwoord.pk
    Dossier.objects.filter(pk=huis.dossier.pk).update(
        afgesloten_op=timezone.now(), wissen_op=timezone.localdate() + WACHTTIJD
    )
    saved: list[SaveOutcome] = []
    log = erasing.log

    def save_then_log(**what):
        saved.append(save_elsewhere(ander_huis.dossier, ander_huis.team))
        return log(**what)

    # All is deleted by then, and the transaction still open.
    monkeypatch.setattr(erasing, "log", save_then_log)

    assert sum(erase_due(op=timezone.localdate() + WACHTTIJD)) == 1
    assert saved == [SaveOutcome.SAVED]
    assert not Dossier.objects.filter(pk=huis.dossier.pk).exists()
