"""What every log of the process leaves out: the keys in links, and what was asked in a search.

And its lines as JSON, for who gathers them with those of other servers.
"""

import json
import logging
import logging.config
import re
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any


def _spelled(text: str) -> str:
    """A pattern for a text as an address may spell it: a letter can be written as %62 or %2562."""
    return "".join(f"(?:{re.escape(sign)}|%(?:25)*{ord(sign):02x})" for sign in text)


# An invitation, a new password, a survey, a link for a board, a round in which people score, what
# stops a recovery or mails, and a calendar: what comes after these words grants something. Only
# "/werkt/" grants nothing: of which line a school says that it works, no time stands beside.
WORDS = (
    *("/uitnodiging/", "/wachtwoord/kiezen/", "/b/", "/r/", "/s/"),
    *("/toegang/stoppen/", "/herinneringen/stoppen/", "/agenda/", "/werkt/"),
)
KEYS = re.compile(rf"({'|'.join(map(_spelled, WORDS))})\S+", re.IGNORECASE)
# The log of gunicorn holds whole addresses, and what somebody looks for is often a name.
QUERIES = re.compile(r"\?[^\s\"]+")
OF_REQUESTS = "gunicorn.access"

# Of the request that this thread answers, or last answered; empty where there are none.
request_id: ContextVar[str] = ContextVar("request_id", default="")

_make_record = logging.getLogRecordFactory()


def without_keys(text: str) -> str:
    """Write `/uitnodiging/...` where a text holds the key of a link."""
    return KEYS.sub(r"\1...", text)


def without_queries(text: str) -> str:
    """Write `/scholen/?...` where a line about a request holds what was asked."""
    return QUERIES.sub("?...", text)


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """A record without keys, in its message or in the traceback that goes with it."""
    record = _make_record(*args, **kwargs)
    # Arguments that do not fit are reported by whoever writes the record.
    with suppress(TypeError, ValueError, KeyError):
        record.msg, record.args = without_keys(record.getMessage()), ()
        if record.name == OF_REQUESTS:
            record.msg = without_queries(record.msg)
    if record.exc_info and record.exc_info[0]:
        # Whoever writes the record takes this, and does not format the traceback itself.
        record.exc_text = without_keys(logging.Formatter().formatException(record.exc_info))
    if record.stack_info:
        record.stack_info = without_keys(record.stack_info)
    return record


class JsonLines(logging.Formatter):
    """One JSON object on each line.

    It holds the fields that stand here and no others: what code adds to a record, such as the
    request with its address, stays out. All of it is ASCII, so nothing can begin another line.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := request_id.get():
            line["request_id"] = request
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["traceback"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        return json.dumps(line)


def configure(config: dict[str, Any]) -> None:
    """Set up logging for Django, and leave keys out for the whole process: gunicorn's logs too."""
    logging.setLogRecordFactory(_record)
    logging.captureWarnings(True)
    logging.config.dictConfig(config)
