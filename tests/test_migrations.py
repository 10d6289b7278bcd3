"""A migration keeps nobody from saving: neither on a large table, nor in the release of before.

squawk looks at what a migration asks of PostgreSQL; what it says and what to do about it stands in
CONTRIBUTING.md.
"""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="its locks are PostgreSQL's"),
]

# The last of each app that was there before this was asked; nothing had been released by then.
BEFORE = {
    "acties": 5,
    "bevragingen": 2,
    "briefhoofd": 1,
    "cijfers": 1,
    "counters": 1,
    "dialoogfiches": 6,
    "dossiers": 4,
    "gesprekken": 5,
    "lezen": 1,
    "logboek": 11,
    "materialen": 3,
    "mensen": 10,
    "oudergesprekken": 6,
    "preventieplan": 8,
    "routekaart": 1,
    "sociale_kaart": 1,
}
# Why a migration may do it all the same: the table is small on every server, or the release asks
# its operators to stop the processes first. By app and name: rules, and the reason.
EXCUSED: dict[str, tuple[set[str], str]] = {
    "acties.0009_wie_koos": (
        {"adding-foreign-key-constraint", "require-concurrent-index-creation"},
        "the table comes with the same release, so it is empty",
    ),
    "kalender.0003_een_keer_per_lijst": (
        {
            "adding-foreign-key-constraint",
            "constraint-missing-not-valid",
            "disallowed-unique-constraint",
        },
        "a school has a few days off a year of its own, so each table is checked at once",
    ),
    "oudergesprekken.0007_clb": (
        {"adding-foreign-key-constraint"},
        "the column is new, so it is empty in the few thousand rows that there are",
    ),
    "regio.0002_overgeslagen": (
        {"changing-column-type"},
        "a text gets more room, which PostgreSQL writes no row for",
    ),
}

SQUAWK = Path(sys.executable).with_name("squawk")
# What our connections see to (lock_timeout in settings.py) and what is a matter of taste.
NOT_ASKED = (
    "ban-drop-constraint",
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-robust-stmts",
    "prefer-text-field",
    "require-lock-timeout",
    "require-statement-timeout",
)


def complaints(app: str, name: str) -> set[str]:
    """The rules of squawk that a migration does not keep."""
    asked = StringIO()
    call_command("sqlmigrate", app, name, stdout=asked, no_color=True)
    said = subprocess.run(  # noqa: S603 (our own command)
        [
            *(SQUAWK, "--pg-version", "14.0", "--reporter", "gcc"),
            *("--exclude", ",".join(NOT_ASKED), "--stdin-filepath", f"{app}.{name}.sql"),
        ],
        input=asked.getvalue(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode in (0, 1), said.stderr
    lines = [
        line for line in said.stdout.splitlines() if ": warning: " in line or ": error: " in line
    ]
    return {line.split(": ")[2].split()[0] for line in lines}


def newer() -> list[tuple[str, str]]:
    ours = {config.label for config in apps.get_app_configs() if "site-packages" not in config.path}
    return [
        (app, name)
        for app, name in sorted(MigrationLoader(None).disk_migrations)
        if app in ours and int(name[:4]) > BEFORE.get(app, 0)
    ]


def test_a_new_migration_keeps_nobody_from_saving():
    found = {f"{app}.{name}": complaints(app, name) for app, name in newer()}
    excused = {name: rules for name, (rules, _) in EXCUSED.items()}

    assert {name: rules for name, rules in found.items() if rules} == excused


@pytest.mark.parametrize(
    ("app", "name", "rules"),
    [
        ("acties", "0004_index_te_laat", {"require-concurrent-index-creation"}),
        ("acties", "0005_hoort_bij", {"ban-drop-default", "constraint-missing-not-valid"}),
        (
            "gesprekken",
            "0003_dubbele_indexen",
            {"adding-foreign-key-constraint", "constraint-missing-not-valid"},
        ),
        ("dossiers", "0003_geleegd_oefendossier", set()),
    ],
)
def test_what_would_keep_somebody_from_saving_is_found(app, name, rules):
    assert complaints(app, name) == rules
