"""Keeps secret tokens in URLs out of the log."""

import logging
import re

# The paths of an invitation, a password reset and a survey hold a token that grants access.
KEYS = re.compile(r"(/uitnodiging/|/wachtwoord/kiezen/|(?<!\w)/b/)[^\s?]+")


class WithoutKeys(logging.Filter):
    """Writes `/uitnodiging/...` where the path holds a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = KEYS.sub(r"\1...", record.getMessage())
        record.args = ()
        return True
