"""A process with a setting that is wrong does not start, and says of each setting what is wrong."""

import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from stsdialoog import environment, openid
from stsdialoog.database_url import database
from stsdialoog.environment import Environment
from tests.production import PRODUCTION, ROOT, manage, run

PUBLIC = "b25seS1mb3ItZGV2ZWxvcG1lbnQtbm8tc2VjcmV0ISE="
KEY = PRODUCTION["OUDERGESPREK_SLEUTELS"]
POSTGRES = "postgres://sts:s3cr3t@db.example.be:5432/sts"

PARSERS: dict[str, Any] = {
    "DJANGO_DEBUG": environment.yes_or_no,
    "DJANGO_SECRET_KEY": environment.secret,
    "DJANGO_SECRET_KEY_FALLBACKS": environment.secrets,
    "DJANGO_ALLOWED_HOSTS": environment.hosts,
    "SITE_URL": environment.base_url,
    "OUDERGESPREK_SLEUTELS": environment.fernet_keys(public=PUBLIC),
    "DATABASE_URL": environment.database,
    "DATABASE_POOL_MIN": environment.whole_number(least=0),
    "DATABASE_POOL_MAX": environment.whole_number(least=1),
    "DOCUMENTEN_DIR": environment.folder,
    "DOCUMENTEN_MB": environment.whole_number(least=1),
    "DOCUMENTEN_PROCESSEN": environment.whole_number(least=1),
    "WISLIJST": environment.file,
    "EMAIL_URL": environment.email,
    "DEFAULT_FROM_EMAIL": environment.sender,
    "SECURITY_CONTACT": environment.one_line,
    "ACCESSIBILITY_CONTACT": environment.one_line,
    "SECURE_SSL_REDIRECT": environment.yes_or_no,
    "METRICS_BIND": environment.listener,
    "LOG_JSON": environment.yes_or_no,
    "TRUSTED_PROXY": environment.whole_number(least=0),
    "TWEEDE_STAP_VERPLICHT": environment.yes_or_no,
}
OIDC = {
    "CLIENT_ID": environment.one_line,
    "CLIENT_SECRET": environment.one_line,
    "ISSUER": environment.issuer,
    "TWEEDE_STAP": environment.yes_or_no,
}
AANBIEDERS = ("ACMIDM", "ENTRA", "GOOGLE")
PARSERS |= {f"OIDC_{one}_{name}": parse for one in AANBIEDERS for name, parse in OIDC.items()}

GOOD = [
    ("DJANGO_DEBUG", "True", True),
    ("DJANGO_DEBUG", "0", False),
    ("DJANGO_SECRET_KEY", "abcde" * 10, "abcde" * 10),
    ("DJANGO_ALLOWED_HOSTS", "sts.be, .sts.be,[::1],", ["sts.be", ".sts.be", "[::1]"]),
    ("DJANGO_ALLOWED_HOSTS", "*", ["*"]),
    (
        "DJANGO_SECRET_KEY_FALLBACKS",
        f"{'abcde' * 10}, {'edcba' * 10}",
        ["abcde" * 10, "edcba" * 10],
    ),
    ("TWEEDE_STAP_VERPLICHT", "no", False),
    ("OIDC_ACMIDM_ISSUER", "https://op.example.be/op/", "https://op.example.be/op"),
    ("OIDC_ACMIDM_ISSUER", "http://127.0.0.1:8121", "http://127.0.0.1:8121"),
    ("SITE_URL", "https://sts.example.be/", "https://sts.example.be"),
    ("SITE_URL", "https://sts.example.be:8443", "https://sts.example.be:8443"),
    ("SITE_URL", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ("OUDERGESPREK_SLEUTELS", f"{KEY}, {KEY}", [KEY, KEY]),
    ("DATABASE_POOL_MIN", "0", 0),
    ("DATABASE_POOL_MAX", "1", 1),
    ("DOCUMENTEN_DIR", "/var/lib/sts/documenten", Path("/var/lib/sts/documenten")),
    ("DOCUMENTEN_MB", "1", 1),
    ("DOCUMENTEN_PROCESSEN", "1", 1),
    ("WISLIJST", f"{ROOT}/wislijst.jsonl", ROOT / "wislijst.jsonl"),
    ("DEFAULT_FROM_EMAIL", "STS-Dialoog <sts@localhost>", "STS-Dialoog <sts@localhost>"),
    ("SECURITY_CONTACT", "Bel ons, of mail naar één@sts.be", "Bel ons, of mail naar één@sts.be"),
    ("ACCESSIBILITY_CONTACT", "mail ons@sts.be", "mail ons@sts.be"),
    ("SECURE_SSL_REDIRECT", "off", False),
    ("METRICS_BIND", "127.0.0.1:9100", ("127.0.0.1", 9100)),
    ("METRICS_BIND", "[::1]:65535", ("::1", 65535)),
    ("LOG_JSON", "true", True),
    ("TRUSTED_PROXY", "2", 2),
]

BAD = [
    ("DJANGO_DEBUG", "misschien", "true of false"),
    ("DJANGO_SECRET_KEY", "x1y2z" * 9 + "x1y2", "te kort"),
    ("DJANGO_SECRET_KEY", "abcd" * 20, "te eenvoudig"),
    ("DJANGO_SECRET_KEY_FALLBACKS", f"{'abcde' * 10},abcde", "te kort"),
    ("TWEEDE_STAP_VERPLICHT", "misschien", "geen ja of nee"),
    ("DJANGO_ALLOWED_HOSTS", "https://sts.example.be", "zonder https://"),
    ("DJANGO_ALLOWED_HOSTS", "sts.example.be:8000", "zonder poort"),
    ("DJANGO_ALLOWED_HOSTS", ",", "geen lijst van hostnamen"),
    *((f"OIDC_{one}_CLIENT_ID", "sts\u200bdialoog", "onzichtbare") for one in AANBIEDERS),
    *((f"OIDC_{one}_CLIENT_SECRET", "s3cr3t\u200b", "onzichtbare") for one in AANBIEDERS),
    *((f"OIDC_{one}_TWEEDE_STAP", "misschien", "true of false") for one in AANBIEDERS),
    *((f"OIDC_{one}_ISSUER", "http://op.example.be", "https://") for one in AANBIEDERS),
    ("OIDC_ACMIDM_ISSUER", "op.example.be", "https://"),
    ("OIDC_ACMIDM_ISSUER", "https://op.be/.well-known/openid-configuration", "zonder"),
    ("OIDC_ACMIDM_ISSUER", "https://jan@op.example.be", "geen adres van een aanbieder"),
    ("SITE_URL", "http://sts.example.be", "https://"),
    ("SITE_URL", "sts.example.be", "https://"),
    ("SITE_URL", "https://sts.example.be/app", "niets daarachter"),
    ("SITE_URL", "https://sts.example.be:poort", "de poort"),
    ("SITE_URL", "https://jan@sts.example.be", "geen adres"),
    ("OUDERGESPREK_SLEUTELS", f"{KEY},te-kort", "sleutel 2 is geen Fernet-sleutel"),
    ("OUDERGESPREK_SLEUTELS", "x" * 44, "sleutel 1 is geen Fernet-sleutel"),
    ("OUDERGESPREK_SLEUTELS", "ZWVuLXRlLWtvcnRlLXNsZXV0ZWw=", "sleutel 1 is geen Fernet-sleutel"),
    ("OUDERGESPREK_SLEUTELS", PUBLIC, "iedereen kent hem"),
    ("DATABASE_URL", "mysql://sts:s3cr3t@db/sts", "begint niet met postgres://"),
    ("DATABASE_URL", "db.sqlite3", "begint niet met postgres://"),
    ("DATABASE_URL", "postgres://sts:s3cr3t@db", "noemt geen database"),
    ("DATABASE_URL", "postgres://sts:s3cr3t@db:poort/sts", "de poort"),
    ("DATABASE_URL", "postgres://sts:s3cr3t@[db/sts", "de haken"),
    ("DATABASE_URL", "sqlite://map/db.sqlite3", "een / te weinig"),
    ("DATABASE_URL", "sqlite:////bestaat/niet/db.sqlite3", "een map die er niet is"),
    ("DATABASE_URL", "sqlite:////tmp", "niet te lezen"),
    ("DATABASE_URL", f"sqlite:///{ROOT}/manage.py", "iets anders dan een SQLite-bestand"),
    ("DATABASE_POOL_MIN", "-1", "0 of meer"),
    ("DATABASE_POOL_MAX", "0", "1 of meer"),
    ("DATABASE_POOL_MAX", "veel", "1 of meer"),
    ("DOCUMENTEN_DIR", "documenten", "volledig pad"),
    ("DOCUMENTEN_DIR", f"{ROOT}/manage.py", "geen map"),
    ("DOCUMENTEN_MB", "0", "1 of meer"),
    ("DOCUMENTEN_PROCESSEN", "0", "1 of meer"),
    ("WISLIJST", "wislijst.jsonl", "volledig pad"),
    ("WISLIJST", "/is/er/niet/wislijst.jsonl", "een map die er niet is"),
    ("WISLIJST", f"{ROOT}/docs", "noem een bestand"),
    ("EMAIL_URL", "localhost:25", "smtp+tls://"),
    ("EMAIL_URL", "smtp://", "noemt geen mailserver"),
    ("EMAIL_URL", "smtp://sts:s3cr3t@mail:poort", "de poort"),
    ("DEFAULT_FROM_EMAIL", "STS-Dialoog", "geen afzender"),
    ("SECURITY_CONTACT", "ons\u200b@sts.be", "onzichtbare tekens"),
    ("ACCESSIBILITY_CONTACT", "ons\u200b@sts.be", "onzichtbare tekens"),
    ("SECURE_SSL_REDIRECT", "misschien", "true of false"),
    ("METRICS_BIND", "9100", "een IP-adres en een poort"),
    ("METRICS_BIND", "localhost:9100", "een IP-adres en een poort"),
    ("METRICS_BIND", "127.0.0.1:0", "een IP-adres en een poort"),
    ("METRICS_BIND", "127.0.0.1:65536", "een IP-adres en een poort"),
    ("METRICS_BIND", "127.0.0.1:+80", "een IP-adres en een poort"),
    ("LOG_JSON", "ja", "true of false"),
    ("TRUSTED_PROXY", "-1", "0 of meer"),
    ("TRUSTED_PROXY", "true", "0 of meer"),
]


@pytest.mark.parametrize(("name", "text", "value"), GOOD)
def test_a_good_value_is_taken(name, text, value):
    env = Environment({name: f" {text} "})

    assert env.read(name, PARSERS[name], default=None) == value
    assert env.wrong == []


@pytest.mark.parametrize(("name", "text", "why"), BAD)
def test_a_wrong_value_has_a_sentence_of_its_own_that_tells_no_secret(name, text, why):
    env = Environment({name: text})

    assert env.read(name, PARSERS[name], default="anders") == "anders"
    (sentence,) = env.wrong
    assert sentence.startswith(f"{name} ")
    assert why in sentence
    assert "s3cr3t" not in sentence
    assert KEY not in sentence
    assert PUBLIC not in sentence


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_value_is_no_value(text):
    env = Environment({"TRUSTED_PROXY": text, "SITE_URL": text})

    assert env.read("TRUSTED_PROXY", PARSERS["TRUSTED_PROXY"], default=7) == 7
    assert env.wrong == []
    env.read("SITE_URL", PARSERS["SITE_URL"], default="", required="geef het adres.")
    assert env.wrong == ["SITE_URL ontbreekt: geef het adres."]


def test_a_value_may_stand_in_a_file(tmp_path):
    (tmp_path / "sleutel").write_text(f"{KEY}\n")
    env = Environment({"OUDERGESPREK_SLEUTELS_FILE": f"{tmp_path}/sleutel"})

    parse = PARSERS["OUDERGESPREK_SLEUTELS"]
    assert env.read("OUDERGESPREK_SLEUTELS", parse, default=None) == [KEY]
    assert env.wrong == []


@pytest.mark.parametrize(
    ("beside", "content", "why"),
    [
        ({}, None, "niet te lezen"),
        ({}, b"\xff", "niet te lezen"),
        ({"OUDERGESPREK_SLEUTELS": KEY}, KEY.encode(), "haal een van de twee weg"),
        ({}, b"te-kort", "geen Fernet-sleutel"),
        ({}, b"", "ontbreekt"),
    ],
)
def test_a_file_with_no_good_value_is_said_without_what_is_in_it(tmp_path, beside, content, why):
    if content is not None:
        (tmp_path / "sleutel").write_bytes(content)
    env = Environment({"OUDERGESPREK_SLEUTELS_FILE": f"{tmp_path}/sleutel", **beside})

    parse = PARSERS["OUDERGESPREK_SLEUTELS"]
    assert env.read("OUDERGESPREK_SLEUTELS", parse, default=[], required="nodig.") == []
    (sentence,) = env.wrong
    assert sentence.startswith("OUDERGESPREK_SLEUTELS ")
    assert why in sentence
    assert KEY not in sentence


@pytest.mark.parametrize("value", ["true", "false", "1"])
def test_the_old_name_for_a_proxy_is_refused_with_the_new_one(value):
    (sentence,) = Environment({"BEHIND_TLS_PROXY": value}).wrong

    assert "TRUSTED_PROXY" in sentence


def test_a_database_is_told_apart_by_its_address(tmp_path):
    postgres = environment.database(POSTGRES)
    assert postgres["ENGINE"] == "django.db.backends.postgresql"
    assert (postgres["HOST"], postgres["NAME"]) == ("db.example.be", "sts")

    file = tmp_path / "db.sqlite3"
    assert environment.database(f"sqlite:///{file}")["NAME"] == str(file)
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE iets (id)")
    assert environment.database(f"sqlite:///{file}")["NAME"] == str(file)


def test_mail_goes_out_encrypted_when_its_address_says_so():
    mail = environment.email("smtp+tls://sts:s3cr3t@mail.example.be:587")

    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("mail.example.be", 587)
    assert mail["EMAIL_USE_TLS"] is True


def test_every_setting_of_a_server_is_explained_and_checked():
    """A setting in the table of operations, in settings.py and in these stories is one setting."""
    table = (ROOT / "docs/operations.md").read_text().partition("## Settings")[2].partition("##")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    explained = {name.strip(" `") for row in rows for name in row.split(",")}
    source = (ROOT / "stsdialoog/settings.py").read_text()

    assert explained == set(PARSERS)
    read = {name for name in PARSERS if f'"{name}"' in source}
    read |= _read_by(openid.providers) | _read_by(partial(database, debug=True, folder=ROOT))
    assert read == set(PARSERS)
    assert {name for name, *_ in BAD} == set(PARSERS)


def _read_by(reads: Callable[[Environment], object]) -> set[str]:
    """The names of the settings that something asks for."""
    asked = set()

    class Noting(Environment):
        def read(self, name: str, *args: Any, **options: Any) -> Any:
            asked.add(name)
            return super().read(name, *args, **options)

    reads(Noting({}))
    return asked


REQUIRED = [name for name in PRODUCTION if name != "DATABASE_URL"]
WRONG = PRODUCTION | {
    "DATABASE_URL": "",
    "DATABASE_POOL_MIN": "3",
    "DATABASE_POOL_MAX": "2",
    "OUDERGESPREK_SLEUTELS": PUBLIC,
    "TRUSTED_PROXY": "ja",
    "BEHIND_TLS_PROXY": "true",
}
SENTENCES = [
    "BEHIND_TLS_PROXY bestaat niet meer",
    "DATABASE_URL is leeg",
    "DATABASE_POOL_MIN is groter dan DATABASE_POOL_MAX",
    "OUDERGESPREK_SLEUTELS klopt niet",
    "TRUSTED_PROXY is geen goed aantal",
]


GUNICORN = ["-m", "gunicorn", "stsdialoog.wsgi", "--bind", "127.0.0.1:0", "--workers", "2"]


@pytest.mark.parametrize(
    "command", [["manage.py", "check"], GUNICORN], ids=["manage.py", "gunicorn"]
)
def test_whatever_starts_with_wrong_settings_ends_and_says_all_of_it_once(command):
    result = run(*command, **WRONG)

    assert result.returncode == 4
    assert "Traceback" not in result.stderr
    assert [result.stderr.count(f"\n- {sentence}") for sentence in SENTENCES] == [1] * 5


def test_gunicorn_with_a_configuration_of_somebody_else_ends_too():
    result = run(*GUNICORN, "--config", "/dev/null", **WRONG)

    assert result.returncode  # 4, or 1 when its master is told while it is still starting
    assert all(f"\n- {sentence}" in result.stderr for sentence in SENTENCES)


def test_a_server_without_its_required_settings_says_which():
    result = manage("check")

    assert result.returncode == 4
    assert [name for name in REQUIRED if f"\n- {name} ontbreekt: " in result.stderr] == REQUIRED


def test_on_ones_own_machine_nothing_is_required():
    assert manage("check", DJANGO_DEBUG="true").returncode == 0


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgres://sts:s3cr3t@127.0.0.1:1/sts", "refused"),
        ("sqlite:////proc/sts.sqlite3", "unable to open"),
    ],
)
def test_a_command_without_its_database_says_why_in_a_sentence(url, why):
    result = manage("ruim_op", DJANGO_DEBUG="true", DATABASE_URL=url)

    assert result.returncode == 1
    assert result.stderr.startswith("Dat lukte niet. De database van DATABASE_URL zegt: ")
    assert why in result.stderr
    assert "Traceback" not in result.stderr
    assert "s3cr3t" not in result.stderr


def test_a_database_that_says_nothing_is_not_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgres://sts:s3cr3t@127.0.0.1:{silent.getsockname()[1]}/sts"
        result = manage("ruim_op", DJANGO_DEBUG="true", DATABASE_URL=url)

    assert "timeout expired" in result.stderr
