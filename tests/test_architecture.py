"""The house keeps its shape: imports go one way, saving has one place, and nothing is unused.

Who may import whom is in pyproject.toml, and import-linter checks it in `make lint`. The tests here
check that no module escapes it.
"""

import ast
import hashlib
import re
import tomllib
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
IMPORTLINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
PACKAGES = tuple(IMPORTLINTER["root_packages"])
LONGEST_FILE = 400  # lines
FROZEN = ROOT / "tests" / "frozen_migrations.txt"

# Calls that write rows. `update` is also what a dict has, and `save` what a form has.
WRITING = {
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "update",
    "update_or_create",
}
# Where one of these calls stands outside a domain, and why it may.
WRITES_ELSEWHERE = {
    "dossiers/mensen/models/accounts.py": "Django asks this of the manager of its users",
    "dossiers/mensen/models/sessies.py": "Django saves a session so, and this leaves its end alone",
    "dossiers/mensen/forms/tweede_stap.py": "allauth calls it, and its own forms write",
    "dossiers/materialen/forms.py": "the admin saves what these forms return",
    "dossiers/velden/views.py": "a form of fields hands each of them to the domain",
    "stsdialoog/shuffling.py": "what a domain gives it, in another order",
    "stsdialoog/small_steps.py": "what a domain gives it",
    "stsdialoog/counters/cache.py": "a cache; Django and allauth call it",
    "stsdialoog/settings.py": "a dict",
    "start/demo/cijfers.py": "sets back in time what the domain made",
    "stsdialoog/static_storage.py": "files, for collectstatic",
    "start/demo/avonden.py": "sets back in time what the domain made",
    "start/demo/bestuur.py": "sets back in time what the domain made",
    "start/demo/nalezen.py": "sets back in time what the domain made",
    "start/demo/build.py": "people and schools without an invitation, for the demo alone",
    "start/demo/dossiers.py": "sets back in time what the domain made",
    "start/demo/gesprekken.py": "sets back in time what the domain made",
    "start/demo/naast_elkaar.py": "sets back in time what the domain made",
    "start/demo/pen.py": "sets back in time what the domain made",
    "start/demo/spiegels.py": "sets back in time what the domain made",
    "start/demo/praktijken.py": "sets back in time what the domain made",
    "start/demo/rondes.py": "sets back in time what the domain made",
    "start/demo/verder.py": "sets back in time what the domain made",
    "start/demo/weerklank.py": "figures of more schools than the demo has, for the demo alone",
}

DELETING = {"delete", "delete_in_steps"}
# Where rows are deleted, and why a restored backup may bring them back, or how it cannot.
DELETES = {
    "dialoogfiches/oudergesprekken/domain/retention.py": "the wislijst holds what it erases",
    "dialoogfiches/oudergesprekken/domain/oudergesprekken.py": "a sharing, as any other right",
    "dialoogfiches/bevragingen/domain/golven.py": "a mark, of answers that stay and count",
    "dialoogfiches/domain/content.py": "content of a version that nobody answered",
    "preventieplan/bestuur/domain/vaststellen.py": "what goes with a school or an oefendossier, "
    "which the wislijst holds",
    "preventieplan/inschalen/domain/rondes.py": "what a round that nobody showed was given, which "
    "`ruim_op` does again; a spread of which there is a later one",
    "preventieplan/spiegel/domain/spiegels.py": "a mark, of answers that stay",
    "preventieplan/uitzoeken/domain.py": "who finds out a question, chosen anew",
    "preventieplan/opmerkingen/domain.py": "a remark, by who wrote it: a colleague's stays",
    "start/notities/domain.py": "what has had its day, which `ruim_op` does again",
    "start/avond/domain/avonden.py": "the same choice made anew, with all its rows",
    "preventieplan/domain/content.py": "content of a version that nobody answered",
    "dossiers/acties/domain/acties.py": "who does an action, a choice that its team makes anew",
    "dossiers/cijfers/domain.py": "figures typed anew; earlier ones had no small counts",
    "dossiers/praktijken/domain/delen.py": "what a team takes back, which the wislijst holds",
    "dossiers/praktijken/domain/navolgen.py": "that it helped a school too, a count anybody there "
    "can give again",
    "dossiers/reacties/domain/settling.py": "what is told of a line, written again as told",
    "dossiers/kalender/domain.py": "a day off that people take off the list again",
    "dossiers/sociale_kaart/domain.py": "an entry that people take off the map again",
    "dossiers/materialen/domain/editing.py": "content of a concept",
    "dossiers/regels/domain/deciding.py": "a decision on a line of a concept, taken back",
    "dossiers/regels/domain/remarks.py": "a remark, by who wrote it: a colleague's stays",
    "dialoogfiches/gesprekken/domain/preparing.py": "the same choice made anew, with all its rows",
    "preventieplan/domain/priorities.py": "a choice that is made anew, with all other rows of then",
    "dossiers/aanmelden/domain/koppelingen.py": "a link of an account, as any other right",
    "dossiers/mensen/domain/accounts.py": "an address of an account, as any other right",
    "dossiers/mensen/domain/sessies.py": "who is logged in, which no backup holds",
    "dossiers/mensen/domain/wissen.py": "the wislijst holds whose account it erases",
    "dossiers/mensen/domain/nacht.py": "that a mail was sent, of an earlier year or in vain",
    "dossiers/logboek/domain.py": "lines that are too old, which they still are the night after",
    "dossiers/mensen/domain/herstel.py": "a step that was lost, as any other right; old requests, "
    "which a restore forgets again",
    "dossiers/mensen/domain/uitnodigingen.py": "those that ended long ago, as above",
    "start/herinneringen/domain/agenda.py": "an address of a calendar, which a restore gives back",
    "start/herinneringen/domain/versturen.py": "a mail that is not to leave any more",
    "start/domain/vertrek.py": "the wislijst holds which school it erases",
    "start/domain/vertrek_clb.py": "the wislijst holds which CLB it erases; others wait anew",
    "start/regio/domain/settling.py": "what a school counted for in the province that it left; a "
    "restore gives the figures of then with it",
    "start/bewaring/domain/tasks.py": "the same, by the table of retention",
    "dossiers/velden/domain/saving.py": "an earlier text of a field, with all that was saved since",
}


def python_files(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def exhaustive_layers() -> Iterator[tuple[str, set[str]]]:
    """Each container of an exhaustive contract, with the modules in it that the contract knows."""
    for contract in IMPORTLINTER["contracts"]:
        if contract.get("exhaustive"):
            names = re.findall(r"\w+", " ".join(contract["layers"]))
            known = set(names) | set(contract.get("exhaustive_ignores", ()))
            for container in contract["containers"]:
                yield container, known


def test_every_folder_with_code_is_known_to_import_linter():
    with_code = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    # These six are about the code; none of it may import them.
    assert with_code - {"tests", "bench", "mutants", "storm", "clicks", "pictures"} == set(PACKAGES)


def test_every_app_has_a_contract_of_its_own():
    ours = {app.name for app in apps.get_app_configs() if app.name.split(".")[0] in PACKAGES}

    assert ours - {container for container, _ in exhaustive_layers()} == set()


def test_every_module_is_in_a_contract():
    contracts = dict(exhaustive_layers())
    modules = [path.relative_to(ROOT).with_suffix("").parts for path in python_files(*PACKAGES)]
    unknown = [
        ".".join(parts)
        for parts in modules
        if parts[-1] != "__init__"
        and not any(
            parts[depth] in contracts.get(".".join(parts[:depth]), ())
            for depth in range(1, len(parts))
        )
    ]

    assert len(modules) > 200
    assert unknown == []


def test_only_migrations_and_the_name_of_an_app_are_left_out_of_a_contract():
    ignored = {
        name
        for contract in IMPORTLINTER["contracts"]
        for name in contract.get("exhaustive_ignores", ())
    }

    assert ignored == {"apps", "migrations"}


def test_rows_are_written_in_a_domain_only():
    writers = {
        str(path.relative_to(ROOT))
        for path in python_files(*PACKAGES)
        if "domain" not in path.with_suffix("").parts and _calls(path) & WRITING
    }

    assert writers == set(WRITES_ELSEWHERE)


def test_whatever_deletes_rows_is_known_with_what_a_backup_may_do_to_it():
    deleters = {
        str(path.relative_to(ROOT))
        for path in python_files(*PACKAGES)
        if "domain" in path.with_suffix("").parts and _calls(path) & DELETING
    }

    assert deleters == set(DELETES)


def _calls(path: Path) -> set[str]:
    """The names of the methods that a file calls, and `delete_in_steps`, which is a function."""
    called = [
        node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
    ]
    methods = {one.attr for one in called if isinstance(one, ast.Attribute)}
    return methods | {one.id for one in called if isinstance(one, ast.Name)} & DELETING


def test_no_value_of_an_enum_is_compared_as_a_string():
    values = {member.value for enum in _enums() for member in enum if isinstance(member.value, str)}
    compared = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Compare) and values & _compared_strings(node)
    ]
    in_templates = [
        f"{path.relative_to(ROOT)}: {value}"
        for path in (ROOT / "templates").rglob("*.html")
        for value in re.findall(r"""[!=]= ?["']([^"']+)["']""", path.read_text())
        if value in values
    ]

    assert len(values) > 40
    assert compared + in_templates == []


def _compared_strings(node: ast.Compare) -> set[object]:
    """The strings that something is compared with, also those that it has to be among."""
    sides = [node.left, *node.comparators]
    if isinstance(node.ops[0], ast.In | ast.NotIn):
        sides = getattr(node.comparators[0], "elts", [])
    return {side.value for side in sides if isinstance(side, ast.Constant)}


def _enums() -> list[type[Enum]]:
    """Every enum of ours."""
    found = set()
    for path in python_files(*PACKAGES):
        if "Enum" in (text := path.read_text()) or "Choices" in text:
            module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            found |= {
                value
                for value in vars(module).values()
                if isinstance(value, type)
                and issubclass(value, Enum)
                and value.__module__.split(".")[0] in PACKAGES
            }
    return sorted(found, key=lambda enum: enum.__qualname__)


def test_no_file_grows_past_its_subject():
    long = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in python_files(*PACKAGES)
    }

    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_only_one_file_talks_to_weasyprint():
    callers = [
        str(path.relative_to(ROOT))
        for path in python_files(*PACKAGES)
        if "weasyprint" in path.read_text()
    ]

    assert callers == ["stsdialoog/pdf.py"]


# Modules that run what they read, and calls that do.
RUNS_WHAT_IT_READS = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "code"}
RUNS_ITS_TEXT = {"eval", "exec", "compile"}


def test_a_mail_that_may_fail_is_sent_in_one_way():
    """Who goes on when it did not leave, calls `send_if_possible` or `send_when_committed`."""
    swallow = re.compile(
        r"suppress\((?:mail\.)?MailNietVerstuurd\)"
        r"|except (?:mail\.)?MailNietVerstuurd:\n(?:\s*#.*\n)*\s*(?:return|pass)\n"
    )
    found = {
        str(path.relative_to(ROOT))
        for path in python_files(*PACKAGES)
        if swallow.search(path.read_text())
    }

    # The other one keeps on when the server as a whole is away, and swallows only a refusal.
    assert found == {"stsdialoog/mail.py", "dossiers/mensen/domain/inactief.py"}


def test_nothing_that_is_read_can_be_run():
    """What is read from a database, a file or a request is data: JSON, or YAML's own kinds."""
    found = []
    for path in python_files(*PACKAGES):
        for node in ast.walk(ast.parse(path.read_text())):
            names = {name.name.split(".")[0] for name in getattr(node, "names", ())}
            names.add((getattr(node, "module", None) or "").split(".")[0])
            called = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Import | ast.ImportFrom) and names & RUNS_WHAT_IT_READS:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
            if isinstance(node, ast.Call) and called in RUNS_ITS_TEXT:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert found == []


def test_every_template_is_used():
    templates = ROOT / "templates"
    sources = [path.read_text() for path in python_files(*PACKAGES)]
    pages = {path: path.read_text() for path in templates.rglob("*") if path.is_file()}
    # Django and allauth look these up by name themselves.
    known = {"400.html", "404.html", "429.html", "500.html"}
    unused = [
        name
        for path in pages
        if (name := str(path.relative_to(templates))) not in known
        and not name.startswith(("account/", "admin/", "mfa/"))
        and not any(_called(name) in text for text in [*sources, *pages.values()])
    ]

    assert unused == []


def _called(name: str) -> str:
    """How the code names a template: a mail by what its subject and its message share."""
    return re.sub(r"_(subject|message)\.(txt|html)$", "", name)


def test_pages_hold_no_inline_script_or_style():
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        # A PDF has no Content-Security-Policy, and a mail no style sheet.
        if not {"pdf", "mail"} & set(path.parts)
        and re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", path.read_text())
    ]

    assert guilty == []


@pytest.mark.django_db
def test_every_model_change_has_its_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_index_of_a_foreign_key_is_the_beginning_of_another():
    double = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in PACKAGES
        for field in model._meta.local_fields
        if field.is_relation and field.db_index and not field.unique
        if field.name in _first_of_longer_indexes(model)
    ]

    assert len(list(apps.get_models())) > 30
    assert double == []


def _first_of_longer_indexes(model: type[models.Model]) -> set[str]:
    """The fields with which an index on all rows of a model begins that has other fields too."""
    unique = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return {
        one.fields[0].removeprefix("-")
        for one in [*model._meta.indexes, *unique]
        if len(one.fields) > 1 and one.condition is None
    }


def test_migrations_that_were_released_stay_as_they_are():
    """Add the line of a new migration to frozen_migrations.txt; an old line never changes."""
    lines = [line.split("  ") for line in FROZEN.read_text().splitlines()]
    frozen = {name: digest for digest, name in lines}
    now = {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("migrations/[0-9]*.py"))
    }

    assert now == frozen
