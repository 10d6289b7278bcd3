"""What stands in deploy/ fits together, and is what the tools that read it expect."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.deploy.container import CONTAINERFILE, DEPLOY, stages
from tests.production import ROOT

COMPOSE = DEPLOY / "compose.yaml"
NGINX_CONFIGURATION = DEPLOY / "nginx/stsdialoog.conf"
UNITS = DEPLOY / "systemd"
SYSTEMD = shutil.which("systemd-analyze")
# Of systemd's own scale from 0 to 10.
MOST_EXPOSED = 2.0


def said_of(*command: str | Path) -> str:
    """What a tool has to say; empty when that is nothing."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout + done.stderr if done.returncode else ""


def tool(name: str) -> Path:
    return Path(sys.executable).with_name(name)


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load(COMPOSE.read_text())


def test_the_container_file_has_no_known_fault():
    assert said_of(tool("hadolint"), CONTAINERFILE) == ""


def test_no_script_of_ours_has_a_known_fault():
    scripts = [*DEPLOY.glob("*.sh"), *ROOT.glob("scripts/*.sh")]

    assert len(scripts) == 6
    assert said_of(tool("shellcheck"), *scripts) == ""
    assert [path.name for path in DEPLOY.glob("*.sh") if not path.stat().st_mode & 0o100] == []


def test_compose_is_what_compose_reads():
    schema = ("--builtin-schema", "vendor.compose-spec")
    assert said_of(sys.executable, "-m", "check_jsonschema", *schema, COMPOSE) == ""


def test_whatever_a_service_names_is_there(compose):
    for name, service in compose["services"].items():
        named = {one.split(":")[0] for one in service.get("volumes", [])}
        volumes = {one for one in named if not one.startswith(".")}
        assert volumes <= compose["volumes"].keys(), name
        assert set(service.get("secrets", [])) <= compose["secrets"].keys(), name
        assert set(service["networks"]) <= compose["networks"].keys(), name
        assert set(service.get("depends_on", {})) <= compose["services"].keys(), name


def test_no_service_may_more_than_it_needs(compose):
    services = compose["services"]
    for name, service in services.items():
        assert service["read_only"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service.get("cap_drop") == ["ALL"] or name == "database", name
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "database" not in services["proxy"]["networks"]
    assert compose["networks"]["database"]["internal"]


def test_the_proxy_finds_each_instance_behind_its_socket(compose):
    asked = re.findall(r"unix:/run/stsdialoog/(\d)/socket", NGINX_CONFIGURATION.read_text())
    proxy = compose["services"]["proxy"]["volumes"]

    assert asked == ["1", "2"]
    for number in asked:
        web = compose["services"][f"web-{number}"]["volumes"]
        assert f"socket-{number}:/run/stsdialoog" in web
        assert f"socket-{number}:/run/stsdialoog/{number}:ro" in proxy
    unit = (UNITS / "stsdialoog@.service").read_text()
    assert "unix:/run/stsdialoog/%i/socket" in unit
    assert "unix:/run/stsdialoog/socket" in CONTAINERFILE.read_text()


def test_a_backup_has_the_tools_of_the_version_of_the_database(compose):
    server = compose["services"]["database"]["image"].rpartition(":")[2]

    assert f"postgresql-client-{server} " in CONTAINERFILE.read_text()


def test_the_result_is_built_apart_from_what_built_it_and_is_not_root():
    _, steps = stages()
    result = dict(steps)

    assert result["USER"].isdigit()
    assert int(result["USER"]) > 1000
    assert "deploy/healthy.py" in result["HEALTHCHECK"]
    assert [value for what, value in steps if what == "COPY"] == ["--from=build /srv/stsdialoog ."]
    assert not re.search(r"pip |gcc|build-essential|python3-venv", str(steps))


@pytest.fixture
def units(tmp_path) -> list[Path]:
    """The units, whose programs are here."""
    found = []
    for path in UNITS.iterdir():
        here = re.sub(r"(?m)^(Exec\w+=)\S+", r"\1/bin/true", path.read_text())
        found.append(tmp_path / path.name.replace("@.", "@1."))
        found[-1].write_text(here)
    return found


@pytest.mark.skipif(not SYSTEMD, reason="systemd-analyze is not installed")
def test_systemd_understands_every_unit_and_finds_little_exposed(units):
    assert SYSTEMD
    assert said_of(SYSTEMD, "verify", "--man=no", *units) == ""
    services = [path for path in units if path.suffix == ".service"]
    for service in services:
        assert (
            said_of(
                *(SYSTEMD, "security", "--offline=true"),
                *(f"--threshold={int(MOST_EXPOSED * 10)}", service),
            )
            == ""
        ), service.name
    assert len(services) == 3
