"""What was asked in a storm of requests, and what came back."""

import re
from collections import Counter
from dataclasses import dataclass, field

SERVER_ERROR = 500


@dataclass(frozen=True)
class Request:
    """What is asked, and by whom.

    headers: also what a server derives from them, by the names that WSGI has for them.
    """

    number: int
    rol: str
    method: str
    path: str
    query: str
    body: bytes
    headers: dict[str, str]

    def __str__(self) -> str:
        body = self.body if len(self.body) < 300 else self.body[:300] + b"..."
        query = self.query if len(self.query) < 300 else self.query[:300] + "..."
        headers = {name: value[:100] for name, value in self.headers.items()}
        where = f"{self.method} {self.path[:300]!a}?{query}"
        return f"request {self.number}, by {self.rol}: {where}\n  {headers!a}\n  {body!r}"


@dataclass
class Answers:
    """How often each status came, and for each kind of failure the first request that met it."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: dict[str, Request] = field(default_factory=dict)


def note(answers: Answers, request: Request, status: int, faults: list[str]) -> None:
    """Count an answer. faults: what Django said of it in its log."""
    answers.statuses[status] += 1
    if status >= SERVER_ERROR or faults:
        why = "\n".join(faults).strip() or str(status)
        answers.failures.setdefault(_kind_of(why), request)


def _kind_of(why: str) -> str:
    """The last places of a traceback and the error, without what was sent."""
    places = re.findall(r'File "(\S+)", line (\d+)', why)[-3:]
    last = why.splitlines()[-1][:200]
    return " < ".join([last, *(f"{path}:{line}" for path, line in reversed(places))])
