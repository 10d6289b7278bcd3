"""The settings of a server, and its own processes, as an operator starts them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DJANGO_SECRET_KEY": "een-lange-willekeurige-sleutel-die-nergens-anders-staat-8d7f6s5",
    "DJANGO_ALLOWED_HOSTS": "sts.example.be",
    "SITE_URL": "https://sts.example.be",
    "OUDERGESPREK_SLEUTELS": "ZWVuLXNsZXV0ZWwtdm9vci1kZS10ZXN0ZW4tYWxsZWU=",
    "DATABASE_URL": "sqlite://:memory:",
}


def without_settings() -> dict[str, str]:
    """The environment of a process in which nothing of STS-Dialoog is set."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own commands, with our own words)
        [sys.executable, *command],
        cwd=ROOT,
        env=without_settings() | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def manage(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("manage.py", *command, **environment)
