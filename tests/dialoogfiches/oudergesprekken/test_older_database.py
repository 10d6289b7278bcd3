"""A database from before the binding: its texts were Fernet, and become bound when it migrates."""

import re
from importlib import import_module

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from dialoogfiches.oudergesprekken.encryption import Sealed
from dialoogfiches.oudergesprekken.models import Oudergesprek, Oudernotitie
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek
from tests.dialoogfiches.oudergesprekken.test_binding import encrypted, fill, read, tokens

pytestmark = pytest.mark.django_db(transaction=True)

APP = "oudergesprekken"
bind = import_module(f"dialoogfiches.{APP}.migrations.0002_gebonden").bind


class Before:
    """The tables without the constraints that know only bound texts.

    apps: the models of that moment.
    """

    def __init__(self) -> None:
        self.apps = (
            MigrationExecutor(connection).loader.project_state([(APP, "0002_gebonden")]).apps
        )
        steps = import_module(f"dialoogfiches.{APP}.migrations.0003_alleen_gebonden").Migration
        self.lifted = []
        with connection.schema_editor() as editor:
            for step in steps.operations:
                model = apps.get_model(APP, step.model_name)
                meta = model._meta
                found = next(one for one in meta.constraints if one.name == step.constraint.name)
                # SQLite makes the table anew, from what its model says.
                self.lifted.append((model, meta.constraints, found))
                meta.constraints = [one for one in meta.constraints if one != found]
                editor.remove_constraint(model, found)

    def constrain(self) -> None:
        with connection.schema_editor() as editor:
            while self.lifted:
                model, whole, found = self.lifted.pop()
                model._meta.constraints = whole
                editor.add_constraint(model, found)


@pytest.fixture
def before():
    before = Before()
    yield before
    with transaction.atomic():
        Oudergesprek.objects.all().delete()
    before.constrain()


@pytest.fixture
def talk(huis, als):
    talk = make_gesprek(huis)
    fill(als(huis.medewerker), talk)
    return talk


@pytest.fixture
def words(talk):
    """What each place says."""
    return {place: read(*place) for place in tokens()}


@pytest.fixture
def fernet(words, before, settings) -> Fernet:
    """Every text as it was stored before."""
    old = Fernet(settings.OUDERGESPREK_SLEUTELS[0])
    for (model, pk, column), text in words.items():
        token = old.encrypt(text.encode()).decode()
        model.objects.filter(pk=pk).update(**{column: Sealed(token)})
    return old


def upgrade(before) -> None:
    with transaction.atomic():
        bind(before.apps, None)


def test_every_text_is_bound_and_none_is_lost(fernet, words, before):
    assert len(words) == 22
    upgrade(before)

    assert all(re.match(r"1\.[0-9a-f]{8}\.", one.token) for one in tokens().values())
    assert {place: read(*place) for place in tokens()} == words
    before.constrain()
    assert Oudergesprek.objects.get().focus_nu == "De bus rijdt te vroeg nu"
    assert encrypted(Oudergesprek)


def test_an_older_key_reads_and_the_first_one_writes(fernet, words, before, settings):
    settings.OUDERGESPREK_SLEUTELS = [
        Fernet.generate_key().decode(),
        *settings.OUDERGESPREK_SLEUTELS,
    ]
    upgrade(before)
    settings.OUDERGESPREK_SLEUTELS = settings.OUDERGESPREK_SLEUTELS[:1]
    assert {place: read(*place) for place in tokens()} == words


def test_without_the_key_it_says_so_and_leaves_everything(fernet, words, before, settings):
    kept = tokens()
    settings.OUDERGESPREK_SLEUTELS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="geen enkele sleutel"):
        upgrade(before)
    assert tokens() == kept


def test_it_is_not_done_over_for_who_planted_an_older_text(talk, words, before, settings):
    """Who forgets the migration and puts an old ciphertext in a row does not get it bound there."""
    old = Fernet(settings.OUDERGESPREK_SLEUTELS[0]).encrypt(b"van een ander").decode()
    Oudernotitie.objects.update(tekst=Sealed(old))
    kept = tokens()
    with pytest.raises(CommandError, match="Iemand wijzigde de database"):
        upgrade(before)
    assert tokens() == kept
