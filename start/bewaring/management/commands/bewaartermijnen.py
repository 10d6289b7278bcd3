"""Print the table of retention as docs/retention.md has it."""

from typing import Any

from django.core.management.base import BaseCommand

from start.bewaring.domain.markdown import as_markdown


class Command(BaseCommand):
    help = "Toon hoe lang wat blijft, zoals het in docs/retention.md staat."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        self.stdout.write(as_markdown(), ending="")
