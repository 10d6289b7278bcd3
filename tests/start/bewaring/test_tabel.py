"""One table says how long what stays: the code does it, docs/ and the privacy page show it."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.html import escape

from dossiers.models import Dossier
from start.bewaring.domain.markdown import as_markdown
from start.bewaring.domain.table import TABEL, taken
from start.domain.erasing import paths_to_dossier

DOC = Path(__file__).resolve().parents[3] / "docs" / "retention.md"
MODELS = {model._meta.label for model in apps.get_models(include_auto_created=True)}
HOW = (
    "Give it a row in start/bewaring/domain/table.py, or name it in the row of what it goes with, "
    "and write docs/retention.md anew (CONTRIBUTING.md)."
)


def test_every_model_is_in_one_row():
    named = Counter(label for rij in TABEL for label in rij.models)

    assert MODELS - set(named) == set(), HOW
    assert set(named) - MODELS == set(), "these models do not exist"
    assert [label for label, count in named.items() if count > 1] == []


def test_what_is_said_to_go_with_a_dossier_does():
    """And the other way round: what hangs on one is said to go with it, or has a day of its own."""
    hangs = {model._meta.label for model in paths_to_dossier()}
    own_day = {one for one in hangs if one.startswith(("oudergesprekken.", "notities."))}
    # What goes with a dossier has a row for each kind.
    first = (
        Dossier._meta.label,
        *("bevragingen.Bevraging", "inschalen.Ronde", "spiegel.Spiegel", "praktijken.Praktijk"),
    )
    rows = [rij for rij in TABEL if set(first) & set(rij.models)]

    assert len(own_day) > 5
    assert len(rows) == len(first)
    assert {label for rij in rows for label in rij.models} == hangs - own_day


def test_the_page_in_docs_is_the_table_of_the_code():
    assert DOC.read_text() == as_markdown(), "manage.py bewaartermijnen > docs/retention.md"


@pytest.mark.django_db
def test_a_stranger_reads_all_of_it_on_the_privacy_page(client):
    page = client.get(reverse("toegankelijkheid")).text

    for rij in TABEL:
        for words in (rij.wat, rij.hoe_lang, rij.waarom, rij.daarna):
            assert escape(words) in page, rij.wat


def test_each_task_is_told_apart():
    names = [taak.wat for taak in taken()]

    assert len(names) == len(set(names)) > 10
