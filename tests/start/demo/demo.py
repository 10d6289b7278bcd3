"""Building the demo as its command does."""

import io

from django.core.management import call_command
from django.test import override_settings

# What its dossiers work with.
MATERIALEN = ("preventieplan", "aanwezig-op-school", "dialoogdocument", "mini-bevraging")


def build() -> str:
    """Run the command; gives what it says."""
    out = io.StringIO()
    with override_settings(DEBUG=True):
        call_command("demo", stdout=out)
    return out.getvalue()
