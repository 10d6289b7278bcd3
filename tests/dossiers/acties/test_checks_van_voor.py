"""The migration by which the one check that an action had became the first of its checks."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie, Actierevisie, Checkmoment
from dossiers.velden.domain.saving import revisies, save_veld
from start.kopie.domain.history import count_gaps

pytestmark = pytest.mark.django_db

MIGRATION = import_module("dossiers.acties.migrations.0008_checks_van_voor")


@pytest.fixture
def plan(dossier, tom):
    """Make an action as it was before, field by field in the order that it was typed."""

    def make(wat, *typed, door=tom):
        actie = create_actie(dossier=dossier, wat=wat, door=tom)
        for veld, waarde in typed:
            basis = actie.revisie(veld)
            save_veld(record=actie, veld=veld, waarde=waarde, basis=basis, door=door)
        return actie

    return make


def migrate() -> None:
    MIGRATION.move_checks(apps, None)


def history(record, veld) -> list[tuple[int, str, object]]:
    return [(row.revisie, row.waarde, row.door) for row in revisies(record, veld)]


def test_every_word_and_every_earlier_word_is_in_the_first_check(plan, an, tom):
    actie = plan(
        "Onthaal",
        ("check_op", date(2026, 10, 1)),
        ("vaststelling", "Half."),
        ("vaststelling", "Het werkt."),
        ("besluit", "bijsturen"),
        ("besluit", "borgen"),
        door=an,
    )
    before = {veld: history(actie, veld) for veld in ("vaststelling", "besluit")}
    decided = revisies(actie, "besluit")[0].op
    assert len(before["vaststelling"]) == len(before["besluit"]) == 2

    migrate()

    check = Checkmoment.objects.get(actie=actie)
    assert (check.nummer, check.vaststelling, check.besluit) == (1, "Het werkt.", "borgen")
    assert (check.afgerond_op, check.dag) == (decided, date(2026, 10, 1))
    assert {veld: history(check, veld) for veld in before} == before
    assert history(check, "dag") == [(1, "2026-10-01", an)]
    actie.refresh_from_db()
    assert actie.besluit == "borgen"
    assert history(actie, "besluit") == before["besluit"]
    assert not Actierevisie.objects.filter(veld="vaststelling").exists()
    assert count_gaps() == {}


def test_who_decided_before_the_day_came_did_so_on_that_day(plan):
    actie = plan(
        "Onthaal",
        ("check_op", timezone.localdate() + timedelta(days=9)),
        ("besluit", "stoppen"),
    )
    migrate()
    assert actie.checks.get().dag == timezone.localdate()


def test_without_a_day_it_is_that_of_the_decision(plan):
    actie = plan("Onthaal", ("besluit", "stoppen"))
    migrate()
    assert actie.checks.get().dag == timezone.localdate()


def test_what_was_found_without_a_decision_is_a_check_that_is_open(plan):
    actie = plan("Onthaal", ("vaststelling", "Nog te vroeg."))
    migrate()

    check = actie.checks.get()
    assert (check.vaststelling, check.afgerond_op, check.dag) == ("Nog te vroeg.", None, None)


def test_what_was_typed_and_wiped_out_can_still_be_brought_back(plan, tom):
    actie = plan("Onthaal", ("vaststelling", "Oei."), ("vaststelling", ""))
    migrate()
    assert history(actie.checks.get(), "vaststelling") == [(2, "", tom), (1, "Oei.", tom)]


def test_a_decision_without_a_history_counts_too(plan):
    """As in a database that was filled in by hand."""
    actie = plan("Onthaal")
    Actie.objects.filter(pk=actie.pk).update(besluit="borgen", vaststelling="Goed.")
    migrate()

    check = actie.checks.get()
    assert (check.vaststelling, check.besluit) == ("Goed.", "borgen")
    assert check.afgerond_op is not None
    assert count_gaps() == {}


def test_nobody_looked_back_so_there_is_no_check(plan):
    plan("Onthaal", ("check_op", date(2026, 12, 1)))
    migrate()
    assert not Checkmoment.objects.exists()


def test_broken_off_it_goes_on_where_it_was_and_twice_changes_nothing(plan, monkeypatch):
    monkeypatch.setattr(MIGRATION, "BATCH", 2)
    for number in range(5):
        plan(f"Actie {number}", ("vaststelling", f"Woord {number}"))
    migrate()
    migrate()

    found = Checkmoment.objects.values_list("vaststelling", flat=True)
    assert sorted(found) == [f"Woord {number}" for number in range(5)]
