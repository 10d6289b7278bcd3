"""The day of the pictures: an ordinary Tuesday, a month before Christmas."""

from datetime import UTC, datetime, tzinfo
from unittest.mock import patch

# Ten o'clock in Brussels.
MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def always_the_same_day() -> None:
    """Let Django's clock start at MOMENT. It goes on, because what was first has to come first."""
    began = datetime.now(UTC)

    def now() -> datetime:
        return MOMENT + (datetime.now(UTC) - began)

    class OnThatDay(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now().astimezone(tz)

    patch("django.utils.timezone.now", now).start()
    # The tag {% now %} has a clock of its own.
    patch("django.template.defaulttags.datetime", OnThatDay).start()
