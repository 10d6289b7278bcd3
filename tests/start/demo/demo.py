"""Building the demo with its management command."""

import io

from django.core.management import call_command
from django.test import override_settings

# The materials that its dossiers use.
MATERIALEN = ("preventieplan", "aanwezig-op-school", "dialoogdocument", "mini-bevraging")


def build() -> str:
    """Run the command and return its output."""
    out = io.StringIO()
    with override_settings(DEBUG=True):
        call_command("demo", stdout=out)
    return out.getvalue()
